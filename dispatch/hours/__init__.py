"""Service hours: weekly windows in a zone, special days, holidays, pauses, and due instants.

Which hours a customer was promised is in `dispatch.agreements`; shifts are in `dispatch.roster`.
"""

from dispatch.hours.calendar import Calendar, SpecialDay, Window, every_weekday
from dispatch.hours.clock_kind import ClockKind
from dispatch.hours.counting import (
    NoDueInFiveYears,
    due,
    elapsed,
    left_when_paused,
    require_service_hours,
)
from dispatch.hours.instants import NaiveInstant
from dispatch.hours.pauses import Pause
from dispatch.hours.reading import calendar_as_json, read_calendar
from dispatch.hours.relative import (
    NoServiceDay,
    RelativeMode,
    RelativeTarget,
    calendar_day,
    relative_due,
    restarted_at,
    service_day,
)
from dispatch.hours.spans import open_spans
from dispatch.hours.trail import SpanKind, TrailSpan, explain

__all__ = [
    "Calendar",
    "ClockKind",
    "NaiveInstant",
    "NoDueInFiveYears",
    "NoServiceDay",
    "Pause",
    "RelativeMode",
    "RelativeTarget",
    "SpanKind",
    "SpecialDay",
    "TrailSpan",
    "Window",
    "calendar_as_json",
    "calendar_day",
    "due",
    "elapsed",
    "every_weekday",
    "explain",
    "left_when_paused",
    "open_spans",
    "read_calendar",
    "relative_due",
    "require_service_hours",
    "restarted_at",
    "service_day",
]
