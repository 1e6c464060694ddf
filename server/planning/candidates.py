"""The candidate cards of one intervention: names and places put to what `dispatch.day` ranked.

Nothing is read or written here; a card's basis says on what it rests.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from dispatch.day import Displaced, Offer, Offers, as_it_stands, offers
from dispatch.planning import Reason
from server.interventions.schemas import ReasonOut
from server.interventions.tables import Visit
from server.planning.day_rows import Subject
from server.planning.schemas import BlockedOut, CandidateOut, DropOut, MoveOut
from server.planning.snapshot import Snapshot

HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who could go on one day, and that day as it was read."""

    snapshot: Snapshot
    subject: Subject
    found: Offers

    def of(self, technician_id: UUID) -> CandidateOut | None:
        """The card of one technician; none if they cannot go."""
        cards = (card for card in self.cards() if card.technician_id == technician_id)
        return next(cards, None)

    def offer(self, technician_id: UUID) -> Offer | None:
        """What one technician offers, as ranked."""
        people = self.snapshot.technicians
        mine = (each for each in self.found.offers if people[each.technician].id == technician_id)
        return next(mine, None)

    def cards(self) -> list[CandidateOut]:
        """All cards, best first."""
        return [_card(self, rank, each) for rank, each in enumerate(self.found.offers, start=1)]

    def blocked(self) -> list[BlockedOut]:
        """Why the others cannot."""
        return [_blocked(self.snapshot, reason) for reason in self.found.blocked]


def rank(
    snapshot: Snapshot, intervention_id: UUID, staying: Collection[UUID] = frozenset()
) -> Ranking:
    """Rank everyone for this intervention on the day as it stands; pure computing.

    Visits that are `staying` keep their technician and their start.
    """
    name, subject = next(
        (name, each)
        for name, each in snapshot.subjects.items()
        if each.intervention.id == intervention_id
    )
    kept = {
        number
        for number, each in snapshot.subjects.items()
        if each.visit is not None and each.visit.id in staying
    }
    question = as_it_stands(snapshot.day, name, kept)
    return Ranking(snapshot, subject, offers(question, name))


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a card rests: the day asked about, when it was read, and what it said."""

    day: date
    read_at: datetime
    digest: str

    def __str__(self) -> str:
        return f"{self.day:%Y%m%d}.{int(self.read_at.timestamp())}.{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Basis | None":
        """The basis a caller sends back; none if it is not one of ours."""
        try:
            day, instant, digest = text.split(".")
            read_at = datetime.fromtimestamp(int(instant), UTC)
            return cls(datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date(), read_at, digest)
        except (ValueError, OverflowError, OSError):
            return None


def basis_of(snapshot: Snapshot, subject: Subject, offer: Offer) -> Basis:
    """Everything a dispatcher decides on: who, when, what happens to whom, and instead of what."""
    visit = subject.visit
    instead = None if visit is None else [str(visit.id), visit.version]
    moves = [[each.work, each.starts_after.isoformat()] for each in offer.displaced]
    said = [offer.technician, offer.starts_at.isoformat(), moves, list(offer.returned), instead]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:HASH_LENGTH]
    return Basis(snapshot.date, snapshot.day.now, digest)


def _card(ranking: Ranking, rank: int, offer: Offer) -> CandidateOut:
    snapshot = ranking.snapshot
    person = snapshot.technicians[offer.technician]
    return CandidateOut(
        technician_id=person.id,
        technician_name=person.name,
        rank=rank,
        position=offer.position,
        travel_seconds=offer.travel_seconds,
        arrives_at=offer.arrives_at,
        starts_at=offer.starts_at,
        lateness_seconds=offer.lateness,
        keeps_promise=offer.lateness == 0,
        delta=offer.delta,
        terms={name: change for name, change in offer.terms.items() if change},
        moves=[shown_move(snapshot, each) for each in offer.displaced],
        drops=[_drop(snapshot, work, cost) for work, cost in offer.returned],
        reasons=shown_reasons(offer.reasons),
        basis=str(basis_of(snapshot, ranking.subject, offer)),
    )


def shown_reasons(reasons: Iterable[Reason]) -> list[ReasonOut]:
    """Codes and figures; the pages have the words."""
    return [ReasonOut(code=reason.code, facts=dict(reason.facts)) for reason in reasons]


def shown_move(snapshot: Snapshot, moved: Displaced) -> MoveOut:
    """Another visit that would move, by name."""
    subject = snapshot.subjects[moved.work]
    visit = _visit(subject)
    return MoveOut(
        visit_id=visit.id,
        intervention_id=subject.intervention.id,
        number=subject.intervention.number,
        severity=subject.intervention.severity,  # type: ignore[arg-type]
        site_name=subject.site.name,
        is_announced=visit.announced_at is not None,
        start_before=moved.starts_before,
        start_after=moved.starts_after,
        lateness_before_seconds=moved.lateness_before,
        lateness_after_seconds=moved.lateness_after,
        promise_flips=moved.promise_flips,
    )


def _drop(snapshot: Snapshot, work: str, cost: int) -> DropOut:
    subject = snapshot.subjects[work]
    return DropOut(
        visit_id=_visit(subject).id,
        intervention_id=subject.intervention.id,
        number=subject.intervention.number,
        severity=subject.intervention.severity,  # type: ignore[arg-type]
        site_name=subject.site.name,
        drop_cost=cost,
    )


def _visit(subject: Subject) -> Visit:
    assert subject.visit is not None
    return subject.visit


def _blocked(snapshot: Snapshot, reason: Reason) -> BlockedOut:
    assert reason.technician is not None
    person = snapshot.technicians[reason.technician]
    return BlockedOut(
        technician_id=person.id,
        technician_name=person.name,
        code=reason.code,
        facts=dict(reason.facts),
        would_need={name: _named(snapshot, name, need) for name, need in reason.would_need.items()},
    )


def _named(snapshot: Snapshot, name: str, value: int | str | None) -> int | str | None:
    """A fact as people read it: whoever would complete a crew by their name."""
    if name == "technician" and isinstance(value, str):
        return snapshot.technicians[value].name
    return value
