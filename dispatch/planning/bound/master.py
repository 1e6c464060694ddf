"""The linear programme over the routes known so far, solved by GLOP: its duals guide the search.

Whether a job is served once, dropped, or served too often is priced from within boxes that begin
tight and grow, so that the duals stay sensible. Nothing here proves anything: `certificate` does.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from dispatch.planning.bound.pool import Pool
from dispatch.planning.bound.relaxed import SCALE, Integers, Numbers
from dispatch.planning.bound.worth import Worth

TINY = 1e-6
GROWTH, LEAST_BOX = 3.0, 2000.0


@dataclass(frozen=True, slots=True)
class Solved:
    """One solution: its value, the duals of jobs and cuts, and how much of each route is chosen.

    `dropped` and `doubled` say by how much each job is left out or served too often.
    """

    value: float
    worth: Numbers
    cut_prices: Numbers
    shares: Numbers
    dropped: Numbers
    doubled: Numbers


class Master:
    """Reads the pool's routes and cuts as they come. Prices are in cost units here."""

    def __init__(self, pool: Pool, crews: Integers, drop: Integers, first: Worth) -> None:
        self.pool = pool
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.is_interrupted = False
        self.most = drop / SCALE / crews
        self.box = first.high.copy()
        self.fine = -first.low
        self._jobs = [self.solver.Constraint(int(crew), int(crew)) for crew in crews]
        self._people: dict[int, pywraplp.Constraint] = {}
        self._cuts: list[pywraplp.Constraint] = []
        self._chosen: list[pywraplp.Variable] = []
        self._touched = pool.touched.copy()
        self._dropping = [
            self._slack(row, price, 1) for row, price in zip(self._jobs, self.box, strict=True)
        ]
        self._doubling = [
            self._slack(row, price, -1) for row, price in zip(self._jobs, self.fine, strict=True)
        ]

    def _slack(self, row: pywraplp.Constraint, price: float, sign: int) -> pywraplp.Variable:
        variable = self.solver.NumVar(0, self.solver.infinity(), "")
        self.solver.Objective().SetCoefficient(variable, float(price))
        row.SetCoefficient(variable, sign)
        return variable

    def _catch_up(self) -> None:
        """Take over the routes and cuts found since the last time."""
        while len(self._cuts) < len(self.pool.cuts):
            self._cuts.append(self._at_most_one())
        for column in self.pool.columns[len(self._chosen) :]:
            variable = self.solver.NumVar(0, self.solver.infinity(), "")
            self.solver.Objective().SetCoefficient(variable, column.price / SCALE)
            if column.who not in self._people:
                self._people[column.who] = self._at_most_one()
            self._people[column.who].SetCoefficient(variable, 1)
            for job in set(column.jobs):
                self._jobs[job].SetCoefficient(variable, column.jobs.count(job))
            self._chosen.append(variable)
        # Cuts remembered at more jobs than before count more pairs, never fewer.
        touched = self.pool.touched
        risen = touched.copy()
        risen[: len(self._touched), : self._touched.shape[1]] -= self._touched
        for number, cut in np.argwhere(risen).tolist():
            self._cuts[cut].SetCoefficient(self._chosen[number], int(touched[number, cut]))
        self._touched = touched.copy()

    def _at_most_one(self) -> pywraplp.Constraint:
        return self.solver.Constraint(-self.solver.infinity(), 1)

    def interrupt(self) -> None:
        """End a solution that goes on on another thread."""
        self.is_interrupted = True
        self.solver.InterruptSolve()

    def _is_solved(self) -> bool:
        """Solve; where the last basis leads nowhere, once more from the beginning."""
        if self.solver.Solve() == pywraplp.Solver.OPTIMAL:
            return True
        if self.is_interrupted:
            return False
        self.solver.Reset()
        return bool(self.solver.Solve() == pywraplp.Solver.OPTIMAL)

    def solve(self) -> Solved | None:
        """Solve; None if that was interrupted."""
        self._catch_up()
        if not self._is_solved():
            return None
        # All values are copied at once: a variable added later would spoil them.
        return Solved(
            value=self.solver.Objective().Value(),
            worth=np.array([row.dual_value() for row in self._jobs]),
            cut_prices=np.array([max(0.0, -row.dual_value()) for row in self._cuts]),
            shares=np.array([each.solution_value() for each in self._chosen]),
            dropped=np.array([each.solution_value() for each in self._dropping]),
            doubled=np.array([each.solution_value() for each in self._doubling]),
        )

    def _held(self, solved: Solved) -> NDArray[np.bool_]:
        return (solved.dropped > TINY) & (self.box < self.most)

    def is_boxed(self, solved: Solved) -> bool:
        """Tell whether the first limits still hold a dual back from above or below."""
        below = (solved.doubled > TINY) & (self.fine < 0)
        return bool((self._held(solved) | below).any())

    def grow(self, solved: Solved) -> bool:
        """Widen the boxes that hold a dual back; tell whether there were any."""
        low, high = self._held(solved), solved.doubled > TINY
        self.box[low] = np.minimum(self.most, GROWTH * self.box + LEAST_BOX)[low]
        self.fine[high] += (2 * np.abs(self.fine) + LEAST_BOX)[high]
        objective = self.solver.Objective()
        for job in np.flatnonzero(low | high).tolist():
            objective.SetCoefficient(self._dropping[job], float(self.box[job]))
            objective.SetCoefficient(self._doubling[job], float(self.fine[job]))
        return bool(low.any() or high.any())
