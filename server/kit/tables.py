"""Columns and rows every domain shares: ids, versions, instants, the event log, stored answers.

No business table lives here.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.interfaces import MapperProperty

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite forgets zones, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone: instants are aware")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads a plain class attribute
        datetime: UtcDateTime,
        UUID: Uuid,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Identified:
    """A row with a time-ordered id."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid_utils.compat.uuid7)


class Versioned(Identified):
    """A row whose version grows with every change; a stale change is refused by the database."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, MapperProperty[Any] | Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Event(Base):
    """Everything that happened, one row each, written with the change it tells of."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_region_id_seq", "region_id", "seq"),
        Index("ix_event_site_id_seq", "site_id", "seq"),
        Index("ix_event_intervention_id", "intervention_id"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime]
    kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    region_id: Mapped[UUID | None]
    customer_id: Mapped[UUID | None]
    site_id: Mapped[UUID | None]
    intervention_id: Mapped[UUID | None]
    visit_id: Mapped[UUID | None]
    technician_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]]


class StoredAnswer(Base):
    """The answer a repeated command gets again, kept seven days with the effect it had."""

    __tablename__ = "stored_answer"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int]
    etag: Mapped[str | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)
