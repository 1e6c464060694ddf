"""What is known of one region's day: who works, what is to be done, what is under way.

How it becomes a planning problem is in `question`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dispatch.agreements import Severity
from dispatch.day.closures import Closure
from dispatch.day.weights import WEIGHTS, Weights
from dispatch.geo import Point, SpeedProfile
from dispatch.interventions import UNDER_WAY_STATUSES, VisitStatus
from dispatch.roster import Absence, Availability, Technician

# Work that overruns ends soon, as far as anybody can know.
LEAST_LEFT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """A passage that is planned and not begun: whose, when, and who knows of it.

    One that `stays` is not to be touched in this question: its start holds as it stands.
    """

    technician: str
    status: VisitStatus
    starts_at: datetime
    is_announced: bool
    is_technician_locked: bool = False
    is_start_locked: bool = False
    stays: bool = False

    @property
    def keeps_technician(self) -> bool:
        """Whether only a dispatcher's own hand may give it to somebody else."""
        is_fixed = self.is_technician_locked or self.is_start_locked or self.stays
        return is_fixed or self.status is VisitStatus.ACCEPTED


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be done at a place, with its planned visit if it has one.

    `due_at` is the latest start of work that keeps the promise to the customer, `internal_due_at`
    the one that keeps our own stricter aim, which nobody was promised. Work in another region's
    care (`is_elsewhere`) is here only because this day's technician does it.
    """

    id: str
    at: Point
    severity: Severity
    duration_seconds: int
    reported_at: datetime
    skills: Mapping[str, int] = field(default_factory=dict, hash=False)
    due_at: datetime | None = None
    internal_due_at: datetime | None = None
    window_from: datetime | None = None
    window_to: datetime | None = None
    visit: Visit | None = None
    is_elsewhere: bool = False

    def lateness(self, starts_at: datetime) -> int:
        """By how many seconds work starting then would miss the promise; 0 without a promise."""
        if self.due_at is None:
            return 0
        return max(0, round((starts_at - self.due_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A technician travelling to a place or working there, and when they are expected to be free.

    It is not planned any more: it only says where and when the technician is free again.
    """

    technician: str
    at: Point
    free_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A technician, when they can be sent out that day, and where they are now: else at home.

    One of another region (`technician.region`) is lent: sent only at the price of borrowing.
    `away` are their absences, which `free` leaves out already.
    """

    technician: Technician
    free: tuple[Availability, ...]
    at: Point | None = None
    away: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One region's day from its local midnight, as it is known now.

    `borrow_cost` is what each visit by somebody of another region counts for, in seconds of
    driving; none for the usual price. `weights` are what the region goes by, `closures` the roads
    that take longer.
    """

    region: str
    profile: str | SpeedProfile
    starts_at: datetime
    now: datetime
    crew: tuple[Person, ...] = ()
    work: tuple[Work, ...] = ()
    under_way: tuple[UnderWay, ...] = ()
    borrow_cost: int | None = None
    weights: Weights = WEIGHTS
    closures: tuple[Closure, ...] = ()

    @property
    def own_crew(self) -> list[Person]:
        """The people of the region itself, without those it may borrow."""
        return [person for person in self.crew if person.technician.region == self.region]


def free_again(
    status: VisitStatus, begun_at: datetime, *, duration: int, now: datetime
) -> datetime:
    """Tell when a technician under way is expected to be free, `duration` seconds after beginning.

    `begun_at` is when work began, or is expected to. Raises `ValueError` for a visit that is not
    under way.

    >>> from datetime import UTC
    >>> ten = datetime(2026, 6, 2, 10, tzinfo=UTC)
    >>> free_again(VisitStatus.ARRIVED, ten, duration=1800, now=ten).minute
    30
    """
    if status not in UNDER_WAY_STATUSES:
        raise ValueError(f"a visit that is {status.value} is not under way")
    return max(begun_at + timedelta(seconds=duration), now + LEAST_LEFT)
