"""From a draft to a plan and back: times and bill by the readable rules, never by the search.

Reasons for what is left out are in `reasons`; verification is in `checking`.
"""

from collections.abc import Collection

from dispatch.planning.checking import itineraries
from dispatch.planning.draft import Draft
from dispatch.planning.plan import Plan, Route, SolverReport, Unassigned
from dispatch.planning.problem import Problem
from dispatch.planning.rules import bill, broken_rules, dropped
from dispatch.planning.shapes import IMPOSSIBLE, Shapes, linked_jobs
from dispatch.planning.timing import Itinerary, TimedPlan, timed
from dispatch.planning.tour import Tour, best_rest_leg


def itinerary(shapes: Shapes, tour: Tour) -> Itinerary:
    """Say what a tour decides, in the problem's own words, the break on its best leg."""
    problem = shapes.problem
    return Itinerary(
        problem.technicians[tour.technician],
        tuple(problem.jobs[job] for job in tour.jobs),
        best_rest_leg(shapes, tour),
    )


def finished(draft: Draft, report: SolverReport) -> Plan:
    """Give the draft as a plan, its times and bill recomputed from the rules."""
    problem = draft.shapes.problem
    itineraries = [itinerary(draft.shapes, tour) for tour in draft.tours if tour.jobs]
    return plan_from(problem, timed(problem, itineraries), report)


def plan_from(problem: Problem, real: TimedPlan, report: SolverReport) -> Plan:
    """Write down a timed plan with its bill."""
    routes = tuple(
        Route(route.technician.id, route.stops, route.leave, route.return_, route.break_)
        for route in real.routes
        if route.jobs
    )
    left_out = tuple(Unassigned(job.id) for job in dropped(problem, real))
    return Plan(routes, left_out, bill(problem, real), solver=report)


def restated(problem: Problem, plan: Plan, report: SolverReport) -> Plan:
    """Give the plan with its routes as they are, and its true times and bill."""
    return plan_from(problem, timed(problem, itineraries(problem, plan)), report)


def load(draft: Draft, plan: Plan) -> None:
    """Take over the sequences of a plan; what cannot stand where it does is left out.

    Jobs that depend on others are taken over together, or not at all if the plan breaks a rule.
    """
    linked = linked_jobs(draft.shapes.problem)
    if linked:
        real = timed(draft.shapes.problem, itineraries(draft.shapes.problem, plan))
        if not broken_rules(draft.shapes.problem, real):
            _take_over(draft, real, linked)
            return
    numbers = {each.id: index for index, each in enumerate(draft.shapes.problem.technicians)}
    ids = draft.shapes.ids
    for route in plan.routes:
        technician = numbers[route.technician]
        known = [ids[stop.job] for stop in route.stops]
        jobs = [job for job in known if job in draft.left_out and job not in linked]
        tour = Tour(draft.shapes, technician, jobs)
        if tour.cost >= IMPOSSIBLE:
            tour = _as_far_as_possible(draft, technician, jobs)
        draft.replace(tour)
        for job in tour.jobs:
            del draft.left_out[job]


def _take_over(draft: Draft, real: TimedPlan, linked: Collection[int]) -> None:
    numbers = {each.id: index for index, each in enumerate(draft.shapes.problem.technicians)}
    ids = draft.shapes.ids
    starts = {ids[name]: start for name, start in real.starts.items()}
    draft.appoint({job: start for job, start in starts.items() if job in linked})
    for route in real.routes:
        jobs = [ids[job.id] for job in route.jobs]
        draft.replace(Tour(draft.shapes, numbers[route.technician.id], jobs))
    draft.left_out = {job: None for job in draft.left_out if job not in starts}


def _as_far_as_possible(draft: Draft, technician: int, jobs: list[int]) -> Tour:
    tour = draft.tours[technician]
    for job in jobs:
        longer = tour.with_job(draft.shapes, job, len(tour.jobs))
        if longer.cost < IMPOSSIBLE:
            tour = longer
    return tour
