"""A plan taken as it stands, to ask what one change would do: tours, and what each costs as stated.

Unlike the search's draft nothing is repaired here: a route that breaks a rule is kept and told.
Asking many questions of one plan is in `warm`.
"""

from collections.abc import Iterable

from dispatch.errors import Fault
from dispatch.planning.checking import itineraries, naming_faults
from dispatch.planning.draft import Draft
from dispatch.planning.job import Job
from dispatch.planning.plan import Cost, Plan
from dispatch.planning.problem import Problem, part_of
from dispatch.planning.refusals import PlanRefused
from dispatch.planning.rules import bill, promises_moved
from dispatch.planning.shapes import IMPOSSIBLE, Shapes, linked_jobs
from dispatch.planning.timing import Itinerary, TimedPlan, TimedRoute, timed
from dispatch.planning.tour import Tour, best_rest_leg


class LivePlan:
    """The plan's routes timed as they stand, and the same routes as tours for the search."""

    def __init__(self, problem: Problem, plan: Plan, shapes: Shapes | None = None) -> None:
        refuse_foreign(problem, plan)
        self.problem = problem
        real = timed(problem, itineraries(problem, plan))
        self.shapes = _as_they_stand(shapes or Shapes(problem), real)
        self.draft = Draft(self.shapes)
        self.routes: dict[int, TimedRoute] = {}
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
        self.stated[technician] = self._stated(technician)

    def append(self, problem: Problem) -> None:
        """Go on with a problem that has one job more, which nobody serves."""
        self.problem = problem
        self.shapes.append(problem)
        self.draft.left_out[len(problem.jobs) - 1] = None

    @property
    def times(self) -> TimedPlan:
        """The times of the whole plan."""
        return combined(self.routes.values())

    @property
    def cost(self) -> Cost:
        """What the whole plan costs."""
        return bill(self.problem, self.times)

    def timed_route(self, technician: int) -> TimedRoute | None:
        """The technician's route as it stands, if the plan has one."""
        return self.routes.get(technician)

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

    def moved_elsewhere(self, technician: int, job: int) -> int:
        """How many promises move whatever this technician does, and whoever takes the job."""
        if self.problem.stability.budget is None:
            return 0
        gone = {*self.draft.tours[technician].jobs, job}
        of_these = sum(self.problem.jobs[one].announced is not None for one in gone)
        return promises_moved(self.problem, self.replaced(technician, None)) - of_these

    def replaced(self, technician: int, itinerary: Itinerary | None) -> TimedPlan:
        """The plan's times with one technician's route exchanged or taken out."""
        routes = [route for number, route in self.routes.items() if number != technician]
        if itinerary is not None:
            routes.extend(timed(self.problem, [itinerary]).routes)
        return combined(routes)

    def change(self, technician: int, after: TimedRoute, asked: Job) -> dict[str, int]:
        """By how much each line of the bill changes if the technician's day were this instead.

        `asked` is the job that waited. Only what the change touches is billed, before and after.
        """
        before = self.routes.get(technician)
        touched = {job.id: job for job in (asked, *after.jobs, *(before.jobs if before else ()))}
        part = part_of(self.problem, touched.values())
        earlier = combined([] if before is None else [before])
        return difference(bill(part, combined([after])), bill(part, earlier))


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
    """Put routes together that do not wait for each other."""
    together = tuple(routes)
    starts = {stop.job: stop.start for route in together for stop in route.stops}
    crews = {stop.job: (route.technician.id,) for route in together for stop in route.stops}
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
