"""Carrying out one command to a visit, or keeping what it says where it cannot be done.

Whether it can is judged in `judging`; the order of a batch is kept in `visit_actions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dispatch.interventions import (
    Fact,
    FactKind,
    Heard,
    VisitCommand,
    VisitStatus,
    move,
)
from dispatch.interventions import Role as Part
from server.accounts.scope import Scope
from server.interventions.arrival_records import record_arrival
from server.interventions.checklist import keep_answers
from server.interventions.consequences import closed_by, established, settle
from server.interventions.dossier import Dossier
from server.interventions.events import tell
from server.interventions.evidence import (
    Standstill,
    add_note,
    end_pauses,
    record_fact,
    record_pause,
)
from server.interventions.follow_ups import order_follow_up
from server.interventions.meanwhile import ADDITIONS
from server.interventions.parts_used import in_words, keep_parts, not_told_yet
from server.interventions.schemas import PartUsedBody, VisitCommandBody
from server.interventions.spending import authority, keep_goodwill, price_of, spent
from server.interventions.standing import COMING
from server.interventions.tables import Visit
from server.interventions.tables import VisitCommand as StoredCommand
from server.kit.database import Session
from server.kit.wire import money

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
    heard: Heard
    now: datetime

    @property
    def at(self) -> datetime:
        """When it happened, by the server's judgement."""
        return self.heard.at


async def carry_out(asked: Asked) -> dict[str, Any]:
    """Do it; returns what its author learns from it, such as the number of what was ordered."""
    visit = asked.visit
    visit.commands += 1
    add_note(visit, asked.body.payload.note)
    _answer_items(asked)
    await _keep_parts(asked)
    _keep_goodwill(asked)
    if asked.body.kind not in ADDITIONS:
        _move(asked)
    position = asked.body.payload.position
    if asked.body.kind == "arrive" and position is not None:
        record_arrival(asked.session, visit.id, position, asked.at)
    learnt = _learn(asked)
    is_closed = closed_by(asked.session, asked.dossier, asked.body, asked.at)
    settle(asked.dossier, asked.now)
    await asked.session.flush()
    if asked.body.kind in ANNOUNCED_AS:
        await tell_of(asked, ANNOUNCED_AS[asked.body.kind])
    for kind in learnt:
        await tell_of(asked, kind.value)
    if goodwill := asked.body.payload.goodwill:
        await tell_of(asked, "goodwill_promised", {"amount_eur": f"{goodwill.amount_eur:.2f}"})
    if is_closed:
        await tell_of(asked, "intervention_closed")
    return await _add(asked)


async def _add(asked: Asked) -> dict[str, Any]:
    """What an addition does besides adding: work for another day, a later arrival."""
    payload = asked.body.payload
    if asked.body.kind == "order_follow_up" and payload.follow_up is not None:
        made = await order_follow_up(
            asked.session, asked.scope, asked.dossier, payload.follow_up, at=asked.at, now=asked.now
        )
        return {"intervention_id": str(made.id), "number": made.number}
    is_coming = VisitStatus(asked.visit.status) in COMING
    if asked.body.kind == "running_late" and payload.minutes is not None and is_coming:
        asked.visit.late_by_seconds = payload.minutes * MINUTE
        await asked.session.flush()
        await tell_of(asked, "visit_running_late", {"minutes": payload.minutes})
    return {}


async def keep_evidence(asked: Asked) -> None:
    """What cannot be done is not carried out, but what its author says they did is not lost.

    What is above their authority does not count: it stays as words.
    """
    payload, before = asked.body.payload, asked.visit.note
    for text in (payload.note, payload.action, payload.remaining, payload.evidence):
        add_note(asked.visit, text)
    if payload.follow_up is not None:
        add_note(asked.visit, payload.follow_up.summary)
        add_note(asked.visit, payload.follow_up.description)
    if payload.goodwill is not None:
        add_note(asked.visit, f"{payload.goodwill.amount_eur:.2f} EUR: {payload.goodwill.reason}")
    if is_above := await over_authority(asked) is not None:
        for used in payload.parts:
            add_note(asked.visit, in_words(used))
    has_parts = not is_above and await _keep_parts(asked)
    has_more = [_answer_items(asked), has_parts, asked.visit.note != before]
    if any(has_more):
        asked.visit.commands += 1
        await asked.session.flush()
        await tell_of(asked, "visit_note_added")


def _answer_items(asked: Asked) -> bool:
    answers = asked.body.payload.answers
    return keep_answers(
        asked.session, asked.dossier, asked.visit, answers, at=asked.at, author=asked.scope.name
    )


async def over_authority(asked: Asked) -> dict[str, Any] | None:
    """The amounts, where this is more than its technician may decide alone; None where it is not.

    The office has no limit, and what costs nothing needs no approval.
    """
    if asked.part is not Part.TECHNICIAN:
        return None
    more = price_of(asked.dossier, await _new_parts(asked), asked.body.payload.goodwill)
    may = authority(asked.dossier, asked.visit)
    before = spent(asked.dossier)
    if not more or may.allows(before + more):
        return None
    return {
        "limit_eur": money(may.limit),
        "spent_eur": money(before),
        "asked_eur": money(more),
    }


async def _new_parts(asked: Asked) -> list[PartUsedBody]:
    parts = asked.body.payload.parts
    if not parts:
        return []
    return not_told_yet(asked.dossier, asked.visit, parts, await _refused(asked))


async def _keep_parts(asked: Asked) -> bool:
    return keep_parts(
        asked.session,
        asked.dossier,
        asked.visit,
        await _new_parts(asked),
        command_id=asked.body.id,
        at=asked.at,
        author=asked.scope.name,
    )


def _keep_goodwill(asked: Asked) -> None:
    if asked.body.payload.goodwill is not None:
        keep_goodwill(
            asked.session,
            asked.dossier,
            asked.visit,
            asked.body.payload.goodwill,
            command_id=asked.body.id,
            at=asked.at,
            author=asked.scope.name,
        )


async def _refused(asked: Asked) -> frozenset[str]:
    """The commands to this visit that were not carried out: they may be asked again."""
    query = select(StoredCommand.id).where(
        StoredCommand.visit_id == asked.visit.id, StoredCommand.outcome != "applied"
    )
    return frozenset(await asked.session.scalars(query))


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


async def tell_of(asked: Asked, kind: str, more: Mapping[str, Any] | None = None) -> None:
    """Announce what came of a command."""
    await tell(
        asked.session,
        asked.scope.actor,
        asked.now,
        kind=kind,
        dossier=asked.dossier,
        visit=asked.visit,
        more=more,
    )
