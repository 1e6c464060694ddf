"""Routes from elsewhere made into a plan: timed and billed by our rules, impossible jobs taken off.

Who drew the routes up does not matter here; what is taken off stays left out.
"""

from collections.abc import Mapping, Sequence

from dispatch.planning.draft import Draft
from dispatch.planning.finishing import finished
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour

Routes = Mapping[str, Sequence[str]]  # jobs in order, by technician


def repaired(problem: Problem, routes: Routes, report: SolverReport) -> tuple[Plan, list[str]]:
    """Give the plan of these routes with its true times and bill, and the jobs that had to go.

    Where a route breaks a hard rule, the job that is cheapest to leave out goes, until none does.
    A job that stands on two routes stays on the first.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 3600))
    >>> jobs = [Job(name, 1, 1800, 4, drop_cost=drop) for name, drop in (("a", 9), ("b", 5))]
    >>> durations = ((0, 600), (600, 0))
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), durations, (anna,), tuple(jobs))
    >>> plan, gone = repaired(problem, {"anna": ["b", "a"]}, SolverReport())
    >>> gone, plan.cost.total
    (['b'], 1205)
    """
    shapes = Shapes(problem)
    draft = Draft(shapes)
    gone: list[str] = []
    for technician, person in enumerate(problem.technicians):
        jobs = [shapes.ids[job] for job in dict.fromkeys(routes.get(person.id, ()))]
        tour = Tour(shapes, technician, [job for job in jobs if job in draft.left_out])
        while tour.cost >= IMPOSSIBLE:
            worst = _to_take_off(shapes, tour)
            gone.append(problem.jobs[worst].id)
            tour = tour.without(shapes, {worst})
        draft.replace(tour)
        for job in tour.jobs:
            del draft.left_out[job]
    return finished(draft, report), gone


def _to_take_off(shapes: Shapes, tour: Tour) -> int:
    """The cheapest job whose absence makes the route possible, or the cheapest of all."""

    def still_broken(job: int) -> bool:
        return tour.without(shapes, {job}).cost >= IMPOSSIBLE

    return min(tour.jobs, key=lambda job: (still_broken(job), shapes.drop[job], job))
