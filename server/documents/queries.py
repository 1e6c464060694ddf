"""Reading documents: a manager sees those shared of their own sites."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.documents.schemas import DocumentOut, DocumentsOut, ExpiringOut
from server.documents.tables import Document
from server.files.downloads import Download
from server.files.queries import content
from server.files.tables import StoredFile
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.sites.queries import in_service, site_row
from server.sites.tables import Asset, Site

TOLD_BEFORE = 30  # days
Row = tuple[Document, Asset | None, StoredFile | None]


async def documents(session: AnySession, scope: Scope, site_id: UUID) -> DocumentsOut:
    """The papers of one of the caller's sites."""
    site = await site_row(session, scope, site_id)
    query = _rows(scope).where(Document.site_id == site.id)
    rows = [(each[0], each[1], each[2]) for each in (await session.execute(query)).all()]
    rows.sort(key=lambda row: (row[0].valid_until or date.max, row[0].name, str(row[0].id)))
    return DocumentsOut([_shown(row, scope) for row in rows])


async def document(session: AnySession, scope: Scope, document_id: UUID) -> DocumentOut:
    found = await session.execute(_rows(scope).where(Document.id == document_id))
    row = found.one_or_none()
    if row is None:
        raise NotFound
    await site_row(session, scope, row[0].site_id)
    return _shown((row[0], row[1], row[2]), scope)


async def document_row(session: AnySession, scope: Scope, document_id: UUID) -> Document:
    """One document of the caller's sites; any other looks unknown."""
    row = await session.get(Document, document_id)
    if row is None or (scope.role is Role.MANAGER and not row.is_shared):
        raise NotFound
    await site_row(session, scope, row.site_id)
    return row


async def download(session: AnySession, scope: Scope, document_id: UUID) -> Download:
    """The file of a document, where one was handed in."""
    row = await document_row(session, scope, document_id)
    file = None if row.file_id is None else await session.get(StoredFile, row.file_id)
    if file is None:
        raise NotFound
    return Download(file.name, file.media_type, await content(session, file.id))


async def expiring(session: AnySession, region_id: UUID, day: date) -> list[ExpiringOut]:
    """The documents of a region that have ended or end within a month, soonest first.

    What belongs to a lift that was taken out of service says nothing any more.
    """
    told_until = min(day.toordinal() + TOLD_BEFORE, date.max.toordinal())
    query = (
        select(Document, Site.name, Asset.name)
        .join(Site, Site.id == Document.site_id)
        .outerjoin(Asset, Asset.id == Document.asset_id)
        .where(
            Site.region_id == region_id,
            Document.valid_until <= date.fromordinal(told_until),
            in_service(day),
        )
        .order_by(Document.valid_until, Site.name, Document.id)
    )
    return [
        ExpiringOut(
            document_id=row.id,
            site_id=row.site_id,
            site_name=site,
            asset_name=asset,
            kind=row.kind,  # type: ignore[arg-type]
            name=row.name,
            valid_until=row.valid_until,
        )
        for row, site, asset in (await session.execute(query)).all()
        if row.valid_until is not None
    ]


def _rows(scope: Scope) -> Select[Document, Asset, StoredFile]:
    query = (
        select(Document, Asset, StoredFile)
        .outerjoin(Asset, Asset.id == Document.asset_id)
        .outerjoin(StoredFile, StoredFile.id == Document.file_id)
    )
    return query.where(Document.is_shared) if scope.role is Role.MANAGER else query


def _shown(found: Row, scope: Scope) -> DocumentOut:
    row, asset, file = found
    return DocumentOut(
        id=row.id,
        site_id=row.site_id,
        asset_id=row.asset_id,
        asset_name=None if asset is None else asset.name,
        kind=row.kind,  # type: ignore[arg-type]
        name=row.name,
        valid_until=row.valid_until,
        is_shared=row.is_shared,
        file_name=None if file is None else file.name,
        size=None if file is None else file.size,
        # Whoever added it stays inside the house.
        added_by="" if scope.role is Role.MANAGER else row.added_by,
        added_at=row.added_at,
        version=row.version,
    )
