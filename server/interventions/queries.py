"""Reading interventions and visits for staff and technicians.

The board's day is in `board`, a phone's in `sync`, a building manager's view in `portal`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, or_, select

from dispatch.agreements import AgreementKind
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.tables import Agreement, AgreementVersion
from server.interventions.dossier import Dossier, all_dossiers, one_dossier
from server.interventions.phone_schemas import VisitDetailOut
from server.interventions.schemas import InterventionOut, TrailsOut
from server.interventions.shown import shown_intervention
from server.interventions.tables import Intervention, Promise, Visit
from server.interventions.trails import Versions, all_trails
from server.interventions.visit_details import visit_details
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.span import require_known_day
from server.kit.wire import Page
from server.regions.tables import Region
from server.sites.search import finds, folded
from server.sites.tables import Site

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WantedInterventions:
    """Which interventions a list asks for; `words` stand in its number, or at its site."""

    region_id: UUID | None = None
    site_id: UUID | None = None
    status: str | None = None
    severity: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class WantedVisits:
    """Which visits a list asks for; `day` is a local day of the site's region.

    `since` and `until` bound an absence: visits with any planned time between them.
    """

    technician_id: UUID | None = None
    region_id: UUID | None = None
    day: date | None = None
    since: datetime | None = None
    until: datetime | None = None


async def interventions(
    session: AnySession,
    scope: Scope,
    wanted: WantedInterventions,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[InterventionOut]:
    """The caller's interventions, last reported first."""
    query = _within(_matching(wanted), scope)
    rows, following = await page(
        session,
        query,
        by=(Intervention.reported_at, Intervention.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    found = await all_dossiers(session, rows)
    return Page([shown_intervention(each, scope, now) for each in found], following)


def _matching(wanted: WantedInterventions) -> Select[Intervention]:
    query = select(Intervention)
    for column, value in (
        (Intervention.region_id, wanted.region_id),
        (Intervention.site_id, wanted.site_id),
        (Intervention.status, wanted.status),
        (Intervention.severity, wanted.severity),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.words:
        query = query.join(Site, Site.id == Intervention.site_id).where(_says(wanted.words))
    return query


def _says(words: str) -> ColumnElement[bool]:
    # No text holds a NUL, and PostgreSQL will not even look for one.
    words = words.replace("\0", "").strip()
    at_site = finds(words, Site.search) if folded(words) else false()
    return or_(
        Intervention.number.contains(words, autoescape=True),
        Intervention.summary.icontains(words, autoescape=True),
        at_site,
    )


def _within(query: Select[Intervention], scope: Scope) -> Select[Intervention]:
    if scope.region_ids is None:
        return query
    return query.where(Intervention.region_id.in_(scope.region_ids))


async def intervention(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> InterventionOut:
    found = await one_dossier(session, scope, intervention_id)
    return shown_intervention(found, scope, now)


async def trail(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> TrailsOut:
    """Every deadline of an intervention explained, span by span."""
    found = await one_dossier(session, scope, intervention_id)
    versions = await _versions_behind(session, found)
    return TrailsOut(now=now, trails=all_trails(found, now, versions))


def under_agreement(agreement_id: UUID) -> CompoundSelect[UUID]:
    """Ids of what was reported under an agreement, or what it promised us on the way there."""
    covered = (
        select(Intervention.id)
        .join(AgreementVersion, AgreementVersion.id == Intervention.agreement_version_id)
        .where(AgreementVersion.agreement_id == agreement_id)
    )
    number = select(Agreement.number).where(Agreement.id == agreement_id).scalar_subquery()
    supported = select(Promise.intervention_id).where(
        Promise.party != AgreementKind.CUSTOMER.value,
        Promise.terms["origins"]["promise"]["agreement"].as_string() == number,
    )
    return covered.union(supported)


async def _versions_behind(session: AnySession, dossier: Dossier) -> Versions:
    """The versions an intervention's promises were written in."""
    named = {
        UUID(origin["version"])
        for promise in dossier.promises
        if promise.terms is not None
        for origin in promise.terms["origins"].values()
    }
    query = select(AgreementVersion.id, AgreementVersion.agreement_id, AgreementVersion.number)
    found = await session.execute(query.where(AgreementVersion.id.in_(named)))
    return {str(version_id): (agreement_id, number) for version_id, agreement_id, number in found}


async def visits(
    session: AnySession,
    scope: Scope,
    wanted: WantedVisits,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[VisitDetailOut]:
    """The caller's visits by planned start."""
    query = _visits_within(scope)
    if wanted.technician_id is not None:
        query = query.where(Visit.technician_id == wanted.technician_id)
    if wanted.region_id is not None:
        query = query.where(Intervention.region_id == wanted.region_id)
    if wanted.day is not None:
        query = query.where(await _on_day(session, wanted.day))
    if wanted.since is not None:
        query = query.where(Visit.ends_at > wanted.since)
    if wanted.until is not None:
        query = query.where(Visit.starts_at < wanted.until)
    rows, following = await page(
        session, query, by=(Visit.starts_at, Visit.id), limit=limit, cursor=cursor
    )
    return Page(await visit_details(session, scope, rows, now), following)


async def visit(session: AnySession, scope: Scope, visit_id: UUID, now: datetime) -> VisitDetailOut:
    """One visit of the caller's; any other looks unknown."""
    row = await session.scalar(_visits_within(scope).where(Visit.id == visit_id))
    if row is None:
        raise NotFound
    return (await visit_details(session, scope, [row], now))[0]


def _visits_within(scope: Scope) -> Select[Visit]:
    query = select(Visit).join(Intervention, Intervention.id == Visit.intervention_id)
    if scope.role is Role.TECHNICIAN:
        # A proposal is not told to anybody yet.
        return query.where(Visit.technician_id == scope.technician_id, Visit.status != "proposed")
    if scope.region_ids is None:
        return query
    return query.where(Intervention.region_id.in_(scope.region_ids))


async def _on_day(session: AnySession, day: date) -> ColumnElement[bool]:
    regions = (await session.execute(select(Region.id, Region.zone))).all()
    spans = ((region_id, *day_bounds(day, zone)) for region_id, zone in regions)
    return or_(
        false(),
        *(
            and_(
                Intervention.region_id == region_id, Visit.starts_at >= start, Visit.starts_at < end
            )
            for region_id, start, end in spans
        ),
    )


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The instants of a local day: 23 or 25 hours when the clocks change."""
    require_known_day("day", day)
    local = ZoneInfo(zone)
    start = datetime.combine(day, time(), local)
    return start, datetime.combine(day + NEXT_DAY, time(), local)
