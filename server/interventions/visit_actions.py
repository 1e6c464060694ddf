"""Carrying out commands to a visit, in the order given, each once and only once.

What is permitted is judged in `judging`; a whole batch is one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.interventions import (
    Fact,
    FactKind,
    VisitCommand,
    VisitStatus,
    move,
)
from dispatch.interventions import Role as Part
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.checklist import keep_answers
from server.interventions.consequences import closed_by, established, settle
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions
from server.interventions.events import tell
from server.interventions.evidence import (
    Standstill,
    add_note,
    end_pauses,
    record_fact,
    record_pause,
)
from server.interventions.follow_ups import order_follow_up
from server.interventions.judging import ADDITIONS, Refused, judged_instant, refusal
from server.interventions.parts_used import keep_parts, named_parts
from server.interventions.promised_files import promise
from server.interventions.schemas import (
    VisitCommandBody,
    VisitCommandResultOut,
    VisitCommandResultsOut,
)
from server.interventions.shown import shown_visit
from server.interventions.standing import COMING, part_of, visit_commands
from server.interventions.tables import Intervention, Visit
from server.interventions.tables import VisitCommand as StoredCommand
from server.kit.database import Session
from server.kit.problems import NotAllowed, NotFound
from server.parts.queries import parts_by_code

MINUTE = 60
ANNOUNCED_AS = {
    "dispatch": "visit_dispatched",
    "accept": "visit_accepted",
    "decline": "visit_declined",
    "start_travel": "visit_travel_started",
    "arrive": "visit_arrived",
    "start_work": "visit_work_started",
    "pause": "visit_paused",
    "resume": "visit_resumed",
    "complete": "visit_completed",
    "complete_partially": "visit_partially_completed",
    "cannot_complete": "visit_cannot_complete",
    "unassign": "visit_unassigned",
    "cancel": "visit_cancelled",
    "note": "visit_note_added",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One command on its way: who gives it, about which visit, and when it happened."""

    session: Session
    scope: Scope
    part: Part
    dossier: Dossier
    visit: Visit
    body: VisitCommandBody
    at: datetime
    now: datetime


async def command_visit(
    session: Session,
    scope: Scope,
    visit_id: UUID,
    commands: Sequence[VisitCommandBody],
    now: datetime,
) -> VisitCommandResultsOut:
    """Judge and carry out what a phone or the board asks of one visit."""
    part = part_of(scope)
    if part is None:
        raise NotAllowed
    dossier = await _locked(session, scope, visit_id)
    visit = dossier.visit(visit_id)
    named = {part.part for body in commands for part in named_parts(body.payload)}
    dossier.catalogue |= await parts_by_code(session, named)
    results = []
    for body in commands:
        at = judged_instant(body, visit, reported_at=dossier.intervention.reported_at, now=now)
        asked = Asked(session, scope, part, dossier, visit, body, at, now)
        results.append(await _answer(asked))
    return VisitCommandResultsOut(results)


async def _locked(session: Session, scope: Scope, visit_id: UUID) -> Dossier:
    query = (
        select(Visit.intervention_id, Visit.technician_id, Visit.status, Intervention.region_id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(Visit.id == visit_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    if scope.role is Role.TECHNICIAN:
        # A proposal is not told to anybody yet, so to its technician it does not exist.
        is_own = row.technician_id == scope.technician_id and row.status != "proposed"
    else:
        is_own = scope.sees_region(row.region_id)
    if not is_own:
        raise NotFound
    return (await all_dossiers(session, await lock_interventions(session, [row.intervention_id])))[
        0
    ]


async def _answer(asked: Asked) -> VisitCommandResultOut:
    key = (asked.scope.account_id, asked.visit.id, asked.body.id)
    known = await asked.session.get(StoredCommand, key)
    if known is not None:
        return _result(asked, "duplicate" if known.outcome == "applied" else known.outcome, known)
    # First, whatever becomes of the command: what was photographed and signed is never refused.
    await promise(
        asked.session,
        asked.dossier,
        asked.visit,
        asked.body,
        scope=asked.scope,
        at=asked.at,
        now=asked.now,
    )
    allowed = visit_commands(asked.dossier, asked.visit, asked.part)
    refused = refusal(asked.dossier, asked.visit, asked.body, asked.part, allowed, now=asked.now)
    facts: dict[str, Any] = {}
    if refused is None:
        facts = await _carry_out(asked)
    elif refused.outcome == "conflict":
        await _keep_words(asked)
    stored = _stored(asked, refused, facts)
    asked.session.add(stored)
    await asked.session.flush()
    return _result(asked, stored.outcome, stored)


def _stored(asked: Asked, refused: Refused | None, facts: dict[str, Any]) -> StoredCommand:
    body = asked.body
    return StoredCommand(
        account_id=asked.scope.account_id,
        visit_id=asked.visit.id,
        id=body.id,
        kind=body.kind,
        device=body.device,
        sequence=body.sequence,
        base_version=body.base_version,
        device_at=body.at,
        clock_offset_seconds=body.clock_offset_seconds,
        sent_at=body.sent_at,
        judged_at=asked.at,
        received_at=asked.now,
        payload=body.payload.model_dump(mode="json"),
        outcome="applied" if refused is None else refused.outcome,
        code=None if refused is None else refused.code,
        facts=facts if refused is None else refused.facts,
    )


def _result(asked: Asked, outcome: str, stored: StoredCommand) -> VisitCommandResultOut:
    return VisitCommandResultOut(
        id=stored.id,
        outcome=outcome,  # type: ignore[arg-type]
        code=stored.code,
        facts=stored.facts,
        visit=shown_visit(asked.dossier, asked.visit, asked.part),
    )


async def _carry_out(asked: Asked) -> dict[str, Any]:
    """Do it; returns what its author learns from it, such as the number of what was ordered."""
    visit = asked.visit
    visit.commands += 1
    add_note(visit, asked.body.payload.note)
    _answer_items(asked)
    _keep_parts(asked)
    if asked.body.kind not in ADDITIONS:
        _move(asked)
    learnt = _learn(asked)
    is_closed = closed_by(asked.session, asked.dossier, asked.body, asked.at)
    settle(asked.dossier, asked.now)
    await asked.session.flush()
    if asked.body.kind in ANNOUNCED_AS:
        await _tell(asked, ANNOUNCED_AS[asked.body.kind])
    for kind in learnt:
        await _tell(asked, kind.value)
    if is_closed:
        await _tell(asked, "intervention_closed")
    return await _add(asked)


async def _add(asked: Asked) -> dict[str, Any]:
    """What an addition does besides adding: work for another day, a later arrival."""
    payload = asked.body.payload
    if asked.body.kind == "order_follow_up" and payload.follow_up is not None:
        made = await order_follow_up(
            asked.session, asked.scope, asked.dossier, payload.follow_up, at=asked.at, now=asked.now
        )
        facts = {"intervention_id": str(made.id), "number": made.number}
        await _tell(asked, "follow_up_ordered", {"follow_up": facts})
        return facts
    is_coming = VisitStatus(asked.visit.status) in COMING
    if asked.body.kind == "running_late" and payload.minutes is not None and is_coming:
        asked.visit.late_by_seconds = payload.minutes * MINUTE
        await asked.session.flush()
        await _tell(asked, "visit_running_late", {"minutes": payload.minutes})
    return {}


async def _keep_words(asked: Asked) -> None:
    """What was overtaken is not carried out, but what its author wrote is not lost."""
    payload, before = asked.body.payload, asked.visit.note
    for text in (payload.note, payload.action, payload.remaining):
        add_note(asked.visit, text)
    has_more = [_answer_items(asked), _keep_parts(asked), asked.visit.note != before]
    if any(has_more):
        asked.visit.commands += 1
        await asked.session.flush()
        await _tell(asked, "visit_note_added")


def _answer_items(asked: Asked) -> bool:
    answers = asked.body.payload.answers
    return keep_answers(
        asked.session, asked.dossier, asked.visit, answers, at=asked.at, author=asked.scope.name
    )


def _keep_parts(asked: Asked) -> bool:
    return keep_parts(
        asked.session,
        asked.dossier,
        asked.visit,
        asked.body.payload.parts,
        command_id=asked.body.id,
        at=asked.at,
        author=asked.scope.name,
    )


def _move(asked: Asked) -> None:
    visit, payload, command = asked.visit, asked.body.payload, VisitCommand(asked.body.kind)
    visit.status = move(VisitStatus(visit.status), command).value
    if asked.part is Part.TECHNICIAN:
        visit.technician_version = visit.version + 1
    else:
        visit.office_version = visit.version + 1
    visit.reason = payload.reason or visit.reason
    _stamp(visit, command, asked.at)
    match command:
        case VisitCommand.PAUSE:
            # Without signal it is sent late, but it was written down when it began.
            still = Standstill(
                payload.reason, asked.at, payload.evidence or payload.note, visit=visit
            )
            record_pause(asked.session, asked.dossier, still, scope=asked.scope, now=asked.now)
        case VisitCommand.COMPLETE | VisitCommand.COMPLETE_PARTIALLY:
            visit.cause, visit.action = payload.cause or visit.cause, payload.action
            visit.remaining = payload.remaining
        case _:
            pass
    if command is not VisitCommand.PAUSE:
        end_pauses(asked.dossier, asked.at, visit=visit)


def _stamp(visit: Visit, command: VisitCommand, at: datetime) -> None:
    """A time already recorded is never overwritten."""
    match command:
        case VisitCommand.DISPATCH:
            visit.announced_at = visit.announced_at or at
        case VisitCommand.ACCEPT:
            visit.accepted_at = visit.accepted_at or at
        case VisitCommand.START_TRAVEL:
            visit.en_route_at = visit.en_route_at or at
        case VisitCommand.ARRIVE:
            visit.arrived_at = visit.arrived_at or at
        case VisitCommand.START_WORK:
            visit.work_started_at = visit.work_started_at or at
        case VisitCommand.COMPLETE | VisitCommand.COMPLETE_PARTIALLY | VisitCommand.CANNOT_COMPLETE:
            visit.finished_at = visit.finished_at or at
        case _:
            pass


def _learn(asked: Asked) -> list[FactKind]:
    """Record what the command establishes; who reported it earlier set the time that counts."""
    kind = established(asked.dossier, asked.body)
    if kind is None:
        return []
    fact = Fact(kind, asked.at, asked.body.at)
    by = asked.scope.account_id
    return record_fact(asked.session, asked.dossier, fact, by=by, now=asked.now)


async def _tell(asked: Asked, kind: str, more: Mapping[str, Any] | None = None) -> None:
    await tell(
        asked.session,
        asked.scope.actor,
        asked.now,
        kind=kind,
        dossier=asked.dossier,
        visit=asked.visit,
        more=more,
    )
