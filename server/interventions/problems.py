"""Refusals of the interventions domain."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from server.kit.problems import Problem


class DecisionRefused(Problem):
    """What can be decided from here comes along."""

    status = 409
    code = "move_not_allowed"
    title = "This cannot be decided where the intervention stands now."

    def __init__(self, standing: str, allowed: Iterable[str]) -> None:
        super().__init__(intervention_status=standing, allowed=list(allowed))


class AlreadyPlanned(Problem):
    """Somebody else sent somebody: whoever overrules that says so."""

    status = 409
    code = "already_planned"
    title = "Somebody is already planned for this. Look at the visit first."

    def __init__(self, visit_id: UUID, visit_status: str) -> None:
        super().__init__(visit_id=str(visit_id), visit_status=visit_status)


class VisitFrozen(Problem):
    """A visit under way, over, locked or promised by its technician stays where it is."""

    status = 409
    code = "visit_frozen"
    title = "This visit can no longer be moved."

    def __init__(self, visit_id: UUID, visit_status: str) -> None:
        super().__init__(visit_id=str(visit_id), visit_status=visit_status)


class VisitLocked(Problem):
    """What a person fixed is moved by a person's own hand, one by one."""

    status = 409
    code = "visit_locked"
    title = "This visit is locked or accepted. Unlock it, or move it by itself."

    def __init__(self, visit_id: UUID) -> None:
        super().__init__(visit_id=str(visit_id))


class NotPlanned(Problem):
    status = 409
    code = "not_planned"
    title = "Nobody is planned for this any more."


class InterventionEnded(Problem):
    status = 409
    code = "intervention_ended"
    title = "This intervention is over. Reopen it first."


class TechnicianInactive(Problem):
    status = 409
    code = "technician_inactive"
    title = "This technician no longer works here."


class ReopenedTooLate(Problem):
    """What comes back later is new work, linked to the old."""

    status = 409
    code = "reopen_too_late"
    title = "The time to reopen this is over. Report a new intervention as its repeat."

    def __init__(self, closed_at: datetime, until: datetime) -> None:
        super().__init__(closed_at=closed_at.isoformat(), until=until.isoformat())


class ChecklistOpen(Problem):
    """Somebody was at work and has not answered everything that must be answered."""

    status = 409
    code = "checklist_open"
    title = "Some mandatory items of the checklist are not answered yet."

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(items=list(items))


class EvidenceOutstanding(Problem):
    """Photos or signatures were promised and are still on a phone: wait for them, or waive them."""

    status = 409
    code = "evidence_outstanding"
    title = "Promised photos or signatures are not here yet."

    def __init__(self, files: Sequence[UUID]) -> None:
        super().__init__(count=len(files), files=[str(each) for each in files])


class MergeRefused(Problem):
    """`why` says what keeps it apart; `due_at` is the promise that would be lost."""

    status = 409
    code = "merge_refused"
    title = "This cannot be merged into that."

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why=why, **facts)


class UploadOffsetDiffers(Problem):
    """These bytes are not the next ones: go on at `received_size`."""

    status = 409
    code = "upload_offset_differs"
    title = "These are not the next bytes of this file."

    def __init__(self, received_size: int) -> None:
        super().__init__(received_size=received_size)


class FileHashDiffers(Problem):
    """What arrived was thrown away: begin again at 0."""

    status = 422
    code = "file_hash_differs"
    title = "What arrived is not the file that was promised. Send it again from the beginning."


class ChunkRefused(Problem):
    status = 415
    code = "chunk_refused"
    title = "The bytes of a file are sent as application/offset+octet-stream."


class FileQuotaReached(Problem):
    status = 429
    code = "file_quota_reached"
    title = "This account has sent as many files as it may in a day. The rest can follow tomorrow."


class ChoiceClosed(Problem):
    """Somebody is sent already, the time has gone, or the agreement gives no choice."""

    status = 409
    code = "choice_closed"
    title = "This time can no longer be chosen."
