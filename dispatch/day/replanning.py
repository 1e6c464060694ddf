"""A plan kept current while the day goes on: one event at a time, within what may be moved.

The day is given as it is known after the event; who records events, and who tells people, is
elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.day.changes import Diff, diff
from dispatch.day.day import Day
from dispatch.day.question import DayProblem, to_plan
from dispatch.planning import Limits, Plan, solve
from dispatch.planning.warm import WarmDay


class EventKind(StrEnum):
    """What calls for a plan, or upsets it."""

    DAY_BEGINS = "day_begins"
    CALL = "call"
    URGENT_CALL = "urgent_call"
    LATE = "late"  # a technician begins later or is longer on the road than planned
    OVERRUN = "overrun"
    SICKNESS = "sickness"
    NO_ACCESS = "no_access"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something that happened, to a piece of work, to a technician or to both."""

    kind: EventKind
    at: datetime
    work: str | None = None
    technician: str | None = None


@dataclass(frozen=True, slots=True)
class Replanned:
    """The answer to an event: a plan of this question that is legal and moves what it may."""

    event: DayEvent
    question: DayProblem
    plan: Plan

    @property
    def diff(self) -> Diff:
        """What the plan changes about the day as it stood after the event."""
        return diff(self.question, self.plan)


def replan(
    day: Day, event: DayEvent, *, change_budget: int | None, limits: Limits, seed: int = 0
) -> Replanned:
    """Answer an event: from the day as it stands, at the least cost found within what may move.

    An urgent call is first put where it costs least, so that somebody is sent whatever the limits;
    then the day is improved around it. At most `change_budget` announced visits move, and the
    plan is never dearer than the day as it stands. Work under way is no question any more, and
    accepted visits keep their technician; what slips because of the event itself is no move.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> event = DayEvent(EventKind.CANCELLED, midnight, work="lift")
    >>> empty = Day("VALLS", "urban", midnight, midnight)
    >>> replan(empty, event, change_budget=3, limits=Limits(iterations=10)).diff.changes
    ()
    """
    question = to_plan(day, change_budget=change_budget)
    start = question.current
    if event.kind is EventKind.URGENT_CALL and event.work is not None:
        start = _sent(question, event.work)
    plan = solve(question.problem, limits=limits, seed=seed, start=start)
    return Replanned(event, question, plan)


def _sent(question: DayProblem, work: str) -> Plan:
    """Put the work where it costs least as the day stands, if anybody can and should go."""
    current = question.current
    if all(left.job != work for left in current.unassigned):
        return current
    day = WarmDay(question.problem, current)
    ranking = day.rank(work)
    if not ranking.ways:
        return current
    day.follow(ranking, ranking.ways[0])
    return day.plan
