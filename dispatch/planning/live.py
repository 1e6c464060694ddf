"""A plan taken as it stands, to ask what one change would do: tours, and what each costs as stated.

Unlike the search's draft nothing is repaired here: a route that breaks a rule is kept and told.
Asking many questions of one plan is in `warm`.
"""

from collections.abc import Iterable, Mapping, Sequence

from dispatch.errors import Fault
from dispatch.planning.checking import itineraries, naming_faults
from dispatch.planning.dependents import Dependents
from dispatch.planning.draft import Draft
from dispatch.planning.job import Job
from dispatch.planning.plan import Cost, Plan
from dispatch.planning.problem import Problem, part_of
from dispatch.planning.refusals import PlanRefused
from dispatch.planning.rules import balance, bill, broken_rules, promises_moved
from dispatch.planning.shapes import IMPOSSIBLE, Shapes, linked_jobs
from dispatch.planning.timing import Itinerary, TimedPlan, TimedRoute, timed
from dispatch.planning.tour import Tour, best_rest_leg


class LivePlan:
    """The plan's routes timed as they stand, and the same routes as tours for the search."""

    def __init__(self, problem: Problem, plan: Plan, shapes: Shapes | None = None) -> None:
        refuse_foreign(problem, plan)
        self.problem = problem
        self.linked = linked_jobs(problem)
        real = timed(problem, itineraries(problem, plan))
        self.shapes = _as_they_stand(shapes or Shapes(problem), real)
        self.draft = Draft(self.shapes)
        self.routes: dict[int, TimedRoute] = {}
        self._dependents: Dependents | None = None
        self.stated = [0] * len(self.draft.tours)
        numbers = {each.id: index for index, each in enumerate(problem.technicians)}
        for route in real.routes:
            self.take_over(numbers[route.technician.id], route)

    def take_over(self, technician: int, route: TimedRoute) -> None:
        """Let the technician's day be this from now on, whatever it was."""
        self.draft.left_out.update(dict.fromkeys(self.draft.tours[technician].jobs))
        jobs = [self.shapes.ids[job.id] for job in route.jobs]
        self.draft.replace(Tour(self.shapes, technician, jobs))
        for job in jobs:
            self.draft.left_out.pop(job, None)
        self.routes[technician] = route
        self._dependents = None
        self.stated[technician] = self._stated(technician)

    def renew(self, problem: Problem, technicians: Sequence[int], jobs: Sequence[int]) -> None:
        """Go on with a problem in which these technicians and jobs are others, or jobs are new.

        The technicians' days are empty then, and their work waits.
        """
        new = range(len(self.problem.jobs), len(problem.jobs))
        self.problem = problem
        self._dependents = None
        self.shapes.renew(problem, technicians, jobs)
        self.draft.left_out.update(dict.fromkeys(new))
        for who in technicians:
            self.take_over(who, timed(problem, [Itinerary(problem.technicians[who], ())]).routes[0])

    @property
    def times(self) -> TimedPlan:
        """The times of the whole plan."""
        return combined(self.routes.values())

    @property
    def cost(self) -> Cost:
        """What the whole plan costs."""
        return bill(self.problem, self.times)

    def _stated(self, technician: int) -> int:
        """What the route costs with its break where the plan puts it, not where it is cheapest."""
        route, tour = self.routes[technician], self.draft.tours[technician]
        if not route.jobs:
            return 0
        leg = None if route.break_ is None else route.break_.leg
        depends = not self.shapes.appointments.keys().isdisjoint(tour.jobs)
        if tour.cost < IMPOSSIBLE and (depends or leg == best_rest_leg(self.shapes, tour)):
            return tour.cost
        part = part_of(self.problem, route.jobs)
        spent = bill(part, combined([route])).total - bill(part, combined([])).total
        return spent + self._drops(tour)

    def _drops(self, tour: Tour) -> int:
        jobs = self.problem.jobs
        move_cost = self.problem.stability.move_cost
        promised = sum(jobs[job].announced is not None for job in tour.jobs)
        return sum(jobs[job].drop_cost for job in tour.jobs) + promised * move_cost

    @property
    def is_coupled(self) -> bool:
        """Whether one day depends on another: by crews, by an order or by a price for unequal load.

        Such a day is asked whole, which takes longer.
        """
        return bool(self.linked) or self.problem.balance_cost > 0

    def ends(self, technician: int) -> int:
        """When the technician's day ends as it stands, later than the shift only for work."""
        shift_end, route = self.shapes.routes[technician].shift_end, self.routes.get(technician)
        return shift_end if route is None or not route.jobs else max(shift_end, route.return_)

    def missing(self, job: int) -> str | None:
        """Name the first job that this one follows and nobody serves."""
        ids, left_out = self.shapes.ids, self.draft.left_out
        return next((each for each in self.problem.jobs[job].after if ids[each] in left_out), None)

    def moved_elsewhere(self, technician: int, job: int) -> int:
        """How many promises move whatever this technician does, and whoever takes the job."""
        if self.problem.stability.budget is None:
            return 0
        gone = {*self.draft.tours[technician].jobs, job}.difference(self.shapes.appointments)
        others = [each for number, each in enumerate(self.problem.jobs) if number not in gone]
        return promises_moved(part_of(self.problem, others), self.times)

    def replaced(self, days: Mapping[int, Itinerary]) -> TimedPlan:
        """The plan's times with these technicians' days exchanged."""
        if not self.linked:
            kept = [route for number, route in self.routes.items() if number not in days]
            return combined([*kept, *timed(self.problem, list(days.values())).routes])
        stand = {number: _decided(route) for number, route in self.routes.items()}
        return timed(self.problem, list((stand | dict(days)).values()))

    def exactly(self, job: int, days: Mapping[int, Itinerary]) -> int | None:
        """By how much the bill without the job changes if it is served so, everything timed anew.

        None if that breaks a rule that the plan as it stands keeps; how many the job needs is not
        asked.
        """
        asked = self.problem.jobs[job]
        problem, before, after = self._concerned(asked, days)
        broken = frozenset(broken_rules(problem, before))
        new = (fault for fault in broken_rules(problem, after) if fault not in broken)
        if any((fault.code, fault.job) != ("crew_incomplete", asked.id) for fault in new):
            return None
        waits = self.problem.stability.move_cost if asked.announced is not None else 0
        change = bill(problem, after).total - bill(problem, before).total
        return change + asked.drop_cost + waits

    def _concerned(
        self, asked: Job, days: Mapping[int, Itinerary]
    ) -> tuple[Problem, TimedPlan, TimedPlan]:
        """What these days can change, as a smaller problem, as it is and as it would be.

        A budget of promises and a price for unequal load concern everybody.
        """
        problem = self.problem
        if problem.stability.budget is not None or problem.balance_cost > 0:
            return problem, self.times, self.replaced(days)
        if self._dependents is None:
            self._dependents = Dependents(problem, self.routes)
        concerned = self._dependents.of(days)
        routes = [self.routes[who] for who in concerned if who in self.routes]
        would_be = [days[who] if who in days else _decided(self.routes[who]) for who in concerned]
        jobs = [job for each in routes for job in each.jobs]
        jobs += [job for each in would_be for job in each.jobs]
        part = part_of(problem, self._dependents.named([asked, *jobs]))
        return part, combined(routes), timed(part, would_be)

    def is_alone(self, job: int, technician: int) -> bool:
        """Whether the job, and the technician's day as it stands, wait for nobody else."""
        return self.linked.isdisjoint((job, *self.draft.tours[technician].jobs))

    def change_of_balance(self, technician: int, day: Itinerary) -> int:
        """By how much the charge for unequal load changes if this were the technician's day."""
        if self.problem.balance_cost == 0:
            return 0
        kept = [route for number, route in self.routes.items() if number != technician]
        after = [*kept, *timed(self.problem, [day]).routes]
        before = self.routes.values()
        return _balance(self.problem, after) - _balance(self.problem, before)

    def after(self, days: Mapping[int, Itinerary]) -> TimedPlan:
        """The times of all that these days touch: of the whole plan where it is coupled."""
        if self.is_coupled:
            return self.replaced(days)
        return combined(timed(self.problem, list(days.values())).routes)

    def starts(self, after: TimedPlan) -> dict[str, int]:
        """When the work on these technicians' routes begins as the plan stands."""
        touched = {route.technician.id for route in after.routes}
        return {
            stop.job: stop.start
            for route in self.routes.values()
            if route.technician.id in touched
            for stop in route.stops
        }

    def change(self, after: TimedPlan, asked: Job) -> dict[str, int]:
        """By how much each line of the bill changes if these routes take the place of their own.

        `asked` is the job that waited. Only what the change touches is billed, before and after.
        """
        if self.is_coupled:
            return difference(bill(self.problem, after), self.cost)
        touched = {route.technician.id for route in after.routes}
        before = [route for route in self.routes.values() if route.technician.id in touched]
        jobs = {job.id: job for route in (*after.routes, *before) for job in route.jobs}
        part = part_of(self.problem, {asked.id: asked, **jobs}.values())
        return difference(bill(part, after), bill(part, combined(before)))


def _decided(route: TimedRoute) -> Itinerary:
    leg = None if route.break_ is None else route.break_.leg
    return Itinerary(route.technician, route.jobs, leg)


def _balance(problem: Problem, routes: Iterable[TimedRoute]) -> int:
    return balance(problem, TimedPlan(tuple(routes), {}, {}, ()))


def _as_they_stand(shapes: Shapes, real: TimedPlan) -> Shapes:
    """Let jobs that depend on others begin when they do in this plan, for others wait for them."""
    problem = shapes.problem
    linked = linked_jobs(problem)
    if not linked:
        return shapes
    ids, starts = shapes.ids, {}
    floors = {}
    for job in linked:
        each = problem.jobs[job]
        if each.id in real.starts:
            starts[job] = real.starts[each.id]
        done = [
            real.starts[name] + problem.jobs[ids[name]].duration
            for name in each.after
            if name in real.starts
        ]
        if done:
            floors[job] = max(done)
    return Shapes(problem).appointed(starts, floors)


def combined(routes: Iterable[TimedRoute]) -> TimedPlan:
    """Put routes together whose times are known."""
    together = tuple(routes)
    starts = {stop.job: stop.start for route in together for stop in route.stops}
    crews: dict[str, tuple[str, ...]] = {}
    for route in together:
        for stop in route.stops:
            crews[stop.job] = (*crews.get(stop.job, ()), route.technician.id)
    return TimedPlan(together, starts, crews, ())


def difference(after: Cost, before: Cost) -> dict[str, int]:
    """By how much each line of the bill changes; `preferred` is a bonus, as it is on the bill.

    >>> difference(Cost(travel=5, preferred=2), Cost(travel=3))["preferred"]
    2
    """
    earlier = before.terms()
    return {name: value - earlier[name] for name, value in after.terms().items()}


def refuse_foreign(problem: Problem, plan: Plan) -> None:
    """Raise `PlanRefused` for a plan that names what the problem does not know, or names it twice.

    A job the plan says nothing about counts as left out.
    """
    foreign = [
        Fault("plan", fault.code, fault.detail)
        for fault in naming_faults(problem, plan)
        if fault.code != "job_missing"
    ]
    if foreign:
        raise PlanRefused(foreign)
