"""The promised clocks of an intervention, recomputed from what happened and what was promised.

The arithmetic is `dispatch.clocks`; what is stored here is a cache of its answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session as PlainSession
from sqlalchemy.orm import object_session

from dispatch.agreements import AgreementKind, ClockKind
from dispatch.clocks import Clock, clocks, marks, next_mark_at
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions
from server.interventions.promises import Key, promised
from server.interventions.standing import timeline
from server.interventions.tables import StoredClock
from server.kit.database import AnySession, Session

# Raised whenever the rules give another answer for the same events.
ENGINE_VERSION = 2
CUSTOMER = AgreementKind.CUSTOMER.value
# What follows from events alone; the state moves on with time as well.
INSTANTS = (
    "severity",
    "started_at",
    "due_at",
    "at_risk_at",
    "internal_due_at",
    "original_due_at",
    "stopped_at",
    "left_seconds",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A clock that is not what its events make it; the text is empty where there is none."""

    party: str
    kind: str
    round: int
    stored: str
    recomputed: str


def core_clocks(dossier: Dossier, now: datetime) -> tuple[Clock, ...]:
    """Every clock as it stands now, from promises and events alone."""
    return clocks(timeline(dossier), promised(dossier), now)


def refresh(dossier: Dossier, now: datetime) -> None:
    """Recompute every clock after something happened; clocks appear and vanish as they must."""
    session = _session_of(dossier)
    gone = {_key(row): row for row in dossier.clocks}
    for clock in core_clocks(dossier, now):
        row = gone.pop(key_of(clock), None)
        if row is None:
            row = _row(dossier, clock)
            session.add(row)
            dossier.clocks.append(row)
        _keep(row, clock, now)
    for row in gone.values():
        dossier.clocks.remove(row)
        _forget(session, row)


async def marks_due(session: AnySession, now: datetime) -> Sequence[UUID]:
    """Interventions with a clock that has something to tell by now, soonest first."""
    query = (
        select(StoredClock.intervention_id)
        .where(StoredClock.next_mark_at <= now)
        .group_by(StoredClock.intervention_id)
        .order_by(func.min(StoredClock.next_mark_at), StoredClock.intervention_id)
    )
    return (await session.scalars(query)).all()


async def looked_at(session: Session, intervention_id: UUID, now: datetime) -> Dossier:
    """A locked dossier, its clocks as they stand; what they have to tell counts as told."""
    rows = await lock_interventions(session, [intervention_id])
    (dossier,) = await all_dossiers(session, rows)
    refresh(dossier, now)
    told(dossier, now)
    return dossier


def recomputed(dossier: Dossier, now: datetime) -> list[Difference]:
    """Where what is stored differs from what the events make of it: each is an incident."""
    stored = {_key(row): row for row in dossier.clocks}
    anew = {key_of(clock): row_of(dossier, clock, now) for clock in core_clocks(dossier, now)}
    differences = (
        Difference(*key, *_told_apart(stored.get(key), anew.get(key)))
        for key in sorted(stored.keys() | anew.keys())
    )
    return [each for each in differences if each.stored != each.recomputed]


def row_of(dossier: Dossier, clock: Clock, now: datetime) -> StoredClock:
    """A clock as it would be stored; it belongs to no session."""
    row = _row(dossier, clock)
    _keep(row, clock, now)
    return row


def clock_row(dossier: Dossier, kind: ClockKind) -> StoredClock | None:
    """What we promised the customer on this clock: for the return visit once there is one."""
    own = [row for row in dossier.clocks if row.party == CUSTOMER and row.kind == kind.value]
    return max(own, key=lambda row: row.round, default=None)


def next_due(dossier: Dossier) -> datetime | None:
    """When the next promise to the customer falls due; None where nothing presses."""
    running = [row.due_at for row in open_clocks(dossier) if row.due_at]
    return min(running, default=None)


def open_clocks(dossier: Dossier) -> list[StoredClock]:
    """Promises to the customer that can still be kept, or kept late."""
    return [
        row
        for row in dossier.clocks
        if row.party == CUSTOMER and row.stopped_at is None and row.state != "ended"
    ]


def key_of(clock: Clock) -> Key:
    return clock.party.value, clock.kind.value, clock.round


def _key(row: StoredClock) -> Key:
    return row.party, row.kind, row.round


def _row(dossier: Dossier, clock: Clock) -> StoredClock:
    party, kind, round_ = key_of(clock)
    return StoredClock(
        intervention_id=dossier.intervention.id, party=party, kind=kind, round=round_
    )


def _keep(row: StoredClock, clock: Clock, now: datetime) -> None:
    before = _instants(row)
    row.severity = clock.severity.value
    row.breached_severity = clock.breached_severity and clock.breached_severity.value
    row.started_at = clock.started_at
    row.due_at = clock.deadlines.due
    row.at_risk_at = clock.deadlines.at_risk
    row.internal_due_at = clock.deadlines.internal_due
    row.original_due_at = clock.original_due
    row.left_seconds = clock.deadlines.left_seconds
    row.stopped_at = clock.stopped_at
    row.state = clock.state.value
    row.engine_version = ENGINE_VERSION
    if _instants(row) != before:
        # What lies behind us by the new instants may not have been told yet.
        reached = marks(clock, now)
        row.next_mark_at = reached[0].at if reached else next_mark_at(clock, now)


def _instants(row: StoredClock) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in INSTANTS)


def told(dossier: Dossier, now: datetime) -> None:
    """Count everything the clocks have to say by now as told."""
    rows = {_key(row): row for row in dossier.clocks}
    for clock in core_clocks(dossier, now):
        rows[key_of(clock)].next_mark_at = next_mark_at(clock, now)


def _told_apart(stored: StoredClock | None, anew: StoredClock | None) -> tuple[str, str]:
    if stored is None or anew is None:
        return _text(stored, INSTANTS), _text(anew, INSTANTS)
    names = [name for name in INSTANTS if getattr(stored, name) != getattr(anew, name)]
    return _text(stored, names), _text(anew, names)


def _text(row: StoredClock | None, names: tuple[str, ...] | list[str]) -> str:
    return "" if row is None else ", ".join(_values(row, names))


def _values(row: StoredClock, names: tuple[str, ...] | list[str]) -> Iterator[str]:
    for name in names:
        value = getattr(row, name)
        yield f"{name} {value.isoformat() if isinstance(value, datetime) else value}"


def _session_of(dossier: Dossier) -> PlainSession:
    session = object_session(dossier.intervention)
    assert session is not None
    return session


def _forget(session: PlainSession, row: StoredClock) -> None:
    if inspect(row).pending:
        session.expunge(row)
    else:
        session.delete(row)
