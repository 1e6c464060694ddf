"""Who can work when: technicians, skills, certificates, shifts, absences, availability on a day.

What they are given to do is planning's; the hours customers are served in are `hours`.
"""

from dispatch.roster.availability import Availability, available
from dispatch.roster.patterns import PatternLunch, PatternShift, shifts_from_pattern
from dispatch.roster.shifts import Absence, InvalidShiftError, Lunch, Shift, ShiftKind
from dispatch.roster.technicians import Certificate, InvalidTechnicianError, Technician

__all__ = [
    "Absence",
    "Availability",
    "Certificate",
    "InvalidShiftError",
    "InvalidTechnicianError",
    "Lunch",
    "PatternLunch",
    "PatternShift",
    "Shift",
    "ShiftKind",
    "Technician",
    "available",
    "shifts_from_pattern",
]
