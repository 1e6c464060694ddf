"""Other words or another promise for a draft that is negotiated: proposed, accepted or refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from dispatch.agreements import VersionStatus
from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.actions import change_version
from server.agreements.documents import plain, stored
from server.agreements.negotiation_schemas import (
    ProposalBody,
    ProposalDecisionBody,
    ProposalOut,
    ProposalPartOut,
    ProposedOut,
)
from server.agreements.negotiation_tables import Proposal
from server.agreements.places import PLACE, where_held
from server.agreements.problems import VersionImmutable
from server.agreements.schemas import TermsBody, VersionChangeBody
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.turns import tell
from server.kit.database import AnySession, Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound

Terms = Mapping[str, Any]
NEGOTIATED = VersionStatus.NEGOTIATION.value


async def propose(
    session: Session, scope: Scope, ids: tuple[UUID, UUID], data: ProposalBody, *, now: datetime
) -> ProposalOut:
    """Put other words beside those of the draft; `ids` are the agreement's and the version's."""
    agreement, version = await _negotiated(session, scope, ids)
    part = stored(data.part)
    _require_there(version.terms, part)
    (where,) = await where_held(session, [part])
    row = Proposal(
        version_id=version.id,
        part={**part, "where": ", ".join(where)},
        before=said_at(version.terms, part),
        after={
            "text": data.text,
            "promise": None if data.promise is None else stored(data.promise),
        },
        why=data.why,
        side="customer" if scope.role is Role.MANAGER else "provider",
        proposed_by=scope.name,
        proposed_at=now,
        decision=None,
    )
    session.add(row)
    await session.flush()
    await tell(session, scope, agreement, "agreement_proposal_made", now=now, version=version)
    return shown_proposal(row)


async def decide_proposal(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID, UUID],
    data: ProposalDecisionBody,
    *,
    now: datetime,
) -> ProposalOut:
    """Take a proposal into the draft or refuse it, once, with a reason; what it was stays."""
    agreement, version = await _negotiated(session, scope, ids[:2])
    row = await session.get(Proposal, ids[2], with_for_update=True)
    if row is None or row.version_id != version.id:
        raise NotFound
    if row.decision is not None:
        raise AlreadyDecided(decision=row.decision)
    if data.decision == "accepted":
        terms = TermsBody.model_validate(with_proposal(plain(version.terms), row.part, row.after))
        body = VersionChangeBody(terms=terms)
        await change_version(session, scope, ids[:2], body, expected=version.version, now=now)
    row.decision, row.reason = data.decision, data.reason
    row.decided_by, row.decided_at = scope.name, now
    await session.flush()
    await tell(session, scope, agreement, "agreement_proposal_decided", now=now, version=version)
    return shown_proposal(row)


async def proposals_of(session: AnySession, version_id: UUID) -> list[ProposalOut]:
    """Everything proposed for a version, the oldest first."""
    query = select(Proposal).where(Proposal.version_id == version_id)
    rows = await session.scalars(query.order_by(Proposal.proposed_at, Proposal.id))
    return [shown_proposal(each) for each in rows]


def shown_proposal(row: Proposal) -> ProposalOut:
    return ProposalOut(
        id=row.id,
        version_id=row.version_id,
        part=msgspec.convert(row.part, ProposalPartOut),
        before=msgspec.convert(row.before, ProposedOut),
        after=msgspec.convert(row.after, ProposedOut),
        why=row.why,
        side=row.side,  # type: ignore[arg-type]
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decision=row.decision,  # type: ignore[arg-type]
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def said_at(terms: Terms, part: Terms) -> dict[str, Any]:
    """What the draft says where something else is proposed."""
    match part["part"]:
        case "desired_outcome":
            return {"text": terms["desired_outcome"], "promise": None}
        case "promise":
            places = _meant(terms, part)
            promised = terms["clauses"][places[0]]["promise"] if places else None
            return {"text": "", "promise": promised}
        case _:
            return {"text": "", "promise": None}


def with_proposal(terms: Terms, part: Terms, after: Terms) -> dict[str, Any]:
    """The terms as they read once the proposal is accepted.

    >>> part = {"part": "obligation"}
    >>> with_proposal({"obligations": []}, part, {"text": "Light the pit."})
    {'obligations': ['Light the pit.']}
    """
    match part["part"]:
        case "desired_outcome":
            return {**terms, "desired_outcome": after["text"]}
        case "promise":
            lines, places = terms["clauses"], _meant(terms, part)
            changed = [
                {**each, "promise": after["promise"]} if place in places else each
                for place, each in enumerate(lines)
            ]
            return {**terms, "clauses": changed}
        case _:
            return {**terms, "obligations": [*terms["obligations"], after["text"]]}


def with_promise(
    terms: Terms, where: Terms, promise: Terms, calendar_id: str | None
) -> dict[str, Any]:
    """The terms with another promise at a line, or with one more line where there is none.

    Without hours of its own it counts in those of the line, or of another line of the service.
    """
    lines = list(terms["clauses"])
    places = [place for place, each in enumerate(lines) if _is_at(each, where)]
    of_service = [each for each in lines if each["service"] == where["service"]]
    hours_of_it = of_service[0]["calendar_id"] if of_service else None
    if not places:
        places, lines = [len(lines)], [*lines, {**where, "calendar_id": hours_of_it}]
    for place in places:
        hours = calendar_id or lines[place].get("calendar_id")
        lines[place] = {**lines[place], "promise": promise, "calendar_id": hours}
    return {**terms, "clauses": lines}


def _meant(terms: Terms, part: Terms) -> list[int]:
    """The lines a proposal speaks of: those of its place; with none, all where each has one."""
    lines = terms["clauses"]
    alike = [place for place, each in enumerate(lines) if _is_at(each, part)]
    wanted = [part.get(name) for name in PLACE]
    there = [place for place in alike if [lines[place][name] for name in PLACE] == wanted]
    return there if there or any(wanted) else alike


def _is_at(clause: Terms, part: Terms) -> bool:
    return clause["promise"] is not None and all(
        clause[name] == part[name] for name in ("service", "severity", "clock")
    )


def _require_there(terms: Terms, part: Terms) -> None:
    if part["part"] == "promise" and said_at(terms, part)["promise"] is None:
        raise Invalid([Fault("part", "unknown", "The draft has no such promise.")])


async def _negotiated(
    session: Session, scope: Scope, ids: tuple[UUID, UUID]
) -> tuple[Agreement, AgreementVersion]:
    agreement, version = await queries.version_talked_about(session, scope, *ids)
    if version.status != NEGOTIATED:
        raise VersionImmutable(stands=version.status)
    return agreement, version
