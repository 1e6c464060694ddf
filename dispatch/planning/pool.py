"""Routes seen during a search, put together anew by OR-Tools CP-SAT: each job once, at least cost.

A route's own cost holds lateness, overtime, regions and preferences; a budget of change is one row
of the model. Jobs of crews and of an order tie routes together: theirs stay as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from dispatch.planning.checking import check, itineraries
from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.rules import promises_moved
from dispatch.planning.shapes import FORBIDDING, IMPOSSIBLE, Shapes
from dispatch.planning.timing import timed
from dispatch.planning.tour import Tour
from dispatch.planning.tour import promises_moved as moved_on

MOST = 6000  # routes kept, the latest; what was found early is rarely part of a good plan
EFFORT = 5.0  # CP-SAT's own deterministic seconds, the same on any machine
CEILING = 1 << 44  # a dearer route is never worth while, and sums fit into 64 bits


class Pool:
    """Different routes, each a technician and jobs in order by number; the oldest are forgotten."""

    def __init__(self, at_most: int = MOST) -> None:
        self._at_most = at_most
        self._routes: dict[tuple[int, tuple[int, ...]], None] = {}

    def add(self, technician: int, jobs: Sequence[int]) -> None:
        """Remember a route; one that is seen again counts as new."""
        route = (technician, tuple(jobs))
        self._routes.pop(route, None)
        self._routes[route] = None
        if len(self._routes) > self._at_most:
            del self._routes[next(iter(self._routes))]

    def add_plan(self, routes: Iterable[Sequence[int]]) -> None:
        """Remember a plan's routes, one row of jobs for each technician."""
        for technician, jobs in enumerate(routes):
            if jobs:
                self.add(technician, jobs)

    def routes(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The routes, the latest last."""
        return tuple(self._routes)


def put_together(problem: Problem, plan: Plan, pool: Pool, *, seconds: float | None = None) -> Plan:
    """The cheapest plan of these routes and the plan's own; never dearer than the plan given.

    The plan must be legal; it is answered itself where nothing better is found, in `seconds` by the
    clock on the wall if they are given.
    """
    shapes = Shapes(problem)
    model = _Model(problem, plan, shapes)
    for technician, jobs in pool.routes():
        model.offer(technician, jobs)
    chosen = model.chosen(seconds)
    decided = [itinerary(shapes, tour) for tour in chosen]
    kept = [each for each in itineraries(problem, plan) if each.technician.id in model.kept]
    found = plan_from(problem, timed(problem, [*kept, *decided]), plan.solver)
    if found.cost.total >= plan.cost.total or not check(problem, found).is_legal:
        return plan
    return replace(found, bound=plan.bound)


class _Model:
    """Choose at most one route for each technician, so that each job is served once or left out."""

    def __init__(self, problem: Problem, plan: Plan, shapes: Shapes) -> None:
        self.shapes = shapes
        self.numbers = {each.id: number for number, each in enumerate(problem.technicians)}
        routes = {
            self.numbers[route.technician]: tuple(shapes.ids[stop.job] for stop in route.stops)
            for route in plan.routes
        }
        tied = _tied(problem, shapes)
        bound = {number for number, jobs in routes.items() if tied.intersection(jobs)}
        self.kept = {problem.technicians[number].id for number in bound}
        untouched = tied.union(*(routes[number] for number in bound))
        self.free = set(range(len(problem.jobs))) - untouched
        self.offered: dict[tuple[int, tuple[int, ...]], tuple[Tour, cp_model.IntVar]] = {}
        self.model = cp_model.CpModel()
        for number, jobs in routes.items():
            self.offer(number, jobs)
        own = [tour for tour, _ in self.offered.values()]
        served = {job for tour in own for job in tour.jobs}
        self.left_out = {job: self.model.new_bool_var("") for job in sorted(self.free)}
        for job, option in self.left_out.items():
            self.model.add_hint(option, job not in served)
            if shapes.drop[job] >= FORBIDDING:
                self.model.add(option == (job not in served))
        for _, option in self.offered.values():
            self.model.add_hint(option, value=True)
        self.budget = self._budget(problem, plan, own, served)

    def _budget(
        self, problem: Problem, plan: Plan, own: list[Tour], served: set[int]
    ) -> int | None:
        """How many promises may move on the routes to choose from."""
        if problem.stability.budget is None:
            return None
        moved = promises_moved(problem, timed(problem, itineraries(problem, plan)))
        promised = self.shapes.dropped_promise
        here = sum(moved_on(self.shapes, tour) for tour in own)
        here += sum(promised[job] for job in self.free - served)
        return problem.stability.budget - (moved - here)

    def offer(self, technician: int, jobs: Sequence[int]) -> None:
        """Add a route, unless it is known, impossible, or has a job that stays where it is."""
        route = (technician, tuple(jobs))
        if route in self.offered or not jobs or not self.free.issuperset(jobs):
            return
        if self.shapes.problem.technicians[technician].id in self.kept:
            return
        tour = Tour(self.shapes, technician, jobs)
        if tour.cost < min(CEILING, IMPOSSIBLE):
            self.offered[route] = tour, self.model.new_bool_var("")

    def chosen(self, seconds: float | None) -> list[Tour]:
        """The cheapest choice found, or the plan's own routes."""
        by_job: dict[int, list[cp_model.IntVar]] = {
            job: [option] for job, option in self.left_out.items()
        }
        by_technician: dict[int, list[cp_model.IntVar]] = {}
        for (technician, jobs), (_, option) in self.offered.items():
            by_technician.setdefault(technician, []).append(option)
            for job in jobs:
                by_job[job].append(option)
        for options in by_job.values():
            self.model.add_exactly_one(options)
        for options in by_technician.values():
            self.model.add_at_most_one(options)
        self._limit_moves()
        self.model.minimize(self._bill())
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = EFFORT
        if seconds is not None:
            solver.parameters.max_time_in_seconds = seconds
        # CP-SAT would put back the system's handler, and Ctrl-C would end the whole process.
        solver.parameters.catch_sigint_signal = False
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return []
        return [tour for tour, option in self.offered.values() if solver.boolean_value(option)]

    def _limit_moves(self) -> None:
        if self.budget is None:
            return
        promised = self.shapes.dropped_promise
        moves = [moved_on(self.shapes, tour) * option for tour, option in self.offered.values()]
        moves += [option for job, option in self.left_out.items() if promised[job]]
        self.model.add(cp_model.LinearExpr.sum(moves) <= self.budget)

    def _bill(self) -> cp_model.LinearExprT:
        """Routes and what leaving jobs out costs; what is locked is served or not as it was."""
        drop = self.shapes.drop
        routes = [tour.cost * option for tour, option in self.offered.values()]
        left = [
            min(drop[job], CEILING) * option
            for job, option in self.left_out.items()
            if drop[job] < FORBIDDING
        ]
        return cp_model.LinearExpr.sum([*routes, *left])


def _tied(problem: Problem, shapes: Shapes) -> set[int]:
    """The jobs whose times depend on more than one route."""
    followed = {shapes.ids[other] for job in problem.jobs for other in job.after}
    coupled = {number for number, job in enumerate(problem.jobs) if job.crew > 1 or job.after}
    return coupled | followed
