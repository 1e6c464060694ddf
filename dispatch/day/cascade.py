"""What an overrun does to the rest of a technician's day: who waits, and whose promise turns.

A visit that runs over pushes the next, and so on, lunch and drive included; nothing is replanned.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dispatch.day.day import Day, Visit, Work
from dispatch.day.question import as_it_stands_timed
from dispatch.day.standing import Standing


@dataclass(frozen=True, slots=True)
class Later:
    """A later visit of the same technician: when it was planned, when it would begin now."""

    work: str
    starts_before: datetime
    starts_after: datetime
    lateness_before: int
    lateness_after: int

    @property
    def promise_flips(self) -> bool:
        return (self.lateness_before > 0) != (self.lateness_after > 0)


@dataclass(frozen=True, slots=True)
class Cascade:
    """Every visit an overrun moves, in their order; when the technician would be back.

    `ends_at` is the end of the last stretch of the day that has work in it, none without any.
    """

    later: tuple[Later, ...]
    returns_at: datetime | None
    ends_at: datetime | None

    @property
    def flips(self) -> int:
        """How many promises turn."""
        return sum(each.promise_flips for each in self.later)


def cascade(day: Day, technician: str, *, overrun: timedelta, of: str | None = None) -> Cascade:
    """What happens to this technician's planned visits if one takes so much longer.

    `of` is the work that overruns; none for what the technician is at now. An overrun of nothing
    tells what is late already.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> cascade(Day("VALLS", "urban", midnight, midnight), "ana", overrun=timedelta()).later
    ()
    """
    own = _lengthened(_of_one(day, technician), overrun, of)
    standing = as_it_stands_timed(own)
    later = sorted(_moved(own, standing), key=lambda each: (each.starts_after, each.work))
    back, end = _home(own, standing)
    return Cascade(tuple(later), back, end)


def _of_one(day: Day, technician: str) -> Day:
    """The day of one technician: nobody else's can be touched by an overrun of theirs."""
    return replace(
        day,
        crew=tuple(each for each in day.crew if each.technician.id == technician),
        work=tuple(work for work in day.work if _visit_of(work, technician) is not None),
        under_way=tuple(each for each in day.under_way if each.technician == technician),
    )


def _visit_of(work: Work, technician: str) -> Visit | None:
    visit = work.visit
    return None if visit is None or visit.technician != technician else visit


def _lengthened(day: Day, overrun: timedelta, of: str | None) -> Day:
    if of is None:
        longer = (replace(one, free_at=one.free_at + overrun) for one in day.under_way)
        return replace(day, under_way=tuple(longer))
    seconds = int(overrun.total_seconds())
    return replace(
        day,
        work=tuple(
            replace(each, duration_seconds=each.duration_seconds + seconds)
            if each.id == of
            else each
            for each in day.work
        ),
    )


def _moved(day: Day, standing: Standing) -> Iterable[Later]:
    for work in day.work:
        if work.visit is None or work.id not in standing.starts:
            continue
        planned = work.visit.starts_at
        after = day.starts_at + timedelta(seconds=standing.starts[work.id])
        if after > planned:
            yield Later(work.id, planned, after, work.lateness(planned), work.lateness(after))


def _home(day: Day, standing: Standing) -> tuple[datetime | None, datetime | None]:
    stints = {stint.technician.id: stint for stint in standing.stints.values()}
    last = max(stints.values(), key=lambda each: each.technician.shift[1], default=None)
    if last is None:
        return None, None
    back, end = standing.returns[last.technician.id], last.technician.shift[1]
    return day.starts_at + timedelta(seconds=back), day.starts_at + timedelta(seconds=end)
