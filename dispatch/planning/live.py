"""A plan taken as it stands, to ask what one change would do: tours, and what each costs as stated.

Unlike the search's draft nothing is repaired here: a route that breaks a rule is kept and told.
"""

from collections.abc import Sequence

from dispatch.errors import Fault
from dispatch.planning.checking import itineraries, naming_faults
from dispatch.planning.draft import Draft
from dispatch.planning.plan import Cost, Plan
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import PlanRefused
from dispatch.planning.rules import bill, promises_moved
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.timing import Itinerary, TimedPlan, TimedRoute, timed
from dispatch.planning.tour import Tour, best_rest_leg


class LivePlan:
    """The plan's routes timed as they stand, and the same routes as tours for the search."""

    def __init__(self, problem: Problem, plan: Plan, shapes: Shapes | None = None) -> None:
        refuse_foreign(problem, plan)
        self.problem = problem
        self.shapes = shapes or Shapes(problem)
        self.itineraries = itineraries(problem, plan)
        self.times = timed(problem, self.itineraries)
        self.draft = Draft(self.shapes)
        self._numbers = {each.id: index for index, each in enumerate(problem.technicians)}
        for itinerary in self.itineraries:
            self._take_over(itinerary)
        self.cost = bill(problem, self.times)
        self.stated = {index: self._stated(index) for index in range(len(self.draft.tours))}

    def _take_over(self, itinerary: Itinerary) -> None:
        technician = self._numbers[itinerary.technician.id]
        jobs = [self.shapes.ids[job.id] for job in itinerary.jobs]
        self.draft.replace(Tour(self.shapes, technician, jobs))
        for job in jobs:
            self.draft.left_out.pop(job, None)

    def timed_route(self, technician: int) -> TimedRoute | None:
        """The technician's route as it stands, if the plan has one."""
        name = self.problem.technicians[technician].id
        return next((route for route in self.times.routes if route.technician.id == name), None)

    def _stated(self, technician: int) -> int:
        """What the route costs with its break where the plan puts it, not where it is cheapest."""
        route, tour = self.timed_route(technician), self.draft.tours[technician]
        if route is None or not route.jobs:
            return 0
        leg = None if route.break_ is None else route.break_.leg
        if tour.cost < IMPOSSIBLE and leg == best_rest_leg(self.shapes, tour):
            return tour.cost
        without = self.replaced(technician, None)
        return self.cost.total - bill(self.problem, without).total + self._drops(tour)

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
        name = self.problem.technicians[technician].id
        routes = [route for route in self.times.routes if route.technician.id != name]
        if itinerary is not None:
            routes.extend(timed(self.problem, [itinerary]).routes)
        return combined(routes)


def combined(routes: Sequence[TimedRoute]) -> TimedPlan:
    """Put routes together that do not wait for each other."""
    starts = {stop.job: stop.start for route in routes for stop in route.stops}
    crews = {stop.job: (route.technician.id,) for route in routes for stop in route.stops}
    return TimedPlan(tuple(routes), starts, crews, ())


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
