"""From a problem and its plan to a proof: the exact method where it can, else column generation."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace

import numpy as np

from dispatch.planning.bound import Better, Bound, Progress
from dispatch.planning.bound.generation import Generation
from dispatch.planning.bound.leaning import Leaning
from dispatch.planning.bound.pricer import LOOK_SECONDS, Pricer
from dispatch.planning.bound.relaxed import Relaxed, least_by_bonuses, relaxed
from dispatch.planning.bound.routes import Column, column
from dispatch.planning.bound.small import Cheapest, Orders, cheapest, is_small
from dispatch.planning.checking import check
from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.limits import Budget, Clock, Limits
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import with_reasons
from dispatch.planning.shapes import Shapes
from dispatch.planning.timing import timed
from dispatch.planning.tour import Tour

BETTERING = 0.6  # of the time that is left, for a better plan
STEPS = 1_000  # for the same where no seconds are given


def proof(
    problem: Problem,
    plan: Plan,
    *,
    limits: Limits,
    clock: Clock | None,
    should_stop: Callable[[], bool],
    workers: int,
    progress: Progress | None,
    better: Better | None,
) -> Bound:
    """Bound the day; the best value proven by the time the limits end it."""
    course = _Course(problem, plan, Budget(limits, clock, should_stop), progress)
    course.better = better
    day = relaxed(problem, plan.cost.total)
    if day is not None and is_small(day):
        course.solve_small(day)
    if day is not None and course.value < course.plan.cost.total:
        course.generate(day, workers)
    return course.bound()


class _Course:
    """One proof on its way: the best value so far, and how it rose."""

    def __init__(
        self, problem: Problem, plan: Plan, budget: Budget, progress: Progress | None
    ) -> None:
        self.problem = problem
        self.plan = plan
        self.budget = budget
        self.progress = progress
        self.halt = np.zeros(1, dtype=np.int64)
        self.trace: list[tuple[float, int]] = []
        self.value = least_by_bonuses(problem)
        self.is_solved = False
        self.better: Better | None = None

    def bound(self) -> Bound:
        plan = replace(self.plan, bound=self.value, stated_gap=None)
        return Bound(self.value, round(self.budget.seconds, 3), plan, tuple(self.trace))

    def note(self, value: int) -> None:
        """Remember a value that was proven, if it is the best."""
        if value > self.value:
            self.value = value
            self.trace.append((round(self.budget.seconds, 3), value))
            if self.progress is not None:
                self.progress(self.budget.seconds, value)

    def solve_small(self, day: Relaxed) -> None:
        """Try every set of jobs; take over the best plan if it is better than the one known."""
        if self.budget.is_over():
            return
        found = self._stoppable(lambda: cheapest(day, self.halt))
        if found is None:
            return
        self.is_solved = True
        self.note(found.total)
        if found.total < self.plan.cost.total:
            self._take_over(_planned(self.problem, found.orders, self.plan))

    def _take_over(self, plan: Plan) -> None:
        if plan.cost.total < self.plan.cost.total and check(self.problem, plan).is_legal:
            self.plan = plan

    def improve(self, towards: Leaning) -> None:
        """Have a better plan sought, if anybody would, near what the linear programme leans to."""
        if self.better is None or self.budget.is_over():
            return
        left = self.budget.left
        limits = Limits(iterations=STEPS) if left is None else Limits(seconds=left * BETTERING)
        jobs, people = self.problem.jobs, self.problem.technicians
        left_out = {jobs[number].id for number in towards.left_out}
        routes = {
            people[who].id: [jobs[number].id for number in route]
            for who, route in towards.routes.items()
        }
        self._take_over(self.better(self.plan, left_out, routes, limits))

    def _stoppable(self, work: Callable[[], Cheapest | None]) -> Cheapest | None:
        with ThreadPoolExecutor(1) as thread:
            running = thread.submit(work)
            while True:
                try:
                    return running.result(LOOK_SECONDS)
                except NotYet:
                    if self.budget.is_over():
                        self.halt[0] = 1

    def generate(self, day: Relaxed, workers: int) -> None:
        """Generate columns from the plan's routes on; a day solved already has nothing to gain."""
        if self.is_solved or self.budget.is_over():
            return
        pricer = Pricer(day, self.halt, workers)
        try:
            if pricer.can_price:
                routes = _columns(self.problem, self.plan, pricer)
                generation = Generation(day, routes, pricer, self.budget, self.note)
                generation.settled = self.improve
                generation.run(enough=lambda: self.plan.cost.total)
        finally:
            pricer.close()


def _columns(problem: Problem, plan: Plan, pricer: Pricer) -> Iterable[Column]:
    jobs = {job.id: number for number, job in enumerate(problem.jobs)}
    people = {each.id: pricer.people[who] for who, each in enumerate(problem.technicians)}
    for route in plan.routes:
        person = people[route.technician]
        order = [jobs[stop.job] for stop in route.stops]
        if order and np.isin(order, person.mine).all():
            found = column(person, np.searchsorted(person.mine, order).tolist())
            if found is not None:
                yield found


def _planned(problem: Problem, orders: Orders, plan: Plan) -> Plan:
    """Write the routes down with times, bill and reasons, as the search writes its own."""
    shapes = Shapes(problem)
    itineraries = [itinerary(shapes, Tour(shapes, who, jobs)) for who, jobs in orders.items()]
    best = plan_from(problem, timed(problem, itineraries), plan.solver)
    return with_reasons(best, shapes)
