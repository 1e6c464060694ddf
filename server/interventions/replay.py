"""The board of a region as it was at an instant of the past, from the event log.

Each event tells how its intervention and its visit stood once it had happened; what had been
recorded by then gives facts, pauses and clocks. Shifts and absences are those that were known.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, inspect, not_, or_, select
from sqlalchemy.orm import aliased

from dispatch.errors import Fault
from dispatch.interventions import VisitStatus
from server.accounts.scope import Scope
from server.interventions.board import (
    Days,
    by_breach,
    local_days,
    rows_with,
    shown_part,
)
from server.interventions.board_bars import DISPATCHED, GIVEN_BACK, Shown, bar_of
from server.interventions.board_schemas import BoardOut, BoardVisitOut
from server.interventions.clocks import core_clocks, row_of
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.not_answered import NOT_ANSWERED
from server.interventions.schemas import InterventionOut
from server.interventions.shown import shown_intervention
from server.interventions.standing import OPEN
from server.interventions.standing_boards import WAITING
from server.interventions.tables import Closing, Intervention, Visit
from server.kit.database import AnySession
from server.kit.problems import Invalid
from server.kit.span import EARLIEST
from server.kit.tables import Base, Event
from server.presence.location import USUAL, Keeping
from server.regions.queries import region_row
from server.regions.tables import Region
from server.roster.tables import Technician

Row = TypeVar("Row", bound=Base)

# What a visit in this state has not come to yet.
NOT_YET: Mapping[str, tuple[str, ...]] = {
    VisitStatus.PROPOSED.value: ("accepted_at", "en_route_at", "arrived_at", "work_started_at"),
    VisitStatus.DISPATCHED.value: ("accepted_at", "en_route_at", "arrived_at", "work_started_at"),
    VisitStatus.ACCEPTED.value: ("en_route_at", "arrived_at", "work_started_at"),
    VisitStatus.EN_ROUTE.value: ("arrived_at", "work_started_at"),
    VisitStatus.ARRIVED.value: ("work_started_at",),
}
# How a visit stood, as its events tell it; older ones tell the first three alone.
TOLD = ("travel_seconds", "late_by_seconds", "is_technician_locked", "is_start_locked")


def past(at: datetime, now: datetime) -> datetime:
    """The instant asked about; refused where it has no zone or is still to come."""
    if at.tzinfo is None:
        raise Invalid([Fault("at", "zone_missing", "Say the instant with its zone.")])
    if at < EARLIEST:
        raise Invalid([Fault("at", "too_early", "Nothing was recorded then.")])
    if at > now:
        raise Invalid([Fault("at", "in_future", "Only what was can be looked at again.")])
    return at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Then:
    """Which board is looked at again: of a region, from a day on, as it was at an instant."""

    region_id: UUID
    day: date | None
    days: Days
    at: datetime


@dataclass(slots=True)
class _Known:
    """The last that was told by then of an intervention, and of each of its visits.

    `unanswered` is since when the office knew that nobody answered a visit.
    """

    intervention: Event | None = None
    visits: dict[UUID, Event] = field(default_factory=dict)
    unanswered: dict[UUID, datetime] = field(default_factory=dict)


async def board_at(
    session: AnySession, scope: Scope, then: Then, *, keeping: Keeping = USUAL
) -> BoardOut:
    """What the board showed at this instant, of those days or of the day it was; nothing to do."""
    region = await region_row(session, scope, then.region_id)
    days = local_days(region, then.day, then.days, then.at)
    shown = shown_part(region, days, then.at)
    since = min(shown.starts_at, then.at)
    dossiers, unanswered = await _as_they_stood(session, region, since, then.at)
    own = await _own_people(session, region.id)
    drawn: dict[UUID, list[BoardVisitOut]] = defaultdict(list)
    for dossier, visit in _drawn(dossiers, shown, own):
        waits = unanswered.get(visit.id) if visit.status == DISPATCHED else None
        bar = bar_of(dossier, visit, then.at, not_answered_at=waits)
        drawn[visit.technician_id].append(bar)
    return BoardOut(
        region_id=region.id,
        day=days[0].day,
        days=days,
        zone=region.zone,
        day_starts_at=shown.starts_at,
        day_ends_at=shown.ends_at,
        now=then.at,
        cursor=0,
        technicians=await rows_with(
            session, scope, shown, drawn, keeping=keeping, now=then.at, is_past=True
        ),
        queue=[
            _to_look_at(shown_intervention(each, scope, then.at))
            for each in sorted(_waiting(dossiers, shown), key=by_breach)
        ],
    )


def _drawn(
    dossiers: Sequence[Dossier], shown: Shown, own: AbstractSet[UUID]
) -> list[tuple[Dossier, Visit]]:
    """The visits that have a bar, in order of time."""
    visits = [
        (dossier, visit)
        for dossier in dossiers
        for visit in dossier.visits
        if visit.status not in GIVEN_BACK
        and visit.starts_at < shown.ends_at
        and (visit.ends_at > shown.starts_at or (shown.is_now and visit.status in OPEN))
        and (visit.technician_id in own or dossier.intervention.region_id == shown.region_id)
    ]
    return sorted(visits, key=lambda each: (each[1].starts_at, each[1].id))


def _waiting(dossiers: Sequence[Dossier], shown: Shown) -> Iterator[Dossier]:
    for dossier in dossiers:
        row = dossier.intervention
        is_early = row.window_from is None or row.window_from < shown.ends_at
        if row.region_id == shown.region_id and row.status in WAITING and is_early:
            yield dossier


def _to_look_at(shown: InterventionOut) -> InterventionOut:
    """Nothing can be done about what was."""
    shown.allowed = []
    for visit in shown.visits:
        visit.allowed = []
    return shown


async def _own_people(session: AnySession, region_id: UUID) -> set[UUID]:
    query = select(Technician.id).where(Technician.region_id == region_id)
    return set((await session.scalars(query)).all())


async def _as_they_stood(
    session: AnySession, region: Region, since: datetime, at: datetime
) -> tuple[list[Dossier], dict[UUID, datetime]]:
    """Every intervention that was known at this instant and not over before the day began.

    And since when the office knew that nobody answered a visit.
    """
    rows = (await session.scalars(_alive(region, since, at))).all()
    known = await _told(session, [row.id for row in rows], at)
    stood = [
        _then(dossier, told, at)
        for dossier in await all_dossiers(session, rows)
        if (told := known.get(dossier.intervention.id)) is not None
        and told.intervention is not None
    ]
    unanswered = {
        visit: since for told in known.values() for visit, since in told.unanswered.items()
    }
    return stood, unanswered


def _alive(region: Region, since: datetime, at: datetime) -> Select[Intervention]:
    closing = aliased(Closing)
    over = (
        select(closing.id)
        .where(
            closing.intervention_id == Intervention.id,
            closing.closed_at < since,
            or_(closing.reopened_at.is_(None), closing.reopened_at > at),
        )
        .exists()
    )
    lent = (
        select(Visit.id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(Visit.intervention_id == Intervention.id, Technician.region_id == region.id)
        .exists()
    )
    return select(Intervention).where(
        or_(Intervention.region_id == region.id, lent),
        Intervention.reported_at <= at,
        not_(over),
        or_(Intervention.decided_at.is_(None), Intervention.decided_at >= since),
    )


async def _told(session: AnySession, ids: Sequence[UUID], at: datetime) -> dict[UUID, _Known]:
    found: dict[UUID, _Known] = {}
    query = select(Event).where(Event.intervention_id.in_(ids), Event.at <= at).order_by(Event.seq)
    for event in await session.scalars(query):
        if event.intervention_id is None or "status" not in event.data:
            continue
        known = found.setdefault(event.intervention_id, _Known())
        known.intervention = event
        if event.visit_id is not None and "visit_status" in event.data:
            known.visits[event.visit_id] = event
            if event.kind == NOT_ANSWERED:
                known.unanswered[event.visit_id] = event.at
    return found


def _then(dossier: Dossier, known: _Known, at: datetime) -> Dossier:
    """The dossier as it stood: copies, so that nothing of it is ever stored."""
    assert known.intervention is not None
    row = dossier.intervention
    told = known.intervention.data
    then = replace(
        dossier,
        intervention=_copied(
            row,
            status=told["status"],
            severity=told["severity"],
            decided=row.decided if _by(row.decided_at, at) else None,
            decided_at=_by(row.decided_at, at),
            reopened_at=_by(row.reopened_at, at),
            out_of_scope_at=_by(row.out_of_scope_at, at),
        ),
        promises=[each for each in dossier.promises if each.from_at <= at],
        facts=[each for each in dossier.facts if each.recorded_at <= at],
        pauses=[_pause(each, at) for each in dossier.pauses if each.recorded_at <= at],
        severity_changes=[each for each in dossier.severity_changes if each.at <= at],
        closings=[
            _copied(each, reopened_at=_by(each.reopened_at, at))
            for each in dossier.closings
            if each.closed_at <= at
        ],
        visits=[
            _visit(each, known.visits[each.id])
            for each in dossier.visits
            if each.id in known.visits
        ],
    )
    then.clocks = [row_of(then, clock, at) for clock in core_clocks(then, at)]
    return then


def _visit(row: Visit, event: Event) -> Visit:
    told = event.data
    status = told["visit_status"]
    announced = row.announced_at if told.get("is_announced") else None
    gone = dict.fromkeys(NOT_YET.get(status, ()))
    if status in OPEN:
        gone["finished_at"] = None
    return _copied(
        row,
        status=status,
        technician_id=event.technician_id or row.technician_id,
        starts_at=datetime.fromisoformat(told["starts_at"]),
        ends_at=datetime.fromisoformat(told["ends_at"]),
        announced_at=announced,
        **{name: told[name] for name in TOLD if name in told},
        **gone,
    )


def _pause(row: Any, at: datetime) -> Any:
    decided_at = _by(row.decided_at, at)
    return _copied(
        row,
        to_at=_by(row.to_at, at),
        is_approved=row.is_approved and (decided_at is not None or not row.needs_approval),
        decided_at=decided_at,
        decided_by=row.decided_by if decided_at else None,
        decided_by_name=row.decided_by_name if decided_at else "",
    )


def _by(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if instant is not None and instant <= at else None


def _copied(row: Row, **changes: object) -> Row:
    """A row of its own that no session knows."""
    mapper = inspect(type(row))
    values = {each.key: getattr(row, each.key) for each in mapper.column_attrs}
    return type(row)(**(values | changes))
