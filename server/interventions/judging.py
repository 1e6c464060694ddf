"""Judging one command to one visit: what the tables, the caller and the times allow.

Nothing is read or written here; carrying out is in `visit_actions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dispatch.interventions import (
    EvidenceMissing,
    MoveNotAllowed,
    PauseNotAllowed,
    PauseReason,
    Requirement,
    VisitCommand,
    VisitStatus,
    move,
    permission,
    require_pause,
    requirements,
)
from dispatch.interventions import Role as Part
from server.interventions.asset_cards import is_retired
from server.interventions.checklist import fault_of, open_items
from server.interventions.dossier import Dossier
from server.interventions.parts_used import named_parts
from server.interventions.schemas import Outcome, VisitCommandBody, VisitCommandKind, VisitPayload
from server.interventions.tables import Visit

# They add something and take nothing away, so they are kept whatever became of the visit.
ADDITIONS: frozenset[VisitCommandKind] = frozenset(
    {
        "person_released",
        "made_safe",
        "back_in_service",
        "note",
        "order_follow_up",
        "running_late",
    }
)
MEANWHILE = {
    VisitStatus.CANCELLED: "visit_cancelled",
    VisitStatus.UNASSIGNED: "visit_reassigned",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a command was not carried out, as a code with its facts."""

    outcome: Outcome
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


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
            _addition_refusal(dossier, asked, now)
            or _part_refusal(dossier, asked.payload)
            or _answer_refusal(dossier, asked.payload)
        )
    command = VisitCommand(asked.kind)
    if permission(part, command) is None:
        return Refused("rejected", "not_allowed", {"allowed": list(allowed)})
    if asked.base_version < _others_version(visit, part):
        return _overtaken(visit, allowed)
    try:
        move(VisitStatus(visit.status), command)
    except MoveNotAllowed as no:
        facts = {"status": visit.status, "allowed": list(allowed), "command": no.command.value}
        return Refused("rejected", no.code, facts)
    return (
        _missing(command, asked.payload)
        or _pause_refusal(command, asked.payload, part)
        or _part_refusal(dossier, asked.payload)
        or _answer_refusal(dossier, asked.payload)
        or _checklist_refusal(dossier, command, asked.payload)
    )


def _addition_refusal(dossier: Dossier, asked: VisitCommandBody, now: datetime) -> Refused | None:
    if asked.kind == "running_late" and asked.payload.minutes is None:
        return Refused("rejected", "minutes_missing")
    if asked.kind != "order_follow_up":
        return None
    if asked.payload.follow_up is None:
        return Refused("rejected", "follow_up_missing")
    if is_retired(dossier.asset, dossier.site.zone, now):
        return Refused("rejected", "asset_retired")
    return None


def _part_refusal(dossier: Dossier, payload: VisitPayload) -> Refused | None:
    for named in named_parts(payload):
        if named.part not in dossier.catalogue:
            return Refused("rejected", "part_unknown", {"part": named.part})
    return None


def _others_version(visit: Visit, part: Part) -> int:
    """The version at which the other side last decided something this caller may not have seen."""
    return visit.office_version if part is Part.TECHNICIAN else visit.technician_version


def _overtaken(visit: Visit, allowed: Sequence[VisitCommandKind]) -> Refused:
    code = MEANWHILE.get(VisitStatus(visit.status), "changed_meanwhile")
    return Refused("conflict", code, {"status": visit.status, "allowed": list(allowed)})


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


def judged_instant(
    asked: VisitCommandBody, visit: Visit, *, reported_at: datetime, now: datetime
) -> datetime:
    """When it happened, in whole seconds of the server's clock.

    The device's time is corrected by how wrong the device knew itself to be. What is still
    impossible is not believed: nothing happens in the future, before the call, before the visit
    was announced, or before the step that came before it.
    """
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
    told = asked.at + timedelta(seconds=asked.clock_offset_seconds)
    return min(max(told, earliest), now).replace(microsecond=0)
