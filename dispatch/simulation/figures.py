"""How often lifts call, when, for how long, and how the day departs from its plan.

Every figure is named with its source; what is assumed is called an assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType

from dispatch.agreements import Severity

# MTA New York City Transit, monthly availability 2023, 359 lifts (radhika3558/elevator-story).
OUTAGES_PER_LIFT_MONTH = 1.37
ENTRAPMENTS_PER_LIFT_YEAR = 3.25
DAYS_PER_MONTH = 365 / 12

# MTA elevator outages, 14 February to 22 May 2018, 280 lifts (jeremiak/mta-elevator-outages):
# unplanned starts by hour of the day and Monday to Sunday; hours out of service "under
# investigation", half and nine tenths of the cases.
STARTS_BY_HOUR = (
    123, 96, 80, 64, 63, 95, 116, 179, 257, 266, 149, 137,
    128, 103, 139, 162, 136, 128, 97, 77, 82, 79, 122, 114,
)  # fmt: skip
STARTS_BY_WEEKDAY = (392, 448, 465, 478, 471, 375, 363)
OUTAGE_HOURS_MEDIAN, OUTAGE_HOURS_P90 = 2.8, 8.5

# Assumptions. For each lift that stops, one call about something smaller, in office hours; six in
# ten are faults. Three tenths of an outage is hands on the lift; the rest is waiting and travel.
SMALLER_CALLS_PER_OUTAGE = 1.0
SHARE_OF_S3_AMONG_SMALLER = 0.6
OFFICE_HOURS = range(7, 19)
HANDS_ON_SHARE = 0.3
SIZE_OF_WORK: Mapping[Severity, float] = MappingProxyType(
    {
        Severity.ENTRAPMENT: 0.4,
        Severity.OUT_OF_SERVICE: 1.0,
        Severity.DEGRADED: 0.7,
        Severity.REQUEST: 0.5,
    }
)
SHORTEST_MINUTES, LONGEST_MINUTES, STEP_MINUTES = 20, 150, 5

NORMAL_P90 = 1.2816  # standard deviations from the median to the ninth tenth
SHARE_TRAPPED = ENTRAPMENTS_PER_LIFT_YEAR / (OUTAGES_PER_LIFT_MONTH * 12)
WORK_SPREAD = log(OUTAGE_HOURS_P90 / OUTAGE_HOURS_MEDIAN) / NORMAL_P90


@dataclass(frozen=True, slots=True)
class Demand:
    """How much is asked for: a share of what a metro's lifts ask, and planned checks a lift a day.

    A metro's lifts work harder than a building's: an ordinary block sees about a fifth of it
    (an assumption). Checks fall on Monday to Friday and take `check_seconds` on site.
    """

    share_of_metro: float = 0.8
    checks_per_lift: float = 0.0
    check_seconds: int = 1_800

    @property
    def outages_per_lift_day(self) -> float:
        """Lifts that stop, of one lift on a mean day of the week."""
        return OUTAGES_PER_LIFT_MONTH / DAYS_PER_MONTH * self.share_of_metro


@dataclass(frozen=True, slots=True)
class Chances:
    """How a day departs from its plan; `NOTHING_HAPPENS` keeps every plan to the minute.

    `travel_spread`: legs measured in Porto take a quarter longer than the distance bands say in
    one case of nine, so the logarithm spreads by 0.18. `work_spread`: one outage of seven in New
    York ended later than promised (2018), taken as a quarter longer than planned, so 0.21.
    Assumptions: `late_start` of mornings, `late_seconds` on average; `sick_morning` and
    `sick_later` of working days; `no_access` and `parts_missing` of arrivals; `cancelled` of calls
    that are no entrapments; `answers` of the closed work is judged by whoever reported it.
    """

    travel_spread: float = 0.18
    work_spread: float = 0.21
    late_start: float = 0.05
    late_seconds: int = 1_200
    sick_morning: float = 0.03
    sick_later: float = 0.01
    no_access: float = 0.03
    parts_missing: float = 0.05
    cancelled: float = 0.03
    answers: float = 0.25


ORDINARY_DEMAND = Demand()
ORDINARY_CHANCES = Chances()
NOTHING_HAPPENS = Chances(0.0, 0.0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
