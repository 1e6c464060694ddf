"""Calendars and instants from plain JSON values, every fault found before anything is refused.

Files and text are opened elsewhere; what makes a calendar legal is decided in `calendar`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from reprlib import Repr
from typing import TypeGuard

from dispatch.errors import Fault, Invalid
from dispatch.hours.calendar import (
    DAYS_PER_WEEK,
    Calendar,
    SpecialDay,
    Window,
    never_open_faults,
    overlap_faults,
    zone_faults,
)

CALENDAR_KEYS = ("tz", "always_open", "weekly", "holidays", "special")
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
Windows = tuple[Window, ...]
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 40


def read_calendar(given: object) -> Calendar:
    """Build a calendar from its JSON form, or raise `Invalid` with all that is wrong with it.

    >>> read_calendar({"tz": "Europe/Paris", "weekly": {"0": [[480, 1020]]}}).weekly[0]
    (Window(opens=480, closes=1020),)
    """
    faults: list[Fault] = []
    fields = read_object(given, CALENDAR_KEYS, faults)
    zone = _read_zone(fields, faults)
    always_open = _read_flag(fields, faults)
    weekly = _read_weekly(fields.get("weekly", {}), faults)
    special = _read_special(fields.get("special", {}), faults)
    holidays = _read_holidays(fields.get("holidays", []), faults)
    hours_are_read = not any(fault.path.startswith(("weekly", "special")) for fault in faults)
    if hours_are_read and not always_open:
        faults.extend(never_open_faults((*weekly, *(day.windows for day in special))))
    if faults:
        raise Invalid(faults)
    return Calendar(zone, weekly, special, holidays, always_open)


def calendar_as_json(calendar: Calendar) -> dict[str, object]:
    """Write a calendar in the form `read_calendar` reads.

    >>> calendar_as_json(Calendar("Europe/Paris", always_open=True))["tz"]
    'Europe/Paris'
    """
    days = enumerate(calendar.weekly)
    return {
        "tz": calendar.zone,
        "always_open": calendar.always_open,
        "weekly": {str(weekday): _pairs(windows) for weekday, windows in days if windows},
        "holidays": [day.isoformat() for day in sorted(calendar.holidays)],
        "special": {each.day.isoformat(): _pairs(each.windows) for each in calendar.special},
    }


def read_instant(given: object, path: str, faults: list[Fault]) -> datetime | None:
    """Read an ISO instant with its offset as UTC, to the second; faults are added to the list.

    >>> read_instant("2026-06-02T09:15+02:00", "start", []).isoformat()
    '2026-06-02T07:15:00+00:00'
    """
    try:
        instant = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        instant = None
    if instant is None:
        sentence = f"{shown(given)} is not an instant such as 2026-06-02T09:15:00+02:00."
        faults.append(Fault(path, "not_an_instant", sentence))
    elif instant.tzinfo is None:
        faults.append(Fault(path, "no_offset", f"{shown(given)} says no offset: add Z or +02:00."))
    elif instant.microsecond:
        faults.append(Fault(path, "not_whole_seconds", f"{shown(given)} has a part of a second."))
    elif not EARLIEST <= instant < LATEST:
        faults.append(Fault(path, "out_of_range", f"{shown(given)} is not in 1950 to 2199."))
    else:
        return instant.astimezone(UTC)
    return None


def read_object(
    given: object, keys: Iterable[str], faults: list[Fault], path: str = ""
) -> Mapping[str, object]:
    """Take the known keys of a JSON object; each unknown one is a fault by name.

    >>> faults = []
    >>> read_object({"tz": "UTC", "colour": 1}, ["tz"], faults), faults[0].path
    ({'tz': 'UTC'}, 'colour')
    """
    if not isinstance(given, Mapping):
        faults.append(Fault(path, "not_an_object", f"{shown(given)} is not an object of keys."))
        return {}
    known = tuple(keys)
    for key in given:
        if key not in known:
            sentence = f"{shown(key)} is not known here; the keys are {', '.join(known)}."
            faults.append(Fault(str(key), "unknown_key", sentence).under(path))
    return {key: value for key, value in given.items() if key in known}


def shown(given: object) -> str:
    """Quote a value as it was given, cut short when it is long.

    >>> shown("x" * 20 + "y" * 40)
    "'xxxxxxxxxxxxxxxxx...yyyyyyyyyyyyyyyyyy'"
    """
    return _SHORT.repr(given)


def is_whole_number(given: object) -> TypeGuard[int]:
    """Whether JSON gave an integer: true and 1.0 are not.

    >>> is_whole_number(480), is_whole_number(True), is_whole_number(1.0)
    (True, False, False)
    """
    return isinstance(given, int) and not isinstance(given, bool)


def _read_zone(fields: Mapping[str, object], faults: list[Fault]) -> str:
    zone = fields.get("tz")
    if isinstance(zone, str):
        faults.extend(zone_faults(zone))
        return zone
    if zone is None:
        faults.append(Fault("tz", "missing", "Say which IANA zone the site is in."))
    else:
        faults.append(Fault("tz", "not_a_text", f"{shown(zone)} is not a zone name."))
    return "UTC"


def _read_flag(fields: Mapping[str, object], faults: list[Fault]) -> bool:
    flag = fields.get("always_open", False)
    if not isinstance(flag, bool):
        faults.append(Fault("always_open", "not_a_flag", f"{shown(flag)} is not true or false."))
    return flag is True


def _read_weekly(given: object, faults: list[Fault]) -> tuple[Windows, ...]:
    weekdays = tuple(str(weekday) for weekday in range(DAYS_PER_WEEK))
    days = read_object(given, weekdays, faults, "weekly")
    return tuple(_read_windows(days.get(day, []), f"weekly.{day}", faults) for day in weekdays)


def _read_special(given: object, faults: list[Fault]) -> tuple[SpecialDay, ...]:
    if not isinstance(given, Mapping):
        faults.append(Fault("special", "not_an_object", f"{shown(given)} is not dates and hours."))
        return ()
    days = []
    for key, value in given.items():
        day = _read_date(key, f"special.{key}", faults)
        windows = _read_windows(value, f"special.{key}", faults)
        if day is not None:
            days.append(SpecialDay(day, windows))
    return tuple(sorted(days, key=lambda special: special.day))


def _read_holidays(given: object, faults: list[Fault]) -> frozenset[date]:
    if not isinstance(given, list):
        faults.append(Fault("holidays", "not_a_list", f"{shown(given)} is not a list of dates."))
        return frozenset()
    days: set[date] = set()
    for index, value in enumerate(given):
        day = _read_date(value, f"holidays[{index}]", faults)
        if day in days:
            sentence = f"{day} is in the list already: name each holiday once."
            faults.append(Fault(f"holidays[{index}]", "day_twice", sentence))
        elif day is not None:
            days.add(day)
    return frozenset(days)


def _read_windows(given: object, path: str, faults: list[Fault]) -> Windows:
    if not isinstance(given, list):
        faults.append(Fault(path, "not_a_list", f"{shown(given)} is not a list of windows."))
        return ()
    windows: list[Window] = []
    for index, pair in enumerate(given):
        windows.extend(_read_window(pair, f"{path}[{index}]", faults))
    faults.extend(overlap_faults(path, windows))
    return tuple(windows)


def _read_window(given: object, path: str, faults: list[Fault]) -> Iterator[Window]:
    match given:
        case [int(opens), int(closes)] if is_whole_number(opens) and is_whole_number(closes):
            try:
                yield Window(opens, closes)
            except Invalid as invalid:
                faults.extend(fault.under(path) for fault in invalid.faults)
        case _:
            sentence = f"{shown(given)} is not a window such as [480, 1020], in whole minutes."
            faults.append(Fault(path, "not_a_window", sentence))


def _read_date(given: object, path: str, faults: list[Fault]) -> date | None:
    if isinstance(given, str):
        with suppress(ValueError):
            day = date.fromisoformat(given)
            if day.isoformat() == given:  # one spelling per date, so no date is given twice
                return day
    faults.append(Fault(path, "impossible_date", f"{shown(given)} is not a date of the calendar."))
    return None


def _pairs(windows: Iterable[Window]) -> list[list[int]]:
    return [[window.opens, window.closes] for window in windows]
