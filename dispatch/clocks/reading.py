"""Deadline questions and their calendars from plain JSON values, every fault found.

Files and text are opened by the command line; answers are given in `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping

from dispatch.agreements import Promise, RelativeMode, RelativeTarget, TargetDuration
from dispatch.clocks.checks import Check
from dispatch.errors import Fault, Invalid, Refusal
from dispatch.hours import Calendar, Pause, read_calendar, require_service_hours
from dispatch.hours.reading import is_whole_number, read_instant, read_object, shown

QUESTION_KEYS = ("id", "calendar", "start", "seconds", "pauses", "rel")
# a worked example may carry its own name and answers: they are not read
EXAMPLE_KEYS = (
    "name",
    "due_utc",
    "due_local",
    "at_risk_utc",
    "internal_due_utc",
    "remaining_at",
    "remaining_seconds",
)


def read_checks(document: object) -> tuple[Check, ...]:
    """Read `{"calendars": …, "checks": […]}`, or raise `Invalid` with every fault in it.

    >>> read_checks({"calendars": {}, "checks": []})
    ()
    """
    faults: list[Fault] = []
    parts = read_object(document, ("calendars", "checks"), faults)
    calendars = read_calendars(parts.get("calendars"), faults)
    given = parts.get("checks")
    if not isinstance(given, list):
        faults.append(Fault("checks", "not_a_list", "Give a list of checks under `checks`."))
        given = []
    checks = [
        _read_check(check, f"checks[{index}]", calendars, faults)
        for index, check in enumerate(given)
    ]
    if faults:
        raise Invalid(faults)
    return tuple(check for check in checks if check is not None)


def read_calendars(given: object, faults: list[Fault]) -> dict[str, Calendar | None]:
    """Read every calendar; one with faults stays known by name, so it is not also missing.

    >>> read_calendars({"north": {"tz": "UTC", "always_open": True}}, [])["north"].zone
    'UTC'
    """
    if not isinstance(given, Mapping):
        sentence = "Give calendars by name under `calendars`."
        faults.append(Fault("calendars", "not_an_object", sentence))
        return {}
    calendars: dict[str, Calendar | None] = {}
    for name, value in given.items():
        calendars[name] = None
        try:
            calendars[name] = read_calendar(value)
        except Invalid as invalid:
            faults.extend(fault.under(f"calendars.{name}") for fault in invalid.faults)
    return calendars


def _read_check(
    given: object, path: str, calendars: Mapping[str, Calendar | None], faults: list[Fault]
) -> Check | None:
    own: list[Fault] = []
    fields = read_object(given, (*QUESTION_KEYS, *EXAMPLE_KEYS), own)
    check = _build(fields, calendars, own) if isinstance(given, Mapping) else None
    faults.extend(fault.under(path) for fault in own)
    return check


def _build(
    fields: Mapping[str, object], calendars: Mapping[str, Calendar | None], faults: list[Fault]
) -> Check | None:
    name = _read_id(fields.get("id"), faults)
    calendar = _find_calendar(fields.get("calendar"), calendars, faults)
    start = read_instant(fields.get("start"), "start", faults)
    promise = _read_promise(fields, faults)
    pauses = _read_pauses(fields.get("pauses", []), faults)
    if calendar is None or start is None or promise is None or faults:
        return None
    check = Check(name, calendar, start, promise, pauses)
    faults.extend(_unanswerable(check))
    return check


def _unanswerable(check: Check) -> list[Fault]:
    try:
        require_service_hours(check.calendar, check.start)
        check.deadlines()
    except Invalid as invalid:
        return [fault.under("calendar") for fault in invalid.faults]
    except Refusal as refusal:
        field = "seconds" if isinstance(check.promise, TargetDuration) else "rel"
        return [Fault(field, refusal.code, str(refusal))]
    return []


def _read_id(given: object, faults: list[Fault]) -> str | int:
    if isinstance(given, str | int) and not isinstance(given, bool):
        return given
    faults.append(Fault("id", "not_an_id", f"{shown(given)} names no check: give a text."))
    return ""


def _find_calendar(
    given: object, calendars: Mapping[str, Calendar | None], faults: list[Fault]
) -> Calendar | None:
    if isinstance(given, str) and given in calendars:
        return calendars[given]
    sentence = f"{shown(given)} is none of the calendars given."
    faults.append(Fault("calendar", "unknown_calendar", sentence))
    return None


def _read_promise(fields: Mapping[str, object], faults: list[Fault]) -> Promise | None:
    seconds, relative = fields.get("seconds"), fields.get("rel")
    if (seconds is None) == (relative is None):
        sentence = "Give either seconds or rel, and not both."
        faults.append(Fault("seconds", "not_one_target", sentence))
        return None
    return _read_seconds(seconds, faults) if relative is None else _read_relative(relative, faults)


def _read_seconds(given: object, faults: list[Fault]) -> TargetDuration | None:
    if not is_whole_number(given):
        sentence = f"{shown(given)} is not a whole number of seconds."
        faults.append(Fault("seconds", "not_a_whole_number", sentence))
        return None
    try:
        return TargetDuration(given)
    except Invalid as invalid:
        faults.extend(invalid.faults)
        return None


def _read_relative(given: object, faults: list[Fault]) -> RelativeTarget | None:
    match given:
        case [int(days), ("close" | "end_of_day") as word, *rest] if is_whole_number(
            days
        ) and rest in ([], [None]):
            mode, minutes = RelativeMode(word), 0
        case [int(days), ("close" | "by" | "hours" | "end_of_day") as word, int(minutes)] if (
            is_whole_number(days) and is_whole_number(minutes)
        ):
            mode = RelativeMode(word)
        case _:
            sentence = f'{shown(given)} is not a day and hour such as [1, "by", 600].'
            faults.append(Fault("rel", "not_relative", sentence))
            return None
    try:
        return RelativeTarget(days, mode, minutes)
    except Invalid as invalid:
        faults.extend(fault.under("rel") for fault in invalid.faults)
        return None


def _read_pauses(given: object, faults: list[Fault]) -> tuple[Pause, ...]:
    if not isinstance(given, list):
        faults.append(Fault("pauses", "not_a_list", f"{shown(given)} is not a list of pauses."))
        return ()
    read = (_read_pause(pair, f"pauses[{index}]", faults) for index, pair in enumerate(given))
    return tuple(pause for pause in read if pause is not None)


def _read_pause(given: object, path: str, faults: list[Fault]) -> Pause | None:
    match given:
        case [from_text, until_text]:
            start = read_instant(from_text, f"{path}[0]", faults)
            open_ended = until_text is None
            end = None if open_ended else read_instant(until_text, f"{path}[1]", faults)
            if start is None or (end is None and not open_ended):
                return None
            try:
                return Pause(start, end)
            except Invalid as invalid:
                faults.extend(fault.under(path) for fault in invalid.faults)
        case _:
            sentence = f"{shown(given)} is not a start and an end, or a start and null."
            faults.append(Fault(path, "not_a_pause", sentence))
    return None
