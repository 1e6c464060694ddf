"""The rows behind one region's day, as they were read: values only.

They are read in `day_reading`; what `dispatch.day` makes of them at a moment is in `snapshot`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from dispatch.day import Weights
from dispatch.geo import Point, SpeedProfile
from dispatch.roster import Availability
from server.interventions.tables import Intervention, Visit
from server.regions.tables import Region
from server.roster.snapshot import Roster
from server.roster.tables import Technician
from server.sites.tables import Site


@dataclass(frozen=True, slots=True)
class Subject:
    """What screens say about one piece of work, and its open visit if it has one."""

    intervention: Intervention
    site: Site
    visit: Visit | None
    due_at: datetime | None
    internal_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """A local day; today also holds what earlier days left open.

    `horizon` is when the last stretch of somebody's duty ends.
    """

    start: datetime
    end: datetime
    horizon: datetime
    is_today: bool


class Arrival(NamedTuple):
    """Somebody's coming to a place that day."""

    technician: UUID
    at: datetime
    place: Point
    intervention: UUID


@dataclass(slots=True)
class DayRows:
    """What was read about a region's day; subjects by intervention, arrivals in their order.

    `regions` are the codes of the region and of those whose technicians it may borrow.
    """

    region: Region
    regions: Mapping[UUID, str]
    date: date
    span: Span
    crew: Mapping[UUID, Technician]
    roster: Roster
    free: Mapping[str, tuple[Availability, ...]]
    weights: Weights
    profile: str | SpeedProfile
    subjects: dict[UUID, Subject] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
