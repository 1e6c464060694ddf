"""Reasons of the planner told about people and instants instead of stretches and seconds.

The reasons themselves are found in `dispatch.planning`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dispatch.day.question import DayProblem
from dispatch.planning import Reason

Facts = Mapping[str, int | str | None]

# Figures of reasons that are moments of the plan; every other figure is a length or a cost.
MOMENTS = frozenset(
    {
        "appointed",
        "arrival",
        "break_latest",
        "closes",
        "ends",
        "latest",
        "leaves",
        "locked_start",
        "ready",
        "window_closes",
    }
)


def told(question: DayProblem, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Give each person's first reason, its moments as ISO instants; others' stretches are left out.

    Somebody who works no more that day is `off_shift`, without figures; so is somebody on call for
    what nobody is called out for.
    """
    found: dict[str, Reason] = {}
    for reason in reasons:
        if reason.technician is not None:
            person = question.people[reason.technician]
            found.setdefault(person, about(question, person, reason))
    for member in question.day.crew:
        if member.technician.id not in question.people.values():
            found[member.technician.id] = Reason(member.technician.id, "off_shift")
    return tuple(found.values())


def about(question: DayProblem, person: str, reason: Reason) -> Reason:
    """Give one reason as it is told of this person."""
    if reason.code == "excluded" and reason.technician in question.on_call:
        return Reason(person, "off_shift")
    return replace(
        reason,
        technician=person,
        facts=_facts(question, reason.facts),
        would_need=_facts(question, reason.would_need),
    )


def _facts(question: DayProblem, facts: Facts) -> Facts:
    return {name: _fact(question, name, value) for name, value in facts.items()}


def _fact(question: DayProblem, name: str, value: int | str | None) -> int | str | None:
    if name in MOMENTS and isinstance(value, int):
        return question.instant(value).isoformat()
    if name in {"locked_technician", "technician"} and isinstance(value, str):
        return question.people[value]
    return value
