"""The metric dictionary: what every figure means, in a version, so that a report can say so.

Pages translate by id. A change of meaning is a new version; a change of words is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Unit(StrEnum):
    """What a figure counts."""

    PERCENT = "percent"
    MINUTES = "minutes"
    HOURS = "hours"
    POINTS = "points"  # 0 to 100
    ANSWER_1_TO_5 = "answer_1_to_5"
    ANSWER_1_TO_7 = "answer_1_to_7"
    MONEY = "money"
    TIMES = "times"
    YES_NO = "yes_no"


class Direction(StrEnum):
    """Which way is better, for whoever is served."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Rounding(StrEnum):
    """How a figure is shown; comparisons are made before it."""

    FLOORED_TO_2 = "floored_to_2"
    RAISED_TO_2 = "raised_to_2"
    HALF_UP_TO_2 = "half_up_to_2"
    HALF_UP_TO_3 = "half_up_to_3"
    HALF_UP_TO_THE_CENT = "half_up_to_the_cent"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure: the sentence says what is counted and what is outside."""

    id: str
    version: int
    unit: Unit
    direction: Direction
    rounding: Rounding
    sentence: str


HIGHER, LOWER = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
SHARE = Rounding.FLOORED_TO_2

_ALL = (
    Definition(
        "sla_attainment", 1, Unit.PERCENT, HIGHER, SHARE,
        "Promises kept on one clock, out of kept and broken ones; open but overdue counts as "
        "broken. Cancelled, uncovered, not yet due and excused by approval are outside, and "
        "printed beside it.",
    ),
    Definition(
        "late_share", 2, Unit.PERCENT, LOWER, Rounding.RAISED_TO_2,
        "Promises to be on site that were broken, out of kept and broken ones: what attainment of "
        "that clock leaves, with the same outside. Rounded up, so that both make 100%.",
    ),
    Definition(
        "travel_share", 1, Unit.PERCENT, LOWER, SHARE,
        "Time on the road during shifts, out of all shift time. Hours on call are outside.",
    ),
    Definition(
        "utilisation", 1, Unit.PERCENT, HIGHER, SHARE,
        "Time on site during shifts without waiting for parts, out of all shift time. Hours on "
        "call are outside.",
    ),
    Definition(
        "capacity_load", 1, Unit.PERCENT, LOWER, SHARE,
        "Time that the work reported in a week was estimated to take, out of the shifts of those "
        "who hold its skill, absences taken off. Merged and cancelled reports and hours on call "
        "are outside.",
    ),
    Definition(
        "visit_planned", 1, Unit.MINUTES, LOWER, Rounding.HALF_UP_TO_2,
        "Mean minutes on site that were planned, of completed visits. Others are outside.",
    ),
    Definition(
        "visit_actual", 1, Unit.MINUTES, LOWER, Rounding.HALF_UP_TO_2,
        "Mean minutes on site as they were, of the same completed visits. Others are outside.",
    ),
    Definition(
        "availability", 1, Unit.PERCENT, HIGHER, SHARE,
        "Agreed service seconds without unplanned downtime, out of agreed service seconds. Agreed "
        "planned maintenance is outside both; time outside service hours is not counted.",
    ),
    Definition(
        "critical_availability", 1, Unit.PERCENT, HIGHER, SHARE,
        "Seconds of a site's critical window without unplanned downtime, out of all its seconds, "
        "whatever hours of service are agreed. Planned maintenance is outside both.",
    ),
    Definition(
        "time_to_arrive", 1, Unit.MINUTES, LOWER, Rounding.HALF_UP_TO_2,
        "Mean elapsed minutes from the call to a technician on site. Calls to which nobody came "
        "are outside.",
    ),
    Definition(
        "time_to_restore", 1, Unit.MINUTES, LOWER, Rounding.HALF_UP_TO_2,
        "Mean elapsed minutes from the call to the unit back in service. Calls not yet restored "
        "are outside.",
    ),
    Definition(
        "hands_on", 1, Unit.MINUTES, LOWER, Rounding.HALF_UP_TO_2,
        "Mean elapsed minutes from the technician on site to the unit back in service. Calls "
        "without both are outside.",
    ),
    Definition(
        "mtbf", 1, Unit.HOURS, HIGHER, Rounding.HALF_UP_TO_2,
        "Agreed service time in which the unit ran, divided by its failures. A unit without a "
        "failure has none.",
    ),
    Definition(
        "first_time_fix", 1, Unit.PERCENT, HIGHER, SHARE,
        "Completed repairs without a second visit and without a new call for the same unit and "
        "fault family within 30 days, out of completed repairs. No access and cancelled are "
        "outside; repairs younger than 30 days are provisional.",
    ),
    Definition(
        "csat_top2", 1, Unit.PERCENT, HIGHER, SHARE,
        "Answers of 4 or 5 to how satisfied people were, from 1 to 5, out of all answers. Who did "
        "not answer is outside.",
    ),
    Definition(
        "csat_mean", 1, Unit.ANSWER_1_TO_5, HIGHER, Rounding.HALF_UP_TO_3,
        "Mean answer to how satisfied people were, from 1 to 5. Who did not answer is outside.",
    ),
    Definition(
        "ces_mean", 1, Unit.ANSWER_1_TO_7, HIGHER, Rounding.HALF_UP_TO_3,
        "Mean answer to how easy it was made, from 1 to 7 with 7 the easiest; a question asked the "
        "other way is turned round. Who did not answer is outside.",
    ),
    Definition(
        "ces_easy", 1, Unit.PERCENT, HIGHER, SHARE,
        "Answers of 5 to 7 to how easy it was made, with 7 the easiest, out of all answers. Who "
        "did not answer is outside.",
    ),
    Definition(
        "watermelon_job", 1, Unit.YES_NO, LOWER, Rounding.EXACT,
        "Every promise of the job was kept, and yet satisfaction is 2 or less, ease 3 or less, or "
        "somebody noted an irritation or complained. A job with a broken promise is outside: that "
        "is a plain failure.",
    ),
    Definition(
        "watermelon_site", 1, Unit.YES_NO, LOWER, Rounding.EXACT,
        "Attainment reaches its target and satisfaction does not reach its own. With fewer than 5 "
        "answers it is unknown.",
    ),
    Definition(
        "xla_score", 1, Unit.POINTS, HIGHER, Rounding.HALF_UP_TO_2,
        "Weighted mean of satisfaction, ease, first-time fix and arrival accuracy, each from 0 to "
        "100; weights are usually 40, 30, 15 and 15. A missing part is outside and its weight "
        "falls away; the parts are always shown.",
    ),
    Definition(
        "eta_accuracy", 1, Unit.PERCENT, HIGHER, SHARE,
        "Visits that came at most 15 minutes before or after the last arrival time given 30 "
        "minutes ahead, out of visits with such a time. Visits nobody announced are outside.",
    ),
    Definition(
        "technician_pulse", 1, Unit.ANSWER_1_TO_5, HIGHER, Rounding.HALF_UP_TO_3,
        "Mean answer of technicians to how a day was, from 1 to 5, without a name. With fewer than "
        "5 answers it is unknown.",
    ),
    Definition(
        "technician_overtime", 1, Unit.HOURS, LOWER, Rounding.HALF_UP_TO_3,
        "Hours driven or worked outside every shift and every hour on call, for each technician "
        "who worked. With fewer than 5 technicians it is unknown.",
    ),
    Definition(
        "technician_night_calls", 1, Unit.TIMES, LOWER, Rounding.HALF_UP_TO_3,
        "Visits somebody set out for between 22:00 and 6:00 local time, for each technician who "
        "worked. With fewer than 5 technicians it is unknown.",
    ),
    Definition(
        "technician_repeat_visits", 1, Unit.TIMES, LOWER, Rounding.HALF_UP_TO_3,
        "Arrivals where somebody had been for the same trouble before, for each technician who "
        "worked. With fewer than 5 technicians it is unknown.",
    ),
    Definition(
        "reopen_rate", 1, Unit.PERCENT, LOWER, SHARE,
        "Closed jobs that were opened again within the agreement's window, out of closed jobs. "
        "Later calls are outside: they are repeats.",
    ),
    Definition(
        "pause_share", 1, Unit.PERCENT, LOWER, SHARE,
        "Service time during which a clock was paused, out of all service time it was open. Time "
        "outside service hours and after the clock stopped is outside.",
    ),
    Definition(
        "credit", 1, Unit.MONEY, LOWER, Rounding.HALF_UP_TO_THE_CENT,
        "What a month's broken promises are worth: the fee for the days in service, the largest "
        "line any penalty rule gives on it, and at most the cap. Breaches excused by approval "
        "carry none.",
    ),
    Definition(
        "money_at_risk", 1, Unit.MONEY, LOWER, Rounding.HALF_UP_TO_THE_CENT,
        "What the promises now at risk would add to this month's credits if they were broken. "
        "Breaches that already happened are outside: they are credit.",
    ),
)  # fmt: skip

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({each.id: each for each in _ALL})
