"""The ledger of one unit: how long it was out of service, by what, and what came back.

Time outside agreed hours is not counted, time two outages share is counted with the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dispatch.hours import Calendar
from dispatch.hours.pauses import without
from dispatch.hours.spans import Stretch, joined, open_stretches
from dispatch.measures.availability import Interval

REPEAT_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outage:
    """One stretch out of service and the cause that was found, empty while none was."""

    key: str
    interval: Interval
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An outage with the agreed seconds it took; whether its cause had come back."""

    outage: Outage
    seconds: int
    is_repeat: bool


def ledger(
    calendar: Calendar,
    period: Interval,
    outages: Sequence[Outage],
    planned: Sequence[Interval] = (),
) -> list[Entry]:
    """Each outage that touches the period, oldest first; earlier ones only make others repeats.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> one = Outage("1", Interval(noon, noon.replace(hour=14)), "door")
    >>> two = Outage("2", Interval(noon.replace(hour=13), noon.replace(hour=15)), "door")
    >>> day = Interval(noon.replace(hour=0), noon.replace(day=3, hour=0))
    >>> found = ledger(Calendar("Europe/Paris", always_open=True), day, [one, two])
    >>> [(each.seconds, each.is_repeat) for each in found]
    [(7200, False), (3600, True)]
    """
    begins, ends = period.stretch
    agreed = tuple(
        without(open_stretches(calendar, begins, ends), _joined([each.stretch for each in planned]))
    )
    ordered = sorted(outages, key=lambda each: each.interval.stretch)
    found: list[Entry] = []
    for place, outage in enumerate(ordered):
        start, end = outage.interval.stretch
        if start >= ends or end <= begins:
            continue
        left = tuple(without(agreed, _joined([(start, end)])))
        seconds, agreed = _total(agreed) - _total(left), left
        found.append(Entry(outage, seconds, _is_repeat(outage, ordered[:place])))
    return found


def _is_repeat(outage: Outage, before: Sequence[Outage]) -> bool:
    since = outage.interval.start - REPEAT_WITHIN
    return bool(outage.cause) and any(
        each.cause == outage.cause and each.interval.start >= since for each in before
    )


def _joined(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    return tuple(joined(sorted(stretches)))


def _total(stretches: Sequence[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
