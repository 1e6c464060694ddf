"""A day as it stands, kept warm: who could go to any of its waiting work, told of the first few.

The figures are those of `offers`; the ranking itself is in `dispatch.planning`.
"""

from collections.abc import Iterator

from dispatch.day.day import Day
from dispatch.day.offers import Field, Offers, Telling
from dispatch.day.question import as_all_of_it_stands
from dispatch.day.told import told
from dispatch.planning.ranking import Ranking, Way
from dispatch.planning.recommendation import candidate, outline
from dispatch.planning.warm import WarmDay


class StandingDay:
    """One day laid out once; one question at a time.

    >>> from datetime import UTC, datetime
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> StandingDay(Day("VALLS", "urban", midnight, midnight)).waits_for("lift")
    False
    """

    def __init__(self, day: Day) -> None:
        self._question = as_all_of_it_stands(day)
        self._warm = WarmDay(self._question.problem, self._question.current)
        self._telling = Telling(self._question)

    def waits_for(self, work: str) -> bool:
        """Whether this work can be asked about here: it waits, and has no visit."""
        work_of_the_day = self._telling.work
        return work in work_of_the_day and work_of_the_day[work].visit is None

    def offers(self, work: str, *, top: int) -> Offers:
        """Rank who could go as `offers` does, and tell the first few; reasons for all others."""
        ranking = self._warm.rank(work)
        ways = dict(self._best_of_each(ranking))
        lost = self._warm.live.shapes.drop[ranking.job]
        live = self._warm.live
        figures = [(way.added - lost, *outline(live, ranking, way)) for way in ways.values()]
        field = Field.of(figures)
        told_of = list(ways.values())[:top]
        blocked = told(self._question, ranking.blocked)
        return Offers(
            work,
            tuple(
                self._telling.offer(work, candidate(live, ranking, way), field) for way in told_of
            ),
            tuple(reason for reason in blocked if reason.technician not in ways),
        )

    def _best_of_each(self, ranking: Ranking) -> Iterator[tuple[str, Way]]:
        """Of a person's stretches of the day the best, best first."""
        seen = set()
        for way in ranking.ways:
            person = self._question.people[self._question.problem.technicians[way.technician].id]
            if person not in seen:
                seen.add(person)
                yield person, way
