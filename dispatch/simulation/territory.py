"""What a simulation is about: a region's lifts, its crew with their shifts, and its promises.

What happens there is drawn in `calls` and `luck`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dispatch.agreements import Severity, Target
from dispatch.geo import Point, SpeedProfile
from dispatch.roster import Shift, Technician


@dataclass(frozen=True, slots=True)
class Lift:
    """Something that can break: where it stands and the skills its drive asks of whoever comes.

    `targets` are what its owner is promised, where that is not what the territory promises all.
    """

    id: str
    at: Point
    skills: Mapping[str, int] = field(default_factory=dict, hash=False)
    targets: tuple[Target, ...] | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """One region with everything in it; `targets` are promised where a lift has none of its own.

    Shifts are dated: those of the whole time that is simulated, and of the day before it.
    """

    code: str
    profile: str | SpeedProfile
    zone: ZoneInfo
    lifts: tuple[Lift, ...]
    crew: tuple[Technician, ...] = ()
    shifts: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict, hash=False)
    targets: tuple[Target, ...] = ()

    def promised(self, lift: Lift, severity: Severity) -> tuple[Target, ...]:
        """What is promised to a call of this severity about a lift."""
        targets = self.targets if lift.targets is None else lift.targets
        return tuple(target for target in targets if target.severity is severity)


def shifts_by_technician(shifts: Iterable[Shift]) -> dict[str, tuple[Shift, ...]]:
    """Sort shifts to their technicians, in order.

    >>> shifts_by_technician([])
    {}
    """
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        found.setdefault(shift.technician_id, []).append(shift)
    return {who: tuple(sorted(own, key=lambda each: each.starts_at)) for who, own in found.items()}
