"""Notices: the events that concern a person, each with a code the pages put into words."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, not_, or_, select

from server.accounts import queries as accounts
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.tables import Event
from server.kit.wire import Page
from server.live.queries import within
from server.notifications.schemas import NoticeOut

MANAGER = {
    "intervention_reported": "reported",
    "visit_dispatched": "planned",
    "visit_moved": "moved",
    "visit_accepted": "accepted",
    "visit_travel_started": "on_the_way",
    "visit_arrived": "arrived",
    "person_released": "person_released",
    "made_safe": "made_safe",
    "back_in_service": "back_in_service",
    "visit_completed": "completed",
    "visit_cannot_complete": "cannot_complete",
    "intervention_cancelled": "cancelled",
    "intervention_refused": "refused",
    "promise_breached": "delayed",
    "intervention_severity_changed": "severity_changed",
    "intervention_ruled_out_of_scope": "out_of_scope",
    "intervention_brought_in_scope": "in_scope",
    "agreement_version_activated": "agreement_in_force",
    "agreement_version_terminated": "agreement_ends",
}
TECHNICIAN = {
    "visit_dispatched": "visit_dispatched",
    "visit_moved": "visit_moved",
    "visit_unassigned": "visit_unassigned",
    "visit_cancelled": "visit_cancelled",
}
DISPATCHER = {
    "absence_reported": "absent",
    "visit_declined": "declined",
    "visit_not_answered": "not_answered",
    "visit_cannot_complete": "cannot_complete",
    "visit_partially_completed": "partially_completed",
    "intervention_reported": "reported",
    "follow_up_ordered": "follow_up",
    "plan_ready": "plan_ready",
    "plan_failed": "plan_failed",
    "clock_at_risk": "at_risk",
    "breach_predicted": "breach_predicted",
    "promise_breached": "promise_breached",
    "promise_escalated": "promise_escalated",
    "recurring_fault": "recurring_fault",
    "visit_conflict": "visit_conflict",
    "clock_skew_noticed": "clock_skew",
}
# Whoever keeps the agreements hears of what waits for them there.
KEEPER = DISPATCHER | {
    "agreement_review_overdue": "review_overdue",
    "agreement_change_asked": "change_asked",
}
# Nobody waits beside a lift for its planned maintenance: when it is planned and done is enough.
OF_MAINTENANCE = frozenset({"visit_dispatched", "visit_moved", "visit_completed"})
SOMEBODY_WAITS = Event.data["work_type"].as_string().is_distinct_from("maintenance")
# Half the time being used up is worth a mark, not a notice.
NOTEWORTHY_PERCENT = 75
# What a notice may carry of an event's facts; the rest is for staff on the board.
FACTS = (
    "number",
    "severity",
    "site_name",
    "asset_name",
    "technician_first_name",
    "from_at",
    "to_at",
    "due_at",
    "clock",
    "party",
    "percent",
    "level",
    "agreement_id",
)
# Why work is not part of an agreement, or not taken on, is told the customer; the rest is ours.
REASON_TOLD = frozenset({"intervention_ruled_out_of_scope", "intervention_refused"})
CODES = {
    Role.MANAGER: MANAGER,
    Role.TECHNICIAN: TECHNICIAN,
    Role.ADMIN: KEEPER,
    Role.EXPERIENCE: KEEPER,
}


async def notices(
    session: AnySession, scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[NoticeOut]:
    """What this person should know, newest first."""
    account = await accounts.account(session, scope.account_id)
    query = select(Event).where(within(scope), Event.kind.in_(_codes(scope)))
    if scope.role is Role.MANAGER:
        query = query.where(Event.kind.in_(OF_MAINTENANCE) | SOMEBODY_WAITS)
    else:
        query = query.where(_is_pressing(scope))
    rows, following = await page(
        session, query, by=(Event.seq,), limit=limit, cursor=cursor, newest_first=True
    )
    items = [
        NoticeOut(
            seq=row.seq,
            at=row.at,
            code=_code(scope, row),
            facts=_facts(row),
            site_id=row.site_id,
            intervention_id=row.intervention_id,
            is_read=row.seq <= account.seen_notice,
        )
        for row in rows
    ]
    return Page(items=items, next_cursor=following)


def _codes(scope: Scope) -> Mapping[str, str]:
    return CODES.get(scope.role, DISPATCHER)


def _code(scope: Scope, row: Event) -> str:
    """What the notice says; staff are told apart the call for which nobody promised anything."""
    is_call = row.kind == "intervention_reported" and row.data.get("work_type") != "maintenance"
    if is_call and row.data.get("is_covered") is False and scope.role is not Role.MANAGER:
        return "uncovered"
    return _codes(scope)[row.kind]


def _facts(row: Event) -> dict[str, Any]:
    names = (*FACTS, "reason") if row.kind in REASON_TOLD else FACTS
    return {name: row.data[name] for name in names if name in row.data}


def _is_pressing(scope: Scope) -> ColumnElement[bool]:
    """An early warning is no notice yet, and an escalation reaches the role it names."""
    is_early = (Event.kind == "clock_at_risk") & (
        Event.data["percent"].as_integer() < NOTEWORTHY_PERCENT
    )
    is_for_another = (Event.kind == "promise_escalated") & (
        Event.data["role"].as_string() != scope.role.value
    )
    return not_(or_(is_early, is_for_another))
