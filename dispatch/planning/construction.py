"""A first plan: what is fixed, what was promised, the urgent jobs together, then the rest in turn.

Assigning the urgent queue together is in `assignment`; making the plan better in `improvement`.
"""

from collections.abc import Callable, Iterable

from dispatch.planning.assignment import assign_together
from dispatch.planning.draft import Draft
from dispatch.planning.job import Job
from dispatch.planning.limits import never
from dispatch.planning.shapes import NEVER

BATCH = 50  # urgent jobs looked at together, so that a search can end in between
URGENT = 2  # priorities 1 and 2 are planned together, before anything else


def construct(draft: Draft, *, is_late: Callable[[], bool]) -> None:
    """Serve every job that is worth its cost; what time does not allow stays left out."""
    jobs = draft.shapes.problem.jobs
    kept = [job for job in draft.left_out if is_fixed(jobs[job]) or is_promised(jobs[job])]
    insert_in_turn(draft, in_order(draft, kept), is_late)
    urgent = [job for job in draft.left_out if jobs[job].priority <= URGENT]
    for batch in _batches(in_order(draft, urgent)):
        if not is_late():
            assign_together(draft, batch)
    serve_what_pays(draft, is_late)


def _batches(queue: list[int]) -> list[list[int]]:
    return [queue[first : first + BATCH] for first in range(0, len(queue), BATCH)]


def insert_in_turn(draft: Draft, jobs: Iterable[int], is_late: Callable[[], bool]) -> None:
    """Put each job in its cheapest place, in this order, unless leaving it out is cheaper."""
    for job in jobs:
        if is_late():
            return
        place = draft.best_place(job)
        if place.delta < draft.shapes.drop[job]:
            draft.insert(job, place)


def serve_what_pays(draft: Draft, is_late: Callable[[], bool] = never) -> None:
    """Go on until no job left out would be cheaper to serve, unless there is no time.

    Only then is it true for every technician that something stands against it.
    """
    left = -1
    while len(draft.left_out) != left and not is_late():
        left = len(draft.left_out)
        insert_in_turn(draft, in_order(draft, draft.left_out), is_late)


def in_order(draft: Draft, waiting: Iterable[int]) -> list[int]:
    """Sort jobs for planning: what a person has fixed, what was promised, then by urgency."""
    jobs = draft.shapes.problem.jobs
    return sorted(waiting, key=lambda job: (*_standing(jobs[job]), *urgency(jobs[job])))


def urgency(job: Job) -> tuple[int, int, int]:
    """Order of planning: priority, then what has to start first, then what is dearest to drop.

    >>> urgency(Job("a", location=0, duration=60, priority=2, drop_cost=9, due=3600))
    (2, 3600, -9)
    """
    closes = NEVER if job.window is None else job.window[1]
    return job.priority, min(closes, NEVER if job.due is None else job.due), -job.drop_cost


def is_fixed(job: Job) -> bool:
    """Tell whether a person has fixed the job's technician or start."""
    return job.locked is not None


def is_promised(job: Job) -> bool:
    """Tell whether the job was announced to the customer."""
    return job.announced is not None


def _standing(job: Job) -> tuple[int, int]:
    """What is fixed goes first and what was promised second, each by its start."""
    if job.locked is not None:
        return 0, NEVER if job.locked.start is None else job.locked.start
    if job.announced is not None:
        return 1, job.announced.start
    return 2, 0
