"""What a shift may look like: its order, its length, the lunch inside it.

Whether another shift stands in the way is asked of the database in `actions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.errors import Fault
from server.kit.problems import Invalid
from server.roster.schemas import LunchBody

LONGEST = timedelta(hours=24)
EARLIEST, LATEST = datetime(1950, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one shift, before anybody else's are looked at."""

    starts_at: datetime
    ends_at: datetime
    lunch: LunchBody | None


def require_sound(hours: Hours, zone: ZoneInfo) -> None:
    """Refuse hours nobody can work, naming every fault."""
    if faults := faults_of(hours, zone):
        raise Invalid(faults)


def faults_of(hours: Hours, zone: ZoneInfo) -> list[Fault]:
    return [*_instant_faults(hours)] or [*_length_faults(hours, zone), *_lunch_faults(hours)]


def _instant_faults(hours: Hours) -> Iterator[Fault]:
    instants = {"starts_at": hours.starts_at, "ends_at": hours.ends_at}
    if hours.lunch is not None:
        instants["lunch.earliest_at"] = hours.lunch.earliest_at
        instants["lunch.latest_at"] = hours.lunch.latest_at
    for path, instant in instants.items():
        if not EARLIEST <= instant < LATEST:
            yield Fault(path, "out_of_range", "Give an instant in 1950 to 2199.")
        elif instant.microsecond:
            yield Fault(path, "not_whole_seconds", "Give whole seconds.")


def _length_faults(hours: Hours, zone: ZoneInfo) -> Iterator[Fault]:
    if hours.ends_at <= hours.starts_at:
        yield Fault("ends_at", "ends_before_start", "The shift ends before it starts.")
    # On the clock on the wall: the night the clocks go back, once around it takes 25 hours.
    elif _on_the_wall(hours.ends_at, zone) - _on_the_wall(hours.starts_at, zone) > LONGEST:
        yield Fault("ends_at", "too_long", "A shift lasts 24 hours at most.")


def _lunch_faults(hours: Hours) -> Iterator[Fault]:
    lunch = hours.lunch
    if lunch is None:
        return
    if lunch.duration_seconds == 0:
        yield Fault("lunch.duration_seconds", "not_positive", "Say how long lunch lasts.")
    if lunch.latest_at < lunch.earliest_at:
        yield Fault("lunch.latest_at", "ends_before_start", "Lunch may not start at all.")
    if lunch.earliest_at < hours.starts_at:
        yield Fault("lunch.earliest_at", "outside_shift", "Lunch begins before the shift does.")
    if lunch.latest_at + timedelta(seconds=lunch.duration_seconds) > hours.ends_at:
        yield Fault("lunch.latest_at", "outside_shift", "Lunch may end after the shift does.")


def _on_the_wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
