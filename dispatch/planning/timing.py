"""When everything in a plan happens: the earliest times that routes, crews and order allow.

This is the readable reference for any plan; the search's fast twin for one route is `schedule`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dispatch.planning.job import Job
from dispatch.planning.plan import RouteBreak, Stop
from dispatch.planning.problem import Problem
from dispatch.planning.technician import Break, Technician


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
    floors = [problem.now, job.release]
    if job.window is not None:
        floors.append(job.window[0])
    if job.locked is not None and job.locked.start is not None:
        floors.append(job.locked.start)
    if job.announced is not None and job.announced.technician in technicians:
        floors.append(job.announced.start - problem.stability.tolerance)
    return max(floors)


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
        routes=tuple(clock.route(index) for index in range(len(itineraries))),
        starts=clock.starts,
        crews={job: tuple(crew) for job, crew in clock.crews.items()},
        circular=tuple(circular),
    )


class _Clock:
    """Walks all routes forward together, starting a job once everything it waits for is known."""

    def __init__(self, problem: Problem, itineraries: Sequence[Itinerary]) -> None:
        self.problem = problem
        self.itineraries = itineraries
        self.places = [itinerary.places for itinerary in itineraries]
        self.jobs = {job.id: job for itinerary in itineraries for job in itinerary.jobs}
        self.starts: dict[str, int] = {}
        self.crews: dict[str, list[str]] = {}
        self.routes_of: dict[str, list[int]] = {}
        self.stops: list[list[Stop]] = [[] for _ in itineraries]
        for index, itinerary in enumerate(itineraries):
            for job in itinerary.jobs:
                self.crews.setdefault(job.id, []).append(itinerary.technician.id)
                self.routes_of.setdefault(job.id, []).append(index)

    def advance(self) -> list[str]:
        """Start whatever can start; answer the jobs still waiting at the head of a route."""
        while ready := [job for job in self._next_jobs() if self._is_ready(self.jobs[job])]:
            for job in ready:
                self.start(job)
        return list(self._next_jobs())

    def start(self, job_id: str) -> None:
        """Start the job for every route that has come to it."""
        job = self.jobs[job_id]
        present = [index for index in self.routes_of[job_id] if self._next(index) == job_id]
        arrivals = {index: self._arrival(index, len(self.stops[index])) for index in present}
        finishes = [self.starts[one] + self.jobs[one].duration for one in self._predecessors(job)]
        floor = earliest_start(self.problem, job, self.crews[job_id])
        start = max([floor, *arrivals.values(), *finishes])
        self.starts[job_id] = max(start, self.starts.get(job_id, start))
        for index, arrival in arrivals.items():
            self.stops[index].append(Stop(job_id, arrival, start, start + job.duration))

    def route(self, index: int) -> TimedRoute:
        itinerary = self.itineraries[index]
        legs = range(len(itinerary.jobs) + 1)
        travels = [self._travel(index, leg) for leg in legs]
        return TimedRoute(
            technician=itinerary.technician,
            jobs=itinerary.jobs,
            stops=tuple(self.stops[index]),
            leave=self._departure(index, 0),
            return_=self._arrival(index, legs[-1]),
            travel=sum(max(0, travel) for travel in travels),
            unreachable=tuple(leg for leg in legs if travels[leg] < 0),
            break_=self._break_taken(index),
        )

    def _next_jobs(self) -> Iterator[str]:
        seen = {self._next(index) for index in range(len(self.stops))}
        return iter(sorted(job for job in seen if job is not None))

    def _next(self, index: int) -> str | None:
        jobs, done = self.itineraries[index].jobs, len(self.stops[index])
        return jobs[done].id if done < len(jobs) else None

    def _is_ready(self, job: Job) -> bool:
        if not all(self._next(index) == job.id for index in self.routes_of[job.id]):
            return False
        return all(one in self.starts for one in job.after if one in self.jobs)

    def _predecessors(self, job: Job) -> list[str]:
        return [one for one in job.after if one in self.starts]

    def _travel(self, index: int, leg: int) -> int:
        places = self.places[index]
        return self.problem.durations[places[leg]][places[leg + 1]]

    def _departure(self, index: int, leg: int) -> int:
        if leg == 0:
            return leaving(self.problem, self.itineraries[index].technician)
        return self.stops[index][leg - 1].finish

    def _arrival(self, index: int, leg: int) -> int:
        arrival = self._departure(index, leg) + max(0, self._travel(index, leg))
        rest = self._rest_on(index, leg)
        return arrival if rest is None else max(arrival, rest.earliest) + rest.duration

    def _rest_on(self, index: int, leg: int) -> Break | None:
        itinerary = self.itineraries[index]
        return itinerary.technician.break_ if itinerary.break_leg == leg else None

    def _break_taken(self, index: int) -> RouteBreak | None:
        leg = self.itineraries[index].break_leg
        rest = None if leg is None else self._rest_on(index, leg)
        if leg is None or rest is None or leg > len(self.itineraries[index].jobs):
            return None
        # The rest begins as soon as it may: at departure, on the way, or while waiting.
        start = max(self._departure(index, leg), rest.earliest)
        return RouteBreak(leg, start, start + rest.duration)
