"""Looking back at an agreement, and what somebody wants changed until it is decided."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import months_later
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.schemas import (
    ChangeRequestBody,
    ChangeRequestDecisionBody,
    ChangeRequestOut,
    ReviewBody,
    ReviewOut,
    ReviewsOut,
)
from server.agreements.shown import holds_on, is_review_overdue, newest
from server.agreements.tables import Agreement, ChangeRequest, Review
from server.agreements.turns import tell
from server.kit.database import AnySession, Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.span import require_known_day

# The level at which the agreement as a whole is looked back at.
WHOLE = "strategic"


async def reviews(session: AnySession, scope: Scope, agreement_id: UUID, today: date) -> ReviewsOut:
    """The agenda of the next review, and what was held, newest first."""
    row = await queries.agreement_row(session, scope, agreement_id)
    asked = await session.scalars(
        select(ChangeRequest)
        .where(ChangeRequest.agreement_id == row.id)
        .order_by(ChangeRequest.asked_at, ChangeRequest.id)
    )
    held = await session.scalars(
        select(Review)
        .where(Review.agreement_id == row.id)
        .order_by(Review.held_on.desc(), Review.id.desc())
    )
    return ReviewsOut(
        desired_outcome=await desired_outcome(session, row, today),
        next_review_on=row.next_review_on,
        is_overdue=is_review_overdue(row, today),
        change_requests=[shown_request(each) for each in asked],
        held=[_shown_review(each) for each in held],
    )


async def desired_outcome(session: AnySession, row: Agreement, today: date) -> str:
    """What an agreement is to bring about, as the version says that holds today or comes next."""
    versions = (await queries.versions_of(session, [row.id]))[row.id]
    told = next((each for each in versions if holds_on(each, today)), None) or newest(versions)
    outcome: str = told.terms["desired_outcome"]
    return outcome


async def hold_review(
    session: Session, scope: Scope, agreement_id: UUID, data: ReviewBody, *, now: datetime
) -> Review:
    """Write down what a meeting found; after a strategic one the next is set or follows."""
    row = await queries.agreement_row(session, scope, agreement_id)
    _require_days(data, now.date())
    held = Review(
        agreement_id=row.id,
        held_on=data.held_on,
        outcome=data.outcome,
        note=data.note,
        level=data.level,
        present=sorted(set(data.present)),
        recorded_by=scope.name,
        recorded_at=now,
    )
    session.add(held)
    if data.level == WHOLE or data.next_review_on is not None:
        row.next_review_on = data.next_review_on or _next(row, data.held_on)
    await session.flush()
    await tell(session, scope, row, "agreement_review_held", now=now)
    return held


async def ask_change(
    session: Session, scope: Scope, agreement_id: UUID, data: ChangeRequestBody, *, now: datetime
) -> ChangeRequestOut:
    """Put a wish on the next review."""
    row = await queries.agreement_row(session, scope, agreement_id)
    asked = ChangeRequest(
        agreement_id=row.id, text=data.text, asked_by=scope.name, asked_at=now, decision=None
    )
    session.add(asked)
    await session.flush()
    await tell(session, scope, row, "agreement_change_asked", now=now)
    return shown_request(asked)


async def decide_change(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: ChangeRequestDecisionBody,
    *,
    now: datetime,
) -> ChangeRequestOut:
    """Decide a wish, once; `ids` are the agreement's and the wish's."""
    row = await queries.agreement_row(session, scope, ids[0])
    asked = await session.get(ChangeRequest, ids[1], with_for_update=True)
    if asked is None or asked.agreement_id != row.id:
        raise NotFound
    if asked.decision is not None:
        raise AlreadyDecided(decision=asked.decision)
    asked.decision = data.decision
    asked.reason = data.reason
    asked.decided_by = scope.name
    asked.decided_at = now
    await session.flush()
    await tell(session, scope, row, "agreement_change_decided", now=now)
    return shown_request(asked)


def shown_request(row: ChangeRequest) -> ChangeRequestOut:
    return ChangeRequestOut(
        id=row.id,
        text=row.text,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decision=row.decision,  # type: ignore[arg-type]
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _shown_review(row: Review) -> ReviewOut:
    return ReviewOut(
        id=row.id,
        held_on=row.held_on,
        outcome=row.outcome,  # type: ignore[arg-type]
        note=row.note,
        level=row.level,  # type: ignore[arg-type]
        present=row.present,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )


def _require_days(data: ReviewBody, today: date) -> None:
    require_known_day("held_on", data.held_on)
    faults = []
    if data.held_on > today:
        faults.append(Fault("held_on", "in_the_future", "A review is held before it is noted."))
    if data.next_review_on is not None:
        require_known_day("next_review_on", data.next_review_on)
        if data.next_review_on <= data.held_on:
            sentence = "The next review comes after this one."
            faults.append(Fault("next_review_on", "not_after", sentence))
    if faults:
        raise Invalid(faults)


def _next(row: Agreement, held_on: date) -> date | None:
    every = row.review_every_months
    return None if every is None else months_later(held_on, every)
