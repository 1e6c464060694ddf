"""What a promise nobody has made yet would have kept, and what keeping it would have cost.

The same days are lived twice, with the same luck: as they are promised today, and planned for the
wish. Where days come from (drawn, or the calls of weeks gone by) is the caller's business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from dispatch.agreements import Target
from dispatch.clocks import ClockState, clocks, promised_once
from dispatch.interventions import Decided
from dispatch.simulation.calls import Call
from dispatch.simulation.case import Case
from dispatch.simulation.life import Life, Lived
from dispatch.simulation.luck import Luck
from dispatch.simulation.office import Planner
from dispatch.simulation.outcome import Kept
from dispatch.simulation.territory import Territory
from dispatch.simulation.world import World

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Lot:
    """How one way of planning fared against a wish, and what it took; seconds and times.

    `minutes_median` and `minutes_p90` are from the call to the arrival, of calls somebody came to.
    `others` are the promises on the same clock to every other severity.
    """

    wished: Kept
    others: Kept
    minutes_median: int | None
    minutes_p90: int | None
    travel_seconds: int
    overtime_seconds: int
    call_outs: int
    cost: int


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A wish in one region: how the days went as promised today, and how planned for the wish."""

    region: str
    days: int
    calls: int
    today: Lot
    planned_for: Lot

    @property
    def extra_travel_seconds(self) -> int:
        return self.planned_for.travel_seconds - self.today.travel_seconds

    @property
    def extra_overtime_seconds(self) -> int:
        return self.planned_for.overtime_seconds - self.today.overtime_seconds

    @property
    def extra_cost(self) -> int:
        """By how much the crew's bill would be higher, in seconds of driving; lateness left out."""
        return self.planned_for.cost - self.today.cost


def feasibility(
    territory: Territory,
    calls: Sequence[Call],
    wish: Target,
    *,
    luck: Luck,
    planner: Planner,
    first_day: date,
    days: int,
) -> Feasibility:
    """Live the days twice and count what a wish would have kept.

    The wish stands in for whatever is promised on its clock to its severity.

    >>> from zoneinfo import ZoneInfo
    >>> from dispatch.agreements import ClockKind, Severity, TargetDuration
    >>> from dispatch.hours import Calendar
    >>> from dispatch.planning import Limits
    >>> from dispatch.simulation.office import live
    >>> always = Calendar("Europe/Andorra", always_open=True)
    >>> wish = Target(ClockKind.RESPONSE, Severity.OUT_OF_SERVICE, TargetDuration(10_800), always)
    >>> nowhere = Territory("NONE", "mountain", ZoneInfo("Europe/Andorra"), lifts=())
    >>> planner = live(change_budget=3, limits=Limits(iterations=10))
    >>> first = date(2026, 6, 1)
    >>> asked = {"luck": Luck(1), "planner": planner, "first_day": first, "days": 1}
    >>> feasibility(nowhere, [], wish, **asked).planned_for.wished.share is None
    True
    """

    def lived(place: Territory) -> Lived:
        return Life(World(place, luck), calls, planner).live(first_day, days)

    return Feasibility(
        territory.code,
        days,
        calls=sum(_concerns(call, wish) for call in calls),
        today=_lot(lived(territory), wish),
        planned_for=_lot(lived(_wishing(territory, wish)), wish),
    )


def _concerns(call: Call, wish: Target) -> bool:
    return call.severity is wish.severity and not call.is_planned


def _wishing(territory: Territory, wish: Target) -> Territory:
    lifts = tuple(
        lift if lift.targets is None else replace(lift, targets=_instead(lift.targets, wish))
        for lift in territory.lifts
    )
    return replace(territory, lifts=lifts, targets=_instead(territory.targets, wish))


def _instead(targets: Iterable[Target], wish: Target) -> tuple[Target, ...]:
    same = (wish.severity, wish.clock)
    return (*(each for each in targets if (each.severity, each.clock) != same), wish)


def _lot(lived: Lived, wish: Target) -> Lot:
    concerned = [case for case in lived.cases if _concerns(case.call, wish)]
    waits = sorted(_minutes(concerned))
    response = lived.outcome.response
    others = [kept for severity, kept in response.items() if severity is not wish.severity]
    return Lot(
        wished=_judged(concerned, wish, lived),
        others=Kept(sum(each.kept for each in others), sum(each.missed for each in others)),
        minutes_median=_at(waits, 5),
        minutes_p90=_at(waits, 9),
        travel_seconds=lived.outcome.travel_seconds,
        overtime_seconds=lived.outcome.overtime_seconds,
        call_outs=lived.outcome.call_outs,
        cost=lived.outcome.crew_cost,
    )


def _judged(cases: Iterable[Case], wish: Target, lived: Lived) -> Kept:
    """Judge each case by the wish, whatever it was promised when it was lived."""
    states = [
        clock.state
        for case in cases
        for clock in clocks(
            case.timeline(lived.ended_at), [promised_once(wish, case.call.at)], lived.ended_at
        )
    ]
    return Kept(states.count(ClockState.MET), states.count(ClockState.BREACHED))


def _minutes(cases: Iterable[Case]) -> Iterable[int]:
    for case in cases:
        came_at = min((v.arrived_at for v in case.visits if v.arrived_at), default=None)
        if came_at is not None and case.decided is not Decided.CANCELLED:
            yield ceil((came_at - case.call.at).total_seconds() / 60)


def _at(sorted_: Sequence[int], tenth: int) -> int | None:
    """The value that so many tenths of a sorted list do not exceed."""
    return sorted_[ceil(len(sorted_) * tenth / TENTHS) - 1] if sorted_ else None
