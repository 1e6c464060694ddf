"""All routes found so far, as arrays: what each is worth under any duals is asked every round."""

import numpy as np

from dispatch.planning.bound.certificate import Duals
from dispatch.planning.bound.cuts import Triple, members
from dispatch.planning.bound.relaxed import Integers
from dispatch.planning.bound.routes import Column

FIRST_ROOM = 256


class Pool:
    """Routes in the order they were found; `visits[route, job]` counts, `price` is scaled."""

    def __init__(self, jobs: int) -> None:
        self.columns: list[Column] = []
        self.cuts: list[Triple] = []
        self.member = members((), jobs)
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._visits = np.zeros((FIRST_ROOM, jobs), dtype=np.int8)
        self._touched = np.zeros((FIRST_ROOM, 0), dtype=np.int64)
        self._price = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._who = np.zeros(FIRST_ROOM, dtype=np.int64)

    @property
    def visits(self) -> Integers:
        """How often each route visits each job."""
        return self._visits[: len(self.columns)].astype(np.int64)

    def touched(self, number: int) -> list[int]:
        """How often a route visits two jobs of each cut."""
        touched: list[int] = self._touched[number].tolist()
        return touched

    def add(self, column: Column) -> bool:
        """Keep a route; tell whether it is new."""
        if (column.who, column.jobs) in self._known:
            return False
        self._known.add((column.who, column.jobs))
        number = len(self.columns)
        if number == len(self._price):
            self._grow()
        np.add.at(self._visits[number], list(column.jobs), 1)
        self._touched[number] = self.member[list(column.jobs)].sum(axis=0) // 2
        self._price[number], self._who[number] = column.price, column.who
        self.columns.append(column)
        return True

    def _grow(self) -> None:
        self._visits = np.concatenate([self._visits, np.zeros_like(self._visits)])
        self._touched = np.concatenate([self._touched, np.zeros_like(self._touched)])
        self._price = np.concatenate([self._price, np.zeros_like(self._price)])
        self._who = np.concatenate([self._who, np.zeros_like(self._who)])

    def cut(self, triples: list[Triple]) -> None:
        """Count from now on how often routes visit two jobs of these triples too."""
        self.cuts += triples
        self.member = members(self.cuts, len(self.member))
        self._touched = self._visits.astype(np.int64) @ self.member // 2

    def reduced(self, duals: Duals) -> Integers:
        """The price of every route less its visits' worth, plus the cuts it touches."""
        count = len(self.columns)
        spared = self._visits[:count].astype(np.int64) @ duals.worth
        reduced: Integers = self._price[:count] - spared + self._touched[:count] @ duals.cuts
        return reduced

    def least(self, duals: Duals, technicians: int) -> Integers:
        """The least reduced price of each technician's routes, or 0 for staying at home."""
        least = np.zeros(technicians, dtype=np.int64)
        np.minimum.at(least, self._who[: len(self.columns)], self.reduced(duals))
        return least
