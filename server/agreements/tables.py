"""Agreements, their versions and targets as stored."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned

EVERY_REGION = text("region_id is null")


class Agreement(Versioned, Base):
    """What a customer was promised; what exactly stands in its versions."""

    __tablename__ = "agreement"

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]


class AgreementVersion(Identified, Base):
    """In force on the local days `[valid_from, valid_to)` of its zone.

    That no two versions of an agreement overlap is kept by the database as well, in a migration.
    """

    __tablename__ = "agreement_version"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("valid_to is null or valid_from < valid_to", name="order"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    zone: Mapped[str]


class Target(Identified, Base):
    """One promise: seconds on a clock for a severity; region null means every region."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("seconds > 0", name="seconds"),
        UniqueConstraint("version_id", "region_id", "severity", "clock"),
        # Null differs from null in a unique constraint, so "every region" needs its own.
        Index(
            "uq_target_every_region",
            "version_id",
            "severity",
            "clock",
            unique=True,
            sqlite_where=EVERY_REGION,
            postgresql_where=EVERY_REGION,
        ),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"))
    region_id: Mapped[UUID | None] = mapped_column(ForeignKey("region.id"))
    severity: Mapped[str]
    clock: Mapped[str]
    seconds: Mapped[int]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id"))
