"""What it costs a month to keep a promise, from what lived days took and what each of it costs."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HOUR = 3600
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Effort:
    """What so many weeks took: seconds of driving and overtime, calls out of hours."""

    weeks: int
    travel_seconds: int
    overtime_seconds: int
    call_outs: int


@dataclass(frozen=True, slots=True)
class Rates:
    """What an hour of driving, an hour of overtime and a call out of hours cost."""

    travel_hour: Decimal
    overtime_hour: Decimal
    call_out: Decimal


def monthly_cost(effort: Effort, rates: Rates) -> Decimal:
    """Money of a month of twelve in the year, to the cent.

    >>> monthly_cost(Effort(13, 36_000, 3_600, 2), Rates(Decimal(30), Decimal(60), Decimal(45)))
    Decimal('150.00')
    """
    whole = (
        rates.travel_hour * effort.travel_seconds / HOUR
        + rates.overtime_hour * effort.overtime_seconds / HOUR
        + rates.call_out * effort.call_outs
    )
    a_month = whole * WEEKS_A_YEAR / (MONTHS_A_YEAR * effort.weeks)
    return a_month.quantize(CENT, ROUND_HALF_UP)
