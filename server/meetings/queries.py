"""Reading what is planned, asked, decided and done about an agreement: the same for both sides."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.queries import agreement_row
from server.agreements.tables import ChangeRequest, Review
from server.improvements.tables import Improvement
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.meetings.planned import LEVELS, Planned, planned
from server.meetings.schemas import AgendaItemOut, DecisionOut, MeetingOut, MeetingsOut
from server.meetings.tables import AgendaItem, Decision


async def meetings(
    session: AnySession, scope: Scope, agreement_id: UUID, today: date
) -> MeetingsOut:
    """How often is met, what waits for a meeting, what is still to do, what was said."""
    row = await agreement_row(session, scope, agreement_id)
    known = await planned(session, [row.id])
    items = await _items(session, row.id)
    decisions = await decisions_of(session, row.id, today)
    query = select(Review).where(Review.agreement_id == row.id)
    held = await session.scalars(query.order_by(Review.held_on.desc(), Review.id.desc()))
    return MeetingsOut(
        levels=[known.level(row.id, level, today) for level in LEVELS],
        items=[shown_item(each) for each in items.get(None, ())],
        actions=sorted(
            (each for each in decisions if each.state == "open"),
            key=lambda each: (each.due_on or today, each.text),
        ),
        meetings=[_meeting(each, known, items, decisions) for each in held],
    )


async def decisions_of(
    session: AnySession, agreement_id: UUID, today: date
) -> Sequence[DecisionOut]:
    """Everything decided about an agreement, in the order it was written down."""
    query = (
        select(Decision, Review.held_on, ChangeRequest.text, Improvement.title)
        .join(Review, Review.id == Decision.review_id)
        .outerjoin(ChangeRequest, ChangeRequest.id == Decision.change_request_id)
        .outerjoin(Improvement, Improvement.id == Decision.improvement_id)
        .where(Decision.agreement_id == agreement_id)
        .order_by(Decision.recorded_at, Decision.id)
    )
    return [
        DecisionOut(
            id=row.id,
            review_id=row.review_id,
            held_on=held_on,
            text=row.text,
            owner_name=row.owner_name,
            due_on=row.due_on,
            is_overdue=row.state == "open" and row.due_on is not None and row.due_on < today,
            is_quick_win=row.is_quick_win,
            state=row.state,  # type: ignore[arg-type]
            note=row.note,
            ended_at=row.ended_at,
            change_request_id=row.change_request_id,
            change_request_text=asked or "",
            improvement_id=row.improvement_id,
            improvement_title=title or "",
            version=row.version,
        )
        for row, held_on, asked, title in (await session.execute(query)).all()
    ]


async def review_row(session: AnySession, agreement_id: UUID, review_id: UUID) -> Review:
    row = await session.get(Review, review_id)
    if row is None or row.agreement_id != agreement_id:
        raise NotFound
    return row


def shown_item(row: AgendaItem) -> AgendaItemOut:
    return AgendaItemOut(
        id=row.id,
        level=row.level,  # type: ignore[arg-type]
        text=row.text,
        side=row.side,  # type: ignore[arg-type]
        asked_by=row.asked_by if row.side == "customer" else "",
        asked_at=row.asked_at,
    )


async def _items(
    session: AnySession, agreement_id: UUID
) -> Mapping[UUID | None, Sequence[AgendaItem]]:
    """What was put on the agenda, by the meeting that talked it over; None: it still waits."""
    query = select(AgendaItem).where(AgendaItem.agreement_id == agreement_id)
    found: dict[UUID | None, list[AgendaItem]] = defaultdict(list)
    for row in await session.scalars(query.order_by(AgendaItem.asked_at, AgendaItem.id)):
        found[row.review_id].append(row)
    return found


def _meeting(
    row: Review,
    known: Planned,
    items: Mapping[UUID | None, Sequence[AgendaItem]],
    decisions: Sequence[DecisionOut],
) -> MeetingOut:
    return MeetingOut(
        id=row.id,
        level=row.level,  # type: ignore[arg-type]
        held_on=row.held_on,
        outcome=row.outcome,  # type: ignore[arg-type]
        minutes=row.note,
        present=row.present,
        missing=known.missing(row),  # type: ignore[arg-type]
        items=[shown_item(each) for each in items.get(row.id, ())],
        decisions=[each for each in decisions if each.review_id == row.id],
    )
