"""Documents as stored."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Document(Versioned, Base):
    """A paper of a site, or of one asset on it; its file may come later, or never.

    It holds until and on `valid_until`, for ever without. Only what is shared is shown to the
    customer.
    """

    __tablename__ = "document"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), index=True)
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str]
    name: Mapped[str]
    valid_until: Mapped[date | None]
    is_shared: Mapped[bool]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    added_by: Mapped[str]
    added_at: Mapped[datetime]
