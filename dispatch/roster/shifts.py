"""Shifts, on-call duty, lunch and absences, as instants in UTC.

Weekly patterns in local time are in `patterns`; what is left of a shift is in `availability`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dispatch.errors import Refusal


class ShiftKind(StrEnum):
    """Ordinary working time, or on call: at home, paid to come out when called."""

    SHIFT = "shift"
    ON_CALL = "on_call"


class InvalidShiftError(Refusal):
    """A shift, lunch or absence contradicts itself; says whose and how."""

    code = "invalid_shift"


@dataclass(frozen=True, slots=True)
class Lunch:
    """A meal that starts no earlier than `earliest_at` and no later than `latest_at` (UTC)."""

    earliest_at: datetime
    latest_at: datetime
    duration_seconds: int

    def __post_init__(self) -> None:
        _require_order("lunch", self.earliest_at, self.latest_at)
        if self.duration_seconds <= 0:
            raise InvalidShiftError(f"a lunch of {self.duration_seconds} s is no lunch")

    @property
    def over_by(self) -> datetime:
        """When the latest possible lunch has ended."""
        return self.latest_at + timedelta(seconds=self.duration_seconds)


@dataclass(frozen=True, slots=True)
class Shift:
    """One technician's duty from one instant (UTC) to another.

    Up to `overtime_max_seconds` may follow its end, at `overtime_cost` for every second.
    """

    technician_id: str
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    overtime_max_seconds: int = 0
    overtime_cost: int = 0
    lunch: Lunch | None = None

    def __post_init__(self) -> None:
        _require_order(f"shift of {self.technician_id}", self.starts_at, self.ends_at)
        if self.starts_at == self.ends_at:
            raise InvalidShiftError(f"shift of {self.technician_id} is empty at {self.starts_at}")
        if self.overtime_max_seconds < 0 or self.overtime_cost < 0:
            raise InvalidShiftError(f"shift of {self.technician_id}: overtime is below 0")
        if self.lunch and not self._holds(self.lunch):
            raise InvalidShiftError(f"shift of {self.technician_id} does not hold its lunch")

    def _holds(self, lunch: Lunch) -> bool:
        return self.starts_at <= lunch.earliest_at and lunch.over_by <= self.ends_at


@dataclass(frozen=True, slots=True)
class Absence:
    """Time a technician is away although a shift says otherwise: leave, illness, training (UTC)."""

    technician_id: str
    starts_at: datetime
    ends_at: datetime
    is_sick: bool = False

    def __post_init__(self) -> None:
        _require_order(f"absence of {self.technician_id}", self.starts_at, self.ends_at)


def _require_order(whose: str, starts_at: datetime, ends_at: datetime) -> None:
    for instant in (starts_at, ends_at):
        if instant.utcoffset() != timedelta(0):
            raise InvalidShiftError(f"{whose}: {instant.isoformat()} is not an instant in UTC")
    if ends_at < starts_at:
        raise InvalidShiftError(f"{whose} ends before it starts at {starts_at.isoformat()}")
