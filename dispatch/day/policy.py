"""The weights a region may set for its own days: which, between what bounds, and what they become.

What each of them does is told in `weights`; those not listed here are the same everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dispatch.agreements import Severity
from dispatch.day.weights import WEIGHTS, SeverityWeights, Weights
from dispatch.errors import Fault
from dispatch.planning.job import AIM_STEP


@dataclass(frozen=True, slots=True)
class Goal:
    """A weight that may be set: seconds of driving, or driving for each second where `is_rate`."""

    name: str
    usual: int
    least: int
    most: int
    is_rate: bool = False


_OF_SEVERITY = {"late_cost": (0, 600, True), "late_fixed": (0, 600_000, False)}


def _goals() -> tuple[Goal, ...]:
    plain = (
        Goal("move_cost", WEIGHTS.move_cost, 0, 28_800),
        Goal("tolerance_seconds", WEIGHTS.tolerance_seconds, 0, 7_200),
        Goal("overtime_cost", WEIGHTS.overtime_cost, 0, 60, is_rate=True),
        Goal("call_out_cost", WEIGHTS.call_out_cost, 0, 86_400),
    )
    graded = (
        Goal(f"{name}.{severity.value}", getattr(row, name), least, most, is_rate=is_rate)
        for name, (least, most, is_rate) in _OF_SEVERITY.items()
        for severity, row in WEIGHTS.severities.items()
    )
    return (*plain, *graded)


GOALS: Mapping[str, Goal] = MappingProxyType({goal.name: goal for goal in _goals()})


def policy_faults(chosen: Mapping[str, int]) -> list[Fault]:
    """Everything that may not be set so.

    >>> [fault.code for fault in policy_faults({"move_cost": -1, "luck": 3})]
    ['out_of_bounds', 'unknown_goal']
    """
    return [fault for name, value in chosen.items() if (fault := _fault(name, value)) is not None]


def _fault(name: str, value: int) -> Fault | None:
    goal = GOALS.get(name)
    if goal is None:
        return Fault(f"goals.{name}", "unknown_goal", "There is no such goal.")
    if goal.least <= value <= goal.most:
        return None
    detail = f"Between {goal.least} and {goal.most}."
    return Fault(f"goals.{name}", "out_of_bounds", detail)


def weights_of(chosen: Mapping[str, int]) -> Weights:
    """The weights with what a region has chosen; the usual ones for the rest.

    >>> weights_of({"move_cost": 60}).move_cost, weights_of({}) == WEIGHTS
    (60, True)
    >>> weights_of({"late_cost.S2": 30}).of(Severity.OUT_OF_SERVICE).late_cost
    30
    """
    plain = {name: value for name, value in chosen.items() if "." not in name}
    severities = {
        severity: _row(row, severity, chosen) for severity, row in WEIGHTS.severities.items()
    }
    return replace(WEIGHTS, severities=severities, **plain)


def with_aims(weights: Weights, aims: Mapping[Severity, int]) -> Weights:
    """The same weights with these aims, in seconds after a call, where nobody promised anything.

    >>> with_aims(WEIGHTS, {Severity.OUT_OF_SERVICE: 7200}).of(Severity.OUT_OF_SERVICE).aim_seconds
    7200
    """
    if all(row.aim_seconds == aims.get(each) for each, row in weights.severities.items()):
        return weights
    severities = {
        severity: replace(row, aim_seconds=aims.get(severity))
        for severity, row in weights.severities.items()
    }
    return replace(weights, severities=severities)


def _row(row: SeverityWeights, severity: Severity, chosen: Mapping[str, int]) -> SeverityWeights:
    """One severity's row. What is left out must cost more than being late all day, always.

    What may wait must cost more to leave than to begin a day after our own aim.
    """
    given = {
        name: chosen.get(f"{name}.{severity.value}", getattr(row, name)) for name in _OF_SEVERITY
    }
    row = replace(row, **given)
    past_aim = DAY_SECONDS // AIM_STEP * row.aim_cost
    worst = row.late_fixed + DAY_SECONDS * row.late_cost + past_aim
    return replace(
        row, drop_cost=max(row.drop_cost, worst), wait_cost=max(row.wait_cost, past_aim + 1)
    )


DAY_SECONDS = 86_400
