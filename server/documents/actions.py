"""Adding, changing and removing documents, and keeping their files."""

from datetime import datetime
from uuid import UUID

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.documents import queries
from server.documents.schemas import DocumentBody, DocumentChangeBody, DocumentOut
from server.documents.tables import Document
from server.files.actions import store
from server.files.tables import StoredFile
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version
from server.sites.queries import site_row
from server.sites.tables import Asset


async def create(session: Session, scope: Scope, data: DocumentBody, now: datetime) -> DocumentOut:
    """Add a paper to a site of the caller's, or to an asset that stands there."""
    try:
        site = await site_row(session, scope, data.site_id)
    except NotFound as error:
        raise Invalid([_unknown("site_id")]) from error
    await _require_asset(session, site.id, data.asset_id)
    row = Document(**data.model_dump(), added_by=scope.name, added_at=now)
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, "document_added", now)
    return await queries.document(session, scope, row.id)


async def change(
    session: Session,
    scope: Scope,
    document_id: UUID,
    data: DocumentChangeBody,
    *,
    expected: int,
    now: datetime,
) -> DocumentOut:
    """Change what is named, on the version the caller saw."""
    row = await queries.document_row(session, scope, document_id)
    require_version(row.version, expected)
    await _require_asset(session, row.site_id, data.asset_id)
    for name, value in changes(data, may_be_empty=("asset_id", "valid_until")).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, "document_changed", now)
    return await queries.document(session, scope, row.id)


async def remove(
    session: Session, scope: Scope, document_id: UUID, *, expected: int, now: datetime
) -> None:
    """Take a paper away, its file with it."""
    row = await queries.document_row(session, scope, document_id)
    require_version(row.version, expected)
    file_id = row.file_id
    await session.delete(row)
    await session.flush()
    await _forget(session, file_id)
    await _tell(session, scope, row, "document_removed", now)


async def keep_file(
    session: Session,
    scope: Scope,
    document_id: UUID,
    given: bytes,
    *,
    name: str,
    media_type: str,
    now: datetime,
) -> DocumentOut:
    """Keep the PDF of a document, in place of the one before."""
    row = await queries.document_row(session, scope, document_id)
    before = row.file_id
    file = await store(session, given, name, media_type, by=scope.account_id, now=now)
    row.file_id = file.id
    await session.flush()
    await _forget(session, before)
    await _tell(session, scope, row, "document_changed", now)
    return await queries.document(session, scope, row.id)


async def _forget(session: Session, file_id: UUID | None) -> None:
    file = None if file_id is None else await session.get(StoredFile, file_id)
    if file is not None:
        await session.delete(file)
        await session.flush()


async def _require_asset(session: Session, site_id: UUID, asset_id: UUID | None) -> None:
    asset = None if asset_id is None else await session.get(Asset, asset_id)
    if asset_id is not None and (asset is None or asset.site_id != site_id):
        raise Invalid([_unknown("asset_id")])


def _unknown(path: str) -> Fault:
    return Fault(path, "unknown", "There is nothing with this id that you may use here.")


async def _tell(session: Session, scope: Scope, row: Document, kind: str, now: datetime) -> None:
    site = await site_row(session, scope, row.site_id)
    about = About(region_id=site.region_id, site_id=site.id)
    facts = {"document_id": str(row.id), "kind": row.kind}
    await announce(session, scope.actor, now, Happening(kind, about, facts))
