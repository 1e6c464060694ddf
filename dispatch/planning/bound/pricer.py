"""Asking every technician for cheaper routes, several at once on threads of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.certificate import Duals
from dispatch.planning.bound.completing import completion
from dispatch.planning.bound.cuts import words
from dispatch.planning.bound.person import Person, coarser, person
from dispatch.planning.bound.pricing import JOB, PARENT, Cuts, cheapest_routes
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers, Relaxed
from dispatch.planning.bound.routes import Column, column

MOST_BUCKETS = 4000
MOST_LABELS = 1 << 20
BEST_FEW = 10  # routes of one technician and round
LOOK_SECONDS = 0.02  # until somebody may have said stop


class Priced(NamedTuple):
    """A technician's least price, None if it is not certain, and the best routes found."""

    least: int | None
    columns: list[Column]


class Pricer:
    """Holds what does not change from round to round."""

    def __init__(self, day: Relaxed, halt: Integers, workers: int) -> None:
        self.day = day
        self.halt = halt
        self.people = [person(day, who) for who in range(len(day.routes))]
        self.coarse = [coarser(each) for each in self.people]
        self.threads = ThreadPoolExecutor(workers)

    @property
    def can_price(self) -> bool:
        """Tell whether time has few enough buckets; a job of no duration would have none."""
        last = int(self.day.routes["latest_return"].max())
        return all(each.width > 0 and last // each.width < MOST_BUCKETS for each in self.people)

    def close(self) -> None:
        """End the threads."""
        self.halt[0] = 1
        self.threads.shutdown()

    def price(
        self,
        duals: Duals,
        member: Integers,
        kept: Integers,
        least: Integers,
        *,
        is_rough: bool,
        over: Callable[[], bool],
    ) -> list[Priced]:
        """Look for routes below each technician's least known price; `over` is asked often.

        `member` and `kept` say by job and cut whether the cut counts a visit, and remembers one.
        """

        def ask(person: Person) -> Priced:
            cuts = _cuts(person, duals.cuts, member, kept)
            return self._ask(person, duals, cuts, int(least[person.who]), int(is_rough))

        people = self.coarse if is_rough else self.people
        asked = [self.threads.submit(ask, each) for each in people]
        waiting: set[Future[Priced]] = set(asked)
        while waiting:
            waiting = wait(waiting, LOOK_SECONDS).not_done
            if over():
                self.halt[0] = 1
        return [each.result() for each in asked]

    def _ask(self, person: Person, duals: Duals, cuts: Cuts, least: int, is_rough: int) -> Priced:
        if not len(person.mine):
            return Priced(0, [])
        worth = duals.worth[person.mine]
        ahead = completion(person, worth, self.halt)
        if self.halt[0]:
            return Priced(None, [])
        found, labels, prices, ends = cheapest_routes(
            person,
            worth,
            cuts,
            ahead,
            least,
            is_rough,
            MOST_LABELS,
            self.halt,
        )
        best = np.argsort(prices, kind="stable")[:BEST_FEW]
        columns = [column(person, _jobs(labels, end)) for end in ends[best].tolist() if end >= 0]
        is_certain = found < FORBIDDEN and not is_rough
        return Priced(found if is_certain else None, [each for each in columns if each])


def _cuts(person: Person, price: Integers, member: Integers, kept: Integers) -> Cuts:
    """Give the cuts that cost something and two of whose jobs this technician may do."""
    felt = (price > 0) & (member[person.mine].sum(axis=0) > 1)
    chosen = np.ix_(person.mine, np.flatnonzero(felt))
    return Cuts(price[felt], words(member[chosen]), words(kept[chosen]))


def _jobs(labels: Integers, at: int) -> list[int]:
    """Follow a label back to the first job."""
    jobs = []
    while at >= 0:
        jobs.append(int(labels[at, JOB]))
        at = int(labels[at, PARENT])
    return jobs[::-1]
