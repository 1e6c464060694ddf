"""When units stood still, and when they were being looked after as planned.

A unit is down from a call that it is out of service, or that somebody is trapped, until it is back
in service. What share of the agreed time that is, is counted in `availability`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.measures import Interval
from server.interventions.tables import Closing, Intervention, RecordedFact, Visit
from server.kit.database import AnySession

DOWN = ("S1", "S2")
BACK_IN_SERVICE, MAINTENANCE = "back_in_service", "maintenance"


@dataclass(frozen=True, slots=True)
class Lost:
    """Time in which a unit was down, and time taken for its planned maintenance."""

    down: list[Interval] = field(default_factory=list)
    planned: list[Interval] = field(default_factory=list)


async def lost_time(
    session: AnySession, asset_ids: Sequence[UUID], start: datetime, end: datetime
) -> Mapping[UUID, Lost]:
    """What each unit lost to calls and to maintenance that touch `[start, end)`."""
    lost: dict[UUID, Lost] = defaultdict(Lost)
    reported = await _reports(session, asset_ids, start, end)
    restored, closings = await _ends(session, [row.id for row in reported])
    for row in reported:
        assert row.asset_id is not None
        lost[row.asset_id].down.extend(_stretches(row, restored[row.id], closings[row.id]))
    for asset_id, interval in await _maintenance(session, asset_ids, start, end):
        lost[asset_id].planned.append(interval)
    return lost


async def stretches_down(
    session: AnySession, asset_id: UUID, start: datetime, end: datetime
) -> tuple[list[tuple[Intervention, Interval]], list[Interval]]:
    """Each stretch of one unit with the call it began with, and its planned maintenance."""
    reported = await _reports(session, [asset_id], start, end)
    restored, closings = await _ends(session, [row.id for row in reported])
    planned = await _maintenance(session, [asset_id], start, end)
    return [
        (row, stretch)
        for row in reported
        for stretch in _stretches(row, restored[row.id], closings[row.id])
    ], [interval for _, interval in planned]


async def _reports(
    session: AnySession, asset_ids: Sequence[UUID], start: datetime, end: datetime
) -> Sequence[Intervention]:
    """Calls that count as an outage; what was ruled out of scope or cancelled does not."""
    query = select(Intervention).where(
        Intervention.asset_id.in_(asset_ids),
        Intervention.severity.in_(DOWN),
        Intervention.work_type != MAINTENANCE,
        Intervention.reported_at < end,
        Intervention.out_of_scope_at.is_(None),
        or_(Intervention.decided.is_(None), Intervention.decided != "cancelled"),
        or_(Intervention.decided_at.is_(None), Intervention.decided_at >= start),
    )
    return (await session.scalars(query.order_by(Intervention.id))).all()


async def _ends(
    session: AnySession, ids: Sequence[UUID]
) -> tuple[Mapping[UUID, list[datetime]], Mapping[UUID, list[Closing]]]:
    restored: dict[UUID, list[datetime]] = defaultdict(list)
    facts = select(RecordedFact).where(
        RecordedFact.intervention_id.in_(ids), RecordedFact.kind == BACK_IN_SERVICE
    )
    for fact in await session.scalars(facts):
        restored[fact.intervention_id].append(fact.at)
    closings: dict[UUID, list[Closing]] = defaultdict(list)
    for closing in await session.scalars(select(Closing).where(Closing.intervention_id.in_(ids))):
        closings[closing.intervention_id].append(closing)
    return restored, closings


def _stretches(
    row: Intervention, restored: Sequence[datetime], closings: Sequence[Closing]
) -> Iterator[Interval]:
    """From the call, and from each reopening, to whatever first ended it."""
    ends = [*restored, *(closing.closed_at for closing in closings)]
    if row.decided_at is not None:
        ends.append(row.decided_at)
    starts = [row.reported_at, *(each.reopened_at for each in closings if each.reopened_at)]
    for began in starts:
        yield Interval(began, min((end for end in ends if end >= began), default=None))


async def _maintenance(
    session: AnySession, asset_ids: Sequence[UUID], start: datetime, end: datetime
) -> list[tuple[UUID, Interval]]:
    query = (
        select(Intervention.asset_id, Visit.arrived_at, Visit.finished_at)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(
            Intervention.asset_id.in_(asset_ids),
            Intervention.work_type == MAINTENANCE,
            Visit.arrived_at < end,
            or_(Visit.finished_at.is_(None), Visit.finished_at >= start),
        )
    )
    return [
        (asset_id, Interval(arrived_at, finished_at))
        for asset_id, arrived_at, finished_at in (await session.execute(query)).all()
        if asset_id is not None
        and arrived_at is not None
        and (finished_at is None or finished_at >= arrived_at)
    ]
