"""Who could be sent to one piece of work: the ranking about people, instants and true promises.

The ranking itself is `dispatch.planning.recommend`; here its seconds become instants.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dispatch.day.question import DayProblem
from dispatch.day.told import told
from dispatch.planning import Candidate, Move, Reason, Recommendation, recommend
from dispatch.planning.ranking import Ranking, Way


@dataclass(frozen=True, slots=True)
class Displaced:
    """Another planned visit that would start at another time; lateness and travel in seconds."""

    work: str
    travel_seconds: int
    starts_before: datetime
    starts_after: datetime
    lateness_before: int
    lateness_after: int

    @property
    def promise_flips(self) -> bool:
        return (self.lateness_before > 0) != (self.lateness_after > 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """One person who could go: when, at what cost, what it displaces and returns, and why they.

    `lateness` is against the promise to the customer; work without a promise is never late.
    """

    technician: str
    position: int
    travel_seconds: int
    arrives_at: datetime
    starts_at: datetime
    lateness: int
    delta: int
    terms: Mapping[str, int]
    displaced: tuple[Displaced, ...]
    returned: tuple[tuple[str, int], ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """The answer about one piece of work: offers, best first, and for everyone else the reason."""

    work: str
    offers: tuple[Offer, ...]
    blocked: tuple[Reason, ...]

    def of(self, technician: str) -> Offer | None:
        """Find what one person offers; none if they cannot go."""
        return next((offer for offer in self.offers if offer.technician == technician), None)


def offers(question: DayProblem, work: str) -> Offers:
    """Rank who could go, on the day as it stands, with the exact change of the total.

    Raises `UnknownJob` for work that is not in the day or has its visit already.

    >>> from datetime import UTC, datetime
    >>> from dispatch.day import Day, as_it_stands
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> offers(as_it_stands(Day("VALLS", "urban", midnight, midnight), "lift"), "lift")
    Traceback (most recent call last):
    dispatch.planning.refusals.UnknownJob: job 'lift' is not in the problem
    """
    return offers_from(question, recommend(question.problem, question.current, work))


def offers_from(question: DayProblem, found: Recommendation) -> Offers:
    """Tell a recommendation about people and instants; of a person's stretches the best counts.

    >>> from datetime import UTC
    >>> from dispatch.day import Day, as_it_stands
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> empty = as_it_stands(Day("VALLS", "urban", midnight, midnight), "lift")
    >>> offers_from(empty, Recommendation("lift", (), ())).offers
    ()
    """
    best: dict[str, Candidate] = {}
    for candidate in found.candidates:
        best.setdefault(question.people[candidate.technician], candidate)
    told_of = Telling(question)
    field = Field.of([(each.delta, each.start, each.travel) for each in best.values()])
    offered = tuple(told_of.offer(found.job, each, field) for each in best.values())
    blocked = [reason for reason in told(question, found.blocked) if reason.technician not in best]
    return Offers(found.job, offered, tuple(blocked))


def best_of_each(question: DayProblem, ranking: Ranking) -> Iterator[tuple[str, Way]]:
    """Of each person's stretches of the day the best way, best first."""
    seen = set()
    for way in ranking.ways:
        person = question.people[question.problem.technicians[way.technician].id]
        if person not in seen:
            seen.add(person)
            yield person, way


class Field(NamedTuple):
    """What a person is compared with: how many could go, and the best of each figure."""

    people: int
    least_cost: int
    soonest: int
    least_travel: int

    @classmethod
    def of(cls, figures: Sequence[tuple[int, int, int]]) -> "Field":
        """The best of (delta, start, travel) of everybody who could go.

        >>> Field.of([(5, 600, 60), (7, 300, 90)])
        Field(people=2, least_cost=5, soonest=300, least_travel=60)
        """
        if not figures:
            return cls(0, 0, 0, 0)
        return cls(len(figures), *(min(values) for values in zip(*figures, strict=True)))


class Telling:
    """One day's question with its jobs at hand, to tell candidates about people and instants."""

    def __init__(self, question: DayProblem) -> None:
        self.question = question
        self.work = question.work
        problem = question.problem
        self._places = {each.id: each.location for each in problem.jobs}
        self._technicians = {each.id: each for each in problem.technicians}
        self._stops = {
            route.technician: [stop.job for stop in route.stops]
            for route in question.current.routes
        }

    def offer(self, work: str, candidate: Candidate, field: Field) -> Offer:
        """Tell one candidate as the person's offer."""
        question = self.question
        starts_at = question.instant(candidate.start)
        return Offer(
            technician=question.people[candidate.technician],
            position=candidate.position,
            travel_seconds=candidate.travel,
            arrives_at=question.instant(candidate.arrive),
            starts_at=starts_at,
            lateness=self.work[work].lateness(starts_at),
            delta=candidate.delta,
            terms=candidate.terms,
            displaced=tuple(self._displaced(candidate, work, move) for move in candidate.moves),
            returned=tuple((drop.job, drop.drop_cost) for drop in candidate.drops),
            reasons=tuple(self.reasons(work, candidate, field)),
        )

    def _displaced(self, candidate: Candidate, asked: str, move: Move) -> Displaced:
        work, question = self.work[move.job], self.question
        before, after = question.instant(move.start_before), question.instant(move.start_after)
        return Displaced(
            move.job,
            travel_seconds=self._travel_to(candidate, asked, move.job),
            starts_before=before,
            starts_after=after,
            lateness_before=work.lateness(before),
            lateness_after=work.lateness(after),
        )

    def _travel_to(self, candidate: Candidate, asked: str, job: str) -> int:
        """The drive to a job on the candidate's round once the job asked about is in it."""
        gone = {drop.job for drop in candidate.drops}
        stops = [stop for stop in self._stops.get(candidate.technician, ()) if stop not in gone]
        stops.insert(candidate.position, asked)
        place = stops.index(job)
        start = self._technicians[candidate.technician].start
        here = self._places[stops[place - 1]] if place else start
        return self.question.problem.durations[here][self._places[job]]

    def reasons(self, asked: str, candidate: Candidate, field: Field) -> Iterator[Reason]:
        """What speaks for this person, each a comparison that holds among the candidates."""
        work = self.work[asked]
        starts_at = self.question.instant(candidate.start)
        if field.people == 1:
            yield Reason(None, "only_one")
        elif candidate.delta == field.least_cost:
            yield Reason(None, "least_cost", {"delta": candidate.delta})
        if work.due_at is not None and starts_at <= work.due_at:
            spare = int((work.due_at - starts_at).total_seconds())
            yield Reason(None, "keeps_promise", {"spare_seconds": spare})
        if field.people > 1 and candidate.start == field.soonest:
            yield Reason(None, "soonest", {"starts_at": starts_at.isoformat()})
        if field.people > 1 and candidate.travel == field.least_travel:
            yield Reason(None, "nearest", {"travel_seconds": candidate.travel})
        if not candidate.moves and not candidate.drops:
            yield Reason(None, "displaces_nothing")
        held = self._technicians[candidate.technician].skills
        for skill in work.skills:
            yield Reason(None, "has_skill", {"skill": skill, "level": held[skill]})
