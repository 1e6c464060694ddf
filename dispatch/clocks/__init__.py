"""Clocks: what happened to an intervention against what was promised.

Open time is counted in `dispatch.hours`, promises are made in `dispatch.agreements`.
"""

from dispatch.clocks.checks import Check
from dispatch.clocks.clock import Clock, ClockState, clocks, if_resumed, trail
from dispatch.clocks.marks import Mark, marks, next_mark_at, predicted_breach
from dispatch.clocks.promised import Promised, Stint, promised_once
from dispatch.clocks.reading import read_checks
from dispatch.clocks.timeline import Closing, Timeline
from dispatch.clocks.wording import why_due, why_paused

__all__ = [
    "Check",
    "Clock",
    "ClockState",
    "Closing",
    "Mark",
    "Promised",
    "Stint",
    "Timeline",
    "clocks",
    "if_resumed",
    "marks",
    "next_mark_at",
    "predicted_breach",
    "promised_once",
    "read_checks",
    "trail",
    "why_due",
    "why_paused",
]
