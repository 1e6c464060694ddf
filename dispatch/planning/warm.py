"""A day kept warm: the problem and its plan laid out once, asked often, changed in place.

Whatever is changed, the answers are those of the same day laid out anew.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dispatch.planning.checking import itineraries
from dispatch.planning.engine import is_warm
from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.insertion import Place
from dispatch.planning.job import Job
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem, with_job, with_part
from dispatch.planning.ranking import Ranking, Way, ranked
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.shapes import linked_jobs
from dispatch.planning.technician import Technician
from dispatch.planning.timing import Itinerary, TimedPlan, timed
from dispatch.planning.tour import Tour

if TYPE_CHECKING:
    from dispatch.planning.laid_out import LaidOut


class WarmDay:
    """One day as it stands; the compiled engine answers once it is loaded, else the reference.

    One question or change at a time.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> question = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> day = WarmDay(question, Plan())
    >>> day.rank("lift").ways[0].added
    1200
    >>> day.serve("lift", "anna", 0)
    >>> day.plan.routes[0].stops[0].start
    600
    """

    def __init__(self, problem: Problem, plan: Plan, *, is_compiled: bool | None = None) -> None:
        self.live = LivePlan(problem, plan)
        self._numbers = {each.id: number for number, each in enumerate(problem.technicians)}
        compiled = is_warm() if is_compiled is None else is_compiled
        self._laid_out = _laid_out(self.live) if compiled and not self.live.is_coupled else None

    @property
    def problem(self) -> Problem:
        return self.live.problem

    @property
    def plan(self) -> Plan:
        """The day as it stands, as a plan."""
        return plan_from(self.problem, self.live.times, SolverReport())

    def rank(self, job: str) -> Ranking:
        """Find everybody's cheapest way to take a waiting job; raise `UnknownJob` for another."""
        number = self._waiting(job)
        if self._laid_out is None:
            return ranked(self.live, number)
        return self._laid_out.ranking(number)

    def places(self, job: int) -> Sequence[Place]:
        """Everybody's cheapest place for a waiting job if nobody gives way, by its number."""
        if self._laid_out is None or self._laid_out.flat is None:
            draft = self.live.draft
            return [draft.best_place(job, [who]) for who in range(len(draft.tours))]
        return self._laid_out.places(job)

    def serve(self, job: str, technician: str, position: int) -> None:
        """Put a waiting job on a technician's day; raise `UnknownJob` if it does not wait.

        What several begin together is put there with its crew by `follow`.
        """
        number, who = self._waiting(job), self._numbers[technician]
        if self.problem.jobs[number].crew > 1:
            raise UnknownJob(job, "needs a crew")
        tour = self.live.draft.tours[who]
        self._replace(who, [*tour.jobs[:position], number, *tour.jobs[position:]])

    def leave_out(self, job: str) -> None:
        """Take a job off the day of whoever serves it; raise `UnknownJob` if nobody does."""
        number = self._number(job)
        crew = [who for who, tour in enumerate(self.live.draft.tours) if number in tour.jobs]
        if not crew:
            raise UnknownJob(job, "is not served in this plan")
        for who in crew:
            self._replace(who, [each for each in self.live.draft.tours[who].jobs if each != number])

    def follow(self, ranking: Ranking, way: Way) -> None:
        """Serve the ranked job this way; the ranking is of the day as it is."""
        self._take_over(ranking.days(way))

    def append(self, job: Job, durations: Sequence[Sequence[int]] | None = None) -> None:
        """Take in a new job, which waits; with it the travel of a longer list of places, if given.

        Raises `ProblemRefused` for a job that contradicts itself or the day.
        """
        longer = with_job(self.problem, job, durations)
        if self.live.is_coupled or job.crew > 1 or job.after:
            self._begin_anew(longer, self.live.times)
            return
        self._go_on_with(longer, (), [len(longer.jobs) - 1])

    def renew(self, part: Problem, plan: Plan) -> bool:
        """Take over the technicians and jobs of a part, and their days, as they are in its plan.

        Everybody else's day stays, and has nothing of the part's work in it; work that is no
        longer on anybody's day waits. False, and nothing is changed, where all has to be laid out
        anew: days depend on each other, or a technician is new or able to do something else.
        """
        people = self.problem.technicians
        numbers = [self._numbers.get(each.id) for each in part.technicians]
        if self.live.is_coupled or part.balance_cost > 0 or linked_jobs(part):
            return False
        pairs = zip(numbers, part.technicians, strict=True)
        if any(who is None or _ability(people[who]) != _ability(each) for who, each in pairs):
            return False
        whole = with_part(self.problem, part)
        technicians = [who for who in numbers if who is not None]
        places = {each.id: number for number, each in enumerate(whole.jobs)}
        self._go_on_with(whole, technicians, sorted(places[each.id] for each in part.jobs))
        for day in itineraries(part, plan):
            (route,) = timed(whole, [day]).routes
            self.live.take_over(self._numbers[day.technician.id], route)
        if self._laid_out is not None:
            for who in technicians:
                self._laid_out.renew(who)
        return True

    def _go_on_with(
        self, problem: Problem, technicians: Sequence[int], jobs: Sequence[int]
    ) -> None:
        self.live.renew(problem, technicians, jobs)
        if self._laid_out is not None:
            self._laid_out.take_in(jobs)

    def _replace(self, who: int, jobs: Sequence[int]) -> None:
        tour = Tour(self.live.shapes, who, jobs)
        self._take_over({who: itinerary(self.live.shapes, tour)})

    def _take_over(self, days: Mapping[int, Itinerary]) -> None:
        if self.live.is_coupled:
            self._begin_anew(self.problem, self.live.replaced(days))
            return
        for who, day in days.items():
            (route,) = timed(self.problem, [day]).routes
            self.live.take_over(who, route)
            if self._laid_out is not None:
                self._laid_out.renew(who)

    def _begin_anew(self, problem: Problem, times: TimedPlan) -> None:
        """Lay the day out again: what depends on each other has its times from all of it."""
        self.live = LivePlan(problem, plan_from(problem, times, SolverReport()))
        self._laid_out = None

    def _number(self, job: str) -> int:
        number = self.live.shapes.ids.get(job)
        if number is None:
            raise UnknownJob(job, "is not in the problem")
        return number

    def _waiting(self, job: str) -> int:
        number = self._number(job)
        if number not in self.live.draft.left_out:
            raise UnknownJob(job, "is served in this plan already")
        return number


def _ability(technician: Technician) -> object:
    """What decides which work a technician may do."""
    return dict(technician.skills), tuple(technician.regions)


def _laid_out(live: LivePlan) -> "LaidOut":
    from dispatch.planning.laid_out import LaidOut  # noqa: PLC0415 - loads numba

    return LaidOut(live)
