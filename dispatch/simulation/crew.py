"""One technician as the day goes on: where they are, what they are at, when they can be sent.

Shifts and absences become stretches in `dispatch.roster`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.day import Person
from dispatch.geo import Point
from dispatch.roster import Absence, Availability, Shift, ShiftKind, Technician, available
from dispatch.simulation.case import Case

NEXT_DAY = timedelta(days=1)
LUNCH_SLACK = timedelta(minutes=5)


@dataclass(slots=True)
class Member:
    """One of the crew. Without a place they are at home; `busy` is the case they are at."""

    technician: Technician
    zone: ZoneInfo
    shifts: Mapping[date, tuple[Shift, ...]]
    at: Point | None = None
    busy: Case | None = None
    free_since: datetime | None = None
    absences: list[Absence] = field(default_factory=list)
    begins_at: dict[datetime, datetime] = field(default_factory=dict)
    eaten: set[datetime] = field(default_factory=set)
    wakes_at: datetime | None = None

    @property
    def id(self) -> str:
        return self.technician.id

    @property
    def place(self) -> Point:
        return self.technician.home if self.at is None else self.at

    def duties(self, day: date) -> tuple[Shift, ...]:
        """The shifts that begin on a local day, being on call left out."""
        return tuple(each for each in self._shifts(day) if each.kind is ShiftKind.SHIFT)

    def free(self, day: date) -> tuple[Availability, ...]:
        """The stretches of a day, with what is left of the night before."""
        found = [
            self._as_it_turned_out(free)
            for each in (day - NEXT_DAY, day)
            for free in available(
                self.technician,
                self._shifts(each),
                absences=self.absences,
                day=each,
                zone=self.zone,
            )
        ]
        return tuple(free for free in found if free.starts_at < free.ends_at)

    def person(self, day: date, midnight: datetime) -> Person:
        """The technician as the planner sees them."""
        free = tuple(each for each in self.free(day) if each.ends_at > midnight)
        return Person(self.technician, free, self.at)

    def stretch_for(self, starts_at: datetime, day: date) -> Availability | None:
        """The stretch in which a visit falls: the first that is not over by then."""
        return next((each for each in self.free(day) if starts_at < latest_return(each)), None)

    def stretch_at(self, now: datetime, day: date) -> Availability | None:
        """The last stretch that has begun."""
        begun = [each for each in self.free(day) if each.starts_at <= now]
        return begun[-1] if begun else None

    def falls_ill(self, day: date, at: datetime) -> None:
        """Be away from an instant to the end of the day's duties."""
        ends = [each.ends_at for each in self.duties(day) if each.ends_at > at]
        if ends:
            self.absences.append(Absence(self.id, at.astimezone(UTC), max(ends)))

    def begins_late(self, shift: Shift, seconds: int) -> None:
        self.begins_at[shift.starts_at] = shift.starts_at + timedelta(seconds=seconds)

    def lunch_ends(
        self, stretch: Availability | None, *, there_at: datetime, starts_at: datetime
    ) -> datetime | None:
        """When a lunch eaten on the way would be over; None if it is not eaten on this leg.

        It is eaten where the plan leaves room for it before the visit, or where it would otherwise
        be missed.
        """
        lunch = None if stretch is None else stretch.lunch
        if lunch is None:
            return None
        over = max(there_at, lunch.earliest_at) + timedelta(seconds=lunch.duration_seconds)
        if over <= starts_at + LUNCH_SLACK:
            return over
        return over if lunch.earliest_at <= there_at <= lunch.latest_at else None

    def has_eaten(self, stretch: Availability) -> None:
        if stretch.lunch is not None:
            self.eaten.add(stretch.lunch.earliest_at)

    def eats_while_free(self, now: datetime, day: date) -> None:
        """Count the lunch as eaten if there was room for it since the last work."""
        stretch = self.stretch_at(now, day)
        if stretch is None or stretch.lunch is None:
            return
        since = max(self.free_since or stretch.starts_at, stretch.starts_at)
        begun = max(since, stretch.lunch.earliest_at)
        if begun + timedelta(seconds=stretch.lunch.duration_seconds) <= now:
            self.has_eaten(stretch)

    def _shifts(self, day: date) -> Sequence[Shift]:
        return self.shifts.get(day, ())

    def _as_it_turned_out(self, free: Availability) -> Availability:
        """Begin later where the technician began late, owe no lunch that was eaten."""
        begins = self.begins_at.get(free.starts_at, free.starts_at)
        is_eaten = free.lunch is not None and free.lunch.earliest_at in self.eaten
        if begins == free.starts_at and not is_eaten:
            return free
        return replace(free, starts_at=begins, lunch=None if is_eaten else free.lunch)


def latest_return(free: Availability) -> datetime:
    """When a stretch is over, overtime included."""
    return free.ends_at + timedelta(seconds=free.overtime_max_seconds)
