"""Column generation: master and pricer in turn, and the best bound any exact round proves.

Desaulniers, Desrosiers and Solomon (2005), with duals smoothed towards those of the best bound
(Wentges, 1997). Any round in which every technician was priced for certain proves a bound.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import wait
from math import inf

import numpy as np

from dispatch.planning.bound.certificate import Duals, certified
from dispatch.planning.bound.cuts import violated
from dispatch.planning.bound.leaning import Leaning, leaning
from dispatch.planning.bound.master import Master, Solved
from dispatch.planning.bound.nearby import Nearby, nearby
from dispatch.planning.bound.pool import Pool
from dispatch.planning.bound.pricer import BEST_FEW, LOOK_SECONDS, Priced, Pricer
from dispatch.planning.bound.relaxed import SCALE, Numbers, Relaxed
from dispatch.planning.bound.routes import Column
from dispatch.planning.bound.worth import first_worth
from dispatch.planning.limits import Budget

CALM = 0.6  # the weight of the best duals known when new ones are tried
# Gaps to the master's value that end a stage: while boxed, while cuts are left, and the last.
BOXED, CUTTING, LAST = 0.04, 0.0015, 0.0003
FEW = 0.5  # new routes per technician, below which rough pricing has done its part
SURE_EVERY = 0.1  # of the time: an exact round at least this often

Proven = Callable[[int], None]
Settled = Callable[[Leaning], None]


class Generation:
    """One run: from the routes of a plan to a bound, as good as the time allows."""

    def __init__(
        self, day: Relaxed, routes: Iterable[Column], pricer: Pricer, budget: Budget, proven: Proven
    ) -> None:
        self.day = day
        self.pricer = pricer
        self.budget = budget
        self.proven = proven
        self.pool = Pool(len(day.jobs))
        for each in routes:
            self.pool.add(each)
        first = first_worth(day, pricer.people, self.pool.columns)
        self.master = Master(self.pool, day.crews, day.jobs["drop"], first)
        self.centre = Duals(_scaled(first.middle), np.zeros(0, dtype=np.int64))
        self.calm = CALM
        self.best = -inf
        self.is_rough = True
        self.is_cutting = True
        self.sure_at = 0.0
        self.settled: Settled | None = None

    def run(self, enough: Callable[[], int]) -> None:
        """Go on until the bound reaches `enough`, nothing more can be proven, or time is over.

        `settled` is told once, before the first cut, what the linear programme leans to.
        """
        self._learn()
        while not self.budget.is_over() and self.best < enough():
            self.budget.iterations += 1
            solved = self._solved()
            if solved is None or not self._round(solved):
                return

    def _learn(self) -> None:
        """Ask for routes beside those of the plan, until few help: the first duals come of them."""
        people = self.pricer.people
        beside = self._beside()
        while not self.budget.is_over() and (solved := self._solved()) is not None:
            worth = _scaled(solved.worth)
            found = [route for each in beside for route in each.cheapest(worth, BEST_FEW)]
            new = sum(self.pool.add(each) for each in found)
            if new <= FEW * len(people) and not self.master.grow(solved):
                self.centre = Duals(worth, self.centre.cuts)
                return

    def _beside(self) -> list[Nearby]:
        """Every known route's neighbours, until time is over even in the middle of one route."""

        def of(each: Column) -> Nearby:
            one = self.pricer.people[each.who]
            return nearby(one, np.searchsorted(one.mine, each.jobs), self.pricer.halt)

        asked = [self.pricer.threads.submit(of, each) for each in self.pool.columns]
        while wait(asked, LOOK_SECONDS).not_done:
            if self.budget.is_over():
                self.pricer.halt[0] = 1
        return [each.result() for each in asked]

    def _solved(self) -> Solved | None:
        running = self.pricer.threads.submit(self.master.solve)
        while not wait([running], LOOK_SECONDS).done:
            if self.budget.is_over():
                self.master.interrupt()
        return running.result()

    def _round(self, solved: Solved) -> bool:
        """Price under smoothed duals and learn from it; tell whether to go on."""
        sharp = Duals(_scaled(solved.worth), _scaled(solved.cut_prices))
        duals = self._smoothed(sharp)
        is_rough = self.is_rough and self.budget.used() < self.sure_at + SURE_EVERY
        least = self.pool.least(duals, len(self.pricer.people))
        priced = self.pricer.price(
            duals,
            self.pool.member,
            self.pool.kept,
            least,
            is_rough=is_rough,
            over=self.budget.is_over,
        )
        if self.pricer.halt[0]:
            return False
        new = sum(self.pool.add(column) for each in priced for column in each.columns)
        if is_rough:
            self.is_rough = new > FEW * len(priced)
            return True
        self.sure_at = self.budget.used()
        better = self._prove(duals, priced)
        self.calm = CALM if new or better else 0.0
        is_over = new == 0 and np.array_equal(duals.worth, sharp.worth)
        if is_over or self._is_close(solved):
            return self._widen(solved) or not (is_over or self._is_close(solved))
        return True

    def _smoothed(self, sharp: Duals) -> Duals:
        missing = len(sharp.cuts) - len(self.centre.cuts)
        cuts = np.concatenate([self.centre.cuts, np.zeros(missing, dtype=np.int64)])
        self.centre = Duals(self.centre.worth, cuts)
        mixed = [
            np.floor(self.calm * old + (1 - self.calm) * new).astype(np.int64)
            for old, new in zip(self.centre, sharp, strict=True)
        ]
        return Duals(*mixed)

    def _prove(self, duals: Duals, priced: list[Priced]) -> bool:
        least = [each.least for each in priced]
        value = certified(duals, self.day.crews, self.day.jobs["drop"], least)
        if value is None or value <= self.best:
            return False
        self.best, self.centre = value, duals
        self.proven(value)
        return True

    def _is_close(self, solved: Solved) -> bool:
        is_boxed = self.master.is_boxed(solved)
        nearly = BOXED if is_boxed else CUTTING if self.is_cutting else LAST
        return solved.value - self.best <= nearly * abs(solved.value)

    def _widen(self, solved: Solved) -> bool:
        """Let duals grow where boxes hold them, or else cut; tell whether anything was left."""
        self.calm = CALM
        if self.master.grow(solved):
            return True
        if self.settled is not None:
            self.settled(leaning(self.pool.columns, solved, self.day.crews))
            self.settled = None
        chosen = np.flatnonzero(solved.shares > 0)
        visits = self.pool.visits[chosen]
        found = violated(visits, solved.shares[chosen], self.day.crews, self.pool.cuts)
        self.is_cutting = self.pool.cut(found, chosen)
        return self.is_cutting


def _scaled(prices: Numbers) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.floor(prices * SCALE).astype(np.int64)
