"""What of a day has changed: a smaller day of everybody concerned, to be laid out alone.

One person's stretches never depend on another's, so whoever is not concerned stays as they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from dispatch.day.day import Day, UnderWay, Work

LARGEST_SHARE = 0.5  # of the crew: beyond that the day is laid out anew as fast


def changed_part(before: Day, after: Day, always: Collection[str]) -> Day | None:
    """Give the later day with only the people and work concerned, and these people always.

    None where it is not the same day at the same moment with the same crew, or most have changed.

    >>> from datetime import UTC, datetime
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> empty = Day("VALLS", "urban", midnight, midnight)
    >>> changed_part(empty, empty, ()).work
    ()
    """
    if _frame(before) != _frame(after):
        return None
    known, given = ({work.id: work for work in day.work} for day in (before, after))
    # What was not read again is the very same value, and takes no comparing.
    changed = {
        name
        for name in known.keys() | given
        if (old := known.get(name)) is not (new := given.get(name)) and old != new
    }
    people = {
        *always,
        *_holders(known[name] for name in changed if name in known),
        *_holders(given[name] for name in changed if name in given),
        *_others(before, after),
    }
    if len(people) > max(1, len(after.crew) * LARGEST_SHARE):
        return None
    return replace(
        after,
        crew=tuple(each for each in after.crew if each.technician.id in people),
        work=tuple(
            work
            for work in after.work
            if work.id in changed or not people.isdisjoint(_holders([work]))
        ),
        under_way=tuple(each for each in after.under_way if each.technician in people),
    )


def _frame(day: Day) -> object:
    crew = [each.technician.id for each in day.crew]
    return (
        day.region,
        day.profile,
        day.starts_at,
        day.now,
        day.borrow_cost,
        day.weights,
        day.closures,
        crew,
    )


def _holders(works: Iterable[Work]) -> Iterator[str]:
    """Whose planned visits these are."""
    return (work.visit.technician for work in works if work.visit is not None)


def _others(before: Day, after: Day) -> Iterator[str]:
    """Who is somewhere else, free at other times, or busy with something else."""
    for old, new in zip(before.crew, after.crew, strict=True):
        if old != new:
            yield new.technician.id
    busy, still = _busy(before), _busy(after)
    for name in busy.keys() | still:
        if busy[name] != still[name]:
            yield name


def _busy(day: Day) -> defaultdict[str, list[UnderWay]]:
    found: defaultdict[str, list[UnderWay]] = defaultdict(list)
    for each in day.under_way:
        found[each.technician].append(each)
    return found
