"""A building manager's calendar: who comes when, and until when each certificate holds.

Read at a secret address by a program that cannot sign in; it says no more than the portal does.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from server.accounts.queries import scope_of
from server.accounts.schemas import Language
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint, new_token
from server.accounts.tables import Account
from server.customers.tables import Customer
from server.documents.tables import Document
from server.interventions.arrival import expected
from server.interventions.dossier import all_dossiers
from server.interventions.portal import VISIT_STATES
from server.interventions.portal_calendar_schemas import PortalCalendarBody, PortalCalendarOut
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention, PortalCalendar
from server.kit.database import AnySession, Session
from server.kit.icalendar import calendar, event, whole_day
from server.mail.words import asset_title
from server.roster.problems import CalendarFeedEnded
from server.sites.queries import in_service
from server.sites.tables import Asset, Site

PATH = "/api/portal/calendar.ics?token="
AFTER = timedelta(days=400)
WORDS = {
    Language.ENGLISH: ("A technician comes: {place}", "{name} holds until today"),
    Language.FRENCH: (
        "Passage d’un technicien\N{NO-BREAK SPACE}: {place}",
        "{name}\N{NO-BREAK SPACE}: dernier jour de validité",
    ),
    Language.SPANISH: ("Visita de un técnico: {place}", "{name}: último día de validez"),
    Language.DUTCH: ("Bezoek van een monteur: {place}", "{name}: laatste dag van geldigheid"),
}


async def standing(session: AnySession, scope: Scope) -> PortalCalendarOut:
    """Whether an address was given out; what it is, nobody is told twice."""
    row = await session.get(PortalCalendar, scope.account_id)
    return PortalCalendarOut("", None if row is None else row.given_at)


async def change(
    session: Session, scope: Scope, data: PortalCalendarBody, now: datetime
) -> PortalCalendarOut:
    """Give out a new address, or end the one there is."""
    own = delete(PortalCalendar).where(PortalCalendar.account_id == scope.account_id)
    await session.execute(own)
    if not data.is_on:
        return PortalCalendarOut("", None)
    token = new_token()
    session.add(
        PortalCalendar(account_id=scope.account_id, token_hash=fingerprint(token), given_at=now)
    )
    await session.flush()
    return PortalCalendarOut(PATH + token, now)


async def read(session: AnySession, token: str, now: datetime) -> str:
    """The calendar behind an address; one of somebody shut out has ended like any other."""
    account = await session.scalar(
        select(Account)
        .join(PortalCalendar, PortalCalendar.account_id == Account.id)
        .where(PortalCalendar.token_hash == fingerprint(token), Account.is_disabled.is_(False))
    )
    if account is None or account.customer_id is None:
        raise CalendarFeedEnded
    scope, language = scope_of(account), Language(account.language)
    customer = await session.get_one(Customer, account.customer_id)
    entries = await _visits(session, scope, language, now)
    entries += await _certificates(session, scope, language, now)
    return calendar(customer.name, [line for lines in entries for line in lines])


async def _visits(
    session: AnySession, scope: Scope, language: Language, now: datetime
) -> list[list[str]]:
    query = (
        select(Intervention)
        .where(Intervention.customer_id == scope.customer_id, Intervention.status.not_in(ENDED))
        .order_by(Intervention.id)
    )
    entries = []
    for dossier in await all_dossiers(session, (await session.scalars(query)).all()):
        asset = None if dossier.asset is None else dossier.asset.name
        place = _place(language, asset, dossier.site.name)
        for visit in dossier.visits:
            span = expected(visit, now) if visit.status in VISIT_STATES else None
            if span is not None:
                entries.append(
                    event("visit", visit.id, WORDS[language][0].format(place=place), span, now)
                )
    return entries


async def _certificates(
    session: AnySession, scope: Scope, language: Language, now: datetime
) -> list[list[str]]:
    """The last day of every paper that is shared with the customer."""
    query = (
        select(Document, Site.name, Asset.name)
        .join(Site, Site.id == Document.site_id)
        .outerjoin(Asset, Asset.id == Document.asset_id)
        .where(Site.customer_id == scope.customer_id, Document.is_shared.is_(True))
        .where(Document.valid_until >= now.date(), Document.valid_until <= (now + AFTER).date())
        .where(in_service(now.date()))
        .order_by(Document.valid_until, Document.id)
    )
    entries = []
    for row, site, asset in (await session.execute(query)).all():
        assert row.valid_until is not None
        place = _place(language, asset, site)
        summary = f"{WORDS[language][1].format(name=row.name)} ({place})"
        entries.append(whole_day("document", row.id, summary, row.valid_until, now))
    return entries


def _place(language: Language, asset: str | None, site: str) -> str:
    return ", ".join(filter(None, (asset and asset_title(language, asset), site)))
