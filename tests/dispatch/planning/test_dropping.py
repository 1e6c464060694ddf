"""A start given by hand is judged as the rules judge the same day with that start fixed."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from dispatch.planning import Break, Job, Lock, Plan, Problem, Technician
from dispatch.planning.dropping import FITS, HELD, dropped, dropped_on_each
from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import SolverReport
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.timing import timed
from dispatch.planning.tour import Tour, begin_times

ORIGIN = datetime(2026, 6, 2, tzinfo=UTC)
HOUR = 3600


def _random_day(random: Random, crew: int = 1) -> tuple[Problem, Plan]:
    """Technicians with up to five jobs each in an order that is possible, and one that waits."""
    dealt = [who for who in range(crew) for _ in range(random.randint(0, 5))]
    count = len(dealt)
    places = [(random.randint(0, 40), random.randint(0, 40)) for _ in range(count + 2)]
    roads = tuple(
        tuple(60 * (abs(one[0] - two[0]) + abs(one[1] - two[1])) for two in places)
        for one in places
    )
    technicians = tuple(_random_technician(random, f"anna {who}") for who in range(crew))
    jobs = []
    for number in range(count + 1):
        release = random.randint(0, 7) * HOUR
        window = random.choice([None, (release, release + 3 * HOUR)])
        jobs.append(
            Job(
                f"job {number}",
                location=number + 1,
                duration=60 * random.randint(10, 60),
                priority=3,
                drop_cost=10**6,
                release=release if number < count else 0,
                window=window if number < count else None,
            )
        )
    problem = Problem(ORIGIN, roads, technicians, tuple(jobs))
    shapes = Shapes(problem)
    tours = [
        _possible_tour(random, shapes, who, [job for job in range(count) if dealt[job] == who])
        for who in range(crew)
    ]
    timing = timed(problem, [itinerary(shapes, tour) for tour in tours])
    return problem, plan_from(problem, timing, SolverReport())


def _random_technician(random: Random, name: str) -> Technician:
    lunch = random.choice([None, Break(4 * HOUR, 5 * HOUR, 1800)])
    overtime = random.choice([0, HOUR])
    return Technician(name, 0, 0, shift=(0, 9 * HOUR), overtime_max=overtime, break_=lunch)


def _possible_tour(random: Random, shapes: Shapes, who: int, jobs: list[int]) -> Tour:
    """These jobs as they are released, but for those that leave no possible order."""
    order = sorted(jobs, key=lambda job: shapes.problem.jobs[job].release)
    while Tour(shapes, who, order).cost >= IMPOSSIBLE:
        order.pop(random.randrange(len(order)))
    return Tour(shapes, who, order)


@pytest.mark.parametrize("seed", range(60))
def test_a_start_is_possible_where_the_day_with_that_start_fixed_breaks_no_rule(seed: int) -> None:
    problem, plan = _random_day(Random(seed))
    asked = len(problem.jobs) - 1
    live = LivePlan(problem, plan)
    starts = range(0, 9 * HOUR, 1500)
    found = dropped(live, 0, asked, starts)
    for place, start in enumerate(starts):
        fixed = replace(problem.jobs[asked], release=start, window=(start, start))
        shapes = Shapes(replace(problem, jobs=(*problem.jobs[:asked], fixed)))
        order = list(found.jobs)
        order.insert(int(found.position[place]), asked)
        tour = Tour(shapes, 0, order)
        assert (found.code[place] == FITS) == (tour.cost < IMPOSSIBLE), (seed, start)
        if found.code[place] == FITS:
            assert found.begins[place].sum() == _soonest(shapes, tour, asked), (seed, start)


@pytest.mark.parametrize("seed", range(20))
def test_starts_asked_about_of_everybody_at_once_are_judged_as_those_of_each_alone(
    seed: int,
) -> None:
    random = Random(f"crew {seed}")
    problem, plan = _random_day(random, crew=4)
    asked = len(problem.jobs) - 1
    live = LivePlan(problem, plan)
    starts = {
        who: range(random.randrange(3) * HOUR, random.randrange(3, 10) * HOUR, 1500)
        for who in range(4)
    }
    for found in dropped_on_each(live, asked, starts):
        alone = dropped(live, found.technician, asked, starts[found.technician])
        for figure in ("stood", "starts", "position", "code", "begins", "back", "held", "arrival"):
            together, single = getattr(found, figure), getattr(alone, figure)
            assert together.tolist() == single.tolist(), (seed, found.technician, figure)


def test_nobody_asked_about_is_nobody_judged() -> None:
    problem, plan = _random_day(Random(1))
    assert dropped_on_each(LivePlan(problem, plan), len(problem.jobs) - 1, {}) == []


def _soonest(shapes: Shapes, tour: Tour, asked: int) -> int:
    """The least sum of the others' starts over all legs the break may be taken on."""
    route = shapes.routes[0]
    sums = []
    for leg in [*range(len(tour.jobs) + 1), None]:
        begins = begin_times(shapes, tour, leg)
        if not _is_kept(shapes, tour, leg, begins):
            continue
        pairs = zip(tour.jobs, begins, strict=True)
        sums.append(sum(begin for job, begin in pairs if job != asked))
    assert route.leave == 0
    return min(sums)


def _is_kept(shapes: Shapes, tour: Tour, leg: int | None, begins: list[int]) -> bool:
    route = shapes.routes[0]
    ends = [route.leave]
    ends += [begin + start.duration for begin, start in zip(begins, tour.starts, strict=True)]
    home = shapes.travel[tour.places[-2]][tour.places[-1]]
    back = ends[-1] + home
    if leg is None:
        is_rested = not route.owes_rest or back <= route.rest_earliest
    else:
        is_rested = route.owes_rest and ends[leg] <= route.rest_latest
        if leg == len(tour.jobs):
            back = max(back, route.rest_earliest) + route.rest_duration
    in_time = all(begin <= start.latest for begin, start in zip(begins, tour.starts, strict=True))
    return is_rested and in_time and back <= route.latest_return


def test_whoever_holds_a_locked_start_is_named_with_the_figures() -> None:
    anna = Technician("anna", 0, 0, shift=(0, 9 * HOUR))
    held = Job("held", 0, 1800, 3, drop_cost=9, locked=Lock("anna", 2 * HOUR))
    lift = Job("lift", 0, 1800, 2, drop_cost=9)
    problem = Problem(ORIGIN, ((0,),), (anna,), (held, lift))
    shapes = Shapes(problem)
    timing = timed(problem, [itinerary(shapes, Tour(shapes, 0, [0]))])
    live = LivePlan(problem, plan_from(problem, timing, SolverReport()))
    found = dropped(live, 0, 1, [2 * HOUR - 600])
    reason = found.reason(live, 0)
    assert found.code.tolist() == [HELD]
    assert reason is not None
    assert (reason.code, reason.facts["job"]) == ("locked", "held")
    assert (reason.facts["arrival"], reason.facts["locked_start"]) == (8400, 7200)


@pytest.mark.parametrize("asked", ["own", "held"])
def test_who_would_begin_too_late_is_told_until_when_it_could(asked: str) -> None:
    anna = Technician("anna", 0, 0, shift=(0, 9 * HOUR))
    window = (0, 2 * HOUR)
    held = Job("held", 0, 1800, 3, drop_cost=9, window=window if asked == "held" else None)
    lift = Job("lift", 0, 3600, 2, drop_cost=9, window=window if asked == "own" else None)
    problem = Problem(ORIGIN, ((0,),), (anna,), (replace(held, release=2 * HOUR), lift))
    shapes = Shapes(problem)
    timing = timed(problem, [itinerary(shapes, Tour(shapes, 0, [0]))])
    live = LivePlan(problem, plan_from(problem, timing, SolverReport()))
    start = 3 * HOUR if asked == "own" else 2 * HOUR - 600
    reason = dropped(live, 0, 1, [start]).reason(live, 0)
    assert reason is not None
    assert (reason.code, reason.facts["closes"]) == ("window_missed", 2 * HOUR)
    assert reason.facts.get("job") == (None if asked == "own" else "held")
    assert reason.facts["arrival"] == (3 * HOUR if asked == "own" else 2 * HOUR + 3000)
