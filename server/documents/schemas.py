"""Wire shapes of documents."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from server.kit.wire import Body, Line, Out

DocumentKind = Literal["certificate", "manual", "schema", "other"]


class DocumentOut(Out):
    """A paper of a site, or of one asset on it.

    It holds until and on `valid_until`; null is for ever. The file is at
    `/api/documents/{id}/file` where there is one: `file_name` is null without.
    """

    id: UUID
    site_id: UUID
    asset_id: UUID | None
    asset_name: str | None
    kind: DocumentKind
    name: str
    valid_until: date | None
    is_shared: bool
    file_name: str | None
    size: int | None
    added_by: str
    added_at: datetime
    version: int


class DocumentsOut(Out):
    """Those that end soonest first, then those that never end, by name."""

    items: list[DocumentOut]


class ExpiringOut(Out):
    """A document that ends soon, or has ended."""

    document_id: UUID
    site_id: UUID
    site_name: str
    asset_name: str | None
    kind: DocumentKind
    name: str
    valid_until: date


class DocumentBody(Body):
    site_id: UUID
    asset_id: UUID | None = None
    kind: DocumentKind
    name: Line
    valid_until: date | None = None
    is_shared: bool = False


class DocumentChangeBody(Body):
    """Only what is named changes."""

    asset_id: UUID | None = None
    kind: DocumentKind | None = None
    name: Line | None = None
    valid_until: date | None = None
    is_shared: bool | None = None
