"""The days of a past as each region lived them: its cases, and the shifts its crew worked.

Regions do not meet, so each may be lived by a process of its own.
"""

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from uuid import UUID

from dispatch.agreements import Target
from dispatch.day import EventKind
from dispatch.planning import Limits
from dispatch.roster import Absence, Shift
from dispatch.simulation import Case, Demand, Life, Luck, Territory, World, draw_calls, live
from server.cli.town_territory import territories
from server.roster.tables import Shift as ShiftRow

ITERATIONS = 60
CHANGE_BUDGET = 5
# As many checks on each lift and weekday as the crew of each region has hands for; about 10,000
# interventions in ninety days with the calls. An assumption: a quarter of an hour each.
CHECK_SECONDS = 900
CHECKS_PER_LIFT: Mapping[str, float] = {"VALLS": 0.4, "ALTES": 0.2}
# Nobody plans the past again at every event: mornings, urgent calls and sick colleagues are enough.
ANSWERED = frozenset({EventKind.DAY_BEGINS, EventKind.URGENT_CALL, EventKind.SICKNESS})
# Fewer days are lived sooner than a process has started and loaded the optimiser.
WORTH_A_PROCESS = 14


@dataclass(frozen=True, slots=True)
class Past:
    """What one region lived: work that is not planned or under way at the end, and its shifts."""

    cases: tuple[Case, ...]
    shifts: tuple[Shift, ...]


def pasts(
    folder: Path,
    first_day: date,
    days: int,
    *,
    seed: int,
    targets: Mapping[str, tuple[Target, ...]],
) -> Sequence[Past]:
    """Live the days of each region of a town; `targets` are what each lift is promised."""
    regions = territories(folder, first_day, days, targets=targets)
    lived = partial(_lived, first_day=first_day, days=days, seed=seed)
    processes = min(len(regions), cpu_count() or 1)
    if days < WORTH_A_PROCESS or processes == 1:
        return [lived(territory) for territory in regions]
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_hear_ctrl_c) as pool:
        return list(pool.map(lived, regions))


def _hear_ctrl_c() -> None:
    """End at once and without a word: whoever waits for us says what is to be said."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def demand_of(region: str) -> Demand:
    """What a region of the demo's town asks for, past and present."""
    return Demand(0.8, CHECKS_PER_LIFT.get(region, 0.2), CHECK_SECONDS)


def _lived(territory: Territory, *, first_day: date, days: int, seed: int) -> Past:
    calls = draw_calls(territory, first_day, days, seed=seed, demand=demand_of(territory.code))
    planner = live(change_budget=CHANGE_BUDGET, limits=Limits(iterations=ITERATIONS), seed=seed)
    world = World(territory, Luck(seed))
    lived = Life(world, calls, planner, answered=ANSWERED).live(first_day, days)
    shifts = [
        shift
        for code, member in world.crew.items()
        for shift in worked(territory.shifts.get(code, ()), member.absences)
    ]
    return Past(tuple(case for case in lived.cases if case.visit is None), tuple(shifts))


def worked(shifts: Iterable[Shift], absences: Sequence[Absence]) -> Iterator[Shift]:
    """Shifts as they were worked: none by who called in sick, shorter by who went home ill."""
    for shift in shifts:
        ends_at = min(
            (
                absence.starts_at
                for absence in absences
                if absence.starts_at < shift.ends_at and absence.ends_at > shift.starts_at
            ),
            default=shift.ends_at,
        )
        if ends_at == shift.ends_at:
            yield shift
        elif ends_at > shift.starts_at:
            is_eaten = shift.lunch is not None and shift.lunch.over_by <= ends_at
            yield replace(shift, ends_at=ends_at, lunch=shift.lunch if is_eaten else None)


def shift_row(shift: Shift, technician_id: UUID) -> ShiftRow:
    """A shift of the past as the roster keeps it."""
    lunch = shift.lunch
    return ShiftRow(
        technician_id=technician_id,
        kind=shift.kind.value,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        overtime_max_seconds=shift.overtime_max_seconds,
        lunch_earliest_at=None if lunch is None else lunch.earliest_at,
        lunch_latest_at=None if lunch is None else lunch.latest_at,
        lunch_duration_seconds=None if lunch is None else lunch.duration_seconds,
    )
