"""What technicians of a region did on some days: shifts, ways, times on site, calls at night."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.measures import Interval
from dispatch.measures.working_time import (
    Done,
    ShiftParts,
    is_at_night,
    overtime_seconds,
    shift_parts,
)
from server.interventions.tables import Intervention, PauseOfWork, Visit
from server.kit.database import AnySession
from server.regions.tables import Region
from server.roster.tables import Shift, Technician

SHIFT, AWAITING_PARTS = "shift", "awaiting_parts"
A_DAY = timedelta(days=1)  # whoever began before a period may still be at it when it begins


@dataclass(frozen=True, slots=True)
class _Came:
    """What is counted of a visit; a quarter holds thousands, so nothing else is read."""

    id: UUID
    technician_id: UUID
    intervention_id: UUID
    en_route_at: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None
    is_repeat: bool


@dataclass(slots=True)
class WorkingDays:
    """One technician's, as far as they have passed; `repeats` are arrivals where somebody had been.

    Overtime is what was worked outside every shift and every hour on call.
    """

    shifts: list[Interval] = field(default_factory=list)
    duties: list[Interval] = field(default_factory=list)
    worked: list[Interval] = field(default_factory=list)
    travel: list[Interval] = field(default_factory=list)
    on_site: list[Interval] = field(default_factory=list)
    waiting: list[Interval] = field(default_factory=list)
    arrivals: int = 0
    night_calls: int = 0
    repeats: int = 0

    @property
    def parts(self) -> ShiftParts:
        """All shifts shared out."""
        done = Done(tuple(self.travel), tuple(self.on_site), tuple(self.waiting))
        return sum((shift_parts(each, done) for each in self.shifts), ShiftParts())

    @property
    def overtime(self) -> int:
        """Seconds."""
        return overtime_seconds([*self.worked, *self.travel, *self.on_site], self.duties)


async def working_days(
    session: AnySession, region: Region, start: datetime, end: datetime, *, now: datetime
) -> Mapping[UUID, WorkingDays]:
    """Of everybody of the region who had a shift or came to somebody in `[start, end)`."""
    end = min(end, now)
    found: dict[UUID, WorkingDays] = defaultdict(WorkingDays)
    if start >= end:
        return found
    for shift in await _shifts(session, region, start, end):
        _add_shift(found[shift.technician_id], shift, start, end)
    visits = await _visits(session, region, start, end)
    paused = await _paused(session, [visit.id for visit in visits])
    earlier = await _first_arrivals(session, [visit.intervention_id for visit in visits])
    for visit in visits:
        days = found[visit.technician_id]
        _add_visit(days, visit, paused[visit.id], (start, end))
        if visit.arrived_at is not None and start <= visit.arrived_at < end:
            began = Interval(visit.en_route_at or visit.arrived_at, None)
            days.arrivals += 1
            days.night_calls += is_at_night(began, region.zone)
            days.repeats += visit.is_repeat or earlier[visit.intervention_id] < visit.arrived_at
    return found


def _add_shift(days: WorkingDays, shift: Shift, start: datetime, end: datetime) -> None:
    planned = _within(shift.starts_at, shift.ends_at, start, end)
    days.duties += planned
    if shift.kind == SHIFT:
        days.shifts += planned
    if shift.worked_from is not None:
        days.worked += _within(shift.worked_from, shift.worked_until or shift.ends_at, start, end)


def _add_visit(
    days: WorkingDays,
    visit: _Came,
    paused: Sequence[PauseOfWork],
    period: tuple[datetime, datetime],
) -> None:
    until = period[1]
    if visit.en_route_at is not None:
        days.travel += _within(visit.en_route_at, visit.arrived_at or visit.finished_at, *period)
    if visit.arrived_at is not None:
        days.on_site += _within(visit.arrived_at, visit.finished_at, *period)
        for pause in paused:
            ends = min(pause.to_at or until, visit.finished_at or until)
            days.waiting += _within(max(pause.from_at, visit.arrived_at), ends, *period)


def _within(
    begins: datetime, ends: datetime | None, start: datetime, end: datetime
) -> list[Interval]:
    """What of it lies in a period; what has not ended goes on until the period does."""
    begins, ends = max(begins, start), min(ends or end, end)
    return [Interval(begins, ends)] if begins < ends else []


async def _shifts(
    session: AnySession, region: Region, start: datetime, end: datetime
) -> Sequence[Shift]:
    query = (
        select(Shift)
        .join(Technician, Technician.id == Shift.technician_id)
        .where(Technician.region_id == region.id, Shift.starts_at < end, Shift.ends_at > start)
        .order_by(Shift.starts_at, Shift.id)
    )
    return (await session.scalars(query)).all()


async def _visits(
    session: AnySession, region: Region, start: datetime, end: datetime
) -> list[_Came]:
    """Visits somebody set out for or came to, by technicians of the region."""
    query = (
        select(
            Visit.id,
            Visit.technician_id,
            Visit.intervention_id,
            Visit.en_route_at,
            Visit.arrived_at,
            Visit.finished_at,
            Intervention.repeat_of_id.is_not(None),
        )
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(
            Technician.region_id == region.id,
            Visit.starts_at > start - A_DAY,
            Visit.starts_at < end + A_DAY,
            or_(Visit.en_route_at < end, Visit.arrived_at < end),
        )
        .order_by(Visit.id)
    )
    return [_Came(*row) for row in (await session.execute(query)).all()]


async def _paused(
    session: AnySession, visit_ids: Sequence[UUID]
) -> Mapping[UUID, list[PauseOfWork]]:
    """Times a visit stood still for want of parts, by visit."""
    found: dict[UUID, list[PauseOfWork]] = defaultdict(list)
    for some in _some(visit_ids):
        query = select(PauseOfWork).where(
            PauseOfWork.visit_id.in_(some), PauseOfWork.reason == AWAITING_PARTS
        )
        for pause in await session.scalars(query):
            if pause.visit_id is not None:
                found[pause.visit_id].append(pause)
    return found


async def _first_arrivals(
    session: AnySession, intervention_ids: Sequence[UUID]
) -> Mapping[UUID, datetime]:
    """When somebody first came to each."""
    found: dict[UUID, datetime] = {}
    for some in _some(list(dict.fromkeys(intervention_ids))):
        query = select(Visit.intervention_id, Visit.arrived_at).where(
            Visit.intervention_id.in_(some), Visit.arrived_at.is_not(None)
        )
        for id_, at in (await session.execute(query)).all():
            if at is not None:
                found[id_] = min(at, found.get(id_, at))
    return found


def _some(ids: Sequence[UUID], at_a_time: int = 500) -> Iterator[Sequence[UUID]]:
    """Few enough for one statement."""
    for start in range(0, len(ids), at_a_time):
        yield ids[start : start + at_a_time]
