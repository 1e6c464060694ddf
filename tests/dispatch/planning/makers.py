"""Problems for tests: small ones by hand, and seeded random ones of any size.

Makers need only what matters to a test and default the rest sensibly.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import hypot
from random import Random

from dispatch.planning import (
    Announced,
    Break,
    Job,
    Lock,
    Plan,
    Problem,
    Stability,
    Technician,
)

ORIGIN = datetime(2026, 6, 1, 6, tzinfo=UTC)
HOUR = 3600


def line(*kilometres: int, pace: int = 60) -> tuple[tuple[int, ...], ...]:
    """Places on one road; each kilometre takes a minute."""
    return tuple(tuple(abs(a - b) * pace for b in kilometres) for a in kilometres)


def technician(name: str = "anna", **given: object) -> Technician:
    """Somebody at place 0 from 0 to 8 hours, unless told otherwise."""
    plain = Technician(name, start=0, end=0, shift=(0, 8 * HOUR))
    return replace(plain, **given)  # type: ignore[arg-type]


def job(name: str = "lift", **given: object) -> Job:
    """Half an hour's work at place 1, dear to leave out, unless told otherwise."""
    plain = Job(name, location=1, duration=1800, priority=3, drop_cost=100_000)
    return replace(plain, **given)  # type: ignore[arg-type]


def problem(
    technicians: Sequence[Technician] | None = None,
    jobs: Sequence[Job] | None = None,
    *,
    durations: Sequence[Sequence[int]] | None = None,
    now: int = 0,
    stability: Stability | None = None,
    balance_cost: int = 0,
    arrival_cost: int = 0,
) -> Problem:
    """One technician and one job ten minutes apart, unless told otherwise."""
    return Problem(
        origin=ORIGIN,
        durations=durations or line(0, 10, 20, 30),
        technicians=(technician(),) if technicians is None else tuple(technicians),
        jobs=(job(),) if jobs is None else tuple(jobs),
        now=now,
        stability=stability or Stability(),
        balance_cost=balance_cost,
        arrival_cost=arrival_cost,
    )


def random_problem(
    seed: int, *, technicians: int = 2, jobs: int = 5, rich: bool = True, size: int = 2400
) -> Problem:
    """A day drawn from a seed; a rich one uses every rule the optimiser knows."""
    draw = Random(seed)
    places = [(draw.random() * size, draw.random() * size) for _ in range(technicians + jobs)]
    durations = tuple(tuple(int(hypot(a[0] - b[0], a[1] - b[1])) for b in places) for a in places)
    names = [f"t{index}" for index in range(technicians)]
    people = [_random_technician(draw, index, rich=rich) for index in range(technicians)]
    work = [
        _random_job(draw, index, technicians + index, names, rich=rich) for index in range(jobs)
    ]
    stability = Stability(move_cost=draw.choice((0, 900)), tolerance=draw.choice((0, 600)))
    arrival_cost = 0
    if rich:
        # Drawn apart, so that what came before is the same with each seed as ever.
        apart = Random(f"reserve and arrival {seed}")
        people = [_with_reserve(apart, each) for each in people]
        arrival_cost = apart.choice((0, 250))
        work = [_at_one_site(apart, work, each) for each in work]
        aims = Random(f"aims {seed}")
        work = [_with_aim(aims, each) for each in work]
    return problem(
        people, work, durations=durations, stability=stability, arrival_cost=arrival_cost
    )


def _with_reserve(draw: Random, person: Technician) -> Technician:
    return replace(
        person, reserve=draw.choice((0, HOUR, 2 * HOUR)), reserve_cost=draw.choice((0, 1))
    )


def _at_one_site(draw: Random, work: Sequence[Job], each: Job) -> Job:
    return replace(each, location=draw.choice(work).location) if draw.random() < 0.2 else each


def _with_aim(draw: Random, each: Job) -> Job:
    """Aims before the due, at it, after it and without one; some are free, some dear."""
    aim = each.release + draw.randrange(-HOUR, 6 * HOUR)
    if draw.random() < 0.5:
        return each
    due = None if draw.random() < 0.1 else each.due
    return replace(each, due=due, aim=aim, aim_cost=draw.choice((0, 7, 90, 900)))


def _random_technician(draw: Random, index: int, *, rich: bool) -> Technician:
    shift = (draw.randrange(0, 2 * HOUR), draw.randrange(8 * HOUR, 10 * HOUR))
    rest = Break(4 * HOUR, 6 * HOUR, 1800)
    plain = Technician(f"t{index}", index, index, shift, HOUR, 2, rest)
    if not rich:
        return plain
    return replace(
        plain,
        break_=draw.choice((None, rest, rest)),
        skills={"rescue": draw.randint(1, 3)} if draw.random() < 0.7 else {},
        regions=draw.choice((("north",), ("south",), ("north", "south"))),
        use_cost=draw.choice((0, 0, 1500)),
        capacity=draw.choice((None, None, 6)),
        overtime_max=draw.choice((0, HOUR)),
    )


def _random_job(draw: Random, index: int, place: int, names: Sequence[str], *, rich: bool) -> Job:
    priority = draw.choice((1, 2, 3, 3, 4, 4))
    stake = {1: 2_000_000, 2: 500_000, 3: 120_000, 4: 25_000}[priority]
    late_cost = {1: 60, 2: 12, 3: 3, 4: 1}[priority]
    release = draw.choice((0, draw.randrange(0, 6 * HOUR)))
    due = release + draw.randrange(HOUR, 6 * HOUR)
    plain = Job(
        f"j{index}",
        location=place,
        duration=draw.randrange(900, 5400),
        priority=priority,
        drop_cost=stake,
        release=release,
        due=due,
        late_cost=late_cost,
    )
    if not rich:
        return plain
    opens = draw.randrange(release, release + 3 * HOUR)
    return replace(
        plain,
        skills={"rescue": draw.randint(1, 2)} if draw.random() < 0.3 else {},
        window=(opens, opens + 2 * HOUR) if draw.random() < 0.2 else None,
        late_fixed=draw.choice((0, 0, 5000)),
        excluded=(draw.choice(names),) if draw.random() < 0.1 else (),
        preferred={draw.choice(names): 700} if draw.random() < 0.2 else {},
        region=draw.choice((None, "north", "south")),
        borrow_cost=draw.choice((0, 800)),
        load=draw.choice((0, 1, 2)),
        announced=(
            Announced(draw.choice(names), draw.randrange(0, 8 * HOUR))
            if draw.random() < 0.2
            else None
        ),
        locked=Lock(technician=draw.choice(names)) if draw.random() < 0.03 else None,
    )


def empty_plan() -> Plan:
    """Nobody goes anywhere."""
    return Plan()
