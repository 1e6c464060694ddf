"""Jobs that depend on others as plain arrays: crews, and what has to be done before what.

Every other job may be planned for one technician alone; see `flat`.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from dispatch.planning.engine.arrays import Integers, Records, record
from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import linked_jobs

# The job's number, how many do it together, and who a person has fixed for it, -1 for nobody.
LINK = record("job", "crew", "fixed")


class Linked(NamedTuple):
    """The jobs with a crew or an order, numbered so that what comes first has the lower number."""

    link_of: Integers
    links: Records
    before: Integers
    before_from: Integers
    behind: Integers
    behind_from: Integers


def links_of(problem: Problem) -> Linked:
    """Find every job that cannot be planned for one technician alone.

    >>> from datetime import UTC, datetime
    >>> first, then = (Job(each, 0, 60, priority=3, drop_cost=9) for each in ("first", "then"))
    >>> then = Job("then", 0, 60, priority=3, drop_cost=9, after=("first",))
    >>> day = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), (), (then, first))
    >>> links_of(day).links["job"].tolist()
    [1, 0]
    """
    chosen = sorted(linked_jobs(problem))
    order = _first_things_first([problem.jobs[number] for number in chosen])
    numbers = {job.id: number for number, job in enumerate(problem.jobs)}
    technicians = {each.id: number for number, each in enumerate(problem.technicians)}
    place = {job.id: link for link, job in enumerate(order)}
    before = [sorted({place[name] for name in job.after}) for job in order]
    behind = [
        [each for each in range(len(order)) if link in before[each]] for link in range(len(order))
    ]
    links = np.zeros(len(order), dtype=LINK)
    link_of = np.full(len(problem.jobs), -1, dtype=np.int64)
    for link, job in enumerate(order):
        fixed = None if job.locked is None else job.locked.technician
        links[link] = (numbers[job.id], job.crew, -1 if fixed is None else technicians[fixed])
        link_of[numbers[job.id]] = link
    return Linked(link_of, links, *_laid_out(before), *_laid_out(behind))


def _first_things_first(jobs: Sequence[Job]) -> list[Job]:
    """Sort jobs so that each stands after all it follows."""
    waiting, order, done = list(jobs), list[Job](), set[str]()
    while waiting:
        ready = [job for job in waiting if done.issuperset(job.after)]
        order += ready
        done.update(job.id for job in ready)
        waiting = [job for job in waiting if job.id not in done]
    return order


def _laid_out(rows: Sequence[Sequence[int]]) -> tuple[Integers, Integers]:
    """Lay rows of different lengths end to end, with where each begins."""
    begins = np.zeros(len(rows) + 1, dtype=np.int64)
    begins[1:] = list(accumulate(len(row) for row in rows))
    flat = [entry for row in rows for entry in row]
    return np.array(flat, dtype=np.int64), begins
