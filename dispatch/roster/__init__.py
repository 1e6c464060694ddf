"""Who can work when: technicians, skills, certificates, shifts, absences, availability on a day.

What they are given to do is planning's; the hours customers are served in are `hours`.
"""

from dispatch.roster.availability import Availability, available
from dispatch.roster.duty import Duty, DutyLog, DutyState, DutyStep, Told
from dispatch.roster.patterns import PatternLunch, PatternShift, shifts_from_pattern
from dispatch.roster.shifts import Absence, InvalidShiftError, Lunch, Shift, ShiftKind
from dispatch.roster.technicians import Certificate, InvalidTechnicianError, Technician

__all__ = [
    "Absence",
    "Availability",
    "Certificate",
    "Duty",
    "DutyLog",
    "DutyState",
    "DutyStep",
    "InvalidShiftError",
    "InvalidTechnicianError",
    "Lunch",
    "PatternLunch",
    "PatternShift",
    "Shift",
    "ShiftKind",
    "Technician",
    "Told",
    "available",
    "shifts_from_pattern",
]
