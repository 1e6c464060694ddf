"""A technician's day as the planner sees it: where, when, what they can do, what it costs.

Rosters, absences and certificates are turned into this elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Break:
    """A rest owed during the day: it begins between these seconds and lasts this long."""

    earliest: int
    latest: int
    duration: int


@dataclass(frozen=True, slots=True)
class Technician:
    """Who can be sent: places, shift in seconds from the origin, skills by level, and costs.

    >>> Technician("anna", start=0, end=0, shift=(0, 28800), skills={"rescue": 2}).overtime_max
    0
    """

    id: str
    start: int
    end: int
    shift: tuple[int, int]
    overtime_max: int = 0
    overtime_cost: int = 0
    break_: Break | None = None
    skills: Mapping[str, int] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    use_cost: int = 0
    capacity: int | None = None
    reserve: int = 0
    reserve_cost: int = 0

    @property
    def reserved_from(self) -> int:
        """The second from which the rest of the shift is to be kept free for urgent calls."""
        return self.shift[1] - self.reserve

    @property
    def latest_return(self) -> int:
        """The last second at which the technician may be back, overtime included."""
        return self.shift[1] + self.overtime_max
