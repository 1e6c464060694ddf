"""Measures: what was promised and what was felt, counted, each by a definition in a version.

Clocks come from `dispatch.clocks`, penalties from `dispatch.agreements`; nothing is stored here.
"""

from dispatch.measures.attainment import Attainment
from dispatch.measures.availability import Availability, Interval, availability
from dispatch.measures.definitions import DEFINITIONS, Definition, Direction, Rounding, Unit
from dispatch.measures.drivers import Driver, Rated, drivers
from dispatch.measures.effect import Effect
from dispatch.measures.figures import Ratio, mean_text, percent_text
from dispatch.measures.first_time_fix import (
    Completion,
    FaultReport,
    FirstTimeFix,
    first_time_fixes,
)
from dispatch.measures.objectives import ObjectiveStanding, Standing
from dispatch.measures.out_of_service import Entry, Outage, ledger
from dispatch.measures.ratchet import is_outgrown
from dispatch.measures.reading import Asked, read_measures
from dispatch.measures.repair_times import Repair, RepairTimes, TimeBetweenFailures
from dispatch.measures.satisfaction import Effort, Satisfaction
from dispatch.measures.shares import eta_accuracy, pause_share, reopen_rate
from dispatch.measures.watermelon import JobWatermelon, SiteWatermelon
from dispatch.measures.xla_score import USUAL_WEIGHTS, Part, XlaScore

__all__ = [
    "DEFINITIONS",
    "USUAL_WEIGHTS",
    "Asked",
    "Attainment",
    "Availability",
    "Completion",
    "Definition",
    "Direction",
    "Driver",
    "Effect",
    "Effort",
    "Entry",
    "FaultReport",
    "FirstTimeFix",
    "Interval",
    "JobWatermelon",
    "ObjectiveStanding",
    "Outage",
    "Part",
    "Rated",
    "Ratio",
    "Repair",
    "RepairTimes",
    "Rounding",
    "Satisfaction",
    "SiteWatermelon",
    "Standing",
    "TimeBetweenFailures",
    "Unit",
    "XlaScore",
    "availability",
    "drivers",
    "eta_accuracy",
    "first_time_fixes",
    "is_outgrown",
    "ledger",
    "mean_text",
    "pause_share",
    "percent_text",
    "read_measures",
    "reopen_rate",
]
