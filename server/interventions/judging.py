"""Judging one command to one visit: what the tables, the caller and the times allow.

What may have happened meanwhile is found in `meanwhile`. Nothing is read or written here; carrying
out is in `carrying_out`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dispatch.interventions import (
    Ask,
    EvidenceMissing,
    Heard,
    PauseNotAllowed,
    PauseReason,
    Requirement,
    Told,
    Verdict,
    VisitCommand,
    heard,
    permission,
    require_pause,
    requirements,
    ruling,
)
from dispatch.interventions import Role as Part
from server.interventions.checklist import fault_of, open_items
from server.interventions.dossier import Dossier
from server.interventions.events import first_name
from server.interventions.meanwhile import ADDITIONS, ask_of, happened, whose_now
from server.interventions.parts_used import named_parts
from server.interventions.schemas import Outcome, VisitCommandBody, VisitCommandKind, VisitPayload
from server.interventions.tables import Visit

OUTCOMES: Mapping[Verdict, Outcome] = {
    Verdict.CONFLICT: "conflict",
    Verdict.REJECTED: "rejected",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a command was not carried out, as a code with its facts, and whether the office hears."""

    outcome: Outcome
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    is_told_office: bool = False


def refusal(
    dossier: Dossier,
    visit: Visit,
    asked: VisitCommandBody,
    part: Part,
    allowed: Sequence[VisitCommandKind],
    *,
    now: datetime,
) -> Refused | None:
    """Why this cannot be done, or None when it can."""
    if asked.kind in ADDITIONS:
        return (
            _addition_refusal(asked)
            or _ruled_out(dossier, visit, asked, part, allowed, now=now)
            or _part_refusal(dossier, asked.payload)
            or _answer_refusal(dossier, asked.payload)
        )
    command = VisitCommand(asked.kind)
    if permission(part, command) is None:
        return Refused("rejected", "not_allowed", {"allowed": list(allowed)})
    return (
        _ruled_out(dossier, visit, asked, part, allowed, now=now)
        or _missing(command, asked.payload)
        or _pause_refusal(command, asked.payload, part)
        or _part_refusal(dossier, asked.payload)
        or _answer_refusal(dossier, asked.payload)
        or _checklist_refusal(dossier, command, asked.payload)
    )


def _ruled_out(
    dossier: Dossier,
    visit: Visit,
    asked: VisitCommandBody,
    part: Part,
    allowed: Sequence[VisitCommandKind],
    *,
    now: datetime,
) -> Refused | None:
    """What the table of conflicts says, with where the visit stands and who has the work now."""
    ask = ask_of(asked.kind)
    found = ruling(happened(dossier, visit, asked, part, now=now), ask)
    if found.verdict is Verdict.APPLIED:
        return None
    facts: dict[str, Any] = {"status": visit.status, "allowed": list(allowed)}
    if ask is Ask.STEP:
        facts["command"] = asked.kind
    colleague = whose_now(dossier, visit)
    if colleague is not None and found.verdict is Verdict.CONFLICT:
        facts["to_first_name"] = first_name(dossier, colleague.technician_id)
    is_told = part is Part.TECHNICIAN and Part.DISPATCHER in found.told
    return Refused(OUTCOMES[found.verdict], found.code, facts, is_told)


def _addition_refusal(asked: VisitCommandBody) -> Refused | None:
    if asked.kind == "running_late" and asked.payload.minutes is None:
        return Refused("rejected", "minutes_missing")
    if asked.kind == "order_follow_up" and asked.payload.follow_up is None:
        return Refused("rejected", "follow_up_missing")
    return None


def _part_refusal(dossier: Dossier, payload: VisitPayload) -> Refused | None:
    for named in named_parts(payload):
        if named.part not in dossier.catalogue:
            return Refused("rejected", "part_unknown", {"part": named.part})
    return None


def _missing(command: VisitCommand, payload: VisitPayload) -> Refused | None:
    for requirement in requirements(command):
        if not _is_met(requirement, payload):
            return Refused("rejected", f"{requirement.value}_missing")
    return None


def _is_met(requirement: Requirement, payload: VisitPayload) -> bool:
    match requirement:
        case Requirement.REASON:
            return bool(payload.reason)
        case Requirement.CAUSE:
            return payload.cause is not None
        case Requirement.ACTION:
            return bool(payload.action or payload.note)
        case Requirement.REMAINING:
            return bool(payload.remaining)
        case Requirement.EVIDENCE:
            # What must be shown is the checklist, which has refusals of its own.
            return True


def _pause_refusal(command: VisitCommand, payload: VisitPayload, part: Part) -> Refused | None:
    if command is not VisitCommand.PAUSE:
        return None
    if payload.reason not in set(PauseReason):
        known = [reason.value for reason in PauseReason]
        return Refused("rejected", "reason_unknown", {"reason": payload.reason, "known": known})
    try:
        evidence = payload.evidence or payload.note
        require_pause(PauseReason(payload.reason), part, evidence=evidence)
    except (PauseNotAllowed, EvidenceMissing) as no:
        return Refused("rejected", no.code, {"reason": payload.reason})
    return None


def _answer_refusal(dossier: Dossier, payload: VisitPayload) -> Refused | None:
    for answer in payload.answers:
        code = fault_of(dossier, answer)
        if code is not None:
            return Refused("rejected", code, {"item": answer.item, "value": answer.value})
    return None


def _checklist_refusal(
    dossier: Dossier, command: VisitCommand, payload: VisitPayload
) -> Refused | None:
    """Work is complete once everything mandatory is answered."""
    if command is not VisitCommand.COMPLETE:
        return None
    left = open_items(dossier, also=payload.answers)
    return Refused("rejected", "checklist_open", {"items": left}) if left else None


def heard_of(
    asked: VisitCommandBody, dossier: Dossier, visit: Visit, *, now: datetime, ahead: timedelta
) -> Heard:
    """When it happened by the server's clock, however wrong the device's is.

    Nothing happens in the future, before the call, before the visit was announced, or before the
    step that came before it.
    """
    reported_at = dossier.intervention.reported_at
    known = (
        reported_at,
        visit.announced_at,
        visit.accepted_at,
        visit.en_route_at,
        visit.arrived_at,
        visit.work_started_at,
        visit.finished_at,
    )
    earliest = max(instant for instant in known if instant is not None)
    if asked.kind in ADDITIONS:
        earliest = max(reported_at, visit.announced_at or reported_at)
    told = Told(asked.at, asked.clock_offset_seconds, asked.sent_at)
    return heard(told, earliest=earliest, now=now, ahead=ahead)
