"""Making a plan better as long as time allows: ruin a neighbourhood, rebuild it, sometimes accept.

Slack induction by string removals (Christiaens and Vanden Berghe, 2020) under simulated annealing;
every figure is an exact change of the total. The first plan comes from `construction`.
"""

from collections.abc import Callable, Sequence
from math import exp, log
from random import Random

import numpy as np

from dispatch.planning.construction import urgency
from dispatch.planning.draft import Draft
from dispatch.planning.limits import Budget
from dispatch.planning.shapes import Shapes

AVERAGE_REMOVED = 8
LONGEST_STRING = 8
BLINK = 0.01  # the chance that a technician is overlooked, so that repairs differ
HOTTEST, COLDEST = 200.0, 2.0  # temperatures in cost units, one second of travel each
NEIGHBOURS = 100
REPORT_EVERY = 50  # iterations, about ten times a second
REVISITED = 6  # jobs left out that are tried again each time
SPLIT = 0.5  # the chance that a removed string spares some jobs in its middle


def improve(draft: Draft, random: Random, budget: Budget, note: Callable[[int], None]) -> None:
    """Search until the budget is over and leave the best draft found in place."""
    shapes = draft.shapes
    if not shapes.drop or not shapes.routes:
        return
    ruin = _Ruin(shapes, random)
    current = best = draft.total()
    kept = draft.remember()
    while not budget.is_over():
        before = draft.remember()
        waiting = random.sample(list(draft.left_out), min(REVISITED, len(draft.left_out)))
        removed = ruin.remove_some(draft)
        _rebuild(draft, random, [*waiting, *removed])
        budget.iterations += 1
        total = draft.total()
        if total < best:
            best, kept = total, draft.remember()
        if total <= best or budget.iterations % REPORT_EVERY == 0:
            note(best)
        if total < current - _temperature(budget.used()) * log(1.0 - random.random()):
            current = total
        else:
            draft.restore(before)
    draft.restore(kept)


def _temperature(used: float) -> float:
    return HOTTEST * exp(min(1.0, used) * log(COLDEST / HOTTEST))


class _Ruin:
    """Removes strings of neighbouring jobs from several tours around a random job."""

    def __init__(self, shapes: Shapes, random: Random) -> None:
        self.random = random
        self.near = _neighbours(shapes)

    def remove_some(self, draft: Draft) -> list[int]:
        """Remove some strings of jobs and tell which jobs they were."""
        on_tour = {job: tour.technician for tour in draft.tours for job in tour.jobs}
        removed: list[int] = []
        if not on_tour:
            return removed
        used = sum(1 for tour in draft.tours if tour.jobs)
        longest = min(LONGEST_STRING, len(on_tour) / used)
        strings = int(self.random.uniform(1, 4 * AVERAGE_REMOVED / (1 + longest)))
        ruined: set[int] = set()
        seed = self.random.randrange(len(self.near))
        for job in self.near[seed]:
            technician = on_tour.get(job, -1)
            if technician < 0 or technician in ruined:
                continue
            ruined.add(technician)
            jobs = draft.tours[technician].jobs
            size = int(self.random.uniform(1, min(longest, len(jobs)) + 1))
            removed += draft.remove(self._string(jobs, job, size), technician)
            if len(ruined) >= strings:
                break
        return removed

    def _string(self, jobs: Sequence[int], job: int, size: int) -> Sequence[int]:
        """Choose consecutive jobs around this one, sometimes sparing a few in the middle."""
        spared = 0
        if size > 1 and size < len(jobs) and self.random.random() < SPLIT:
            spared = self.random.randint(1, len(jobs) - size)
        span = size + spared
        at = jobs.index(job)
        first = self.random.randint(max(0, at - span + 1), min(at, len(jobs) - span))
        string = jobs[first : first + span]
        gap = self.random.randint(0, size) if spared else size
        return (*string[:gap], *string[gap + spared :])


def _neighbours(shapes: Shapes) -> list[list[int]]:
    """For each job the jobs nearest by travel, itself first."""
    places = np.array([job.location for job in shapes.problem.jobs], dtype=np.int64)
    travel = np.array(shapes.travel, dtype=np.int64)[np.ix_(places, places)]
    travel[travel < 0] = np.iinfo(np.int64).max
    np.fill_diagonal(travel, -1)
    nearest: list[list[int]] = np.argsort(travel, axis=1, kind="stable")[:, :NEIGHBOURS].tolist()
    return nearest


def _rebuild(draft: Draft, random: Random, jobs: list[int]) -> None:
    """Serve these jobs again, in a random sort of order, where it is cheaper than not."""
    drop = draft.shapes.drop
    _shuffle(draft, random, jobs)
    for job in jobs:
        seen = [who for who in draft.shapes.able[job] if random.random() >= BLINK]
        place = draft.best_place(job, seen)
        if place.delta < drop[job]:
            draft.insert(job, place)


def _shuffle(draft: Draft, random: Random, jobs: list[int]) -> None:
    known = draft.shapes.problem.jobs
    drop = draft.shapes.drop
    random.shuffle(jobs)
    match random.choices(("any", "urgency", "length", "stake"), weights=(4, 4, 2, 1))[0]:
        case "urgency":
            jobs.sort(key=lambda job: urgency(known[job]))
        case "length":
            jobs.sort(key=lambda job: -known[job].duration)
        case "stake":
            jobs.sort(key=lambda job: -drop[job])
        case _:
            pass
