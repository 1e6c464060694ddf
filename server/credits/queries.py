"""Reading credit notes, as staff see them and as the customer does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.tables import Agreement, AgreementVersion
from server.credits.months import month_from
from server.credits.schemas import (
    CreditLineOut,
    CreditNoteOut,
    PortalCreditNoteOut,
    PortalCreditNotesOut,
)
from server.credits.tables import CreditNote
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page
from server.sites.tables import Asset, Site

WRITERS = (Role.ADMIN, Role.EXPERIENCE)
MOVES: Mapping[str, tuple[str, ...]] = {
    "proposed": ("check", "drop"),
    "checked": ("approve", "drop"),
    "approved": ("counter",),
    "dropped": (),
}


@dataclass(frozen=True, slots=True)
class WantedCredits:
    """Which notes a list asks for; `month` is a text such as 2026-05."""

    customer_id: UUID | None = None
    month: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    """What notes are shown with: agreements, units, and the notes that take one back."""

    customers: Mapping[UUID, str]
    agreements: Mapping[UUID, tuple[Agreement, str]]
    units: Mapping[UUID, str]
    countered: Mapping[UUID, str | None]
    countering: Mapping[UUID, CreditNote]


async def credit_notes(
    session: AnySession,
    scope: Scope,
    wanted: WantedCredits,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[CreditNoteOut]:
    """The caller's credit notes, the newest first."""
    query = _within(select(CreditNote), scope)
    if wanted.customer_id is not None:
        query = query.where(CreditNote.customer_id == wanted.customer_id)
    if wanted.month is not None:
        query = query.where(CreditNote.month == month_from(wanted.month).first)
    if wanted.status is not None:
        query = query.where(CreditNote.status == wanted.status)
    rows, following = await page(
        session, query, by=(CreditNote.id,), limit=limit, cursor=cursor, newest_first=True
    )
    return Page(await shown_credits(session, scope, rows), following)


async def credit_note(session: AnySession, scope: Scope, credit_id: UUID) -> CreditNoteOut:
    row = await credit_row(session, scope, credit_id)
    return (await shown_credits(session, scope, [row]))[0]


async def credit_row(
    session: AnySession, scope: Scope, credit_id: UUID, *, lock: bool = False
) -> CreditNote:
    """One note of the caller's; any other looks unknown."""
    query = _within(select(CreditNote).where(CreditNote.id == credit_id), scope)
    row = await session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def _within(query: Select[CreditNote], scope: Scope) -> Select[CreditNote]:
    """Those limited to regions see the notes of customers who have a site there."""
    if scope.region_ids is None:
        return query
    return query.where(
        exists().where(
            Site.customer_id == CreditNote.customer_id, Site.region_id.in_(scope.region_ids)
        )
    )


async def shown_credits(
    session: AnySession, scope: Scope, rows: Sequence[CreditNote]
) -> list[CreditNoteOut]:
    names = await _names(session, rows)
    return [_shown(row, names, scope) for row in rows]


async def portal_credits(session: AnySession, scope: Scope) -> PortalCreditNotesOut:
    """Approved notes of the manager's own company, the newest first."""
    query = (
        select(CreditNote)
        .where(CreditNote.customer_id == scope.customer_id, CreditNote.status == "approved")
        .order_by(CreditNote.approved_at.desc(), CreditNote.id)
    )
    rows = (await session.scalars(query)).all()
    names = await _names(session, rows)
    return PortalCreditNotesOut([_portal(row, names) for row in rows])


def _portal(row: CreditNote, names: _Names) -> PortalCreditNoteOut:
    agreement, zone = names.agreements[row.agreement_version_id]
    assert row.number is not None
    assert row.approved_at is not None
    return PortalCreditNoteOut(
        number=row.number,
        agreement_number=agreement.number,
        month=f"{row.month:%Y-%m}",
        currency=row.currency,
        amount=str(row.amount),
        lines=[CreditLineOut(**line) for line in row.lines],
        counters=None if row.counters_id is None else names.countered[row.counters_id],
        approved_on=row.approved_at.astimezone(ZoneInfo(zone)).date(),
        unit_name=names.units[row.unit_id],
    )


def _shown(row: CreditNote, names: _Names, scope: Scope) -> CreditNoteOut:
    agreement, _ = names.agreements[row.agreement_version_id]
    taken_back = names.countering.get(row.id)
    return CreditNoteOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        customer_id=row.customer_id,
        customer_name=names.customers[row.customer_id],
        agreement_number=agreement.number,
        agreement_version_id=row.agreement_version_id,
        unit=row.unit,  # type: ignore[arg-type]
        unit_id=row.unit_id,
        unit_name=names.units[row.unit_id],
        month=f"{row.month:%Y-%m}",
        currency=row.currency,
        fee=str(row.fee),
        amount=str(row.amount),
        lines=[CreditLineOut(**line) for line in row.lines],
        breach_ids=[UUID(each) for each in row.breach_ids],
        counters=None if row.counters_id is None else names.countered[row.counters_id],
        countered_by=None if taken_back is None else taken_back.number,
        reason=row.reason,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by_name,
        checked_at=row.checked_at,
        checked_by=row.checked_by_name,
        approved_at=row.approved_at,
        approved_by=row.approved_by_name,
        allowed=_allowed(row, scope, is_taken_back=taken_back is not None),  # type: ignore[arg-type]
        version=row.version,
    )


def _allowed(row: CreditNote, scope: Scope, *, is_taken_back: bool) -> list[str]:
    if scope.role not in WRITERS:
        return []
    refused = set()
    if row.checked_by == scope.account_id:
        refused.add("approve")
    if is_taken_back or row.counters_id is not None:
        refused.add("counter")
    return [move for move in MOVES[row.status] if move not in refused]


async def _names(session: AnySession, rows: Sequence[CreditNote]) -> _Names:
    ids = [row.id for row in rows]
    versions = (
        select(AgreementVersion.id, Agreement, AgreementVersion.zone)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(AgreementVersion.id.in_({row.agreement_version_id for row in rows}))
    )
    units = {row.unit_id for row in rows}
    named: dict[UUID, str] = {}
    for table in (Agreement, Customer, Site, Asset):
        found = await session.execute(select(table.id, table.name).where(table.id.in_(units)))
        named.update(dict(found.all()))
    customers = select(Customer.id, Customer.name).where(
        Customer.id.in_({row.customer_id for row in rows})
    )
    originals = {row.counters_id for row in rows if row.counters_id is not None}
    countered = select(CreditNote.id, CreditNote.number).where(CreditNote.id.in_(originals))
    countering = select(CreditNote).where(
        CreditNote.counters_id.in_(ids), CreditNote.status != "dropped"
    )
    return _Names(
        customers=dict((await session.execute(customers)).all()),
        agreements={
            version_id: (agreement, zone)
            for version_id, agreement, zone in (await session.execute(versions)).all()
        },
        units=named,
        countered=dict((await session.execute(countered)).all()),
        countering={
            row.counters_id: row
            for row in await session.scalars(countering)
            if row.counters_id is not None
        },
    )
