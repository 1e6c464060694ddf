"""A job put by hand on a technician's day: for every start, what comes of it or what forbids it.

Nothing is chosen here: the start is the dispatcher's, the order of the others stays, and whoever is
in the way begins later. The lunch is taken where it delays least.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Reason
from dispatch.planning.shapes import RouteShape, StartShape

Integers = NDArray[np.int64]

FITS, UNREACHABLE, NOT_THERE_YET, WINDOW, HELD, OVERTIME, BREAK = range(7)
NONE = -1
# More than all delays of a day: a way that breaks no rule always wins, one without lunch never.
BROKEN = 1 << 40


@dataclass(frozen=True, slots=True)
class Dropped:
    """What comes of each start asked about, by its place; seconds of the plan.

    `code` is 0 where every rule is kept. `begins` has a column for each job already there (`jobs`),
    which as it stands begins at `stood`. `arrival` is when the technician would be at the job,
    `back` when they would be at the end of their day, `held` the job that cannot wait, -1 for none.
    """

    technician: int
    jobs: tuple[int, ...]
    stood: Integers
    starts: Integers
    position: Integers
    code: Integers
    arrival: Integers
    begins: Integers
    back: Integers
    held: Integers

    def delays(self) -> Integers:
        """By how much each job already there begins later, by start and job."""
        return self.begins - self.stood

    def reason(self, live: LivePlan, place: int) -> Reason | None:
        """The rule that forbids the start at this place, with its figures; none if none does."""
        route = live.shapes.routes[self.technician]
        name = live.problem.technicians[self.technician].id
        match int(self.code[place]):
            case 0:
                return None
            case code if code == UNREACHABLE:
                return Reason(name, "unreachable")
            case code if code == NOT_THERE_YET:
                return Reason(name, "not_there_yet", {"arrival": int(self.arrival[place])})
            case code if code == OVERTIME:
                needed = int(self.back[place]) - route.shift_end
                most = route.latest_return - route.shift_end
                return Reason(name, "overtime", {"needed": needed, "max": most})
            case code if code == BREAK:
                return Reason(name, "break_impossible")
            case _:
                return self._too_late(live, place, name)

    def _too_late(self, live: LivePlan, place: int, name: str) -> Reason:
        """The job itself, or one already there, would begin after the last second it may."""
        held = int(self.held[place])
        if held == NONE:
            return Reason(name, "window_missed", {"arrival": int(self.starts[place])})
        job = self.jobs[held]
        asked = live.problem.jobs[job]
        facts: dict[str, int | str | None] = {
            "job": asked.id,
            "arrival": int(self.begins[place, held]),
        }
        if asked.locked is not None and asked.locked.start is not None:
            return Reason(name, "locked", facts | {"locked_start": asked.locked.start})
        return Reason(name, "window_missed", facts)


def dropped(live: LivePlan, technician: int, job: int, starts: Sequence[int]) -> Dropped:
    """Tell what comes of giving a waiting job to this technician at each of these seconds.

    Jobs that begin before the start stay before it.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Plan, Problem, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 7200))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> roads = ((0, 600), (600, 0))
    >>> live = LivePlan(Problem(datetime(2026, 6, 1, tzinfo=UTC), roads, (anna,), (lift,)), Plan())
    >>> dropped(live, 0, 0, [0, 600, 5400]).code.tolist()
    [2, 0, 5]
    """
    walk = _Walk(live, technician, job, np.asarray(starts, dtype=np.int64))
    return walk.chosen()


class _Walk:
    """All starts walked at once, once for each leg the lunch could be taken on, and without it."""

    def __init__(self, live: LivePlan, technician: int, job: int, at: Integers) -> None:
        shapes = live.shapes
        self.technician, self.at = technician, at
        self.route: RouteShape = shapes.routes[technician]
        self.jobs = live.draft.tours[technician].jobs
        stands = live.routes.get(technician)
        stops = () if stands is None else stands.stops
        self.stood = np.array([stop.start for stop in stops], dtype=np.int64)
        self.back_as_it_stands = 0 if stands is None else stands.return_
        self.shapes: list[StartShape] = [shapes.starts[technician][each] for each in self.jobs]
        self.own = shapes.starts[technician][job]
        places = [self.route.start, *(each.place for each in (*self.shapes, self.own))]
        places.append(self.route.end)
        self.roads = np.array([[shapes.travel[one][two] for two in places] for one in places])
        self.position = np.searchsorted(self.stood, at, side="left")
        self._walk()

    def _walk(self) -> None:
        count, route = len(self.jobs), self.route
        legs = count + 2 if route.owes_rest else 0
        shape = (legs + 1, len(self.at))
        ready = np.full(shape, route.leave, dtype=np.int64)
        self.code = np.zeros(shape, dtype=np.int64)
        self.held = np.full(shape, NONE, dtype=np.int64)
        self.arrival = np.zeros(shape, dtype=np.int64)
        self.begins = np.zeros((*shape, count + 1), dtype=np.int64)
        floors, latest, durations = self._columns()
        here = np.zeros(len(self.at), dtype=np.int64)
        for leg in range(count + 2):
            stop = np.where(leg == self.position, count, leg - (leg > self.position))
            there = np.full(len(self.at), count + 2) if leg > count else stop + 1
            arrive = self._driven(ready, here, there, leg)
            if leg > count:
                self._end(arrive, legs)
                return
            is_own = stop == count
            self.arrival = np.where(is_own, arrive, self.arrival)
            begin = np.maximum(arrive, np.where(is_own, self.at, floors[stop]))
            self._break(is_own & ((arrive > self.at) | (self.at < self.own.floor)), NOT_THERE_YET)
            self._break(is_own & (self.at > self.own.latest), WINDOW)
            waits_too_long = ~is_own & (begin > latest[stop])
            self.held = np.where(waits_too_long & (self.code == FITS), stop, self.held)
            self._break(waits_too_long, HELD)
            np.put_along_axis(
                self.begins, np.broadcast_to(stop, shape)[..., None], begin[..., None], axis=2
            )
            ready, here = begin + durations[stop], there

    def _columns(self) -> tuple[Integers, Integers, Integers]:
        """When each job may begin at the earliest and at the latest, and how long it takes.

        What stands later than it may already is no fault of this start.
        """
        every = [*self.shapes, self.own]
        stood = [*self.stood.tolist(), 0]
        pairs = list(zip(every, stood, strict=True))
        floors = np.array([each.floor for each in every], dtype=np.int64)
        latest = np.array([min(max(each.latest, at), BROKEN) for each, at in pairs], dtype=np.int64)
        return floors, latest, np.array([each.duration for each in every], dtype=np.int64)

    def _driven(self, ready: Integers, here: Integers, there: Integers, leg: int) -> Integers:
        """When the next leg ends, with the lunch on it in the row in which it is taken there."""
        road = self.roads[here, there]
        self._break(np.broadcast_to(road < 0, ready.shape), UNREACHABLE)
        arrive: Integers = ready + np.maximum(road, 0)
        if leg < len(ready) - 1:
            self.code[leg] = np.where(
                (self.code[leg] == FITS) & (ready[leg] > self.route.rest_latest),
                BREAK,
                self.code[leg],
            )
            rested = np.maximum(arrive[leg], self.route.rest_earliest)
            arrive[leg] = rested + self.route.rest_duration
        return arrive

    def _end(self, back: Integers, legs: int) -> None:
        self.back = back
        self._break(back > max(self.route.latest_return, self.back_as_it_stands), OVERTIME)
        if legs:
            hungry = (self.code[-1] == FITS) & (back[-1] > self.route.rest_earliest)
            self.code[-1] = np.where(hungry, BREAK, self.code[-1])

    def _break(self, where: NDArray[np.bool_], code: int) -> None:
        self.code = np.where(where & (self.code == FITS), code, self.code)

    def chosen(self) -> Dropped:
        """Of each start the row that breaks no rule and delays the others least."""
        delays = (self.begins[..., : len(self.jobs)] - self.stood).sum(axis=2)
        weight = delays + BROKEN * ((self.code != FITS) + 1 * (self.code == BREAK))
        best = weight.argmin(axis=0)
        place = np.arange(len(self.at))
        return Dropped(
            self.technician,
            self.jobs,
            stood=self.stood,
            starts=self.at,
            position=self.position,
            code=self.code[best, place],
            arrival=self.arrival[best, place],
            begins=self.begins[best, place][:, : len(self.jobs)],
            back=self.back[best, place],
            held=self.held[best, place],
        )
