"""Technicians, what they can do, and the certificates that let them do it.

When they work is in `shifts`; both together are in `availability`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dispatch.errors import Refusal
from dispatch.geo import Point


class InvalidTechnicianError(Refusal):
    """A technician's record contradicts itself; says whose and how."""

    code = "invalid_technician"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A dated proof that its holder may use the skill of the same name.

    Valid on both its first and its last day; without a first day, since ever.
    """

    name: str
    valid_until: date
    valid_from: date | None = None

    def __post_init__(self) -> None:
        if self.valid_from is not None and self.valid_until < self.valid_from:
            raise InvalidTechnicianError(
                f"certificate {self.name} ends {self.valid_until}, before it begins"
            )

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Technician:
    """A person who repairs lifts: home region and position, skills with levels 1 and up.

    A skill for which certificates are held counts only on days when one of them is valid;
    a skill without any certificate needs none.
    """

    id: str
    region: str
    home: Point
    skills: Mapping[str, int] = field(default_factory=dict, hash=False)
    certificates: tuple[Certificate, ...] = ()
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for skill, level in self.skills.items():
            if level < 1:
                raise InvalidTechnicianError(f"{self.id}: level {level} of {skill} is below 1")

    def skills_on(self, day: date) -> dict[str, int]:
        """Name the skills this technician may use on a day, with their levels.

        >>> expired = Certificate("rescue", valid_until=date(2026, 3, 31))
        >>> aina = Technician("aina", "VALLS", Point(42.5, 1.5), {"rescue": 1}, (expired,))
        >>> aina.skills_on(date(2026, 3, 31)), aina.skills_on(date(2026, 4, 1))
        ({'rescue': 1}, {})
        """
        return {skill: level for skill, level in self.skills.items() if self._may_use(skill, day)}

    def _may_use(self, skill: str, day: date) -> bool:
        held = [certificate for certificate in self.certificates if certificate.name == skill]
        return not held or any(certificate.covers(day) for certificate in held)
