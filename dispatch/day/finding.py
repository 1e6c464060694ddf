"""One thing about a day's data that would spoil its plan, and the rules that look for them.

Who mends it where is the server's to say; the rules are in `crew_findings` and `work_findings`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dispatch.day.day import Day, Person, Work
from dispatch.geo import Point
from dispatch.roster import Availability

NOWHERE = Point(0.0, 0.0)  # in the sea: what a form leaves behind that nobody filled in
FARTHEST_METRES = 250_000  # from the middle of the day's places; nobody drives there and back


class Subject(StrEnum):
    """What a finding is about: the region itself, one technician, a skill, one piece of work."""

    REGION = "region"
    TECHNICIAN = "technician"
    SKILL = "skill"
    WORK = "work"


class Weight(StrEnum):
    """What a finding means: work that cannot be planned, a worse plan, or worth knowing."""

    BLOCKS = "blocks"
    WARNS = "warns"
    TELLS = "tells"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault by its code, whose it is, its figures, and the work it is to the detriment of."""

    code: str
    weight: Weight
    subject: Subject
    name: str
    affects: tuple[str, ...] = ()
    facts: Mapping[str, int | str | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """A day with what the rules ask of it again and again; `uncovered` has no agreement."""

    day: Day
    uncovered: frozenset[str]
    middle: Point | None

    @property
    def on_duty(self) -> list[Person]:
        """Whoever can still be sent out that day."""
        return [person for person in self.day.crew if self.hours_of(person)]

    @property
    def own_on_duty(self) -> list[Person]:
        """Whoever of the region itself can still be sent out that day."""
        return [person for person in self.day.own_crew if self.hours_of(person)]

    def hours_of(self, person: Person) -> list[Availability]:
        """The stretches of a person that are not over, overtime included."""
        return [free for free in person.free if ends_at(free) > self.day.now]

    @property
    def hours(self) -> list[Availability]:
        """Everybody's stretches that are not over."""
        return [free for person in self.day.crew for free in self.hours_of(person)]

    def able(self, work: Work) -> list[Availability]:
        """The stretches in which somebody with all its skills can be sent to this work."""
        return [free for free in self.hours if has_skills(free.skills, work.skills)]


Rule = Callable[[Checked], Iterable[Finding]]


def ends_at(free: Availability) -> datetime:
    """When somebody is home at the latest."""
    return free.ends_at + timedelta(seconds=free.overtime_max_seconds)


def has_skills(held: Mapping[str, int], needed: Mapping[str, int]) -> bool:
    """Whether all these skills are held at their level.

    >>> has_skills({"rescue": 1}, {"rescue": 2})
    False
    """
    return all(held.get(skill, 0) >= level for skill, level in needed.items())


def everything(day: Day) -> tuple[str, ...]:
    """All work of the day."""
    return tuple(work.id for work in day.work)
