"""A job put by hand on a technician's day: for every start, what comes of it or what forbids it.

Nothing is chosen here: the start is the dispatcher's, the order of the others stays, and whoever is
in the way begins later. The lunch is taken where it delays least.
"""

from collections.abc import Mapping, Sequence
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

    `asked` is the job asked about; `code` is 0 where every rule is kept. `begins` has a column for
    each job already there (`jobs`), which as it stands begins at `stood`. `arrival` is when the
    technician would be at the job, `back` when they would be at the end of their day, `held` the
    job that cannot wait, -1 for none.
    """

    technician: int
    asked: int
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
        job = live.problem.jobs[self.asked if held == NONE else self.jobs[held]]
        facts: dict[str, int | str | None] = {"arrival": int(self.starts[place])}
        if held != NONE:
            facts = {"job": job.id, "arrival": int(self.begins[place, held])}
            if job.locked is not None and job.locked.start is not None:
                return Reason(name, "locked", facts | {"locked_start": job.locked.start})
        closes = None if job.window is None else job.window[1]
        return Reason(name, "window_missed", facts | {"closes": closes})


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
    (found,) = dropped_on_each(live, job, {technician: starts})
    return found


def dropped_on_each(live: LivePlan, job: int, starts: Mapping[int, Sequence[int]]) -> list[Dropped]:
    """Tell the same of several technicians, each with starts of their own: all walked at once."""
    return _Walk(live, job, starts).chosen() if starts else []


class _Day:
    """One technician's day as it stands, filled up to as many stops as the fullest day has.

    What it is filled with lies where the day ends, takes no time and is never late. The job asked
    about comes after all others, and the end of the day last.
    """

    def __init__(self, live: LivePlan, technician: int, job: int, stops: int) -> None:
        shapes = live.shapes
        self.technician = technician
        self.route: RouteShape = shapes.routes[technician]
        self.jobs = live.draft.tours[technician].jobs
        stands = live.routes.get(technician)
        self.stood = [] if stands is None else [stop.start for stop in stands.stops]
        self.latest_back = max(self.route.latest_return, live.ends(technician))
        own = shapes.starts[technician][job]
        every: list[StartShape] = [shapes.starts[technician][each] for each in self.jobs]
        fill = stops - len(every)
        # What stands later than it may already is no fault of this start.
        latest = [max(each.latest, at) for each, at in zip(every, self.stood, strict=True)]
        self.floors = [*(each.floor for each in every), *[0] * fill, own.floor]
        self.latest = [min(each, BROKEN) for each in (*latest, *[BROKEN] * fill, own.latest)]
        self.durations = [*(each.duration for each in every), *[0] * fill, own.duration]
        end = self.route.end
        places = [self.route.start, *(each.place for each in every), *[end] * fill]
        places += [own.place, end]
        self.roads = [[shapes.travel[one][two] for two in places] for one in places]
        for filled in (*range(len(every) + 1, stops + 1), -1):
            self.roads[filled][len(every) + 1 : stops + 1] = [0] * fill
            self.roads[filled][-1] = 0


class _Walk:
    """All starts walked at once, once for each leg the lunch could be taken on, and without it.

    A row for each of these ways, the last without; a column for each start of each technician.
    """

    def __init__(self, live: LivePlan, job: int, starts: Mapping[int, Sequence[int]]) -> None:
        tours, self.asked = live.draft.tours, job
        self.stops = max(len(tours[each].jobs) for each in starts)
        self.days = [_Day(live, each, job, self.stops) for each in starts]
        self.counts = [len(each) for each in starts.values()]
        self.at = np.concatenate([np.asarray(each, dtype=np.int64) for each in starts.values()])
        self.whose = np.repeat(np.arange(len(self.days)), self.counts)
        stood = self._of_each([[*day.stood, *[BROKEN] * self._filled(day)] for day in self.days])
        self.position = (stood < self.at[:, None]).sum(axis=1)
        self._walk()

    def _filled(self, day: _Day) -> int:
        return self.stops - len(day.jobs)

    def _of_each(self, values: Sequence[object]) -> Integers:
        """A figure of each technician, or a row of them, for each start."""
        return np.array(values, dtype=np.int64)[self.whose]

    def _walk(self) -> None:
        routes = [day.route for day in self.days]
        own, columns = self.stops, np.arange(len(self.at))
        floors, latest, durations = (
            self._of_each(each)
            for each in (
                [day.floors for day in self.days],
                [day.latest for day in self.days],
                [day.durations for day in self.days],
            )
        )
        roads = np.array([day.roads for day in self.days], dtype=np.int64)
        is_real = np.arange(own + 1) < self._of_each([[len(day.jobs)] for day in self.days])
        shape = (own + 3, len(self.at))
        ready = np.broadcast_to(self._of_each([each.leave for each in routes]), shape)
        self.owes_rest = self._of_each([each.owes_rest for each in routes]).astype(np.bool_)
        self.rest = [
            self._of_each([min(figure, BROKEN) for figure in figures])
            for figures in zip(
                *((each.rest_earliest, each.rest_latest, each.rest_duration) for each in routes),
                strict=True,
            )
        ]
        self.code = np.zeros(shape, dtype=np.int64)
        self.code[:-1, ~self.owes_rest] = BREAK
        self.held = np.full(shape, NONE, dtype=np.int64)
        self.arrival = np.zeros(shape, dtype=np.int64)
        self.begins = np.zeros((own + 1, *shape), dtype=np.int64)
        self.weight = np.zeros(shape, dtype=np.int64)
        here = np.zeros(len(self.at), dtype=np.int64)
        for leg in range(own + 1):
            stop = np.where(leg == self.position, own, leg - (leg > self.position))
            arrive = self._driven(ready, roads[self.whose, here, stop + 1], leg)
            is_own = stop == own
            self.arrival = np.where(is_own, arrive, self.arrival)
            floor = np.where(is_own, np.maximum(self.at, floors[:, own]), floors[columns, stop])
            begin = np.maximum(arrive, floor)
            self._break(is_own & (begin > self.at), NOT_THERE_YET)
            self._break(is_own & (self.at > latest[:, own]), WINDOW)
            waits_too_long = ~is_own & (begin > latest[columns, stop])
            self.held = np.where(waits_too_long & (self.code == FITS), stop, self.held)
            self._break(waits_too_long, HELD)
            self.begins[leg] = begin
            self.weight += np.where(is_real[columns, stop], begin, 0)
            ready, here = begin + durations[columns, stop], stop + 1
        self._end(self._driven(ready, roads[self.whose, here, own + 2], own + 1))

    def _driven(self, ready: Integers, road: Integers, leg: int) -> Integers:
        """When the next leg ends, with the lunch on it in the row in which it is taken there."""
        earliest, latest, lasts = self.rest
        self._break(road < 0, UNREACHABLE)
        arrive: Integers = ready + np.maximum(road, 0)
        code = self.code[leg]
        self.code[leg] = np.where((code == FITS) & (ready[leg] > latest), BREAK, code)
        arrive[leg] = np.maximum(arrive[leg], earliest) + lasts
        return arrive

    def _end(self, back: Integers) -> None:
        self.back = back
        self._break(back > self._of_each([day.latest_back for day in self.days]), OVERTIME)
        code = self.code[-1]
        is_hungry = self.owes_rest & (code == FITS) & (back[-1] > self.rest[0])
        self.code[-1] = np.where(is_hungry, BREAK, code)

    def _break(self, where: NDArray[np.bool_], code: int) -> None:
        self.code = np.where(where & (self.code == FITS), code, self.code)

    def chosen(self) -> list[Dropped]:
        """Of each start the row that breaks no rule and delays the others least."""
        broken = (self.code != FITS) + 1 * (self.code == BREAK)
        best, columns = (self.weight + BROKEN * broken).argmin(axis=0), np.arange(len(self.at))
        begins = self.begins[:, best, columns].T
        legs = np.arange(self.stops)
        begins = np.take_along_axis(begins, legs + (legs >= self.position[:, None]), axis=1)
        code, arrival, back, held = (
            each[best, columns] for each in (self.code, self.arrival, self.back, self.held)
        )
        ends = np.cumsum(self.counts).tolist()
        spans = [slice(end - count, end) for end, count in zip(ends, self.counts, strict=True)]
        return [
            Dropped(
                day.technician,
                self.asked,
                day.jobs,
                stood=np.array(day.stood, dtype=np.int64),
                starts=self.at[span],
                position=self.position[span],
                code=code[span],
                arrival=arrival[span],
                begins=begins[span, : len(day.jobs)],
                back=back[span],
                held=held[span],
            )
            for day, span in zip(self.days, spans, strict=True)
        ]
