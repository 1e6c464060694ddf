"""When it is in the demo: now, or the next working morning where now is night or a weekend.

The shift is whole seconds, constant for a run, and told to every page.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8, 30), time(16, 30)
LIVELY = time(10, 12)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DemoTime:
    """The demo's day and how far its clock is ahead of the real one."""

    day: date
    offset_seconds: int


def demo_time(
    real_now: datetime, zone: ZoneInfo, holidays: Collection[date], wanted: datetime | None
) -> DemoTime:
    """Pick the demo's time: the one asked for, the real one while people work, or a morning.

    >>> from datetime import UTC
    >>> sunday_night = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    >>> demo_time(sunday_night, ZoneInfo("Europe/Andorra"), (), None)
    DemoTime(day=datetime.date(2026, 11, 23), offset_seconds=36720)
    """
    local = real_now.astimezone(zone)
    if wanted is not None:
        return _shifted(real_now, wanted.astimezone(zone))
    if _is_working_day(local.date(), holidays) and OPENS <= local.time() < CLOSES:
        return DemoTime(local.date(), 0)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not _is_working_day(day, holidays):
        day += timedelta(days=1)
    return _shifted(real_now, datetime.combine(day, LIVELY, zone))


def _shifted(real_now: datetime, demo_now: datetime) -> DemoTime:
    return DemoTime(demo_now.date(), round((demo_now - real_now).total_seconds()))


def _is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays
