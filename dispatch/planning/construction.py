"""A first plan: what is fixed, what was promised, the urgent jobs together, then the rest in turn.

Assigning the urgent queue together is in `assignment`; making the plan better in `improvement`.
"""

from collections.abc import Callable, Iterable

from dispatch.planning.assignment import assign_together
from dispatch.planning.draft import Draft
from dispatch.planning.job import Job
from dispatch.planning.limits import never
from dispatch.planning.shapes import NEVER

URGENT = 2  # priorities 1 and 2 are planned together, before anything else


def construct(draft: Draft, *, is_over: Callable[[], bool]) -> None:
    """Serve every job that is worth its cost; what time does not allow stays left out."""
    jobs = draft.shapes.problem.jobs
    fixed = [index for index in draft.left_out if jobs[index].locked is not None]
    insert_in_turn(draft, sorted(fixed, key=lambda job: _fixed_start(jobs[job])), is_over)
    promised = [index for index in draft.left_out if jobs[index].announced is not None]
    insert_in_turn(draft, sorted(promised, key=lambda job: _promised_start(jobs[job])), is_over)
    urgent = [index for index in draft.left_out if jobs[index].priority <= URGENT]
    if not is_over():
        assign_together(draft, sorted(urgent, key=lambda job: urgency(jobs[job])))
    rest = sorted(draft.left_out, key=lambda job: urgency(jobs[job]))
    insert_in_turn(draft, rest, is_over)


def insert_in_turn(draft: Draft, jobs: Iterable[int], is_over: Callable[[], bool]) -> None:
    """Put each job in its cheapest place, in this order, unless leaving it out is cheaper."""
    for job in jobs:
        if is_over():
            return
        place = draft.best_place(job)
        if place.delta < draft.shapes.drop[job]:
            draft.insert(job, place)


def serve_what_pays(draft: Draft) -> None:
    """Go on until no job left out would be cheaper to serve, however little time is left.

    Only then is it true for every technician that something stands against it.
    """
    left = -1
    while len(draft.left_out) != left:
        left = len(draft.left_out)
        jobs = draft.shapes.problem.jobs
        waiting = sorted(draft.left_out, key=lambda job: urgency(jobs[job]))
        insert_in_turn(draft, waiting, never)


def urgency(job: Job) -> tuple[int, int, int]:
    """Order of planning: priority, then what has to start first, then what is dearest to drop.

    >>> urgency(Job("a", location=0, duration=60, priority=2, drop_cost=9, due=3600))
    (2, 3600, -9)
    """
    closes = NEVER if job.window is None else job.window[1]
    return job.priority, min(closes, NEVER if job.due is None else job.due), -job.drop_cost


def _fixed_start(job: Job) -> int:
    return NEVER if job.locked is None or job.locked.start is None else job.locked.start


def _promised_start(job: Job) -> int:
    return NEVER if job.announced is None else job.announced.start
