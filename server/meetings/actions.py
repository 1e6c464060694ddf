"""Meeting: how often, what about, what was decided, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import reviews
from server.agreements.queries import agreement_row
from server.agreements.schemas import ReviewBody, ReviewsOut
from server.agreements.tables import Agreement, ChangeRequest
from server.agreements.turns import tell
from server.improvements.tables import Improvement
from server.kit.database import Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.span import require_known_day
from server.kit.work import require_version
from server.meetings import queries
from server.meetings.schemas import (
    AgendaItemBody,
    AgendaItemOut,
    CadenceBody,
    DecisionBody,
    DecisionCommandBody,
    DecisionOut,
    MeetingsOut,
)
from server.meetings.tables import AgendaItem, Decision, MeetingCadence


async def set_cadence(
    session: Session, scope: Scope, agreement_id: UUID, data: CadenceBody, *, now: datetime
) -> MeetingsOut:
    """Say how often a level meets from a day on; what was planned before that day stays planned."""
    row = await agreement_row(session, scope, agreement_id)
    require_known_day("first_on", data.first_on)
    before = await _cadences(session, row, data.level)
    if before and data.first_on < now.date():
        sentence = "What takes the place of another begins today or later."
        raise Invalid([Fault("first_on", "in_the_past", sentence)])
    for each in before:
        if each.until is None or each.until > data.first_on:
            each.until = data.first_on
    if data.every_months is not None:
        session.add(
            MeetingCadence(
                agreement_id=row.id,
                level=data.level,
                every_months=data.every_months,
                first_on=data.first_on,
                seats=sorted(set(data.seats)),
                set_by=scope.name,
                set_at=now,
            )
        )
    await session.flush()
    await tell(session, scope, row, "meeting_cadence_set", now=now)
    return await queries.meetings(session, scope, row.id, now.date())


async def ask(
    session: Session, scope: Scope, agreement_id: UUID, data: AgendaItemBody, *, now: datetime
) -> AgendaItemOut:
    """Put something on the agenda of a level, from either side."""
    row = await agreement_row(session, scope, agreement_id)
    item = AgendaItem(
        agreement_id=row.id,
        level=data.level,
        text=data.text,
        side="customer" if scope.role is Role.MANAGER else "provider",
        asked_by=scope.name,
        asked_at=now,
    )
    session.add(item)
    await session.flush()
    await tell(session, scope, row, "agenda_item_added", now=now)
    return queries.shown_item(item)


async def hold(
    session: Session, scope: Scope, agreement_id: UUID, data: ReviewBody, *, now: datetime
) -> ReviewsOut:
    """Write down a meeting; of the agenda only what was talked over does not wait any more."""
    items = await _waiting(session, agreement_id, data.item_ids)
    held = await reviews.hold_review(session, scope, agreement_id, data, now=now)
    for item in items:
        item.review_id = held.id
    await session.flush()
    return await reviews.reviews(session, scope, agreement_id, now.date())


async def decide(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: DecisionBody,
    *,
    now: datetime,
) -> DecisionOut:
    """Write down what a meeting decided, with what it leads to; ids of agreement and meeting."""
    row = await agreement_row(session, scope, ids[0])
    review = await queries.review_row(session, row.id, ids[1])
    await _require_links(session, row, data)
    if data.due_on is not None:
        require_known_day("due_on", data.due_on)
    made = Decision(
        agreement_id=row.id,
        review_id=review.id,
        state="noted" if data.due_on is None else "open",
        recorded_by=scope.name,
        recorded_at=now,
        **data.model_dump(),
    )
    session.add(made)
    await session.flush()
    await tell(session, scope, row, "review_decision_recorded", now=now)
    return await _shown(session, made, now)


async def end(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: DecisionCommandBody,
    *,
    now: datetime,
) -> DecisionOut:
    """Say that an action is done, or why it is dropped, once; ids of agreement and decision."""
    row = await agreement_row(session, scope, ids[0])
    made = await session.get(Decision, ids[1], with_for_update=True)
    if made is None or made.agreement_id != row.id:
        raise NotFound
    require_version(made.version, data.base_version)
    if made.state != "open":
        raise AlreadyDecided(decision=made.state)
    made.state = "done" if data.kind == "complete" else "dropped"
    made.note, made.ended_by, made.ended_at = data.note, scope.name, now
    await session.flush()
    await tell(session, scope, row, "review_decision_ended", now=now)
    return await _shown(session, made, now)


async def _cadences(session: Session, row: Agreement, level: str) -> Sequence[MeetingCadence]:
    query = select(MeetingCadence).where(
        MeetingCadence.agreement_id == row.id, MeetingCadence.level == level
    )
    return (await session.scalars(query.with_for_update())).all()


async def _waiting(
    session: Session, agreement_id: UUID, item_ids: Sequence[UUID]
) -> Sequence[AgendaItem]:
    """The items a meeting names, which have to wait for one of this agreement."""
    wanted = set(item_ids)
    query = select(AgendaItem).where(
        AgendaItem.id.in_(wanted),
        AgendaItem.agreement_id == agreement_id,
        AgendaItem.review_id.is_(None),
    )
    found = (await session.scalars(query.with_for_update())).all()
    if len(found) < len(wanted):
        sentence = "One of these waits on no agenda of this agreement."
        raise Invalid([Fault("item_ids", "unknown", sentence)])
    return found


async def _require_links(session: Session, row: Agreement, data: DecisionBody) -> None:
    faults = []
    if data.change_request_id is not None:
        asked = await session.get(ChangeRequest, data.change_request_id)
        if asked is None or asked.agreement_id != row.id:
            sentence = "Nobody asked for this change of this agreement."
            faults.append(Fault("change_request_id", "unknown", sentence))
    if data.improvement_id is not None:
        found = await session.get(Improvement, data.improvement_id)
        theirs = found is not None and (
            found.agreement_id == row.id
            or (row.customer_id is not None and found.customer_id == row.customer_id)
        )
        if not theirs:
            sentence = "There is no such improvement under this agreement."
            faults.append(Fault("improvement_id", "unknown", sentence))
    if faults:
        raise Invalid(faults)


async def _shown(session: Session, made: Decision, now: datetime) -> DecisionOut:
    rows = await queries.decisions_of(session, made.agreement_id, now.date())
    return next(each for each in rows if each.id == made.id)
