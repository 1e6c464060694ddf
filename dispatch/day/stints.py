"""The crew as the planner sees it: one planning technician for each stretch somebody is free.

Shifts and absences were turned into stretches by `dispatch.roster`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dispatch.day.day import Day, Person, UnderWay
from dispatch.day.places import Places, minute_after, seconds_after
from dispatch.planning import Break, Technician
from dispatch.roster import Availability, ShiftKind


@dataclass(frozen=True, slots=True)
class Stint:
    """One unbroken stretch of a person's day; `room` is how far its overtime could reach.

    After `room` seconds of overtime the person's next stretch begins; none means nothing follows.
    """

    person: str
    is_on_call: bool
    technician: Technician
    room: int | None = None


def stints(day: Day, places: Places) -> tuple[Stint, ...]:
    """List everyone's stretches that are not over yet; a person's first has the person's id."""
    found: list[Stint] = []
    for person in day.crew:
        busy = [one for one in day.under_way if one.technician == person.technician.id]
        theirs = [
            stint
            for free in sorted(person.free, key=lambda free: free.starts_at)
            if (stint := _stint(day, places, person, free, busy)) is not None
        ]
        found.extend(_numbered(_apart(theirs)))
    return tuple(found)


def _stint(
    day: Day, places: Places, person: Person, free: Availability, busy: Sequence[UnderWay]
) -> Stint | None:
    """One stretch from where and when the person is free; none if nothing of it is left."""
    begins, ends = (seconds_after(day.starts_at, at) for at in (free.starts_at, free.ends_at))
    free_from = max([day.now, *(one.free_at for one in busy)])
    leaves = max(begins, minute_after(day.starts_at, free_from))
    latest_return = ends + free.overtime_max_seconds
    if leaves >= latest_return:
        return None
    home = places.number(person.technician.home)
    is_on_call = free.kind is ShiftKind.ON_CALL
    technician = Technician(
        person.technician.id,
        start=_start(day, places, person, free, busy),
        end=home,
        shift=(leaves, max(leaves, ends)),
        overtime_max=latest_return - max(leaves, ends),
        overtime_cost=free.overtime_cost or day.weights.overtime_cost,
        break_=_break(day, free, leaves),
        skills=dict(free.skills),
        regions=(person.technician.region,),
        use_cost=day.weights.call_out_cost if is_on_call else 0,
    )
    return Stint(person.technician.id, is_on_call, technician)


def _start(
    day: Day, places: Places, person: Person, free: Availability, busy: Sequence[UnderWay]
) -> int:
    """Where the stretch begins: at the work under way, where they are now, or at home."""
    if busy:
        return places.number(max(busy, key=lambda one: one.free_at).at)
    if person.at is not None and free.starts_at <= day.now:
        return places.number(person.at)
    return places.number(person.technician.home)


def _break(day: Day, free: Availability, leaves: int) -> Break | None:
    """The lunch still owed; once its latest start has passed it counts as taken."""
    if free.lunch is None:
        return None
    earliest = seconds_after(day.starts_at, free.lunch.earliest_at)
    latest = seconds_after(day.starts_at, free.lunch.latest_at)
    return None if leaves > latest else Break(earliest, latest, free.lunch.duration_seconds)


def _apart(theirs: Sequence[Stint]) -> Iterator[Stint]:
    """Let overtime end where the next stretch begins, so that nobody is in two places at once."""
    for stint, following in pairwise(theirs):
        room = max(0, following.technician.shift[0] - stint.technician.shift[1])
        overtime = min(room, stint.technician.overtime_max)
        technician = replace(stint.technician, overtime_max=overtime)
        if technician.shift[0] < technician.latest_return:
            yield replace(stint, technician=technician, room=room)
    yield from theirs[-1:]


def _numbered(theirs: Iterator[Stint]) -> Iterator[Stint]:
    for number, stint in enumerate(theirs, start=1):
        name = stint.person if number == 1 else f"{stint.person}/{number}"
        yield replace(stint, technician=replace(stint.technician, id=name))


def stint_of(stints: Sequence[Stint], person: str, start: int) -> Stint | None:
    """Find the stretch in which a person's visit at this second falls: the first not over by then.

    None if the person has no stretch left that reaches it.
    """
    for stint in stints:
        if stint.person == person and start < stint.technician.latest_return:
            return stint
    return None
