"""Who could be sent to one piece of work: the ranking about people, instants and true promises.

The ranking itself is `dispatch.planning.recommend`; here its seconds become instants.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dispatch.day.question import DayProblem
from dispatch.day.told import told
from dispatch.planning import Candidate, Move, Reason, Recommendation, recommend


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
    chosen = list(best.items())
    offered = tuple(_offer(question, found.job, person, chosen) for person, _ in chosen)
    blocked = [reason for reason in told(question, found.blocked) if reason.technician not in best]
    return Offers(found.job, offered, tuple(blocked))


def _offer(
    question: DayProblem, work: str, person: str, chosen: Sequence[tuple[str, Candidate]]
) -> Offer:
    candidate = dict(chosen)[person]
    starts_at = question.instant(candidate.start)
    return Offer(
        technician=person,
        position=candidate.position,
        travel_seconds=candidate.travel,
        arrives_at=question.instant(candidate.arrive),
        starts_at=starts_at,
        lateness=question.work[work].lateness(starts_at),
        delta=candidate.delta,
        terms=candidate.terms,
        displaced=tuple(_displaced(question, candidate, work, move) for move in candidate.moves),
        returned=tuple((drop.job, drop.drop_cost) for drop in candidate.drops),
        reasons=tuple(_reasons(question, work, candidate, [each for _, each in chosen])),
    )


def _displaced(question: DayProblem, candidate: Candidate, asked: str, move: Move) -> Displaced:
    work = question.work[move.job]
    before, after = question.instant(move.start_before), question.instant(move.start_after)
    return Displaced(
        move.job,
        travel_seconds=_travel_to(question, candidate, asked, move.job),
        starts_before=before,
        starts_after=after,
        lateness_before=work.lateness(before),
        lateness_after=work.lateness(after),
    )


def _travel_to(question: DayProblem, candidate: Candidate, asked: str, job: str) -> int:
    """The drive to a job on the candidate's round once the job asked about is in it."""
    problem = question.problem
    places = {each.id: each.location for each in problem.jobs}
    gone = {drop.job for drop in candidate.drops}
    stops = [
        stop.job
        for route in question.current.routes
        if route.technician == candidate.technician
        for stop in route.stops
        if stop.job not in gone
    ]
    stops.insert(candidate.position, asked)
    place = stops.index(job)
    starts = {each.id: each.start for each in problem.technicians}
    here = places[stops[place - 1]] if place else starts[candidate.technician]
    return problem.durations[here][places[job]]


def _reasons(
    question: DayProblem, asked: str, candidate: Candidate, all_: Sequence[Candidate]
) -> Iterator[Reason]:
    """What speaks for this person, each a comparison that holds among the candidates."""
    work = question.work[asked]
    starts_at = question.instant(candidate.start)
    if len(all_) == 1:
        yield Reason(None, "only_one")
    elif candidate.delta == min(each.delta for each in all_):
        yield Reason(None, "least_cost", {"delta": candidate.delta})
    if work.due_at is not None and starts_at <= work.due_at:
        spare = int((work.due_at - starts_at).total_seconds())
        yield Reason(None, "keeps_promise", {"spare_seconds": spare})
    if len(all_) > 1 and candidate.start == min(each.start for each in all_):
        yield Reason(None, "soonest", {"starts_at": starts_at.isoformat()})
    if len(all_) > 1 and candidate.travel == min(each.travel for each in all_):
        yield Reason(None, "nearest", {"travel_seconds": candidate.travel})
    if not candidate.moves and not candidate.drops:
        yield Reason(None, "displaces_nothing")
    yield from _skills(question, asked, candidate)


def _skills(question: DayProblem, asked: str, candidate: Candidate) -> Iterator[Reason]:
    held = {each.id: each.skills for each in question.problem.technicians}[candidate.technician]
    for skill in question.work[asked].skills:
        yield Reason(None, "has_skill", {"skill": skill, "level": held[skill]})
