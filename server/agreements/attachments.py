"""Files kept with versions of agreements: who may hand one in, who may read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import VersionStatus
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.problems import VersionImmutable
from server.agreements.schemas import FileOut
from server.agreements.shown import HOLDING_STATUSES, shown_file
from server.agreements.tables import AgreementVersion, Attachment
from server.agreements.turns import tell, touch
from server.files.actions import store
from server.files.downloads import Download
from server.files.queries import content
from server.files.tables import StoredFile
from server.kit.database import AnySession, Session
from server.kit.problems import NotFound

TAKES_FILES = frozenset(
    {
        VersionStatus.DRAFT.value,
        VersionStatus.NEGOTIATION.value,
        VersionStatus.VERIFIED.value,
        VersionStatus.FINAL_REVIEW.value,
        VersionStatus.APPROVED.value,
        VersionStatus.SIGNED.value,
        VersionStatus.ACTIVE.value,
    }
)


async def attach(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    given: bytes,
    *,
    name: str,
    media_type: str,
    now: datetime,
) -> FileOut:
    """Keep a file with a version; `ids` are the agreement's and the version's."""
    agreement, row = await queries.version_row(session, scope, *ids)
    if row.status not in TAKES_FILES:
        raise VersionImmutable(stands=row.status)
    file = await store(session, given, name, media_type, by=scope.account_id, now=now)
    session.add(Attachment(version_id=row.id, file_id=file.id))
    await touch(session, agreement)
    await tell(session, scope, agreement, "agreement_file_added", now=now, version=row)
    return shown_file(file)


async def download(
    session: AnySession, scope: Scope, agreement_id: UUID, file_id: UUID
) -> Download:
    """A file of an agreement; a manager reads those of versions that are or were in force."""
    agreement = await queries.agreement_row(session, scope, agreement_id)
    query = (
        select(StoredFile)
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .join(AgreementVersion, AgreementVersion.id == Attachment.version_id)
        .where(AgreementVersion.agreement_id == agreement.id, StoredFile.id == file_id)
    )
    if scope.role is Role.MANAGER:
        query = query.where(AgreementVersion.status.in_(HOLDING_STATUSES))
    row = (await session.scalars(query)).first()
    if row is None:
        raise NotFound
    return Download(row.name, row.media_type, await content(session, row.id))
