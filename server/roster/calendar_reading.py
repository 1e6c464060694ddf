"""Reading somebody's calendar (RFC 5545): what stands in it between two instants.

Repetitions are written out. Where a calendar comes from is in `calendar_fetching`.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from dateutil.tz import tzical

MOST_ENTRIES = 1000
LONGEST_READING_SECONDS = 5
DAY = timedelta(days=1)
LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<more>(?:;[^=;:]+=(?:"[^"]*"|[^";:]*))*):(?P<value>.*)'
)
MORE = re.compile(r';([^=;:]+)=(?:"([^"]*)"|([^";:]*))')
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
LENGTH = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
# What nobody's working week needs, and what could be written out for ever.
REFUSED_PARTS = {"BYSECOND", "BYMINUTE", "BYHOUR", "BYEASTER"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


class UnreadableCalendar(Exception):
    """This is no calendar, or too much of one; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One appointment (UTC). A whole day goes from midnight to midnight of the reader's zone."""

    starts_at: datetime
    ends_at: datetime
    title: str
    is_whole_day: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Entries in order; `unread` counts those that say something this reader does not follow."""

    entries: tuple[Entry, ...]
    unread: int


def read_calendar(text: str, since: datetime, until: datetime, *, zone: ZoneInfo) -> Reading:
    r"""What a calendar holds with any time between two instants; cancelled entries are none.

    Times without a zone of their own, and whole days, are those of `zone`.

    >>> lines = "BEGIN:VCALENDAR BEGIN:VEVENT DTSTART;VALUE=DATE:20310602 SUMMARY:Leave".split()
    >>> text = "\n".join([*lines, "END:VEVENT", "END:VCALENDAR"])
    >>> month = datetime(2031, 6, 1, tzinfo=UTC), datetime(2031, 7, 1, tzinfo=UTC)
    >>> for entry in read_calendar(text, *month, zone=ZoneInfo("Europe/Paris")).entries:
    ...     print(entry.title, f"{entry.starts_at:%d %H:%M} {entry.ends_at:%d %H:%M}")
    Leave 01 22:00 02 22:00
    """
    events, zones = _events(text)
    clocks = _Clocks(zone, zones)
    moved = _moved(events, clocks)
    found: list[Entry] = []
    unread = 0
    give_up_at = time.monotonic() + LONGEST_READING_SECONDS
    for event in events:
        if event.text("STATUS").upper() == "CANCELLED":
            continue
        if time.monotonic() > give_up_at:
            raise UnreadableCalendar("too_many_entries")
        try:
            found += _entries(event, clocks, moved, (since, until))
        except (ValueError, OverflowError):
            unread += 1
        if len(found) > MOST_ENTRIES:
            raise UnreadableCalendar("too_many_entries")
    return Reading(tuple(sorted(found)), unread)


@dataclass(frozen=True, slots=True)
class _Said:
    """The value of one property, and what is said beside it."""

    value: str
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Event:
    said: dict[str, list[_Said]] = field(default_factory=dict)

    def first(self, name: str) -> _Said | None:
        return self.said.get(name, [None])[0]

    def text(self, name: str) -> str:
        said = self.first(name)
        return said.value if said else ""


@dataclass(frozen=True)
class _Clocks:
    """The zones a calendar speaks of: by their usual name, or as it describes them itself."""

    usual: ZoneInfo
    described: Sequence[str]

    @cached_property
    def _own(self) -> Mapping[str, tzinfo]:
        own: dict[str, tzinfo] = {}
        for block in self.described:
            try:
                zones = tzical(StringIO(block))
                names = zones.keys()
                own |= {name: zone for name in names if (zone := zones.get(name))}
            except ValueError:
                continue
        return own

    def zone(self, said: _Said) -> tzinfo:
        name = said.more.get("TZID")
        if name is None:
            return self.usual
        try:
            return ZoneInfo(name.removeprefix("/"))
        except (KeyError, ValueError, OSError):
            pass
        if (own := self._own.get(name)) is None:
            raise ValueError(name)
        return own

    def moment(self, said: _Said) -> tuple[datetime, tzinfo, bool]:
        """The time on the wall, the zone of that wall, and whether it stands for a whole day."""
        found = MOMENT.fullmatch(said.value)
        if found is None:
            raise ValueError(said.value)
        day = date(*(int(part) for part in found.groups()[:3]))
        if found[4] is None:
            return datetime(day.year, day.month, day.day), self.usual, True  # noqa: DTZ001
        wall = datetime(  # noqa: DTZ001
            day.year, day.month, day.day, int(found[4]), int(found[5]), min(59, int(found[6]))
        )
        return wall, UTC if found[7] else self.zone(said), False


def _events(text: str) -> tuple[list[_Event], list[str]]:
    """Every appointment of a calendar, and its own descriptions of zones."""
    lines = re.sub(r"\r?\n[ \t]", "", text.removeprefix("\ufeff")).splitlines()
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise UnreadableCalendar("no_calendar")
    events: list[_Event] = []
    zones: list[list[str]] = []
    inside: list[str] = []
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            continue
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            inside.append(value.strip().upper())
            if inside[-1] == "VEVENT":
                events.append(_Event())
            elif inside[-1] == "VTIMEZONE":
                zones.append([])
        if "VTIMEZONE" in inside:
            zones[-1].append(line)
        elif inside[-1:] == ["VEVENT"] and name != "BEGIN":
            more = {
                key.upper(): quoted or plain for key, quoted, plain in MORE.findall(found["more"])
            }
            events[-1].said.setdefault(name, []).append(_Said(value.strip(), more))
        if name == "END" and inside:
            inside.pop()
    return events, ["\n".join(block) for block in zones]


def _moved(events: Sequence[_Event], clocks: _Clocks) -> set[tuple[str, datetime]]:
    """Repetitions that were moved or cancelled: each is told by an event of its own."""
    moved = set()
    for event in events:
        said = event.first("RECURRENCE-ID")
        if said is not None:
            try:
                wall, zone, _ = clocks.moment(said)
            except ValueError:
                continue
            moved.add((event.text("UID"), _instant(wall, zone)))
    return moved


def _entries(
    event: _Event,
    clocks: _Clocks,
    moved: set[tuple[str, datetime]],
    span: tuple[datetime, datetime],
) -> Iterator[Entry]:
    said = event.first("DTSTART")
    if said is None:
        raise ValueError("DTSTART")
    wall, zone, is_whole_day = clocks.moment(said)
    length = _length(event, clocks, wall, is_whole_day=is_whole_day)
    title = _plain(event.text("SUMMARY"))
    is_moved_one = "RECURRENCE-ID" in event.said
    for start in _starts(event, clocks, (wall, zone), length, span):
        starts_at = _instant(start, zone)
        ends_at = _instant(start + length, zone) if is_whole_day else starts_at + length
        if ends_at <= span[0] or starts_at >= span[1] or ends_at <= starts_at:
            continue
        if is_moved_one or (event.text("UID"), starts_at) not in moved:
            yield Entry(starts_at, ends_at, title, is_whole_day)


def _length(event: _Event, clocks: _Clocks, wall: datetime, *, is_whole_day: bool) -> timedelta:
    """How long it lasts: whole days are counted in days, all else in the time that passes."""
    if (ends := event.first("DTEND")) is not None:
        end, end_zone, _ = clocks.moment(ends)
        if is_whole_day:
            return end - wall
        start, zone, _ = clocks.moment(event.said["DTSTART"][0])
        return _instant(end, end_zone) - _instant(start, zone)
    if lasts := event.text("DURATION"):
        found = LENGTH.fullmatch(lasts)
        if found is None:
            raise ValueError(lasts)
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return DAY if is_whole_day else timedelta()


def _starts(
    event: _Event,
    clocks: _Clocks,
    first: tuple[datetime, tzinfo],
    length: timedelta,
    span: tuple[datetime, datetime],
) -> Iterator[datetime]:
    """When it begins, each time: a repetition keeps its hour when the clocks change."""
    wall, zone = first
    since, until = (bound.astimezone(zone).replace(tzinfo=None) for bound in span)
    left_out = {_on_wall(each, clocks, zone) for each in _listed(event, "EXDATE")}
    starts = {_on_wall(each, clocks, zone) for each in _listed(event, "RDATE")}
    rules = event.said.get("RRULE", [])
    starts |= {wall}
    for rule in rules:
        repeated = rrulestr(_bounded(rule.value, clocks, zone, until), dtstart=wall)
        for start in repeated.xafter(since - length - DAY, inc=True):
            if start > until or len(starts) > MOST_ENTRIES:
                break
            starts.add(start)
    yield from sorted(starts - left_out)


def _bounded(rule: str, clocks: _Clocks, zone: tzinfo, until: datetime) -> str:
    """A rule that ends, on the wall its event is on; what would never end is refused."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if part)
    if parts.get("FREQ") not in FREQUENCIES or REFUSED_PARTS & parts.keys():
        raise ValueError(rule)
    if parts["FREQ"] == "DAILY" and parts.keys() - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}:
        # Every day that is a Monday, say: as a week, the search for the next one is short.
        if parts.keys() - {"FREQ", "COUNT", "UNTIL", "WKST", "BYDAY"} or "INTERVAL" in parts:
            raise ValueError(rule)
        parts["FREQ"] = "WEEKLY"
    if "COUNT" not in parts:
        parts["UNTIL"] = f"{min(until, _last(parts.get('UNTIL'), clocks, zone)):%Y%m%dT%H%M%S}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _last(said: str | None, clocks: _Clocks, zone: tzinfo) -> datetime:
    if said is None:
        return datetime(9999, 1, 1)  # noqa: DTZ001
    wall, there, is_whole_day = clocks.moment(_Said(said, {}))
    if is_whole_day:
        return wall + DAY - timedelta(seconds=1)
    return (
        wall
        if there is clocks.usual
        else _instant(wall, there).astimezone(zone).replace(tzinfo=None)
    )


def _listed(event: _Event, name: str) -> Iterator[_Said]:
    for said in event.said.get(name, []):
        yield from (_Said(value, said.more) for value in said.value.split(","))


def _on_wall(said: _Said, clocks: _Clocks, zone: tzinfo) -> datetime:
    wall, there, is_whole_day = clocks.moment(said)
    return wall if is_whole_day else _instant(wall, there).astimezone(zone).replace(tzinfo=None)


def _instant(wall: datetime, zone: tzinfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _plain(text: str) -> str:
    r"""A value as RFC 5545 (3.3.11) escapes it, in one line.

    >>> _plain("Puig\\, Aina\\; nights\\n")
    'Puig, Aina; nights'
    """
    words = re.sub(r"\\(.)", lambda sign: " " if sign[1] in "nN" else sign[1], text)
    return " ".join(words.split())[:200]
