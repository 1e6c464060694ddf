"""What a start hangs on: the links back through work, travel and breaks to what had to be awaited.

The times are those of `timing`; every link ends where the next begins, so that they add up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.timing import TimedPlan, TimedRoute, earliest_start


class Since(StrEnum):
    """What the first link had to wait for."""

    SHIFT = "shift"  # the technician sets out when the shift begins
    NOW = "now"  # nothing happens before now
    RELEASE = "release"
    WINDOW = "window_opens"
    LOCKED = "locked_start"
    ANNOUNCED = "announced"  # the announced start, less the tolerance
    BREAK = "break_earliest"  # the break may not begin before


@dataclass(frozen=True, slots=True)
class Anchor:
    """The moment before which the first link could not begin, whose it is, and why."""

    code: Since
    moment: int
    technician: str | None = None
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch without any waiting: `work` on a job, `travel` to one, or a `break` on the way."""

    code: str
    seconds: int
    technician: str
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """From an anchor over links in the order of time; the last one ends at the start in question.

    >>> Chain(Anchor(Since.SHIFT, 0, "anna"), (Link("travel", 600, "anna", "lift"),)).end
    600
    """

    since: Anchor
    links: tuple[Link, ...] = ()

    @property
    def end(self) -> int:
        return self.since.moment + sum(link.seconds for link in self.links)


def chain(problem: Problem, plan: TimedPlan, job: str) -> Chain:
    """Follow the start of a served job back to what it waited for; the plan must not go in circles.

    Where two things were awaited for the same second, what nobody can change is told first.
    """
    found: list[Link] = []
    walk = _Walk(problem, plan)
    awaited: str | Anchor = job
    while isinstance(awaited, str):
        awaited = walk.back(awaited, found)
    return Chain(awaited, tuple(reversed([link for link in found if link.seconds])))


class _Walk:
    """Steps back from the start of one job to the start of the one it hangs on, or to an anchor."""

    def __init__(self, problem: Problem, plan: TimedPlan) -> None:
        self.problem = problem
        self.plan = plan
        self.jobs = {job.id: job for job in problem.jobs}

    def back(self, name: str, found: list[Link]) -> str | Anchor:
        job, start = self.jobs[name], self.plan.starts[name]
        if earliest_start(self.problem, job, self.plan.crews[name]) == start:
            return self._floor(job, start)
        for other in job.after:
            if self._finish(other) == start:
                worker = self.plan.crews[other][0]
                found.append(Link("work", self.jobs[other].duration, worker, other))
                return other
        route, stop = next(self._last_to_arrive(name, start))
        return self._leg(route, stop, found)

    def _finish(self, job: str) -> int | None:
        start = self.plan.starts.get(job)
        return None if start is None else start + self.jobs[job].duration

    def _last_to_arrive(self, name: str, start: int) -> Iterator[tuple[TimedRoute, int]]:
        for route in self.plan.routes:
            for index, stop in enumerate(route.stops):
                if stop.job == name and stop.arrive == start:
                    yield route, index

    def _leg(self, route: TimedRoute, stop: int, found: list[Link]) -> str | Anchor:
        """Go back over the leg that ends at this stop, and over the work before it."""
        who, to = route.technician, route.jobs[stop]
        departure = route.departures[stop]
        here = who.start if stop == 0 else route.jobs[stop - 1].location
        road = max(0, self.problem.durations[here][to.location])
        if who.break_ is not None and route.break_ is not None and route.break_.leg == stop:
            found.append(Link("break", who.break_.duration, who.id))
            if departure + road < who.break_.earliest:
                return Anchor(Since.BREAK, who.break_.earliest, who.id)
        found.append(Link("travel", road, who.id, to.id))
        if stop == 0:
            is_now = self.problem.now > who.shift[0]
            return Anchor(Since.NOW if is_now else Since.SHIFT, departure, who.id)
        before = route.jobs[stop - 1]
        found.append(Link("work", before.duration, who.id, before.id))
        return before.id

    def _floor(self, job: Job, start: int) -> Anchor:
        """Name the wait that holds the job back most, what people could change last."""
        if start == self.problem.now:
            return Anchor(Since.NOW, start, None, job.id)
        if start == job.release:
            return Anchor(Since.RELEASE, start, None, job.id)
        if job.window is not None and start == job.window[0]:
            return Anchor(Since.WINDOW, start, None, job.id)
        if job.locked is not None and start == job.locked.start:
            return Anchor(Since.LOCKED, start, job.locked.technician, job.id)
        who = None if job.announced is None else job.announced.technician
        return Anchor(Since.ANNOUNCED, start, who, job.id)
