"""What is wrong with a day's work: its place, its window, its length, what is promised for it.

Faults of the crew are in `crew_findings`.
"""

from collections.abc import Iterator
from datetime import timedelta

from dispatch.agreements import Severity
from dispatch.day.day import Work
from dispatch.day.finding import (
    FARTHEST_METRES,
    NOWHERE,
    Checked,
    Finding,
    Rule,
    Subject,
    Weight,
    ends_at,
)
from dispatch.geo import distance_metres

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=8)


def place_missing(checked: Checked) -> Iterator[Finding]:
    """Work at a place nobody has entered, or so far away that nobody drives there."""
    for work in checked.day.work:
        if work.at == NOWHERE:
            yield _finding("place_missing", Weight.BLOCKS, work)
        elif checked.middle and distance_metres(checked.middle, work.at) > FARTHEST_METRES:
            metres = round(distance_metres(checked.middle, work.at))
            yield _finding("place_far", Weight.BLOCKS, work, metres=metres)


def window_outside_shifts(checked: Checked) -> Iterator[Finding]:
    """Work may begin at hours in which nobody who is able to do it is on duty."""
    for work in checked.day.work:
        opens, closes = work.window_from, work.window_to
        able = checked.able(work)
        if (opens is None and closes is None) or not able:
            continue
        if closes is not None and closes <= checked.day.now:
            continue
        reached = (
            (closes is None or free.starts_at <= closes)
            and (opens is None or opens < ends_at(free))
            for free in able
        )
        if not any(reached):
            facts = {
                "opens": None if opens is None else opens.isoformat(),
                "closes": None if closes is None else closes.isoformat(),
            }
            yield _finding("window_outside_shifts", Weight.BLOCKS, work, **facts)


def window_over(checked: Checked) -> Iterator[Finding]:
    """The hours somebody agreed to are over; the plan takes them for gone."""
    for work in checked.day.work:
        if work.window_to is not None and work.window_to <= checked.day.now:
            yield _finding("window_over", Weight.WARNS, work, closes=work.window_to.isoformat())


def longer_than_shifts(checked: Checked) -> Iterator[Finding]:
    """Work that takes longer than anybody who is able to do it has left that day."""
    for work in checked.day.work:
        rooms = [
            ends_at(free) - max(free.starts_at, checked.day.now) for free in checked.able(work)
        ]
        room = int(max(rooms, default=timedelta()).total_seconds())
        if rooms and work.duration_seconds > room:
            facts = {"seconds": work.duration_seconds, "room": room}
            yield _finding("longer_than_shifts", Weight.BLOCKS, work, **facts)


def duration_implausible(checked: Checked) -> Iterator[Finding]:
    """Work of a few minutes or of more than a day's hours is rarely meant."""
    for work in checked.day.work:
        if not SHORTEST <= timedelta(seconds=work.duration_seconds) <= LONGEST:
            yield _finding(
                "duration_implausible", Weight.WARNS, work, seconds=work.duration_seconds
            )


def nothing_promised(checked: Checked) -> Iterator[Finding]:
    """Work without an agreement, or without a time promised: only an aim says how urgent it is."""
    for work in checked.day.work:
        if work.id in checked.uncovered:
            yield _finding("no_agreement", Weight.WARNS, work)
        elif work.due_at is None and work.severity is not Severity.REQUEST:
            yield _finding("no_due", Weight.TELLS, work)


def _finding(code: str, weight: Weight, work: Work, **facts: int | str | None) -> Finding:
    return Finding(code, weight, Subject.WORK, work.id, (work.id,), facts)


WORK_RULES: tuple[Rule, ...] = (
    place_missing,
    window_outside_shifts,
    longer_than_shifts,
    window_over,
    duration_implausible,
    nothing_promised,
)
