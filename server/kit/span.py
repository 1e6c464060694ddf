"""The years this server knows: what lies outside is a typing error, and no clock can count it.

Which values are asked about is said where they come in.
"""

from datetime import UTC, date, datetime

from dispatch.errors import Fault
from server.kit.problems import Invalid

EARLIEST, LATEST = datetime(1950, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
SENTENCE = "Give a time in the years 1950 to 2199."


def is_known(instant: datetime) -> bool:
    """Whether an instant lies in the years the server knows."""
    return EARLIEST <= instant < LATEST


def require_known_instants(**given: datetime | None) -> None:
    """Refuse, each by its name, instants without an offset or outside the years we know."""
    faults = [
        Fault(name, "no_offset", "Say which offset this instant has: add Z or +02:00.")
        if instant.tzinfo is None
        else Fault(name, "out_of_range", SENTENCE)
        for name, instant in given.items()
        if instant is not None and (instant.tzinfo is None or not is_known(instant))
    ]
    if faults:
        raise Invalid(faults)


def require_known_day(path: str, day: date) -> None:
    """Refuse a day outside the years the server knows."""
    if not EARLIEST.date() <= day < LATEST.date():
        raise Invalid([Fault(path, "out_of_range", SENTENCE)])
