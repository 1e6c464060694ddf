"""The order in which a first plan serves jobs: what is fixed, what was promised, then by urgency.

Where each of them goes is found by the engine.
"""

from collections.abc import Iterable

from dispatch.planning.draft import Draft
from dispatch.planning.job import Job
from dispatch.planning.shapes import NEVER


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


def _standing(job: Job) -> tuple[int, int]:
    """What is fixed goes first and what was promised second, each by its start."""
    if job.locked is not None:
        return 0, NEVER if job.locked.start is None else job.locked.start
    if job.announced is not None:
        return 1, job.announced.start
    return 2, 0
