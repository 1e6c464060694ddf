"""Files as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class StoredFile(Identified, Base):
    """Bytes with the SHA-256 they had when they came in."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="holds_something"),)

    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]
