"""When a technician may be located: at work, not on a break, having switched it on and read why.

What is done with a position is the server's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from dispatch.roster.duty import DutyLog, DutyState


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody switched being located on or off at an instant (UTC), under a notice by number."""

    at: datetime
    is_on: bool
    notice: int


def may_be_located(
    log: DutyLog, choices: Sequence[Choice], instant: datetime, *, notice: int
) -> bool:
    """Tell whether a position of that instant may be kept; `choices` are in their order.

    Being on call, on a break or on the way home is nobody's business; neither is anything that
    was agreed to under an older notice.
    """
    place = bisect_right(choices, instant, key=attrgetter("at"))
    if not place or not choices[place - 1].is_on or choices[place - 1].notice != notice:
        return False
    return log.at(instant).state is DutyState.ON_SHIFT


def locatable(
    log: DutyLog,
    choices: Sequence[Choice],
    instants: Iterable[datetime],
    *,
    notice: int,
    now: datetime,
) -> list[bool]:
    """Judge many positions, each by its own instant; none once it was switched off again.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> locatable(DutyLog(), [Choice(noon, True, 1)], [noon], notice=1, now=noon)
    [False]
    """
    is_on = bool(choices) and choices[-1].is_on and choices[-1].notice == notice
    return [
        is_on and instant <= now and may_be_located(log, choices, instant, notice=notice)
        for instant in instants
    ]
