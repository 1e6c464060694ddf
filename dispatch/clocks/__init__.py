"""Clocks: what happened to an intervention against what was promised.

Open time is counted in `dispatch.hours`, promises are made in `dispatch.agreements`.
"""

from dispatch.clocks.checks import Check
from dispatch.clocks.clock import Clock, ClockState, clocks, trail
from dispatch.clocks.reading import read_checks
from dispatch.clocks.timeline import Timeline
from dispatch.clocks.wording import why_due, why_paused

__all__ = [
    "Check",
    "Clock",
    "ClockState",
    "Timeline",
    "clocks",
    "read_checks",
    "trail",
    "why_due",
    "why_paused",
]
