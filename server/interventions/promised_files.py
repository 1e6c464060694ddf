"""Photos and signatures a command promises: written down with it, waited for until they are in.

Their bytes come on their own, in `evidence_uploads`. A promise is kept whatever became of the
command that made it.
"""

from datetime import datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.interventions.checklist import keep_answers
from server.interventions.consequences import end_when_complete, settle
from server.interventions.dossier import Dossier
from server.interventions.events import tell
from server.interventions.evidence_schemas import EvidenceFileOut, FileBody
from server.interventions.schemas import AnswerBody, VisitCommandBody
from server.interventions.standing import outstanding
from server.interventions.tables import PromisedFile, Visit
from server.kit.database import Session


async def promise(
    session: Session,
    dossier: Dossier,
    visit: Visit,
    body: VisitCommandBody,
    *,
    scope: Scope,
    at: datetime,
    now: datetime,
) -> bool:
    """Write down the files a command names; the same file again is the same promise.

    `at` is when the command was given by the server's judgement: a phone whose clock was off then
    took its pictures by the same clock. Says whether anything was new.
    """
    known = {row.id for row in dossier.files if row.visit_id == visit.id}
    new = {file.id: file for file in body.payload.files if file.id not in known}
    for file in new.values():
        row = _promised(visit, file, body, scope=scope, now=now)
        row.taken_at = min(file.taken_at + (at - body.at), now)
        session.add(row)
        dossier.files.append(row)
        if file.replaces is not None:
            _give_up(dossier, visit, file.replaces, by=scope.name, replaced_by=file.id)
    if not new:
        return False
    answers = [AnswerBody(item=file.item, value=str(file.id)) for file in new.values() if file.item]
    keep_answers(session, dossier, visit, answers, at=at, author=scope.name)
    await session.flush()
    more = {"files": len(new)}
    await tell(
        session,
        scope.actor,
        now,
        kind="evidence_promised",
        dossier=dossier,
        visit=visit,
        more=more,
    )
    return True


def _promised(
    visit: Visit,
    file: FileBody,
    body: VisitCommandBody,
    *,
    scope: Scope,
    now: datetime,
) -> PromisedFile:
    return PromisedFile(
        visit_id=visit.id,
        id=file.id,
        intervention_id=visit.intervention_id,
        account_id=scope.account_id,
        author_name=scope.name,
        command_id=body.id,
        kind=file.kind,
        item=file.item,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        signer=file.signer,
        note=file.note,
        promised_at=now,
        received_size=0,
        state="promised",
    )


async def drop(
    session: Session,
    dossier: Dossier,
    visit: Visit,
    body: VisitCommandBody,
    *,
    scope: Scope,
    now: datetime,
) -> None:
    """Go without what its author says will not come; work that waited for nothing else ends."""
    given_up = [
        each
        for each in body.payload.dropped_files
        if _give_up(dossier, visit, each.id, by=scope.name, reason=each.reason)
    ]
    if not given_up:
        return
    is_closed = end_when_complete(session, dossier)
    settle(dossier, now)
    await session.flush()
    more = {"files": len(given_up)}
    by = scope.actor
    await tell(session, by, now, kind="evidence_dropped", dossier=dossier, visit=visit, more=more)
    if is_closed:
        await tell(session, by, now, kind="intervention_closed", dossier=dossier, visit=visit)


def _give_up(
    dossier: Dossier,
    visit: Visit,
    file_id: UUID,
    *,
    by: str,
    reason: str = "",
    replaced_by: UUID | None = None,
) -> bool:
    """Wait for a file of this visit no longer; says whether anything waited for it."""
    for row in outstanding(dossier):
        if (row.visit_id, row.id) == (visit.id, file_id):
            row.state, row.waived_by_name, row.waived_reason = "waived", by, reason
            row.replaced_by = replaced_by
            return True
    return False


async def waive(
    session: Session, scope: Scope, dossier: Dossier, reason: str, now: datetime
) -> None:
    """Go without what is outstanding: it may still come, but nothing waits for it any longer."""
    left = outstanding(dossier)
    for row in left:
        row.state, row.waived_by_name, row.waived_reason = "waived", scope.name, reason
    await session.flush()
    for visit in dossier.visits:
        count = sum(row.visit_id == visit.id for row in left)
        if count > 0:
            await tell(
                session,
                scope.actor,
                now,
                kind="evidence_waived",
                dossier=dossier,
                visit=visit,
                more={"files": count},
            )


def shown_files(dossier: Dossier, visit: Visit | None = None) -> list[EvidenceFileOut]:
    """The files of a visit, or of all of them, in the order they were taken."""
    rows = (row for row in dossier.files if visit is None or row.visit_id == visit.id)
    return [_shown(row) for row in sorted(rows, key=lambda row: (row.taken_at, row.id))]


def _shown(row: PromisedFile) -> EvidenceFileOut:
    return EvidenceFileOut(
        id=row.id,
        visit_id=row.visit_id,
        kind=row.kind,  # type: ignore[arg-type]
        item=row.item,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        received_size=row.received_size,
        state=row.state,  # type: ignore[arg-type]
        taken_at=row.taken_at,
        signer=row.signer,
        note=row.note,
        author=row.author_name,
        waived_by=row.waived_by_name,
        waived_reason=row.waived_reason,
        replaced_by=row.replaced_by,
    )
