"""Files as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class StoredFile(Identified, Base):
    """Bytes with their SHA-256.

    A document is kept as it came in. A picture is written anew; `original_sha256` is then of the
    bytes that came in.
    """

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="holds_something"),)

    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    original_sha256: Mapped[str | None]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]


class FileChunk(Base):
    """Some bytes of a file that has not arrived whole; gone once it has."""

    __tablename__ = "file_chunk"

    upload: Mapped[str] = mapped_column(primary_key=True)
    offset: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
