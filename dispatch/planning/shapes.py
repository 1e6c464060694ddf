"""The rules compiled to the few shapes the search knows, as plain integers by index.

Assign cost or forbidden, cost of a start, cost of a route. The rules' words are in `eligibility`
and `rules`; a test holds the two to the same total.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import NamedTuple

from dispatch.planning.eligibility import borrowing, ineligible, is_indifferent, preference
from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.technician import Technician
from dispatch.planning.timing import earliest_start, leaving

# More than any time or bill that passes `contradictions`, so that sums never reach it by accident.
IMPOSSIBLE = 1 << 100
# What breaking a promise or lock that must be kept weighs: above all costs, below the impossible.
FORBIDDING = 1 << 80
NEVER = 1 << 60
NO_FLOORS: Mapping[int, int] = MappingProxyType({})


class StartShape(NamedTuple):
    """What starting one job costs one technician, by when: a tuple, for it is read most of all."""

    place: int
    floor: int
    latest: int
    due: int
    late_cost: int
    late_fixed: int
    aim: int
    aim_cost: int
    slip: int
    slip_cost: int
    duration: int


class RouteShape(NamedTuple):
    """What one technician's day allows and costs."""

    start: int
    end: int
    leave: int
    shift_end: int
    latest_return: int
    overtime_cost: int
    reserved_from: int
    reserve_cost: int
    use_cost: int
    capacity: int
    rest_earliest: int
    rest_latest: int
    rest_duration: int

    @property
    def owes_rest(self) -> bool:
        """A technician who sets out after the latest moment owes no break any more."""
        return self.leave <= self.rest_latest


class Assigning(dict[int, int]):
    """What each job costs one technician beyond time and travel, worked out when first asked."""

    def __init__(self, problem: Problem, technician: Technician) -> None:
        super().__init__()
        self.problem = problem
        self.technician = technician

    def __missing__(self, number: int) -> int:
        cost = self[number] = self._cost(self.problem.jobs[number])
        return cost

    def _cost(self, job: Job) -> int:
        technician = self.technician
        if is_indifferent(job):
            return 0
        if ineligible(job, technician) is not None:
            return IMPOSSIBLE
        elsewhere = job.announced is not None and job.announced.technician != technician.id
        moving = self.problem.stability.move_cost if elsewhere else 0
        return borrowing(job, technician) - preference(job, technician) + moving


class Able(dict[int, list[int]]):
    """Who may do each job, worked out when first asked."""

    def __init__(self, assign: Sequence[Assigning]) -> None:
        super().__init__()
        self.assign = assign

    def __missing__(self, job: int) -> list[int]:
        able = [who for who, costs in enumerate(self.assign) if costs[job] < IMPOSSIBLE]
        self[job] = able
        return able


class Shapes:
    """A problem by index: travel, routes, assignment costs, start costs and drop costs.

    `able[job]` lists the technicians who may do it.
    """

    __slots__ = (
        "able",
        "appointments",
        "assign",
        "drop",
        "dropped_promise",
        "ids",
        "loads",
        "problem",
        "routes",
        "starts",
        "travel",
    )

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.travel: Sequence[Sequence[int]] = problem.durations
        self.ids = {job.id: index for index, job in enumerate(problem.jobs)}
        self.routes = [_route(problem, technician) for technician in problem.technicians]
        self.starts = self._starts()
        self.appointments: Mapping[int, int] = {}
        self.assign = [Assigning(problem, technician) for technician in problem.technicians]
        self.able = Able(self.assign)
        self.loads = [job.load for job in problem.jobs]
        self.dropped_promise = [int(job.announced is not None) for job in problem.jobs]
        self.drop = [self._drop_cost(job) for job in problem.jobs]

    def renew(self, problem: Problem, technicians: Sequence[int], jobs: Sequence[int]) -> None:
        """Go on with a problem in which these technicians and jobs are others, or jobs are new."""
        numbers = {each.id: index for index, each in enumerate(problem.technicians)}
        self.problem, self.travel = problem, problem.durations
        for who in technicians:
            self.routes[who] = _route(problem, problem.technicians[who])
        for costs, technician in zip(self.assign, problem.technicians, strict=True):
            costs.problem, costs.technician = problem, technician
        for number in jobs:
            job = problem.jobs[number]
            free, keeper = start_shape(problem, job, None), job.announced
            if number == len(self.drop):
                self.ids[job.id] = number
                for row in self.starts:
                    row.append(free)
                for entries in (self.loads, self.dropped_promise, self.drop):
                    entries.append(0)
            for starts, costs in zip(self.starts, self.assign, strict=True):
                starts[number] = free
                costs.pop(number, None)
            if keeper is not None:
                its = start_shape(problem, job, keeper.technician)
                self.starts[numbers[keeper.technician]][number] = its
            self.able.pop(number, None)
            self.loads[number] = job.load
            self.dropped_promise[number] = int(keeper is not None)
            self.drop[number] = self._drop_cost(job)

    def appointed(
        self, starts: Mapping[int, int], floors: Mapping[int, int] = NO_FLOORS
    ) -> "Shapes":
        """Give the same shapes with these jobs, which depend on others, beginning exactly then.

        What their start costs is then on no single route. `floors` are the seconds before which
        others may not begin.
        """
        other = copy(self)
        other.appointments = starts
        other.starts = [list(row) for row in self.starts]
        for row in other.starts:
            for job, floor in floors.items():
                row[job] = row[job]._replace(floor=max(floor, row[job].floor))
            for job, start in starts.items():
                row[job] = appointed_at(row[job], start)
        return other

    def _drop_cost(self, job: Job) -> int:
        kept = FORBIDDING if job.locked is not None else 0
        return (
            job.drop_cost
            + kept
            + (self.problem.stability.move_cost if job.announced is not None else 0)
        )

    def _starts(self) -> list[list[StartShape]]:
        free = [start_shape(self.problem, job, None) for job in self.problem.jobs]
        starts = [list(free) for _ in self.problem.technicians]
        numbers = {each.id: index for index, each in enumerate(self.problem.technicians)}
        for index, job in enumerate(self.problem.jobs):
            if job.announced is not None:
                keeper = job.announced.technician
                starts[numbers[keeper]][index] = start_shape(self.problem, job, keeper)
        return starts


def linked_jobs(problem: Problem) -> frozenset[int]:
    """The jobs that cannot be planned for one technician alone: crews, and what has an order."""
    followed = {name for job in problem.jobs for name in job.after}
    numbered = enumerate(problem.jobs)
    return frozenset(
        number for number, job in numbered if job.crew > 1 or job.after or job.id in followed
    )


def appointed_at(shape: StartShape, start: int) -> StartShape:
    """The shape of a job that begins exactly then, its start paid for elsewhere."""
    fixed = shape._replace(floor=start, latest=start, due=NEVER, aim=NEVER, slip=NEVER)
    return fixed._replace(late_cost=0, late_fixed=0, aim_cost=0)


def start_shape(problem: Problem, job: Job, keeper: str | None) -> StartShape:
    """What starting the job costs: the technician it was announced with, or anybody else."""
    locked = NEVER if job.locked is None or job.locked.start is None else job.locked.start
    closes = NEVER if job.window is None else job.window[1]
    slip = NEVER
    if job.announced is not None and keeper is not None:
        slip = job.announced.start + problem.stability.tolerance
    return StartShape(
        place=job.location,
        floor=earliest_start(problem, job, () if keeper is None else (keeper,)),
        latest=min(locked, closes),
        due=NEVER if job.due is None else job.due,
        late_cost=job.late_cost,
        late_fixed=job.late_fixed,
        aim=NEVER if job.aim is None or not job.aim_cost else job.aim,
        aim_cost=job.aim_cost,
        slip=slip,
        slip_cost=problem.stability.move_cost,
        duration=job.duration,
    )


def _route(problem: Problem, technician: Technician) -> RouteShape:
    rest = technician.break_
    return RouteShape(
        start=technician.start,
        end=technician.end,
        leave=leaving(problem, technician),
        shift_end=technician.shift[1],
        latest_return=technician.latest_return,
        overtime_cost=technician.overtime_cost,
        reserved_from=technician.reserved_from,
        reserve_cost=technician.reserve_cost,
        use_cost=technician.use_cost,
        capacity=NEVER if technician.capacity is None else technician.capacity,
        rest_earliest=0 if rest is None else rest.earliest,
        rest_latest=-NEVER if rest is None else rest.latest,
        rest_duration=0 if rest is None else rest.duration,
    )
