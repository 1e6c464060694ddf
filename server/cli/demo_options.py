"""What the words of `palier demo` may say: an instant, and a number of days."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

TOWN = "andorra"
LONGEST_HISTORY = 180


def town_zone() -> ZoneInfo:
    return ZoneInfo("Europe/Andorra")


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant; without an offset it is the town's local time."""

    name = "iso"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant like 2026-11-23T10:00+01:00", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=town_zone())


class Days(click.ParamType[int]):
    """A number of days, as `90d`."""

    name = "days"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        if isinstance(value, int):
            return value
        number = value.removesuffix("d")
        if not number.isdecimal() or not 1 <= int(number) <= LONGEST_HISTORY:
            self.fail(
                f"{value!r} is not a number of days from 1d to {LONGEST_HISTORY}d", param, ctx
            )
        return int(number)


INSTANT, DAYS = Instant(), Days()
