"""A day as a model of OR-Tools' routing library, as far as that library can tell it.

Breaks are told by shorter days: its own are far too slow. Fixed charges for lateness are spread. A
reserve, a budget of change, announced starts and our own aims (a start has one soft bound there,
the promise) are not told at all: our rules bill them, and where need be repair the plan,
afterwards. How the model is solved is in `routing`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp

from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import IMPOSSIBLE, NEVER, RouteShape, Shapes

Matrix = NDArray[np.int64]
Routes = dict[str, list[str]]

HIGHEST = 1 << 44  # costs stay below, so that a day's sum fits into 64 bits
CHARGE_SPREAD = 1800  # a fixed charge for lateness counts as if earned over the first half hour
TIME, ASSIGNING, LOAD = "time", "assigning", "load"


class Morning:
    """The clock of a day without its break: what is later than the break comes earlier by it.

    With breaks that differ the latest begin and the longest duration count, to be on the safe side.
    """

    def __init__(self, routes: Sequence[RouteShape]) -> None:
        owed = [each for each in routes if each.owes_rest and each.rest_duration]
        self.begins = min((each.rest_earliest for each in owed), default=NEVER)
        self.ends = max((each.rest_latest + each.rest_duration for each in owed), default=NEVER)
        self.duration = max((each.rest_duration for each in owed), default=0)

    def latest(self, second: int) -> int:
        """A limit that holds whether or not the break is taken before it."""
        return second if second <= self.begins else max(self.begins, second - self.duration)

    def earliest(self, second: int) -> int:
        """A release, earlier only if the break is surely over."""
        return second if second < self.ends else second - self.duration


class RoutingModel:
    """One node for each job, then a start and an end for each technician."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.shapes = Shapes(problem)
        jobs, people = len(problem.jobs), len(problem.technicians)
        starts = list(range(jobs, jobs + people))
        ends = list(range(jobs + people, jobs + 2 * people))
        self.manager = pywrapcp.RoutingIndexManager(jobs + 2 * people, people, starts, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.clock = Morning(self.shapes.routes)
        self.horizon = max((each.latest_return for each in self.shapes.routes), default=0) + 1
        self._travel()
        self._days()
        self._assigning()
        self._capacity()
        for number, job in enumerate(problem.jobs):
            self._job(number, job)

    def _travel(self) -> None:
        """Travel as the cost of a leg; with the work before it, its time."""
        problem = self.problem
        people = problem.technicians
        places = [
            *(job.location for job in problem.jobs),
            *(each.start for each in people),
            *(each.end for each in people),
        ]
        durations = np.asarray(problem.durations, dtype=np.int64)
        legs: Matrix = durations.reshape(len(durations), -1)[np.ix_(places, places)]
        legs = np.where(legs < 0, self.horizon + 1, legs)
        work = np.zeros(len(places), dtype=np.int64)
        work[: len(problem.jobs)] = [job.duration for job in problem.jobs]
        elsewhere = np.not_equal.outer(places, places)
        elsewhere[:, len(problem.jobs) :] = False
        arriving = elsewhere * min(problem.arrival_cost, HIGHEST)
        costs = self.routing.RegisterTransitMatrix((legs + arriving).tolist())
        times = self.routing.RegisterTransitMatrix((legs + work[:, None]).tolist())
        self.routing.SetArcCostEvaluatorOfAllVehicles(costs)
        wait = capacity = self.horizon
        fixed_start = False
        self.routing.AddDimension(times, wait, capacity, fixed_start, TIME)
        self.time = self.routing.GetDimensionOrDie(TIME)

    def _days(self) -> None:
        """When each sets out, must be back and should be back; what calling on them costs."""
        for number, route in enumerate(self.shapes.routes):
            begin, end = self.routing.Start(number), self.routing.End(number)
            lunch = route.rest_duration if route.owes_rest else 0
            leave = min(max(0, route.leave), self.horizon)
            self.time.CumulVar(begin).SetRange(leave, leave)
            self.time.CumulVar(end).SetRange(leave, max(leave, route.latest_return - lunch))
            if route.overtime_cost:
                shift_end = max(leave, route.shift_end - lunch)
                rate = min(route.overtime_cost, HIGHEST)
                self.time.SetCumulVarSoftUpperBound(end, shift_end, rate)
            if route.use_cost:
                self.routing.SetFixedCostOfVehicle(min(route.use_cost, HIGHEST), number)

    def _assigning(self) -> None:
        """Borrowing, preferences and changes of hand: what a job costs one more than another."""
        assign, jobs = self.shapes.assign, range(len(self.problem.jobs))
        self.bonus = [
            max(0, *(-assign[who][job] for who in self.shapes.able[job]), 0) for job in jobs
        ]
        rows = [
            [
                0 if assign[who][job] >= IMPOSSIBLE else assign[who][job] + self.bonus[job]
                for job in jobs
            ]
            for who in range(len(assign))
        ]
        if any(any(row) for row in rows):
            self._count(ASSIGNING, rows, [HIGHEST] * len(rows))
            dimension = self.routing.GetDimensionOrDie(ASSIGNING)
            dimension.SetSpanCostCoefficientForAllVehicles(1)

    def _capacity(self) -> None:
        loads = self.shapes.loads
        room = [min(each.capacity, HIGHEST) for each in self.shapes.routes]
        if any(loads) and min(room, default=HIGHEST) < HIGHEST:
            self._count(LOAD, [loads] * len(room), room)

    def _count(self, name: str, rows: Sequence[Sequence[int]], most: list[int]) -> None:
        """Add up along each route what its jobs count for that technician."""
        beside = [0] * (2 * len(rows))
        known: dict[tuple[int, ...], int] = {}
        for row in map(tuple, rows):
            if row not in known:
                capped = [min(each, HIGHEST) for each in row]
                known[row] = self.routing.RegisterUnaryTransitVector([*capped, *beside])
        evaluators = [known[tuple(row)] for row in rows]
        self.routing.AddDimensionWithVehicleTransitAndCapacity(evaluators, 0, most, True, name)

    def _job(self, number: int, job: Job) -> None:
        """Who may do it, when it may begin, when it should, and what leaving it out costs."""
        start = self.shapes.starts[0][number] if self.shapes.routes else None
        index = self.manager.NodeToIndex(number)
        cost = min(self.shapes.drop[number] + self.bonus[number], HIGHEST)
        self.routing.AddDisjunction([index], cost)
        if start is None:
            return
        latest = min(self.clock.latest(start.latest), self.horizon)
        earliest = max(0, min(self.clock.earliest(start.floor), latest))
        able = self.shapes.able[number] if earliest < self.horizon else []
        self.routing.VehicleVar(index).SetValues([-1, *able])
        self.time.CumulVar(index).SetRange(min(earliest, self.horizon), latest)
        rate = min(job.late_cost + job.late_fixed // CHARGE_SPREAD, HIGHEST)
        if job.due is not None and rate:
            due = max(0, self.clock.latest(job.due))
            self.time.SetCumulVarSoftUpperBound(index, min(due, self.horizon), rate)

    def indices(self, routes: dict[str, list[str]]) -> list[list[int]]:
        """Routes in the words of the library, in the order of its vehicles."""
        ids, manager = self.shapes.ids, self.manager
        return [
            [manager.NodeToIndex(ids[job]) for job in routes.get(each.id, ())]
            for each in self.problem.technicians
        ]

    def routes(self, found: pywrapcp.Assignment) -> Routes:
        """The routes of a solution in the words of the problem."""
        told: Routes = {}
        for number, person in enumerate(self.problem.technicians):
            index = found.Value(self.routing.NextVar(self.routing.Start(number)))
            while not self.routing.IsEnd(index):
                job = self.problem.jobs[self.manager.IndexToNode(index)]
                told.setdefault(person.id, []).append(job.id)
                index = found.Value(self.routing.NextVar(index))
        return told
