"""A live plan laid out as the compiled engine reads it, kept in step, to rank from.

Each route that is impossible as it stands, and whatever the arrays cannot hold, is answered by the
readable reference in `ranking`.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from dispatch.planning.engine.arrays import Integers, Records
from dispatch.planning.engine.flat import FORBIDDEN, WIDEST, Flat, flat_from, widest_route
from dispatch.planning.engine.ranking import RANKED, rank
from dispatch.planning.engine.renewing import renew
from dispatch.planning.engine.state import State, empty_state
from dispatch.planning.insertion import NOWHERE, Place
from dispatch.planning.live import LivePlan
from dispatch.planning.problem import part_of
from dispatch.planning.ranking import Ranking, Way, ranked, way_of
from dispatch.planning.shapes import Shapes

ROOM = 2  # stops a route may grow by before its row is widened
Rows = TypeVar("Rows", Integers, Records)

FIXED = 0  # a standing less urgent than no call: it never gives way


class LaidOut:
    """Arrays in step with a live plan; one question at a time, for asking uses them to work on."""

    def __init__(self, live: LivePlan) -> None:
        self._live = live
        self.flat: Flat | None = None
        if live.problem.stability.budget is None:
            self.flat = flat_from(live.shapes, list(range(len(live.shapes.drop))))
        if self.flat is not None:
            self._lay_out(self.flat)

    def _lay_out(self, flat: Flat) -> None:
        tours = self._live.draft.tours
        longest = max((len(tour.jobs) for tour in tours), default=0)
        width = max(widest_route(self._live.shapes), longest + ROOM)
        self.state: State = empty_state(flat, width, 0)
        self._urgencies = np.array([_urgency(self._live, job) for job in range(len(flat.jobs))])
        for technician in range(len(tours)):
            self.renew(technician)

    def renew(self, technician: int) -> None:
        """Take over the technician's route as it stands now."""
        if self.flat is None:
            return
        tour = self._live.draft.tours[technician]
        if len(tour.jobs) >= self.state.stops.shape[1]:  # a full row has no place to offer
            self._lay_out(self.flat)
            return
        self._set_out(self.flat, technician)
        self.state.stops[technician, : len(tour.jobs)] = tour.jobs
        self.state.routes["count"][technician] = len(tour.jobs)
        renew(self.flat, self.state, technician)

    def _set_out(self, flat: Flat, technician: int) -> None:
        """Let the route begin where and when the technician does now."""
        route, cell = flat.routes[technician], self.state.cells[technician]
        cell["place"][0], cell["ready"][0] = route["start"], route["leave"]
        cell["closing"][0] = route["latest_return"]
        cell["free"][0] = cell["free_rested"][0] = -FORBIDDEN
        cell["leg"][0] = flat.travel[route["start"], route["end"]]

    def take_in(self, jobs: Sequence[int]) -> None:
        """Take over these jobs, and every technician, as the problem has them now; some are new.

        Routes with any of them in it, and those of changed technicians, are to be renewed.
        """
        if self.flat is None:
            return
        problem = self._live.problem
        part = part_of(problem, [problem.jobs[job] for job in jobs])
        alone = flat_from(Shapes(part), list(range(len(jobs))))
        self.flat = None if alone is None else _joined(self.flat, alone, jobs)
        if self.flat is not None:
            self.state = self.state._replace(jobs=self.flat.jobs)
        found = np.array([_urgency(self._live, job) for job in jobs], dtype=np.int64)
        self._urgencies = _with_rows(self._urgencies, found, jobs)

    def ranking(self, job: int) -> Ranking:
        """Give every technician's cheapest way; those the arrays cannot hold are worked out."""
        technicians = range(len(self._live.draft.tours))
        if self.flat is None:
            return ranked(self._live, job)
        found = np.zeros(len(technicians), dtype=RANKED)
        yielding = self._urgencies > self._live.problem.jobs[job].priority
        rank(self.flat, self.state, job, yielding, found)
        is_broken = self.state.routes["cost"] >= FORBIDDEN
        routes = self._live.shapes.routes
        rows = zip(found.tolist(), is_broken.tolist(), strict=True)
        ways, too_late = [], {}
        for technician, (row, broken) in enumerate(rows):
            way = way_of(self._live, technician, job) if broken else self._way(technician, row)
            ways.append(way)
            if way is None and routes[technician].latest_return < row[-1] < FORBIDDEN:
                too_late[technician] = row[-1]
        return Ranking(self._live, job, ways, too_late=too_late)

    def places(self, job: int) -> list[Place]:
        """Every technician's cheapest place with nobody giving way; for arrays that hold it all."""
        assert self.flat is not None
        found = np.zeros(len(self._live.draft.tours), dtype=RANKED)
        nobody = np.zeros(len(self._urgencies), dtype=np.bool_)
        rank(self.flat, self.state, job, nobody, found)
        return [
            NOWHERE if row[0] >= FORBIDDEN else Place(row[0], who, row[1])
            for who, row in enumerate(found.tolist())
        ]

    def _way(self, technician: int, row: Sequence[int]) -> Way | None:
        delta, position, first, second, _ = row
        if delta >= FORBIDDEN:
            return None
        added = delta + self._live.draft.tours[technician].cost - self._live.stated[technician]
        dropped = tuple(job for job in (first, second) if job >= 0)
        return Way(added, technician, position, dropped)


def _urgency(live: LivePlan, job: int) -> int:
    """How little urgent a job is; one that somebody fixed or was told of never gives way."""
    each = live.problem.jobs[job]
    return FIXED if each.locked is not None or each.announced is not None else each.priority


def _joined(flat: Flat, alone: Flat, jobs: Sequence[int]) -> Flat | None:
    """The arrays with these jobs in their places; none if sums might leave 64 bits.

    What technicians may do is worked out for these jobs alone.
    """
    everything = flat.surcharge + alone.surcharge
    if everything * (len(flat.jobs) + len(jobs) + 2) > WIDEST:
        return None
    assign = _with_rows(flat.assign.T, alone.assign.T, jobs)
    may = assign < FORBIDDEN
    return flat._replace(
        travel=alone.travel,
        jobs=_with_rows(flat.jobs, alone.jobs, jobs),
        routes=alone.routes,
        assign=np.ascontiguousarray(assign.T),
        able=np.nonzero(may)[1].astype(np.int64),
        able_from=np.append(0, np.cumsum(may.sum(axis=1))).astype(np.int64),
        link_of=_with_rows(flat.link_of, alone.link_of, jobs),
        surcharge=everything,
    )


def _with_rows(known: Rows, rows: Rows, numbers: Sequence[int]) -> Rows:
    """A copy with these rows, each in the place of its number; new numbers follow the last."""
    length = max([len(known), *(number + 1 for number in numbers)])
    found = np.empty((length, *known.shape[1:]), dtype=known.dtype)
    found[: len(known)] = known
    found[list(numbers)] = rows
    return found
