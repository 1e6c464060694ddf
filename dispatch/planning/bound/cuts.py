"""Cuts on three jobs each: no plan has more than one route that visits two of them.

Jepsen, Petersen, Spoorendonk and Pisinger (2008), subset-row inequalities, with limited memory
(Pecin, Pessoa, Poggi and Uchoa, 2017): a route forgets a first visit where it leaves the jobs at
which the cut is remembered. That counts no visit too many, and leaves labels alike elsewhere. Jobs
of a crew are visited several times and take no part.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.bound.relaxed import Integers

Triple = tuple[int, int, int]
Bits = NDArray[np.uint64]

MOST_CUTS = 256
AT_ONCE = 24
OF_ONE_JOB = 4  # cuts of one round that a job may be in
VIOLATED = 0.02
WORD = 64  # cuts whose parity a label remembers in one word


def violated(
    visits: Integers, shares: NDArray[np.float64], crews: Integers, known: Collection[Triple]
) -> list[Triple]:
    """Find the triples whose cut the chosen routes break most, at most a round of them.

    `visits[route, job]` counts, `shares[route]` says how much of the route is chosen. A known
    triple is among them where it is remembered at too few jobs.
    """
    triples = sorted(_candidates(visits, crews))
    if not triples:
        return []
    excess = shares @ (visits[:, np.array(triples)].sum(axis=2) // 2) - 1.0
    chosen: list[Triple] = []
    used: Counter[int] = Counter()
    left = MOST_CUTS - len(known)
    for index in np.argsort(-excess, kind="stable").tolist():
        if excess[index] <= VIOLATED or len(chosen) == AT_ONCE:
            break
        triple = triples[index]
        is_new = triple not in known
        if max(used[job] for job in triple) < OF_ONE_JOB and (left or not is_new):
            chosen.append(triple)
            used.update(triple)
            left -= is_new
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


def between(triple: Triple, routes: Iterable[Sequence[int]]) -> set[int]:
    """The jobs at which a cut must be remembered to count every two visits of these routes."""
    kept = set(triple)
    for jobs in routes:
        at = [place for place, job in enumerate(jobs) if job in triple]
        for first, second in zip(at[::2], at[1::2], strict=False):
            kept.update(jobs[first:second])
    return kept


def members(cuts: Collection[Collection[int]], jobs: int) -> Integers:
    """For each job and cut, 1 where the job is one of the cut's."""
    table = np.zeros((jobs, len(cuts)), dtype=np.int64)
    for number, cut in enumerate(cuts):
        table[list(cut), number] = 1
    return table


def tables(cuts: Mapping[Triple, set[int]], jobs: int) -> tuple[Integers, Integers]:
    """For each job and cut, whether the job is one of the three, and whether it is remembered."""
    return members(cuts.keys(), jobs), members(cuts.values(), jobs)


def counted(stops: Integers, member: Integers, kept: Integers) -> Integers:
    """How often each route visits two jobs of each cut; rows of `stops` end with -1."""
    odd = np.zeros((len(stops), member.shape[1]), dtype=np.int64)
    pairs = np.zeros_like(odd)
    for jobs in stops.T:
        is_stop = (jobs >= 0)[:, None]
        odd = odd * np.where(is_stop, kept[jobs], 1) + np.where(is_stop, member[jobs], 0)
        pairs += odd // 2
        odd %= 2
    return pairs


def words(table: Integers) -> Bits:
    """For each job the bits of all cuts that are 1 for it, `WORD` in each word."""
    count = table.shape[1]
    packed = np.zeros((len(table), -(-count // WORD)), dtype=np.uint64)
    for cut in range(count):
        packed[:, cut // WORD] |= table[:, cut].astype(np.uint64) << np.uint64(cut % WORD)
    return packed
