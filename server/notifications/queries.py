"""Notices: the events that concern a person, each with a code the pages put into words."""

from typing import Any

from sqlalchemy import ColumnElement, Select, not_, or_, select

from server.accounts import queries as accounts
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.tables import Event
from server.kit.wire import Page
from server.live.queries import within
from server.notifications.choices import Channel
from server.notifications.choosing_queries import rules_of
from server.notifications.codes import (
    NOTEWORTHY_PERCENT,
    OF_MAINTENANCE,
    SOMEBODY_WAITS,
    codes_of,
)
from server.notifications.schemas import NoticeOut

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
    "why",
    "agreement_id",
)
# Why work is not part of an agreement, or not taken on, is told the customer; the rest is ours.
REASON_TOLD = frozenset({"intervention_ruled_out_of_scope", "intervention_refused"})


async def notices(
    session: AnySession, scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[NoticeOut]:
    """What this person should know, newest first."""
    account = await accounts.account(session, scope.account_id)
    rules = await rules_of(session, scope.account_id, scope.role)
    query = concerning(scope).where(Event.kind.in_(rules.kinds(Channel.BELL)))
    rows, following = await page(
        session, query, by=(Event.seq,), limit=limit, cursor=cursor, newest_first=True
    )
    items = [
        NoticeOut(
            seq=row.seq,
            at=row.at,
            code=code_of(scope.role, row),
            facts=told_facts(row),
            site_id=row.site_id,
            intervention_id=row.intervention_id,
            is_read=row.seq <= account.seen_notice,
        )
        for row in rows
    ]
    return Page(items=items, next_cursor=following)


def concerning(scope: Scope) -> Select[Event]:
    """Every event that is a notice for this caller, whatever they chose to hear."""
    query = select(Event).where(within(scope), Event.kind.in_(codes_of(scope.role)))
    if scope.role is Role.MANAGER:
        return query.where(Event.kind.in_(OF_MAINTENANCE) | SOMEBODY_WAITS)
    return query.where(_is_pressing(scope))


def code_of(role: Role, row: Event) -> str:
    """What the notice says; staff are told apart the call for which nobody promised anything."""
    is_call = row.kind == "intervention_reported" and row.data.get("work_type") != "maintenance"
    if is_call and row.data.get("is_covered") is False and role is not Role.MANAGER:
        return "uncovered"
    return codes_of(role)[row.kind]


def told_facts(row: Event) -> dict[str, Any]:
    """What a notice may carry: nothing that is only the company's own business."""
    names = (*FACTS, "reason") if row.kind in REASON_TOLD else FACTS
    why = {"why": "running_late"} if row.kind == "visit_running_late" else {}
    return {name: row.data[name] for name in names if name in row.data} | why


def _is_pressing(scope: Scope) -> ColumnElement[bool]:
    """An early warning is no notice yet, and an escalation reaches the role it names."""
    is_early = (Event.kind == "clock_at_risk") & (
        Event.data["percent"].as_integer() < NOTEWORTHY_PERCENT
    )
    is_for_another = (Event.kind == "promise_escalated") & (
        Event.data["role"].as_string() != scope.role.value
    )
    return not_(or_(is_early, is_for_another))
