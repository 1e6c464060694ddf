"""What happened that whoever gives a command to a visit did not know, as the rows tell.

What becomes of the command then is in the table of `dispatch.interventions.conflicts`.
"""

from collections.abc import Iterator
from datetime import datetime

from dispatch.interventions import Ask, Meanwhile, MoveNotAllowed, VisitCommand, VisitStatus, move
from dispatch.interventions import Role as Part
from server.interventions.asset_cards import is_retired
from server.interventions.dossier import Dossier
from server.interventions.schemas import VisitCommandBody, VisitCommandKind
from server.interventions.standing import OPEN
from server.interventions.tables import Visit

FACTS: frozenset[VisitCommandKind] = frozenset({"person_released", "made_safe", "back_in_service"})
WORDS: frozenset[VisitCommandKind] = frozenset({"note", "running_late"})
FOLLOW_UP: VisitCommandKind = "order_follow_up"
# They add something and take nothing away, so they are kept whatever became of the visit.
ADDITIONS = FACTS | WORDS | {FOLLOW_UP}
# a proposal is told nobody yet
HAS_IT = OPEN - {VisitStatus.PROPOSED.value} | {VisitStatus.COMPLETED.value}
ENDS: frozenset[VisitCommandKind] = frozenset({"complete", "complete_partially", "cannot_complete"})


def ask_of(kind: VisitCommandKind) -> Ask:
    """What kind of command it is."""
    if kind == FOLLOW_UP:
        return Ask.FOLLOW_UP
    if kind in FACTS:
        return Ask.FACT
    return Ask.WORDS if kind in WORDS else Ask.STEP


def happened(
    dossier: Dossier, visit: Visit, asked: VisitCommandBody, part: Part, *, now: datetime
) -> set[Meanwhile]:
    """All that may stand in the way of this command."""
    found = set(_happened(dossier, visit, asked, part))
    if is_retired(dossier.asset, dossier.site.zone, now):
        found.add(Meanwhile.ASSET_RETIRED)
    return found


def _happened(
    dossier: Dossier, visit: Visit, asked: VisitCommandBody, part: Part
) -> Iterator[Meanwhile]:
    if asked.base_version < _others_version(visit, part):
        yield _decided(dossier, visit, asked, part)
    if asked.kind not in ADDITIONS and not _can_follow(visit, VisitCommand(asked.kind)):
        yield Meanwhile.STEP_DONE


def _others_version(visit: Visit, part: Part) -> int:
    """The version at which the other side last decided something this caller may not have seen."""
    return visit.office_version if part is Part.TECHNICIAN else visit.technician_version


def _decided(dossier: Dossier, visit: Visit, asked: VisitCommandBody, part: Part) -> Meanwhile:
    """What the other side decided about the visit."""
    if part is not Part.TECHNICIAN:
        return Meanwhile.TECHNICIAN_WENT_ON
    colleague = whose_now(dossier, visit)
    if visit.status in OPEN:
        return Meanwhile.OFFICE_STEPPED_IN
    if colleague is not None and colleague.status == VisitStatus.COMPLETED.value:
        return Meanwhile.COLLEAGUE_COMPLETED
    if visit.status == VisitStatus.CANCELLED.value:
        return Meanwhile.CANCELLED_AFTER_WORK if asked.kind in ENDS else Meanwhile.CANCELLED
    return Meanwhile.UNASSIGNED if colleague is None else Meanwhile.REASSIGNED


def whose_now(dossier: Dossier, visit: Visit) -> Visit | None:
    """The newest later visit of somebody else that goes on or was completed."""
    others = [
        each
        for each in dossier.visits
        if each.technician_id != visit.technician_id
        and each.status in HAS_IT
        and each.created_at >= visit.created_at
    ]
    return max(others, key=lambda each: each.created_at, default=None)


def _can_follow(visit: Visit, command: VisitCommand) -> bool:
    try:
        move(VisitStatus(visit.status), command)
    except MoveNotAllowed:
        return False
    return True
