"""When everything in a plan happens: the earliest times that routes, crews and order allow.

This is the readable reference for any plan; the search's fast twin for one route is `schedule`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dispatch.planning.job import Job
from dispatch.planning.plan import RouteBreak, Stop
from dispatch.planning.problem import Problem
from dispatch.planning.technician import Technician


@dataclass(frozen=True, slots=True)
class Itinerary:
    """What was decided for one technician: jobs in order, and the leg the break is taken on."""

    technician: Technician
    jobs: tuple[Job, ...]
    break_leg: int | None = None

    @property
    def places(self) -> tuple[int, ...]:
        return (self.technician.start, *(job.location for job in self.jobs), self.technician.end)


@dataclass(frozen=True, slots=True)
class TimedRoute:
    """One technician's day with its times; `unreachable` lists the legs that have no way."""

    technician: Technician
    jobs: tuple[Job, ...]
    stops: tuple[Stop, ...]
    leave: int
    return_: int
    travel: int
    unreachable: tuple[int, ...]
    break_: RouteBreak | None

    @property
    def departures(self) -> tuple[int, ...]:
        """When the technician is ready to set out on each leg."""
        return (self.leave, *(stop.finish for stop in self.stops))

    @property
    def work(self) -> int:
        return sum(job.duration for job in self.jobs)


@dataclass(frozen=True, slots=True)
class TimedPlan:
    """All routes with their times; `circular` names jobs that wait for each other."""

    routes: tuple[TimedRoute, ...]
    starts: Mapping[str, int]
    crews: Mapping[str, tuple[str, ...]]
    circular: tuple[str, ...]


def earliest_start(problem: Problem, job: Job, technicians: Iterable[str]) -> int:
    """The second before which work may not start, wherever the technicians are.

    An announced job that keeps its technician also keeps its announced start, less the tolerance;
    a start fixed by a person is waited for.
    """
    floor = max(problem.now, job.release)
    if job.window is not None:
        floor = max(floor, job.window[0])
    if job.locked is not None and job.locked.start is not None:
        floor = max(floor, job.locked.start)
    if job.announced is not None and job.announced.technician in technicians:
        floor = max(floor, job.announced.start - problem.stability.tolerance)
    return floor


def leaving(problem: Problem, technician: Technician) -> int:
    """The second at which the technician can set out: when the shift begins, but not before now."""
    return max(technician.shift[0], problem.now)


def timed(problem: Problem, itineraries: Sequence[Itinerary]) -> TimedPlan:
    """Give every arrival, start and finish: the least times that satisfy all waiting at once.

    Jobs whose crews or predecessors wait for each other in a circle are named; to give times at
    all, the first of them is then started without waiting.
    """
    clock = _Clock(problem, itineraries)
    circular: list[str] = []
    while waiting := clock.advance():
        circular.extend(job for job in waiting if job not in circular)
        clock.start(waiting[0])
    return TimedPlan(
        routes=tuple(walk.route() for walk in clock.walks),
        starts=clock.starts,
        crews={job: tuple(crew) for job, crew in clock.crews.items()},
        circular=tuple(circular),
    )


class _Walk:
    """One route as far as it is timed: who is ready to set out on the next leg, and when."""

    __slots__ = ("ids", "itinerary", "leave", "ready", "stops", "ways")

    def __init__(self, problem: Problem, itinerary: Itinerary) -> None:
        durations = problem.durations
        self.itinerary = itinerary
        self.ids = [job.id for job in itinerary.jobs]
        self.ways = [durations[here][there] for here, there in pairwise(itinerary.places)]
        self.leave = self.ready = leaving(problem, itinerary.technician)
        self.stops: list[Stop] = []

    @property
    def next(self) -> str | None:
        """The job at the end of the next leg, none once all are timed."""
        done = len(self.stops)
        return self.ids[done] if done < len(self.ids) else None

    def arrival(self) -> int:
        """When the next leg ends, with the break on it if it is taken there."""
        leg = len(self.stops)
        way = self.ways[leg]
        arrival = self.ready if way < 0 else self.ready + way
        rest = self.itinerary.technician.break_
        if leg != self.itinerary.break_leg or rest is None:
            return arrival
        return max(arrival, rest.earliest) + rest.duration

    def stop(self, job: Job, arrival: int, start: int) -> None:
        """Do the next job from this start on."""
        self.ready = start + job.duration
        self.stops.append(Stop(job.id, arrival, start, self.ready))

    def route(self) -> TimedRoute:
        """The whole route, once every job is timed."""
        return TimedRoute(
            technician=self.itinerary.technician,
            jobs=self.itinerary.jobs,
            stops=tuple(self.stops),
            leave=self.leave,
            return_=self.arrival(),
            travel=sum(way for way in self.ways if way > 0),
            unreachable=tuple(leg for leg, way in enumerate(self.ways) if way < 0),
            break_=self._break_taken(),
        )

    def _break_taken(self) -> RouteBreak | None:
        leg, rest = self.itinerary.break_leg, self.itinerary.technician.break_
        if leg is None or rest is None or not 0 <= leg <= len(self.stops):
            return None
        # The rest begins as soon as it may: at departure, on the way, or while waiting.
        departure = self.leave if leg == 0 else self.stops[leg - 1].finish
        start = max(departure, rest.earliest)
        return RouteBreak(leg, start, start + rest.duration)


class _Clock:
    """Walks all routes forward together, starting a job once everything it waits for is known."""

    def __init__(self, problem: Problem, itineraries: Sequence[Itinerary]) -> None:
        self.problem = problem
        self.walks = [_Walk(problem, itinerary) for itinerary in itineraries]
        self.jobs = {job.id: job for itinerary in itineraries for job in itinerary.jobs}
        self.starts: dict[str, int] = {}
        self.crews: dict[str, list[str]] = {}
        self.walks_of: dict[str, list[_Walk]] = {}
        for walk in self.walks:
            for job in walk.ids:
                self.crews.setdefault(job, []).append(walk.itinerary.technician.id)
                self.walks_of.setdefault(job, []).append(walk)

    def advance(self) -> list[str]:
        """Start whatever can start; answer the jobs still waiting at the head of a route."""
        while ready := [job for job in self._next_jobs() if self._is_ready(self.jobs[job])]:
            for job in ready:
                self.start(job)
        return self._next_jobs()

    def start(self, job_id: str) -> None:
        """Start the job for every route that has come to it."""
        job = self.jobs[job_id]
        present = [walk for walk in self.walks_of[job_id] if walk.next == job_id]
        arrivals = [walk.arrival() for walk in present]
        start = max(earliest_start(self.problem, job, self.crews[job_id]), *arrivals)
        for one in job.after:
            if one in self.starts:
                start = max(start, self.starts[one] + self.jobs[one].duration)
        self.starts[job_id] = max(start, self.starts.get(job_id, start))
        for walk, arrival in zip(present, arrivals, strict=True):
            walk.stop(job, arrival, start)

    def _next_jobs(self) -> list[str]:
        seen = {walk.next for walk in self.walks}
        return sorted(job for job in seen if job is not None)

    def _is_ready(self, job: Job) -> bool:
        walks = self.walks_of[job.id]
        if len(walks) > 1 and any(walk.next != job.id for walk in walks):
            return False
        return not job.after or all(one in self.starts for one in job.after if one in self.jobs)
