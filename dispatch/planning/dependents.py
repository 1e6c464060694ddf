"""Whose days depend on each other, by crews and by an order: the rest keep their times.

So that a change is timed and billed for those alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.timing import Itinerary, TimedRoute


class Dependents:
    """The links between the days of a plan as it stands."""

    def __init__(self, problem: Problem, routes: Mapping[int, TimedRoute]) -> None:
        self._jobs = {job.id: job for job in problem.jobs}
        self._routes = routes
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for who, route in routes.items():
            for job in route.jobs:
                self._holders[job.id].append(who)
        for job in problem.jobs:
            for name in job.after:
                self._near[job.id].add(name)
                self._near[name].add(job.id)

    def of(self, days: Mapping[int, Itinerary]) -> list[int]:
        """Everybody whose times may change if these were the days, by number."""
        found, waiting = set(days), list(days)
        while waiting:
            who = waiting.pop()
            jobs = [*self._routes[who].jobs] if who in self._routes else []
            jobs += days[who].jobs if who in days else ()
            for other in self._linked(jobs):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return sorted(found)

    def _linked(self, jobs: Iterable[Job]) -> Iterator[int]:
        for job in jobs:
            yield from self._holders.get(job.id, ())
            for name in self._near.get(job.id, ()):
                yield from self._holders.get(name, ())

    def named(self, jobs: Sequence[Job]) -> list[Job]:
        """These jobs, each once, and those that any of them follows."""
        names = dict.fromkeys(job.id for job in jobs)
        names |= dict.fromkeys(name for job in jobs for name in job.after)
        return [self._jobs[name] for name in names]
