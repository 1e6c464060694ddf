"""Plans as stored: what was asked for, how the search went, what it would change, its files."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

RUNNING = text("status = 'running'")


class Plan(Versioned, Base):
    """A solve of one region's day; one at a time runs for a region.

    `diff` is what was shown for review, `steps` the same as what is to be done, with the visits as
    they were seen. `stale_changes` counts the steps that no longer held when it was published.
    `iterations_wanted` is set where exactly so many steps were asked for, `release` is the version
    of Palier that searched, `bound` a proven lower bound of the total. `only` names the
    interventions that were to be planned anew; none for the whole day.
    """

    __tablename__ = "plan"
    __table_args__ = (
        Index("ix_plan_region_id_requested_at", "region_id", "requested_at"),
        Index(
            "uq_plan_running_region_id",
            "region_id",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
    )

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    day: Mapped[date]
    status: Mapped[str]
    seconds: Mapped[int]
    seed: Mapped[int]
    change_budget: Mapped[int | None]
    only: Mapped[list[Any] | None]
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID]
    finished_at: Mapped[datetime | None]
    problem_code: Mapped[str | None]
    elapsed_seconds: Mapped[float] = mapped_column(default=0.0)
    iterations: Mapped[int] = mapped_column(default=0)
    iterations_wanted: Mapped[int | None]
    workers: Mapped[int] = mapped_column(default=1)
    engine: Mapped[str] = mapped_column(default="palier")
    release: Mapped[str] = mapped_column(default="")
    bound: Mapped[int | None] = mapped_column(BigInteger)
    trace: Mapped[list[Any]]
    diff: Mapped[dict[str, Any] | None]
    steps: Mapped[list[Any]]
    stale_changes: Mapped[int] = mapped_column(default=0)


class PlanFiles(Base):
    """What a plan was made of and what came out, as compressed files of the planning contract.

    Kept beside the plan and forgotten before it: files are large. `result` is missing while the
    search runs and where none was found.
    """

    __tablename__ = "plan_files"

    plan_id: Mapped[UUID] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True
    )
    kept_at: Mapped[datetime] = mapped_column(index=True)
    problem: Mapped[bytes] = mapped_column(LargeBinary)
    start: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[bytes | None] = mapped_column(LargeBinary)
