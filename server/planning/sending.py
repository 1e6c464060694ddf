"""Sending one technician: the card the dispatcher decided on, carried out as it was shown.

Visits themselves are written by `server.interventions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dispatch.day import Offer
from dispatch.geo import Point, travel_seconds
from server.accounts.scope import Scope
from server.deeds.placement import placements
from server.deeds.recording import record
from server.interventions.booking import Booking, VisitChange, assign, move_visits, return_to_queue
from server.interventions.problems import AlreadyPlanned
from server.interventions.schemas import AssignBody, ReasonOut, VisitOut
from server.interventions.tables import Intervention, Visit
from server.kit.database import Session
from server.kit.problems import NotFound
from server.planning import queries
from server.planning.candidates import Basis, Ranking, basis_of, shown_reasons
from server.planning.day_rows import Subject
from server.planning.problems import CandidateChanged, NotACandidate
from server.planning.snapshot import local_day
from server.planning.standing_days import StandingDays
from server.regions.speeds import trip_speeds
from server.roster.tables import Technician

# How long a dispatcher may think: later the times on the card are wishes, not times.
CARD_HOLDS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be sent, and what the dispatcher wants besides."""

    technician_id: UUID
    dispatch: bool = True
    lock_technician: bool = False
    starts_at: datetime | None = None
    travel_seconds: int | None = None


def wish_of(data: AssignBody) -> Wish:
    return Wish(**data.model_dump(exclude={"basis", "staying"}))


async def ranking_now(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    wish: Wish,
    *,
    now: datetime,
    days: StandingDays | None,
) -> Ranking:
    """The ranking of this moment; who is planned already is not replaced unseen."""
    row, region = await queries.candidate_rows(session, scope, intervention_id)
    day = local_day(region, wish.starts_at or now)
    ranking = None
    if days is not None and day == local_day(region, now) and _may_be_today(row, now):
        ranking = await days.ranking_of(session, row, region, wish.technician_id, now=now)
    if wish.starts_at is not None:
        ranking = ranking or await queries.ranking_on(session, row, region, day=day, now=now)
    elif ranking is None or ranking.offer(wish.technician_id) is None:
        ranking = await queries.first_ranking(
            session, scope, intervention_id, now, technician_id=wish.technician_id
        )
    planned = ranking.subject.visit
    if planned is not None:
        raise AlreadyPlanned(planned.id, planned.status)
    return ranking


def _may_be_today(row: Intervention, now: datetime) -> bool:
    return row.window_from is None or row.window_from <= now


async def ranking_shown(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    data: AssignBody,
    *,
    now: datetime,
    days: StandingDays | None,
) -> Ranking:
    """The ranking the card came from, made again; refused if the card would now say otherwise."""
    shown, staying = Basis.read(data.basis or ""), frozenset(data.staying)
    row, region = await queries.candidate_rows(session, scope, intervention_id)
    if shown is not None and timedelta() <= now - shown.read_at <= CARD_HOLDS:
        who, seen_at = data.technician_id, shown.read_at
        ranking = None
        if days is not None and shown.day == local_day(region, now) == local_day(region, seen_at):
            ranking = await days.ranking_of(
                session, row, region, who, now=now, seen_at=seen_at, staying=staying
            )
        if ranking is None:
            ranking = await queries.ranking_on(
                session, row, region, day=shown.day, now=seen_at, staying=staying
            )
        offer = ranking.offer(who)
        if offer is not None and _still_says(ranking, offer, shown):
            return ranking
    fresh = await queries.first_ranking(session, scope, intervention_id, now, staying=staying)
    card = fresh.of(data.technician_id)
    raise CandidateChanged(None if card is None else msgspec.to_builtins(card))


def _still_says(ranking: Ranking, offer: Offer, shown: Basis) -> bool:
    return basis_of(ranking.snapshot, ranking.subject, offer).digest == shown.digest


async def send(
    session: Session, scope: Scope, ranking: Ranking, wish: Wish, now: datetime
) -> VisitOut:
    """Do what the card says, or what the dispatcher's own hand says instead, as one deed."""
    offer = ranking.offer(wish.technician_id)
    before = await placements(session, concerned(ranking, wish, offer))
    sent = await carry_out(session, scope, ranking, wish, now)
    await record(session, scope, "assign", before, now=now)
    return sent


async def carry_out(
    session: Session, scope: Scope, ranking: Ranking, wish: Wish, now: datetime
) -> VisitOut:
    """Write the visits; what was done is for the caller to keep."""
    offer = ranking.offer(wish.technician_id)
    if wish.starts_at is None and offer is None:
        reasons = (each for each in ranking.blocked() if each.technician_id == wish.technician_id)
        reason = next(reasons, None)
        raise NotACandidate(None if reason is None else msgspec.to_builtins(reason))
    await _give_back(session, scope, ranking, () if offer is None else _dropped(wish, offer), now)
    if wish.starts_at is not None:
        booking = await _by_hand(session, ranking, wish, wish.starts_at)
    else:
        assert offer is not None
        await move_visits(session, scope, _moves(ranking, offer), now=now)
        booking = _booking(ranking, wish, offer)
    intervention_id = ranking.subject.intervention.id
    return await assign(session, scope, intervention_id, booking, now=now, dispatch=wish.dispatch)


def concerned(ranking: Ranking, wish: Wish, offer: Offer | None) -> list[UUID]:
    """The interventions whose visits this places otherwise."""
    others = () if offer is None or wish.starts_at is not None else offer.displaced
    moved = [each.work for each in others]
    gone = () if offer is None else _dropped(wish, offer)
    subjects = [ranking.snapshot.subjects[work] for work in (*moved, *gone)]
    return [each.intervention.id for each in (ranking.subject, *subjects)]


def _dropped(wish: Wish, offer: Offer) -> tuple[str, ...]:
    return () if wish.starts_at is not None else tuple(work for work, _ in offer.returned)


async def _give_back(
    session: Session, scope: Scope, ranking: Ranking, dropped: Sequence[str], now: datetime
) -> None:
    """Take back the visit this one replaces, and those it leaves no room for."""
    subjects = [ranking.subject, *(ranking.snapshot.subjects[work] for work in dropped)]
    visits = [subject.visit.id for subject in subjects if subject.visit is not None]
    if visits:
        await return_to_queue(session, scope, visits, now=now)


def _moves(ranking: Ranking, offer: Offer) -> list[VisitChange]:
    moves = []
    for displaced in offer.displaced:
        subject = ranking.snapshot.subjects[displaced.work]
        visit = _visit(subject)
        moves.append(
            VisitChange(
                visit.id,
                visit.technician_id,
                starts_at=displaced.starts_after,
                ends_at=_end(subject, displaced.starts_after),
                travel_seconds=displaced.travel_seconds,
                seen_version=visit.version,
            )
        )
    return moves


def _booking(ranking: Ranking, wish: Wish, offer: Offer) -> Booking:
    reasons = shown_reasons(offer.reasons)
    return Booking(
        technician_id=wish.technician_id,
        starts_at=offer.starts_at,
        ends_at=_end(ranking.subject, offer.starts_at),
        travel_seconds=offer.travel_seconds,
        why=reasons[0] if reasons else ReasonOut(code="chosen", facts={"delta": offer.delta}),
        is_technician_locked=wish.lock_technician,
    )


async def _by_hand(session: Session, ranking: Ranking, wish: Wish, starts_at: datetime) -> Booking:
    """A start given by hand is the dispatcher's word: it is kept, and no plan moves it."""
    travel = wish.travel_seconds
    if travel is None:
        travel = await _travel_by_hand(session, ranking, wish.technician_id, starts_at)
    return Booking(
        technician_id=wish.technician_id,
        starts_at=starts_at,
        ends_at=_end(ranking.subject, starts_at),
        travel_seconds=travel,
        why=ReasonOut(code="by_hand", facts={}),
        is_technician_locked=wish.lock_technician,
        is_start_locked=True,
    )


async def _travel_by_hand(
    session: Session, ranking: Ranking, technician_id: UUID, starts_at: datetime
) -> int:
    """The drive from the technician's visit before that, or from home."""
    technician = await session.get(Technician, technician_id)
    if technician is None:
        raise NotFound
    earlier = [
        (subject.visit.starts_at, Point(subject.site.lat, subject.site.lon))
        for subject in ranking.snapshot.subjects.values()
        if subject.visit is not None
        and subject.visit.technician_id == technician_id
        and subject.visit.starts_at < starts_at
    ]
    home = Point(technician.home_lat, technician.home_lon)
    here = max(earlier, key=lambda each: each[0])[1] if earlier else home
    site = ranking.subject.site
    speeds = trip_speeds(ranking.snapshot.region, starts_at)
    return travel_seconds(here, Point(site.lat, site.lon), speeds)


def _end(subject: Subject, starts_at: datetime) -> datetime:
    return starts_at + timedelta(seconds=subject.intervention.duration_seconds)


def _visit(subject: Subject) -> Visit:
    assert subject.visit is not None
    return subject.visit
