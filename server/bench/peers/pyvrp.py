"""PyVRP, asked as its careful users do: a profile for each set of skills, prizes for serving.

It knows neither breaks nor soft deadlines: shifts are shorter by the break, and the windows of jobs
it leaves out are widened. Overtime it prices itself.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, Depot, Location, ProblemData, Solution, VehicleType, solve

from dispatch.planning import Problem
from dispatch.planning.repair import Routes
from server.bench.peers.meter import Meter
from server.bench.peers.widening import Deadlines, may_do

PASSES = 3  # the time is shared out among them, half to the first
NO_WAY = 10_000_000  # travel to a job that is not for these skills: longer than any day


def routes(problem: Problem, meter: Meter, seed: int) -> Iterator[Routes]:
    """Answer a plan for each pass while there is time."""
    deadlines = Deadlines(problem, without_breaks=True)
    profiles = _Profiles(problem)
    first: Solution | None = None
    for number in range(PASSES):
        is_last = number == PASSES - 1 or first is not None
        end = meter.budget if is_last else meter.used + meter.left / 2
        best = _solved(problem, deadlines, profiles, _Until(meter, end), seed=seed, first=first)
        answer = _told(problem, best)
        yield answer
        if meter.left <= 0:
            return
        # With every job served the rest of the time betters this solution.
        changed = deadlines.widen(job for jobs in answer.values() for job in jobs)
        first = None if changed else best


class _Until:
    """Stops a search at a figure of CPU seconds."""

    def __init__(self, meter: Meter, seconds: float) -> None:
        self.meter = meter
        self.seconds = seconds

    def __call__(self, _: float) -> bool:
        return self.meter.used >= self.seconds


def _solved(
    problem: Problem,
    deadlines: Deadlines,
    profiles: "_Profiles",
    until: _Until,
    *,
    seed: int,
    first: Solution | None,
) -> Solution:
    places = len(problem.durations)
    depots = sorted({place for each in problem.technicians for place in (each.start, each.end)})
    clients = [
        Client(
            job.location,
            service_duration=job.duration,
            tw_early=deadlines.window(number)[0],
            tw_late=deadlines.window(number)[1],
            prize=job.drop_cost,
            required=False,
        )
        for number, job in enumerate(problem.jobs)
    ]
    data = ProblemData(
        [Location(0, 0)] * places,
        clients,
        [Depot(place) for place in depots],
        [
            _vehicle(problem, number, depots, profiles.of_technician[number])
            for number in range(len(problem.technicians))
        ],
        profiles.matrices,
        profiles.matrices,
    )
    found = solve(data, until, seed, collect_stats=False, display=False, initial_solution=first)
    return found.best


def _told(problem: Problem, best: Solution) -> Routes:
    found = {}
    for route in best.routes():
        person = problem.technicians[route.vehicle_type()]
        found[person.id] = [problem.jobs[each.idx].id for each in route if each.is_client()]
    return found


def _vehicle(problem: Problem, number: int, depots: list[int], profile: int) -> VehicleType:
    person = problem.technicians[number]
    begins, ends = max(person.shift[0], problem.now), person.shift[1]
    lunch = 0 if person.break_ is None else person.break_.duration
    return VehicleType(
        start_depot=depots.index(person.start),
        end_depot=depots.index(person.end),
        fixed_cost=person.use_cost,
        tw_early=begins,
        start_late=begins,
        tw_late=person.latest_return - lunch,
        shift_duration=max(0, ends - begins - lunch),
        max_overtime=person.overtime_max,
        unit_overtime_cost=person.overtime_cost,
        profile=profile,
    )


class _Profiles:
    """A travel matrix for all who may do the same jobs; there is no way to other jobs."""

    def __init__(self, problem: Problem) -> None:
        cannot: list[set[int]] = [set(range(len(problem.jobs))) for _ in problem.technicians]
        for number, job in enumerate(problem.jobs):
            for who in may_do(problem, job):
                cannot[who].discard(number)
        travel = np.array(problem.durations, dtype=np.int64)
        travel[travel < 0] = NO_WAY
        known: dict[frozenset[int], int] = {}
        self.matrices: list[NDArray[np.int64]] = []
        self.of_technician = []
        for barred in cannot:
            if frozenset(barred) not in known:
                known[frozenset(barred)] = len(self.matrices)
                self.matrices.append(
                    _barred(travel, [problem.jobs[each].location for each in barred])
                )
            self.of_technician.append(known[frozenset(barred)])


def _barred(travel: NDArray[np.int64], places: list[int]) -> NDArray[np.int64]:
    matrix = travel.copy()
    matrix[:, places] = NO_WAY
    np.fill_diagonal(matrix, 0)
    return matrix
