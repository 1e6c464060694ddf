"""A piece of work to plan: where, how long, who may do it, by when, and what being late costs.

How agreements turn into due times and costs is decided elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Seconds for which `aim_cost` is paid: by the second, the least there is would already weigh as
# much as driving.
AIM_STEP = 60


@dataclass(frozen=True, slots=True)
class Announced:
    """What was promised already: this technician, starting at this second."""

    technician: str
    start: int


@dataclass(frozen=True, slots=True)
class Lock:
    """What a person has fixed: the technician, the start, or both."""

    technician: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done at a place; seconds from the origin, priority 1 is an entrapment.

    `aim` is when we wish it begun, whatever was promised: `aim_cost` for each full minute after it.

    >>> Job("lift-7", location=3, duration=1800, priority=2, drop_cost=50_000).crew
    1
    """

    id: str
    location: int
    duration: int
    priority: int
    drop_cost: int
    skills: Mapping[str, int] = field(default_factory=dict)
    release: int = 0
    window: tuple[int, int] | None = None
    due: int | None = None
    late_cost: int = 0
    late_fixed: int = 0
    aim: int | None = None
    aim_cost: int = 0
    technicians: tuple[str, ...] | None = None
    excluded: tuple[str, ...] = ()
    preferred: Mapping[str, int] = field(default_factory=dict)
    region: str | None = None
    borrow_cost: int = 0
    crew: int = 1
    after: tuple[str, ...] = ()
    load: int = 0
    announced: Announced | None = None
    locked: Lock | None = None
