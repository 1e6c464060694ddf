"""Shifts and absences as they were known at an instant of the past, worked back from the present.

Every change tells in its event what it made and what stood before; to go back, the last is undone
first. What was changed before events told it is shown as it is now.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from server.kit.database import AnySession
from server.kit.tables import Event
from server.roster.snapshot import absence_rows
from server.roster.tables import Shift

SHIFT_KINDS = ("shift_created", "shift_changed", "shift_deleted", "shifts_written")
RECORDED, REMOVED = "absence_recorded", "absence_removed"
INSTANTS = ("starts_at", "ends_at", "lunch_earliest_at", "lunch_latest_at")
PLAIN = ("kind", "overtime_max_seconds", "lunch_duration_seconds", "rank")

Span = tuple[datetime, datetime]
Facts = dict[str, Any]


class Away(NamedTuple):
    """When a technician is away; why is not told of what was taken back since."""

    technician_id: UUID
    starts_at: datetime
    ends_at: datetime
    kind: str | None


def shift_facts(made: Iterable[Shift] = (), before: Iterable[Facts] = ()) -> Facts:
    """What the event of a change tells of it."""
    return {"made": [str(row.id) for row in made], "before": list(before)}


def stood(row: Shift) -> Facts:
    """A shift as it stands, to be told by the event that changes it."""
    instants = {name: getattr(row, name) for name in INSTANTS}
    return {
        "id": str(row.id),
        **{name: each and each.isoformat() for name, each in instants.items()},
        **{name: getattr(row, name) for name in PLAIN},
    }


async def shifts_known(
    session: AnySession, technician_ids: Collection[UUID], span: Span, at: datetime
) -> list[Shift]:
    """The shifts with any time in the span as the roster had them then, in order."""
    present = select(Shift).where(
        Shift.technician_id.in_(technician_ids), Shift.starts_at < span[1], Shift.ends_at > span[0]
    )
    found = {row.id: row for row in await session.scalars(present)}
    for event in reversed(await _since(session, technician_ids, SHIFT_KINDS, at)):
        for made in event.data.get("made", ()):
            found.pop(UUID(made), None)
        for before in event.data.get("before", ()):
            row = _shift(event, before)
            found[row.id] = row
    held = (row for row in found.values() if row.starts_at < span[1] and row.ends_at > span[0])
    return sorted(held, key=lambda row: row.starts_at)


def _shift(event: Event, told: Facts) -> Shift:
    """A row of its own that no session knows."""
    instants = {name: told[name] and datetime.fromisoformat(told[name]) for name in INSTANTS}
    plain = {name: told[name] for name in PLAIN}
    return Shift(id=UUID(told["id"]), technician_id=event.technician_id, **instants, **plain)


async def absences_now(
    session: AnySession, technician_ids: Collection[UUID], span: Span, now: datetime
) -> list[Away]:
    """When these technicians are away, of what has any time in the span and is written down."""
    return [
        Away(row.technician_id, row.starts_at, row.ends_at, row.kind)
        for row in await absence_rows(session, technician_ids, span)
        if (row.decided_at or row.recorded_at) <= now
    ]


async def absences_known(
    session: AnySession, technician_ids: Collection[UUID], span: Span, at: datetime
) -> list[Away]:
    """When these technicians were known to be away, of what has any time in the span."""
    removed = [_away(event) for event in await _since(session, technician_ids, (REMOVED,), at)]
    known = {_away(event) for event in await _until(session, removed, at)}
    taken_back = [each for each in dict.fromkeys(removed) if each in known]
    # Who was fit again before the end is away until then by now; then it was until the end.
    longer = {(each.technician_id, each.starts_at) for each in taken_back}
    present = [
        each
        for each in await absences_now(session, technician_ids, span, at)
        if (each.technician_id, each.starts_at) not in longer
    ]
    held = (each for each in taken_back if each.starts_at < span[1] and each.ends_at > span[0])
    return sorted([*present, *held], key=lambda each: each.starts_at)


def _away(event: Event) -> Away:
    assert event.technician_id is not None
    starts_at, ends_at = (datetime.fromisoformat(event.data[name]) for name in ("from_at", "to_at"))
    return Away(event.technician_id, starts_at, ends_at, None)


async def _until(session: AnySession, removed: Sequence[Away], at: datetime) -> Sequence[Event]:
    """What had been written down by then about whoever had something taken back since."""
    query = select(Event).where(
        Event.technician_id.in_({each.technician_id for each in removed}),
        Event.kind == RECORDED,
        Event.at <= at,
    )
    return (await session.scalars(query)).all() if removed else ()


async def _since(
    session: AnySession, technician_ids: Collection[UUID], kinds: Collection[str], at: datetime
) -> Sequence[Event]:
    query = (
        select(Event)
        .where(Event.technician_id.in_(technician_ids), Event.kind.in_(kinds), Event.at > at)
        .order_by(Event.seq)
    )
    return (await session.scalars(query)).all()
