"""What the other party expects and requires, and whether the terms say so."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.documents import stored
from server.agreements.negotiation_schemas import (
    ExpectationBody,
    ExpectationOut,
    RequirementBody,
    RequirementChangeBody,
    RequirementOut,
    TraceOut,
)
from server.agreements.negotiation_tables import Expectation, Requirement
from server.agreements.problems import ExpectationMissing
from server.agreements.shown import newest
from server.agreements.turns import tell
from server.kit.changes import changes
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid, NotFound
from server.kit.span import require_known_day
from server.kit.work import require_version


async def expect(
    session: Session, scope: Scope, agreement_id: UUID, data: ExpectationBody, *, now: datetime
) -> ExpectationOut:
    """Write down what somebody said they expect."""
    row = await queries.agreement_row(session, scope, agreement_id)
    _require_past("said_on", data.said_on, now.date())
    made = Expectation(
        agreement_id=row.id,
        recorded_by=scope.name,
        recorded_at=now,
        **data.model_dump(),
    )
    session.add(made)
    await session.flush()
    await tell(session, scope, row, "agreement_expectation_recorded", now=now)
    return shown_expectation(made)


async def require(
    session: Session, scope: Scope, agreement_id: UUID, data: RequirementBody, *, now: datetime
) -> RequirementOut:
    """Write down what the agreement has to say."""
    row = await queries.agreement_row(session, scope, agreement_id)
    _require_past("asked_on", data.asked_on, now.date())
    made = Requirement(
        agreement_id=row.id,
        text=data.text,
        source=data.source,
        asked_on=data.asked_on,
        status="open",
        traces=[stored(each) for each in data.traces],
        recorded_by=scope.name,
        recorded_at=now,
    )
    session.add(made)
    await session.flush()
    await tell(session, scope, row, "agreement_requirement_recorded", now=now)
    return shown_requirement(made, await _terms(session, row.id))


async def change_requirement(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: RequirementChangeBody,
    *,
    expected: int,
    now: datetime,
) -> RequirementOut:
    """Say where a requirement is met, or that it is agreed or dropped; ids of agreement and it."""
    row = await queries.agreement_row(session, scope, ids[0])
    made = await session.get(Requirement, ids[1], with_for_update=True)
    if made is None or made.agreement_id != row.id:
        raise NotFound
    require_version(made.version, expected)
    named = changes(data)
    made.status = named.get("status", made.status)
    if data.traces is not None:
        made.traces = [stored(each) for each in data.traces]
    await session.flush()
    await tell(session, scope, row, "agreement_requirement_changed", now=now)
    return shown_requirement(made, await _terms(session, row.id))


async def require_expectation(session: AnySession, agreement_id: UUID) -> None:
    """Refuse to negotiate before anybody has asked what is expected."""
    query = select(Expectation.id).where(Expectation.agreement_id == agreement_id).limit(1)
    if await session.scalar(query) is None:
        raise ExpectationMissing


async def expectations_of(session: AnySession, agreement_id: UUID) -> list[ExpectationOut]:
    query = select(Expectation).where(Expectation.agreement_id == agreement_id)
    rows = await session.scalars(query.order_by(Expectation.said_on, Expectation.id))
    return [shown_expectation(each) for each in rows]


async def requirements_of(
    session: AnySession, agreement_id: UUID, terms: Mapping[str, Any]
) -> list[RequirementOut]:
    query = select(Requirement).where(Requirement.agreement_id == agreement_id)
    rows = await session.scalars(query.order_by(Requirement.recorded_at, Requirement.id))
    return [shown_requirement(each, terms) for each in rows]


def shown_expectation(row: Expectation) -> ExpectationOut:
    return ExpectationOut(
        id=row.id,
        said_by=row.said_by,
        said_on=row.said_on,
        text=row.text,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )


def shown_requirement(row: Requirement, terms: Mapping[str, Any]) -> RequirementOut:
    traces = [TraceOut(**each, is_found=is_said(terms, each)) for each in row.traces]
    is_met = bool(traces) and all(each.is_found for each in traces)
    return RequirementOut(
        id=row.id,
        text=row.text,
        source=row.source,
        asked_on=row.asked_on,
        status=row.status,  # type: ignore[arg-type]
        traces=traces,
        is_complete=is_met or row.status == "dropped",
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        version=row.version,
    )


def is_said(terms: Mapping[str, Any], trace: Mapping[str, Any]) -> bool:
    """Whether the terms say something at the part a trace names.

    >>> is_said({"obligations": ["Keep the pit dry."]}, {"part": "obligations"})
    True
    """
    match trace["part"]:
        case "promise":
            return any(_is_line(each, trace) for each in terms["clauses"])
        case "availability" | "exclusions" as part:
            name = "availability_percent" if part == "availability" else part
            return any(
                bool(each[name])
                for each in terms["services"]
                if each["service"] == trace["service"]
            )
        case part:
            return bool(terms[part])


def _is_line(clause: Mapping[str, Any], trace: Mapping[str, Any]) -> bool:
    """A line without a service, a severity or a clock is about every one."""
    return clause["promise"] is not None and all(
        trace[name] is None or clause[name] in {None, trace[name]}
        for name in ("service", "severity", "clock")
    )


async def _terms(session: AnySession, agreement_id: UUID) -> Mapping[str, Any]:
    return newest((await queries.versions_of(session, [agreement_id]))[agreement_id]).terms


def _require_past(path: str, day: date, today: date) -> None:
    require_known_day(path, day)
    if day > today:
        raise Invalid([Fault(path, "in_the_future", "Nobody has said it tomorrow yet.")])
