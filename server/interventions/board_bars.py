"""The bars of a board: visits with what a bar tells of them, and the promise that presses.

Column by column rather than whole dossiers, since a board may hold thousands; what a bar does not
tell is asked of its intervention.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, false, or_, select, true

from dispatch.agreements import ClockKind
from dispatch.clocks import ClockState
from dispatch.interventions import VisitStatus
from server.agreements.schemas import ClockKind as ClockKindName
from server.customers.tables import Customer
from server.interventions.board_schemas import BoardBarOut, BoardClockOut, BoardVisitOut
from server.interventions.clocks import CUSTOMER
from server.interventions.dossier import Dossier
from server.interventions.not_answered import not_answered
from server.interventions.shown_clocks import state_of
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.database import AnySession
from server.kit.wire import Position
from server.roster.tables import Technician
from server.sites.tables import Asset, Site

# Bars of visits that give the time back are not drawn.
GIVEN_BACK = (
    VisitStatus.DECLINED.value,
    VisitStatus.UNASSIGNED.value,
    VisitStatus.CANCELLED.value,
)
DISPATCHED = VisitStatus.DISPATCHED.value
FAR = datetime.max.replace(tzinfo=UTC)
Found = Row[Any]  # the columns of `_COLUMNS`, by their names

_BAR = tuple(getattr(Visit, name) for name in BoardBarOut.__struct_fields__)
_COLUMNS = (
    *_BAR,
    Intervention.number,
    Intervention.severity,
    Intervention.work_type,
    Intervention.service,
    Intervention.summary,
    Site.id.label("site_id"),
    Site.name.label("site_name"),
    Site.lat,
    Site.lon,
    Asset.code.label("asset_code"),
    Customer.id.label("customer_id"),
    Customer.name.label("customer_name"),
)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The columns of a stored clock that a bar needs."""

    intervention_id: UUID
    kind: ClockKindName
    round: int
    state: str
    due_at: datetime | None
    at_risk_at: datetime | None
    internal_due_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of a region's time that a board shows; `is_now` where the present is in it."""

    region_id: UUID
    starts_at: datetime
    ends_at: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar, and the promise that presses as it is stored."""

    bar: BoardVisitOut
    clock: _Clock | None


async def bars(
    session: AnySession, shown: Shown, *, technician_ids: Collection[UUID] | None = None
) -> dict[UUID, list[Drawn]]:
    """By technician and in order of time: what the region's people do, and others' work in it.

    Where the present is shown, also visits of earlier days that nobody has ended. How promises
    stand is told by `standing_at`.
    """
    is_shown = _is_shown(shown, technician_ids)
    query = (
        select(*_COLUMNS)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .join(Site, Site.id == Intervention.site_id)
        .join(Customer, Customer.id == Intervention.customer_id)
        .outerjoin(Asset, Asset.id == Intervention.asset_id)
        .where(*is_shown)
        .order_by(Visit.starts_at, Visit.id)
    )
    rows = (await session.execute(query)).all()
    pressing = await _pressing(session, is_shown)
    waiting = {row.id: row.intervention_id for row in rows if row.status == DISPATCHED}
    unanswered = await not_answered(session, waiting)
    found: dict[UUID, list[Drawn]] = defaultdict(list)
    for row in rows:
        clock = pressing.get(row.intervention_id)
        found[row.technician_id].append(Drawn(_bar(row, clock, unanswered), clock))
    return found


def standing_at(row: Iterable[Drawn], now: datetime) -> list[BoardVisitOut]:
    """The bars of a row, each telling how its promise stands now."""
    bars = []
    for each in row:
        if each.bar.clock is not None and each.clock is not None:
            each.bar.clock.state = state_of(each.clock, now).value
        bars.append(each.bar)
    return bars


def _is_shown(
    shown: Shown, technician_ids: Collection[UUID] | None
) -> tuple[ColumnElement[bool], ...]:
    region_id = shown.region_id
    left_over = Visit.status.in_(OPEN) if shown.is_now else false()
    theirs = true() if technician_ids is None else Visit.technician_id.in_(technician_ids)
    return (
        theirs,
        (Technician.region_id == region_id) | (Intervention.region_id == region_id),
        Technician.is_active.is_(True),
        Visit.status.not_in(GIVEN_BACK),
        Visit.starts_at < shown.ends_at,
        or_(Visit.ends_at > shown.starts_at, left_over),
    )


def _bar(row: Found, clock: _Clock | None, unanswered: Mapping[UUID, datetime]) -> BoardVisitOut:
    return BoardVisitOut(
        visit=BoardBarOut(*row[: len(_BAR)]),
        number=row.number,
        severity=row.severity,
        work_type=row.work_type,
        service=row.service,
        summary=row.summary,
        site_id=row.site_id,
        site_name=row.site_name,
        asset_code=row.asset_code,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        position=Position(lat=row.lat, lon=row.lon),
        clock=None if clock is None else _as_stored(clock),
        not_answered_at=unanswered.get(row.id),
    )


async def _pressing(
    session: AnySession, is_shown: Sequence[ColumnElement[bool]]
) -> dict[UUID, _Clock]:
    """By intervention of what is shown: the promise to the customer that presses."""
    columns = [getattr(StoredClock, each.name) for each in fields(_Clock)]
    # Asked by the same words rather than by thousands of ids.
    own = (
        select(Visit.intervention_id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(*is_shown)
    )
    query = select(*columns).where(
        StoredClock.intervention_id.in_(own), StoredClock.party == CUSTOMER
    )
    clocks: dict[UUID, list[_Clock]] = defaultdict(list)
    for row in (await session.execute(query)).all():
        clock = _Clock(*row)
        clocks[clock.intervention_id].append(clock)
    chosen = ((each, _most_pressing(known)) for each, known in clocks.items())
    return {each: clock for each, clock in chosen if clock is not None}


def bar_of(
    dossier: Dossier, visit: Visit, now: datetime, *, not_answered_at: datetime | None
) -> BoardVisitOut:
    """The same bar of a visit whose whole dossier is at hand."""
    row, site, asset = dossier.intervention, dossier.site, dossier.asset
    names = [each.name for each in fields(_Clock)]
    own = (clock for clock in dossier.clocks if clock.party == CUSTOMER)
    clock = _most_pressing(_Clock(*(getattr(each, name) for name in names)) for each in own)
    bar = BoardVisitOut(
        visit=BoardBarOut(*(getattr(visit, name) for name in BoardBarOut.__struct_fields__)),
        number=row.number,
        severity=row.severity,  # type: ignore[arg-type]
        work_type=row.work_type,  # type: ignore[arg-type]
        service=row.service,
        summary=row.summary,
        site_id=site.id,
        site_name=site.name,
        asset_code=None if asset is None else asset.code,
        customer_id=dossier.customer.id,
        customer_name=dossier.customer.name,
        position=Position(lat=site.lat, lon=site.lon),
        clock=None if clock is None else _as_stored(clock),
        not_answered_at=not_answered_at,
    )
    return standing_at([Drawn(bar, clock)], now)[0]


def _most_pressing(clocks: Iterable[_Clock]) -> _Clock | None:
    """What falls due next; once all are kept or lost, the newest response."""
    known = list(clocks)
    still_open = (
        each for each in known if each.stopped_at is None and each.state != ClockState.ENDED.value
    )
    responses = (each for each in known if each.kind == ClockKind.RESPONSE.value)
    first = min(still_open, key=lambda each: each.due_at or FAR, default=None)
    return first or max(responses, key=lambda each: each.round, default=None)


def _as_stored(row: _Clock) -> BoardClockOut:
    return BoardClockOut(
        kind=row.kind,
        state=row.state,  # type: ignore[arg-type]
        due_at=row.due_at,
        at_risk_at=row.at_risk_at,
        internal_due_at=row.internal_due_at,
        stopped_at=row.stopped_at,
    )
