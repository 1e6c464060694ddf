"""Reading the event log within a caller's scope.

In which order events may be read is in `server.kit.settled`.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, select, text, true

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import MOST, page_size
from server.kit.settled import SETTLED, settled
from server.kit.tables import Event
from server.kit.wire import Page
from server.live.schemas import EventOut

# What a building manager may learn of; everything else is the company's own business.
MANAGER_KINDS = frozenset(
    {
        "intervention_reported",
        "intervention_cancelled",
        "intervention_closed",
        "intervention_reopened",
        "intervention_severity_changed",
        "intervention_refused",
        "intervention_merged",
        "intervention_separated",
        "intervention_ruled_out_of_scope",
        "intervention_brought_in_scope",
        "visit_dispatched",
        "visit_accepted",
        "visit_travel_started",
        "visit_arrived",
        "visit_running_late",
        "visit_paused",
        "visit_resumed",
        "visit_completed",
        "visit_partially_completed",
        "visit_cannot_complete",
        "visit_cancelled",
        "visit_unassigned",
        "visit_moved",
        "person_released",
        "made_safe",
        "back_in_service",
        "arrival_delayed",
        "promise_breached",
        "time_chosen",
        "pause_recorded",
        "pause_approved",
        "pause_refused",
        "agreement_version_negotiated",
        "agreement_alternative_chosen",
        "agreement_proposal_made",
        "agreement_proposal_decided",
        "agreement_version_circulated",
        "agreement_version_answered",
        "agreement_version_approved",
        "agreement_version_sent_back",
        "agreement_version_signed",
        "agreement_version_withdrawn",
        "agreement_version_activated",
        "agreement_version_terminated",
        "customer_commented",
        "office_commented",
    }
)


def within(scope: Scope) -> ColumnElement[bool]:
    """The rows of the log that are this caller's business."""
    match scope.role:
        case Role.TECHNICIAN:
            return Event.technician_id == scope.technician_id
        case Role.MANAGER:
            return (Event.customer_id == scope.customer_id) & Event.kind.in_(MANAGER_KINDS)
        case _ if scope.region_ids is None:
            return true()
        case _:
            return Event.region_id.is_(None) | Event.region_id.in_(scope.region_ids)


async def events(
    session: AnySession,
    scope: Scope,
    *,
    after: int,
    limit: int = MOST,
    intervention_id: UUID | None = None,
) -> list[EventOut]:
    """What happened after `after`, oldest first, as far as this caller may know."""
    query = (
        settled(session, select(Event))
        .where(Event.seq > after, within(scope))
        .order_by(Event.seq)
        .limit(limit)
    )
    if intervention_id is not None:
        query = query.where(Event.intervention_id == intervention_id)
    return [shown(row, scope) for row in (await session.scalars(query)).all()]


async def event_page(
    session: AnySession,
    scope: Scope,
    *,
    after: int,
    limit: int | None,
    intervention_id: UUID | None,
) -> Page[EventOut]:
    """A page of the log; `next_cursor` is where to go on."""
    size = page_size(limit, usual=MOST)
    rows = await events(session, scope, after=after, limit=size, intervention_id=intervention_id)
    return Page(items=rows, next_cursor=str(rows[-1].seq) if len(rows) == size else None)


async def is_settling(session: AnySession) -> bool:
    """Whether events are committed that cannot be read in order yet: look again soon."""
    if session.get_bind().dialect.name == "sqlite":
        return False
    late = select(Event.seq).where(text(f"not ({SETTLED})"))
    return bool(await session.scalar(select(late.exists())))


def shown(row: Event, scope: Scope) -> EventOut:
    """An event as this caller may see it: managers get no facts, only that it happened."""
    is_outside = scope.role is Role.MANAGER
    return EventOut(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        actor_name="" if is_outside else row.actor_name,
        region_id=row.region_id,
        site_id=row.site_id,
        intervention_id=row.intervention_id,
        visit_id=row.visit_id,
        technician_id=None if is_outside else row.technician_id,
        data={} if is_outside else row.data,
    )
