"""Cuts on three jobs each: no plan has more than one route that visits two of them.

Jepsen, Petersen, Spoorendonk and Pisinger (2008), subset-row inequalities. Jobs of a crew are
visited several times and take no part.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.bound.relaxed import Integers

Triple = tuple[int, int, int]

MOST_CUTS = 64  # a label remembers the parity of each in one word
AT_ONCE = 16
OF_ONE_JOB = 3  # cuts of one round that a job may be in
VIOLATED = 0.02


def violated(
    visits: Integers, shares: NDArray[np.float64], crews: Integers, known: Collection[Triple]
) -> list[Triple]:
    """Find the triples whose cut the chosen routes break most, at most a round of them.

    `visits[route, job]` counts, `shares[route]` says how much of the route is chosen.
    """
    triples = sorted(_candidates(visits, crews) - set(known))
    if not triples:
        return []
    members = np.array(triples)
    touched = visits[:, members].sum(axis=2) // 2
    excess = shares @ touched - 1.0
    chosen: list[Triple] = []
    used: Counter[int] = Counter()
    for index in np.argsort(-excess, kind="stable").tolist():
        if excess[index] <= VIOLATED or len(chosen) == min(AT_ONCE, MOST_CUTS - len(known)):
            break
        if max(used[job] for job in triples[index]) < OF_ONE_JOB:
            chosen.append(triples[index])
            used.update(triples[index])
    return chosen


def _candidates(visits: Integers, crews: Integers) -> set[Triple]:
    """Triples that two pairs of jobs on chosen routes make."""
    beside: dict[int, set[int]] = {}
    for row in visits:
        jobs = [job for job in np.flatnonzero(row).tolist() if crews[job] == 1]
        for job in jobs:
            beside.setdefault(job, set()).update(jobs)
    found: set[Triple] = set()
    for job, others in beside.items():
        for one, other in combinations(sorted(others - {job}), 2):
            low, middle, high = sorted((job, one, other))
            found.add((low, middle, high))
    return found


def members(cuts: Sequence[Triple], jobs: int) -> Integers:
    """For each job and cut, 1 where the job is one of the three."""
    table = np.zeros((jobs, len(cuts)), dtype=np.int64)
    for number, cut in enumerate(cuts):
        table[list(cut), number] = 1
    return table


def words(table: Integers) -> NDArray[np.uint64]:
    """For each job one word with a bit for every cut it is in."""
    bits = np.uint64(1) << np.arange(table.shape[1], dtype=np.uint64)
    summed: NDArray[np.uint64] = (table.astype(np.uint64) * bits).sum(axis=1, dtype=np.uint64)
    return summed
