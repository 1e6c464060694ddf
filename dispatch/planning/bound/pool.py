"""All routes found so far, as arrays: what each is worth under any duals is asked every round."""

import numpy as np

from dispatch.planning.bound.certificate import Duals
from dispatch.planning.bound.cuts import Triple, between, counted, tables
from dispatch.planning.bound.relaxed import Integers
from dispatch.planning.bound.routes import Column

FIRST_ROOM = 256
FIRST_LENGTH = 8  # stops


class Pool:
    """Routes in the order they were found; `visits[route, job]` counts, `price` is scaled.

    `cuts` holds for each triple the jobs at which it is remembered; `member` and `kept` say the
    same by job and cut.
    """

    def __init__(self, jobs: int) -> None:
        self.columns: list[Column] = []
        self.cuts: dict[Triple, set[int]] = {}
        self.member, self.kept = tables(self.cuts, jobs)
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._visits = np.zeros((FIRST_ROOM, jobs), dtype=np.int8)
        self._touched = np.zeros((FIRST_ROOM, 0), dtype=np.int64)
        self._stops = np.full((FIRST_ROOM, FIRST_LENGTH), -1, dtype=np.int64)
        self._price = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._who = np.zeros(FIRST_ROOM, dtype=np.int64)

    @property
    def visits(self) -> Integers:
        """How often each route visits each job."""
        return self._visits[: len(self.columns)].astype(np.int64)

    @property
    def touched(self) -> Integers:
        """How often each route visits two jobs of each cut."""
        return self._touched[: len(self.columns)]

    def add(self, column: Column) -> bool:
        """Keep a route; tell whether it is new."""
        if (column.who, column.jobs) in self._known:
            return False
        self._known.add((column.who, column.jobs))
        number = len(self.columns)
        if number == len(self._price):
            self._grow()
        if len(column.jobs) > self._stops.shape[1]:
            more = len(column.jobs) - self._stops.shape[1]
            self._stops = np.pad(self._stops, ((0, 0), (0, more)), constant_values=-1)
        np.add.at(self._visits[number], list(column.jobs), 1)
        self._stops[number, : len(column.jobs)] = column.jobs
        row = self._stops[number : number + 1]
        self._touched[number] = counted(row, self.member, self.kept)[0]
        self._price[number], self._who[number] = column.price, column.who
        self.columns.append(column)
        return True

    def _grow(self) -> None:
        self._visits = np.concatenate([self._visits, np.zeros_like(self._visits)])
        self._touched = np.concatenate([self._touched, np.zeros_like(self._touched)])
        self._stops = np.concatenate([self._stops, np.full_like(self._stops, -1)])
        self._price = np.concatenate([self._price, np.zeros_like(self._price)])
        self._who = np.concatenate([self._who, np.zeros_like(self._who)])

    def cut(self, triples: list[Triple], chosen: Integers) -> bool:
        """Count from now on how often routes visit two jobs of these triples too.

        Each is remembered at least wherever the chosen routes, by number, need it. False if all
        of that was so before.
        """
        routes = [self.columns[number].jobs for number in chosen.tolist()]
        is_more = False
        for triple in triples:
            more = between(triple, routes)
            is_more |= not more <= self.cuts.get(triple, set())
            self.cuts.setdefault(triple, set()).update(more)
        self.member, self.kept = tables(self.cuts, len(self.member))
        self._touched = counted(self._stops, self.member, self.kept)
        return is_more

    def reduced(self, duals: Duals) -> Integers:
        """The price of every route less its visits' worth, plus the cuts it touches."""
        count = len(self.columns)
        spared = self._visits[:count].astype(np.int64) @ duals.worth
        reduced: Integers = self._price[:count] - spared + self.touched @ duals.cuts
        return reduced

    def least(self, duals: Duals, technicians: int) -> Integers:
        """The least reduced price of each technician's routes, or 0 for staying at home."""
        least = np.zeros(technicians, dtype=np.int64)
        np.minimum.at(least, self._who[: len(self.columns)], self.reduced(duals))
        return least
