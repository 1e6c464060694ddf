"""Wire shapes of usual weeks, rotas and other calendars, and of what was written of them."""

from datetime import date, datetime, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from server.kit.hosts import LONGEST
from server.kit.wire import Body, Instant, Out, Seconds
from server.roster.schemas import AbsenceKind, Rank, ShiftKind


def _to_the_minute(wall: time) -> time:
    if wall.tzinfo is not None or wall.second or wall.microsecond:
        raise ValueError("Give the time on the clock on the wall, to the minute.")
    return wall


WallTime = Annotated[time, AfterValidator(_to_the_minute)]
Weekday = Annotated[int, Field(ge=0, le=6)]
FIRST, LAST = date(1950, 1, 2), date(2199, 12, 30)
Day = Annotated[date, Field(ge=FIRST, le=LAST)]


class UsualLunchBody(Body):
    """Lunch starts between two wall times and lasts so long."""

    earliest: WallTime
    latest: WallTime
    duration_seconds: Annotated[int, Field(ge=60, le=4 * 3600)]


class UsualDutyBody(Body):
    """The same hours on some weekdays, 0 for Monday; ending no later than it starts, overnight."""

    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    starts: WallTime
    ends: WallTime
    kind: ShiftKind = "shift"
    overtime_max_seconds: Seconds = 0
    lunch: UsualLunchBody | None = None
    rank: Rank | None = None

    @model_validator(mode="after")
    def _holds_its_lunch(self) -> Self:
        if self.lunch is None:
            return self
        length = _minutes_after(self.starts, self.ends) or 24 * 60
        earliest = _minutes_after(self.starts, self.lunch.earliest)
        latest = _minutes_after(self.starts, self.lunch.latest)
        if earliest > latest or latest + self.lunch.duration_seconds / 60 > length:
            raise ValueError("Lunch lies within the hours.")
        return self


def _minutes_after(start: time, wall: time) -> int:
    return ((wall.hour - start.hour) * 60 + wall.minute - start.minute) % (24 * 60)


class WeekBody(Body):
    """`is_preview` writes nothing and tells the same; `is_kept` keeps it as their usual week."""

    first_day: Day
    last_day: Day
    duties: Annotated[list[UsualDutyBody], Field(min_length=1, max_length=21)]
    is_preview: bool = False
    is_kept: bool = False


class RotaBody(Body):
    """Whose turn it is changes every `turn_days` days, from the first in the list on.

    On call from `starts` to `ends` of the next day; with `is_whole_weekend` Saturday and Sunday
    from `ends` to `ends`.
    """

    technician_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    first_day: Day
    last_day: Day
    turn_days: Annotated[int, Field(ge=1, le=28)] = 7
    starts: WallTime
    ends: WallTime
    is_whole_weekend: bool = True
    rank: Rank | None = None
    is_preview: bool = False


class WrittenShiftOut(Out):
    technician_id: UUID
    starts_at: datetime
    ends_at: datetime


class WrittenOut(Out):
    """What was written; and what was not, since its technician has other hours then."""

    written: list[WrittenShiftOut]
    in_the_way: list[WrittenShiftOut]


class CalendarReadingBody(Body):
    """A calendar (RFC 5545): its text, or the address it is kept at."""

    first_day: Day
    last_day: Day
    content: Annotated[str, Field(max_length=1_000_000)] = ""
    url: Annotated[str, Field(max_length=LONGEST)] = ""

    @model_validator(mode="after")
    def _is_said_once(self) -> Self:
        if bool(self.content) == bool(self.url):
            raise ValueError("Give a calendar, or the address of one.")
        return self


class CalendarEntryOut(Out):
    title: str
    starts_at: datetime
    ends_at: datetime
    is_whole_day: bool


class CalendarReadingOut(Out):
    """Entries in order; `unread` counts those this server does not follow, such as hourly ones."""

    entries: list[CalendarEntryOut]
    unread: int


class SpanBody(Body):
    starts_at: Instant
    ends_at: Instant


class CalendarEntriesBody(Body):
    """Spans of one kind, of a shift or of an absence; `is_preview` writes nothing."""

    kind: ShiftKind | AbsenceKind
    spans: Annotated[list[SpanBody], Field(min_length=1, max_length=1000)]
    is_preview: bool = False
