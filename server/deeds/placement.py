"""Where an intervention stands on the board: whose, when, what of it is fixed; as value and stored.

Reading and comparing only; visits are written by `server.interventions`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from server.interventions.standing import OPEN
from server.interventions.tables import Visit
from server.kit.database import AnySession


@dataclass(frozen=True, slots=True)
class Placement:
    """One open visit as a dispatcher places it."""

    visit_id: UUID
    technician_id: UUID
    starts_at: datetime
    ends_at: datetime
    travel_seconds: int
    is_technician_locked: bool
    is_start_locked: bool
    is_announced: bool
    status: str
    version: int = 0
    late_by_seconds: int = 0
    why: dict[str, Any] | None = None

    @property
    def place(self) -> tuple[UUID, datetime, datetime]:
        return self.technician_id, self.starts_at, self.ends_at

    @property
    def locks(self) -> tuple[bool, bool]:
        return self.is_technician_locked, self.is_start_locked

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


def placement(stored: Mapping[str, Any] | None) -> Placement | None:
    """As it was stored; none for what waited."""
    return None if stored is None else msgspec.convert(stored, Placement)


async def placements(
    session: AnySession, interventions: Collection[UUID]
) -> dict[UUID, Placement | None]:
    """Where these stand now; none for what waits, or is over."""
    found: dict[UUID, Placement | None] = dict.fromkeys(interventions)
    query = (
        select(Visit)
        .where(Visit.intervention_id.in_(found), Visit.status.in_(OPEN))
        .order_by(Visit.created_at.desc(), Visit.id.desc())
    )
    for visit in await session.scalars(query, execution_options={"populate_existing": True}):
        found[visit.intervention_id] = _of(visit)
    return found


def _of(visit: Visit) -> Placement:
    return Placement(
        visit.id,
        visit.technician_id,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        travel_seconds=visit.travel_seconds,
        is_technician_locked=visit.is_technician_locked,
        is_start_locked=visit.is_start_locked,
        is_announced=visit.announced_at is not None,
        status=visit.status,
        version=visit.version,
        late_by_seconds=visit.late_by_seconds,
        why=visit.why,
    )
