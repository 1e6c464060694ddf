"""Writing a calendar other programs can follow (RFC 5545). What stands in it is each domain's own.

Instants are in UTC, so that no program can get a change of the clocks wrong.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

LINE_OCTETS = 75


def event(
    what: str, row_id: UUID, summary: str, span: tuple[datetime, datetime], now: datetime
) -> list[str]:
    """Something from one instant to another."""
    return [
        "BEGIN:VEVENT",
        f"UID:{what}-{row_id}@palier",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(span[0])}",
        f"DTEND:{_instant(span[1])}",
        f"SUMMARY:{_text(summary)}",
        "END:VEVENT",
    ]


def whole_day(what: str, row_id: UUID, summary: str, day: date, now: datetime) -> list[str]:
    """Something on a day, wherever the reader is."""
    return [
        "BEGIN:VEVENT",
        f"UID:{what}-{row_id}@palier",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def calendar(name: str, events: list[str]) -> str:
    """The whole of it under a name."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Palier//Palier//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *events,
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    r"""A value as RFC 5545 (3.3.11) escapes it.

    >>> _text("Puig, Aina; nights\n")
    'Puig\\, Aina\\; nights\\n'
    """
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(sign, escaped)
    return words.replace("\r", "")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, no character split (RFC 5545, 3.1)."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > LINE_OCTETS:
            yield piece
            piece = " "
        piece += sign
    yield piece
