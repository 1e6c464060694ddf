"""Carrying out what technicians say of their working day, each once and only once.

What can be said when is in `dispatch.roster.duty`, what is judged of it in `judging`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.hours.edges import opening_edge
from dispatch.hours.instants import from_seconds
from dispatch.roster import Duty, DutyLog, DutyState, DutyStep, ShiftKind
from dispatch.roster.duty import MOVES, WORKING, shift_to_begin
from server.accounts.scope import Scope
from server.kit.database import Session
from server.kit.device_commands import as_given
from server.kit.events import About, Happening, announce
from server.presence import queries
from server.presence.judging import Refused, is_said_already, judged_instant, refusal
from server.presence.schemas import DutyCommandBody, DutyResultOut, DutyResultsOut, Outcome
from server.presence.tables import DutyCommand
from server.regions.tables import Region
from server.roster.absences import end_sickness, tell
from server.roster.queries import technician_row
from server.roster.snapshot import SICK
from server.roster.tables import Absence, Shift, Technician

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said on its way: by whom, of whose day, and how that stood when it was said."""

    session: Session
    scope: Scope
    technician: Technician
    body: DutyCommandBody
    log: DutyLog
    at: datetime
    now: datetime

    @property
    def step(self) -> DutyStep:
        return DutyStep(self.body.kind)

    @property
    def duty(self) -> Duty:
        return self.log.at(self.at)


async def command_duty(
    session: Session,
    scope: Scope,
    technician_id: UUID,
    commands: Sequence[DutyCommandBody],
    now: datetime,
) -> DutyResultsOut:
    """Judge and carry out what was said of one working day, in the order it was said."""
    technician = await technician_row(session, scope, technician_id)
    # Whoever else speaks of this day waits here.
    await session.execute(
        select(Technician.id).where(Technician.id == technician.id).with_for_update(key_share=True)
    )
    results = [await _answer(session, scope, technician, body, now) for body in commands]
    return DutyResultsOut(results)


async def _answer(
    session: Session, scope: Scope, technician: Technician, body: DutyCommandBody, now: datetime
) -> DutyResultOut:
    known = await session.get(DutyCommand, (scope.account_id, technician.id, body.id))
    if known is not None:
        outcome = "duplicate" if known.outcome == "applied" else known.outcome
        return await _result(session, known, outcome, now)  # type: ignore[arg-type]
    log = await queries.log_of(session, technician.id, now)
    said = Said(session, scope, technician, body, log, judged_instant(body, log, now), now)
    refused = refusal(said.duty, said.step)
    state = None
    if refused is None:
        state = await _carry_out(said)
    stored = _stored(said, refused, state)
    session.add(stored)
    await session.flush()
    return await _result(session, stored, stored.outcome, now)  # type: ignore[arg-type]


async def _carry_out(said: Said) -> DutyState | None:
    """Do it; the state it leads to, or none where nothing changed."""
    changes_hours = False
    match said.step:
        case DutyStep.START_SHIFT:
            changes_hours = await _begin(said)
        case DutyStep.END_SHIFT:
            changes_hours = await _end(said)
        case DutyStep.REPORT_SICK if not is_said_already(said.duty, said.step):
            await _fall_sick(said)
        case DutyStep.REPORT_FIT:
            await end_sickness(said.session, said.scope.actor, said.technician, said.at, said.now)
        case _:
            pass
    if is_said_already(said.duty, said.step):
        return None
    state = MOVES[said.duty.state][said.step]
    about = About(region_id=said.technician.region_id, technician_id=said.technician.id)
    # Others learn that somebody is away, not that they are sick.
    told = DutyState.OFF if state is DutyState.SICK else state
    data = {"state": told.value, "changes_hours": changes_hours}
    await announce(said.session, said.scope.actor, said.now, Happening("duty_changed", about, data))
    return state


async def _begin(said: Said) -> bool:
    """Write down when the shift began; whether that gives planning hours back."""
    row = await _shift_row(said)
    if row is None:
        return False
    row.worked_from = row.worked_from or said.at
    was_ended, row.worked_until = row.worked_until is not None, None
    await said.session.flush()
    return was_ended


async def _end(said: Said) -> bool:
    """Write down when the shift ended; whether that takes hours from planning."""
    row = await _shift_row(said)
    if row is None or row.worked_until is not None:
        return False
    row.worked_until = said.at
    await said.session.flush()
    return row.kind == ShiftKind.SHIFT.value and said.now < row.ends_at + timedelta(
        seconds=row.overtime_max_seconds
    )


async def _shift_row(said: Said) -> Shift | None:
    """The shift this is about: the one that is worked, or the last that was begun."""
    shift = said.duty.shift
    if said.step is DutyStep.END_SHIFT and said.duty.state not in {
        DutyState.ON_SHIFT,
        DutyState.ON_BREAK,
    }:
        last = said.log.steps[-1] if said.log.steps else None
        begun = last is not None and last.step in WORKING
        shift = shift_to_begin(said.log.shifts, last.at) if last is not None and begun else None
    if shift is None:
        return None
    query = select(Shift).where(
        Shift.technician_id == said.technician.id, Shift.starts_at == shift.starts_at
    )
    return (await said.session.scalars(query)).one_or_none()


async def _fall_sick(said: Said) -> None:
    """Write down an absence until they expect to be back, or for what is left of the day."""
    until = said.body.payload.until
    row = Absence(
        technician_id=said.technician.id,
        kind=SICK,
        starts_at=said.at,
        ends_at=until if until is not None and until > said.at else await _end_of_day(said),
        note="",
        recorded_by=said.scope.name,
        recorded_at=said.now,
    )
    said.session.add(row)
    await said.session.flush()
    await tell(
        said.session, said.scope.actor, said.technician, row, kind="absence_reported", now=said.now
    )


async def _end_of_day(said: Said) -> datetime:
    """Midnight there, or the end of a shift that goes on beyond it."""
    region = await said.session.get_one(Region, said.technician.region_id)
    zone = ZoneInfo(region.zone)
    midnight = from_seconds(opening_edge(zone, said.at.astimezone(zone).date() + NEXT_DAY, 0))
    nights = (
        each.ends_at
        for each in said.log.shifts
        if said.at < each.ends_at and each.starts_at < midnight
    )
    return max((midnight, *nights))


def _stored(said: Said, refused: Refused | None, state: DutyState | None) -> DutyCommand:
    body = said.body
    return DutyCommand(
        account_id=said.scope.account_id,
        technician_id=said.technician.id,
        kind=body.kind,
        **as_given(body, body.payload),
        judged_at=said.at,
        received_at=said.now,
        outcome="applied" if refused is None else refused.outcome,
        code=None if refused is None else refused.code,
        facts={},
        state=None if state is None else state.value,
    )


async def _result(
    session: Session, stored: DutyCommand, outcome: Outcome, now: datetime
) -> DutyResultOut:
    duty = await queries.duty_of(session, stored.technician_id, now)
    return DutyResultOut(stored.id, outcome, stored.code, stored.facts, duty)
