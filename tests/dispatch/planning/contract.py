"""What a plan costs, read off the file format's own page; nothing of the planner is used here.

Jobs are put in an order in which nobody has to wait for what comes later, then walked through once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from dispatch.planning import Job, Problem, Technician


@dataclass(frozen=True)
class Decided:
    """One technician's jobs in order, and the leg of the break, none without one."""

    who: Technician
    jobs: tuple[Job, ...]
    leg: int | None = None

    @property
    def places(self) -> list[int]:
        return [self.who.start, *(job.location for job in self.jobs), self.who.end]


@dataclass
class _Walk:
    """How far a technician has come: ready to set out on this leg at this second."""

    day: Decided
    ready: int
    leg: int = 0
    rested_too_late: bool = False

    def arrive(self, problem: Problem) -> int:
        here, there = self.day.places[self.leg : self.leg + 2]
        arrival, rest = self.ready + max(0, problem.durations[here][there]), self.day.who.break_
        if rest is not None and self.leg == self.day.leg:
            self.rested_too_late = self.ready > rest.latest
            arrival = max(arrival, rest.earliest) + rest.duration
        return arrival


@dataclass
class _Day:
    problem: Problem
    days: Sequence[Decided]
    starts: dict[str, int] = field(default_factory=dict)
    back: list[int] = field(default_factory=list)
    is_rested: bool = True

    def __post_init__(self) -> None:
        self.crews: dict[str, list[Technician]] = {}
        for day in self.days:
            for job in day.jobs:
                self.crews.setdefault(job.id, []).append(day.who)
        self.served = [job for job in self.problem.jobs if job.id in self.crews]

    def walk(self) -> None:
        """Give every start and return; raises `CycleError` where somebody waits for themselves."""
        walks = [_Walk(day, max(day.who.shift[0], self.problem.now)) for day in self.days]
        jobs = {job.id: job for job in self.served}
        before: dict[str, set[str]] = {job.id: set(job.after) & set(jobs) for job in self.served}
        for day in self.days:
            for one, next_ in zip(day.jobs, day.jobs[1:], strict=False):
                before[next_.id].add(one.id)
        for name in TopologicalSorter(before).static_order():
            here = [walk for walk in walks if jobs[name] in walk.day.jobs]
            arrivals = [walk.arrive(self.problem) for walk in here]
            begin = max(self._floor(jobs[name]), *arrivals)
            self.starts[name] = begin
            for walk in here:
                walk.ready, walk.leg = begin + jobs[name].duration, walk.leg + 1
        self.back = [walk.arrive(self.problem) for walk in walks]
        self.is_rested = all(
            self._rests(walk, back) for walk, back in zip(walks, self.back, strict=True)
        )

    def _floor(self, job: Job) -> int:
        floors = [self.problem.now, job.release]
        floors += [] if job.window is None else [job.window[0]]
        floors += [] if job.locked is None or job.locked.start is None else [job.locked.start]
        if self._keeps(job) and job.announced is not None:
            floors.append(job.announced.start - self.problem.stability.tolerance)
        done = [each for each in self.served if each.id in job.after]
        return max([*floors, *(self.starts[each.id] + each.duration for each in done)])

    def _keeps(self, job: Job) -> bool:
        crew = [who.id for who in self.crews.get(job.id, ())]
        return job.announced is not None and job.announced.technician in crew

    def _rests(self, walk: _Walk, back: int) -> bool:
        rest = walk.day.who.break_
        if rest is None or not walk.day.jobs:
            return True
        if walk.day.leg is not None:
            return not walk.rested_too_late
        leaves = max(walk.day.who.shift[0], self.problem.now)
        return back <= rest.earliest or leaves > rest.latest

    def late(self, job: Job) -> int:
        return 0 if job.due is None else max(0, self.starts[job.id] - job.due)

    def moved(self) -> int:
        return sum(self._is_moved(job) for job in self.problem.jobs)

    def _is_moved(self, job: Job) -> bool:
        if job.announced is None:
            return False
        if not self._keeps(job):
            return True
        slip = abs(self.starts[job.id] - job.announced.start)
        return slip > self.problem.stability.tolerance

    def is_legal(self) -> bool:
        budget = self.problem.stability.budget
        within = budget is None or self.moved() <= budget
        return (
            within
            and self.is_rested
            and all(self._is_kept(job) for job in self.problem.jobs)
            and all(
                self._is_possible(day, back)
                for day, back in zip(self.days, self.back, strict=True)
                if day.jobs
            )
        )

    def _is_kept(self, job: Job) -> bool:
        """Whether it is begun in time, by enough, after what it follows and as people fixed it."""
        lock = job.locked
        if job.id not in self.starts:
            return lock is None
        start, crew = self.starts[job.id], [who.id for who in self.crews[job.id]]
        return (
            (job.window is None or start <= job.window[1])
            and len(set(crew)) == job.crew
            and all(name in self.starts for name in job.after)
            and (lock is None or lock.technician is None or lock.technician in crew)
            and (lock is None or lock.start is None or lock.start == start)
        )

    def _is_possible(self, day: Decided, back: int) -> bool:
        who = day.who
        return (
            back <= who.shift[1] + who.overtime_max
            and all(way >= 0 for way in self._ways(day))
            and (who.capacity is None or sum(job.load for job in day.jobs) <= who.capacity)
            and all(_may(who, job) for job in day.jobs)
        )

    def _ways(self, day: Decided) -> list[int]:
        pairs = zip(day.places, day.places[1:], strict=False)
        return [self.problem.durations[here][there] for here, there in pairs]

    def total(self) -> int:
        left = [job for job in self.problem.jobs if job.id not in self.starts]
        cost = sum(job.drop_cost for job in left)
        cost += self.moved() * self.problem.stability.move_cost
        for job in self.served:
            late = self.late(job)
            cost += late * job.late_cost + (job.late_fixed if late else 0)
            if job.aim is not None and self.starts[job.id] > job.aim:
                cost += (self.starts[job.id] - job.aim) // 60 * job.aim_cost
        used = [pair for pair in zip(self.days, self.back, strict=True) if pair[0].jobs]
        cost += sum(self._price(day, back) for day, back in used)
        work = [sum(self._ways(day)) + sum(job.duration for job in day.jobs) for day, _ in used]
        mean = sum(work) // len(work) if work else 0
        return cost + self.problem.balance_cost * sum(each - mean for each in work if each > mean)

    def _price(self, day: Decided, back: int) -> int:
        who, over = day.who, max(0, back - day.who.shift[1])
        kept_free_from = who.shift[1] - who.reserve
        cost = sum(self._ways(day)) + over * who.overtime_cost + who.use_cost
        cost += max(0, min(back, who.shift[1]) - kept_free_from) * who.reserve_cost
        arrivals = sum(a != b for a, b in zip(day.places[:-1], day.places[1:-1], strict=False))
        cost += arrivals * self.problem.arrival_cost
        for job in day.jobs:
            is_lent = job.region is not None and job.region not in who.regions
            cost += (job.borrow_cost if is_lent else 0) - job.preferred.get(who.id, 0)
        return cost


def _may(who: Technician, job: Job) -> bool:
    return (
        all(who.skills.get(skill, 0) >= level for skill, level in job.skills.items())
        and (job.technicians is None or who.id in job.technicians)
        and who.id not in job.excluded
    )


def judged(problem: Problem, days: Sequence[Decided]) -> int | None:
    """What this plan costs by the contract, none where it is not legal."""
    found = _Day(problem, days)
    try:
        found.walk()
    except CycleError:
        return None
    return found.total() if found.is_legal() else None
