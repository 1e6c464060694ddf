"""How much trouble it is to change what stands in the way of a job, to tell the least first."""

from collections.abc import Sequence

from dispatch.planning.plan import Reason

Effort = tuple[int, int, int]

# How much people mind changing a rule; among equals the smaller change is told first.
EFFORT = {
    "overtime": 1,
    "off_shift": 1,
    "window_missed": 2,
    "break_impossible": 2,
    "over_budget": 2,
    "over_capacity": 4,
    "locked": 4,
    "not_allowed": 4,
    "excluded": 4,
    "skill_missing": 5,
    "crew_incomplete": 5,
}

# The two figures of a reason whose distance is the size of the change.
SIZES = {
    "overtime": ("needed", "max"),
    "off_shift": ("leaves", "ends"),
    "window_missed": ("arrival", "closes"),
    "break_impossible": ("ready", "latest"),
    "over_budget": ("moves", "budget"),
    "over_capacity": ("load", "capacity"),
    "skill_missing": ("needed", "has"),
    "crew_incomplete": ("needed", "possible"),
}


def effort(changes: Sequence[Reason]) -> Effort:
    """Tell how many changes, how much people mind them, and their size.

    >>> effort([Reason("anna", "overtime", {"needed": 3600, "max": 0})])
    (1, 1, 3600)
    """
    mind = sum(EFFORT.get(str(each.would_need.get("rule", each.code)), 0) for each in changes)
    return len(changes), mind, sum(_size(each) for each in changes)


def _size(reason: Reason) -> int:
    figures = [reason.facts.get(name) for name in SIZES.get(reason.code, ())]
    numbers = [figure for figure in figures if isinstance(figure, int)]
    return numbers[0] - numbers[1] if len(numbers) == 2 else 0  # noqa: PLR2004 - a pair of figures
