"""The day put to the planner: to plan it anew, or to ask about one thing as it stands.

The parts are in `stints`, `jobs` and `standing`; what comes of a plan is in `changes`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dispatch.day.closures import with_closures
from dispatch.day.day import Day, Work
from dispatch.day.jobs import job_of
from dispatch.day.places import Places, minute_after
from dispatch.day.standing import Standing, fixed, sequences, stand, timed_plan
from dispatch.day.stints import Stint, stints
from dispatch.planning import Job, Plan, Problem, Stability, Technician


@dataclass(frozen=True, slots=True)
class DayProblem:
    """A problem about a day, and the day as it stands as a plan of that problem.

    `people` names the person of each planning technician. `left_alone` lists work with a visit
    that nobody but a dispatcher may touch and that no longer fits its technician's day. `on_call`
    lists the stretches in which somebody is only on call.
    """

    day: Day
    problem: Problem
    current: Plan
    people: Mapping[str, str]
    left_alone: tuple[str, ...] = ()
    on_call: frozenset[str] = frozenset()

    @property
    def work(self) -> dict[str, Work]:
        """The work of the day by id."""
        return {work.id: work for work in self.day.work}

    def instant(self, seconds: int) -> datetime:
        """Give the instant of a second of the plan."""
        return self.day.starts_at + timedelta(seconds=seconds)


def to_plan(
    day: Day, *, change_budget: int | None = None, only: Collection[str] | None = None
) -> DayProblem:
    """Ask for the whole day: visits under way stay, accepted ones keep their technician.

    At most `change_budget` announced visits may move; none means any number may, at their cost.
    With `only`, this work alone is planned anew: every other visit stays as it stands, and what
    else waits goes on waiting.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> to_plan(Day("VALLS", "urban", midnight, midnight)).problem.jobs
    ()
    """
    frame = _Frame(day if only is None else replace(day, work=_narrowed(day.work, only)))
    weights = day.weights
    stability = Stability(weights.move_cost, weights.tolerance_seconds, change_budget)
    jobs = [frame.fixed(job) for job in frame.free_jobs()]
    return frame.problem(jobs, stability)


def as_it_stands(day: Day, asked: str, staying: Collection[str] = ()) -> DayProblem:
    """Ask about one piece of work while the rest of the day stands: nothing starts earlier.

    Work that has a planned visit already is asked about as if it had none. What is `staying` may
    not even start later, nor be left out.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> as_it_stands(Day("VALLS", "urban", midnight, midnight), "2026-000001").problem.jobs
    ()
    """
    work = [
        replace(one, visit=None)
        if one.id == asked
        else replace(one, visit=replace(one.visit, stays=True))
        if one.visit is not None and one.id in staying
        else one
        for one in day.work
    ]
    return _Frame(replace(day, work=tuple(work))).standing_with({asked})


def as_all_of_it_stands(day: Day, places: Places | None = None) -> DayProblem:
    """Ask about any piece of work that waits, one at a time, while the rest of the day stands.

    For each of them the answer is that of `as_it_stands`. `places` has the numbers of points, and
    the travel between them, that are known from before.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> as_all_of_it_stands(Day("VALLS", "urban", midnight, midnight)).problem.jobs
    ()
    """
    waiting = {work.id for work in day.work if work.visit is None}
    return _Frame(day, places).standing_with(waiting)


def as_it_stands_timed(day: Day) -> Standing:
    """When each planned visit begins as it will come about, however late, and who is back when.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> as_it_stands_timed(Day("VALLS", "urban", midnight, midnight)).starts
    {}
    """
    return _Frame(day).standing


def _narrowed(work: Sequence[Work], only: Collection[str]) -> tuple[Work, ...]:
    return tuple(
        one
        if one.id in only or one.visit is None
        else replace(one, visit=replace(one.visit, stays=True))
        for one in work
        if one.id in only or one.visit is not None
    )


class _Frame:
    """A day half-way to its problem: places numbered, crew and work turned, visits standing."""

    def __init__(self, day: Day, places: Places | None = None) -> None:
        self.day = day
        self.places = Places() if places is None else places
        self.now = max(0, minute_after(day.starts_at, day.now))
        self.stints: Sequence[Stint] = stints(day, self.places)
        self.jobs = [job_of(day, work, self.places, self.stints) for work in day.work]
        plain = self.places.durations(day.profile)
        self.durations = with_closures(plain, self.places.points, day.closures)
        self.work = {work.id: work for work in day.work}
        technicians = [stint.technician for stint in self.stints]
        free = self._problem(technicians, self.jobs, Stability())
        self.standing: Standing = stand(free, day.work, self.stints, origin=day.starts_at)

    def free_jobs(self) -> list[Job]:
        """The jobs of this problem: all but the visits only a dispatcher may touch."""
        alone = set(self.left_alone())
        return [job for job in self.jobs if job.id not in alone]

    def left_alone(self) -> tuple[str, ...]:
        return tuple(
            work.id
            for work in self.day.work
            if work.visit is not None
            and (work.visit.keeps_technician or work.is_elsewhere)
            and work.id not in self.standing.starts
        )

    def fixed(self, job: Job) -> Job:
        return fixed(job, self.work[job.id], self.standing, origin=self.day.starts_at)

    def standing_with(self, asked: Collection[str]) -> DayProblem:
        """The visits as they stand, none to start earlier, and the work that is asked about."""
        starts = self.standing.starts
        jobs = [
            replace(self.fixed(job), release=max(job.release, starts.get(job.id, 0)))
            for job in self.free_jobs()
            if job.id in asked or job.id in starts
        ]
        weights = self.day.weights
        return self.problem(jobs, Stability(weights.move_cost, weights.tolerance_seconds))

    def problem(self, jobs: Sequence[Job], stability: Stability) -> DayProblem:
        technicians = [self._with_room(stint) for stint in self.stints]
        problem = self._problem(technicians, jobs, stability)
        named = {job.id for job in jobs}
        held = {job: stint for job, stint in self.standing.stints.items() if job in named}
        current = timed_plan(problem, sequences(held, self.standing.starts))
        people = {stint.technician.id: stint.person for stint in self.stints}
        on_call = frozenset(stint.technician.id for stint in self.stints if stint.is_on_call)
        return DayProblem(self.day, problem, current, people, self.left_alone(), on_call)

    def _with_room(self, stint: Stint) -> Technician:
        """Let overtime reach as far as what is promised already; anything more must be paid."""
        technician = stint.technician
        back = self.standing.returns.get(technician.id, 0)
        overtime = max(technician.overtime_max, back - technician.shift[1])
        return replace(technician, overtime_max=overtime)

    def _problem(
        self, technicians: Sequence[Technician], jobs: Sequence[Job], stability: Stability
    ) -> Problem:
        return Problem(
            origin=self.day.starts_at,
            durations=self.durations,
            technicians=tuple(technicians),
            jobs=tuple(jobs),
            now=self.now,
            stability=stability,
        )
