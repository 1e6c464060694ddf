"""A day as it stands, kept warm: who could go to any of its waiting work, told of the first few.

The figures are those of `offers`; the ranking itself is in `dispatch.planning`.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from dispatch.day.day import Day
from dispatch.day.offers import Field, Offers, Telling, best_of_each
from dispatch.day.places import Places
from dispatch.day.question import DayProblem, as_all_of_it_stands
from dispatch.day.renewing import changed_part
from dispatch.day.told import told
from dispatch.day.verdicts import Row, Trying, Verdict
from dispatch.planning.recommendation import candidate, outline
from dispatch.planning.warm import WarmDay


class StandingDay:
    """One day laid out once; one question at a time.

    >>> from datetime import UTC, datetime
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> StandingDay(Day("VALLS", "urban", midnight, midnight)).waits_for("lift")
    False
    """

    def __init__(self, day: Day, places: Places | None = None) -> None:
        """`places` are those of other days of the region, so that travel is worked out once."""
        self._places = Places() if places is None else places
        self._question = as_all_of_it_stands(day, self._places)
        self._warm = WarmDay(self._question.problem, self._question.current)
        self._telling = Telling(self._question)

    @property
    def day(self) -> Day:
        """The day as it was given last."""
        return self._question.day

    def renewed(self, day: Day) -> "StandingDay":
        """Give the day as it has become: this one changed in place where little has, else anew.

        The answers are those of the day laid out anew.
        """
        called = {self._question.people[each] for each in self._question.on_call}
        part = changed_part(self.day, day, called)
        if part is None or not self._take_over(day, as_all_of_it_stands(part, self._places)):
            return StandingDay(day, self._places)
        return self

    def _take_over(self, day: Day, part: DayProblem) -> bool:
        """Put the part of the day in the place of what it was; not if stretches came or went."""
        whole, concerned = self._question, {each.technician.id for each in part.day.crew}
        stretches = [name for name, who in whole.people.items() if who in concerned]
        if stretches != list(part.people) or whole.on_call != part.on_call:
            return False
        if not self._warm.renew(part.problem, part.current):
            return False
        kept = [route for route in whole.current.routes if route.technician not in part.people]
        held = {work.id for work in day.work} - {work.id for work in part.day.work}
        alone = [work for work in whole.left_alone if work in held]
        self._question = replace(
            whole,
            day=day,
            problem=self._warm.problem,
            current=replace(whole.current, routes=(*kept, *part.current.routes)),
            left_alone=(*alone, *part.left_alone),
        )
        self._telling = Telling(self._question)
        return True

    def without_visit(self, work: str) -> "StandingDay":
        """Give the day as if this work had no visit, and waited; this one changed where it can."""
        day = self.day
        waiting = tuple(replace(one, visit=None) if one.id == work else one for one in day.work)
        return self.renewed(replace(day, work=waiting))

    def waits_for(self, work: str) -> bool:
        """Whether this work can be asked about here: it waits, and has no visit."""
        work_of_the_day = self._telling.work
        return work in work_of_the_day and work_of_the_day[work].visit is None

    def knows(self, work: str) -> bool:
        """Whether this work is of this day and not under way."""
        return work in self._telling.work

    def verdicts(self, work: str, persons: Collection[str] | None = None) -> list[Row]:
        """Tell for everybody, or for these alone, what would come of each start of waiting work."""
        trying = self._trying(work)
        among = None if persons is None else trying.stretches_of(persons)
        return trying.rows(told(self._question, [*self._warm.rank(work).reasons(among)]), persons)

    def verdict(self, work: str, whom: str, starts_at: datetime) -> tuple[Verdict | None, int]:
        """Tell what comes of exactly this start, and the drive to it in seconds."""
        trying = self._trying(work)
        return trying.at(whom, starts_at), trying.travel(whom, starts_at)

    def _trying(self, work: str) -> Trying:
        return Trying(self._question, self._warm.live, work)

    def offers(self, work: str, *, top: int, whom: str | None = None) -> Offers:
        """Rank who could go as `offers` does, and tell the first few; reasons for all others.

        What `whom` offers is told wherever they stand.
        """
        ranking = self._warm.rank(work)
        ways = dict(best_of_each(self._question, ranking))
        lost = self._warm.live.shapes.drop[ranking.job]
        live = self._warm.live
        figures = [(way.added - lost, *outline(live, ranking, way)) for way in ways.values()]
        field = Field.of(figures)
        first = list(ways)[:top]
        told_of = [way for person, way in ways.items() if person in first or person == whom]
        blocked = told(self._question, ranking.blocked)
        return Offers(
            work,
            tuple(
                self._telling.offer(work, candidate(live, ranking, way), field) for way in told_of
            ),
            tuple(reason for reason in blocked if reason.technician not in ways),
        )
