"""Thirteen bugs found in other clocks, each small enough to read, for the examples to catch.

Every one is injected into the functions the engine itself calls.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from dispatch.hours import Calendar, Pause, Window, counting, relative, spans
from dispatch.hours.edges import closing_edge, opening_edge
from dispatch.hours.instants import to_seconds
from dispatch.hours.pauses import STILL_OPEN
from dispatch.hours.spans import Stretch, joined, open_stretches

Mutant = Callable[[pytest.MonkeyPatch, Mapping[str, Calendar]], None]
Due = Callable[[Calendar, datetime, int, Iterable[Pause]], datetime | None]
Windows = tuple[Window, ...]
HOUR = 3600

true_due = counting.due
true_windows_on = Calendar.windows_on


def calendar_in_utc(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """Opening hours are read as UTC."""
    patch.setattr(Calendar, "zone_info", property(lambda _: ZoneInfo("UTC")))


def dispatcher_zone(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """Opening hours are read in the zone of the office that looks at them."""
    patch.setattr(Calendar, "zone_info", property(lambda _: ZoneInfo("Europe/Paris")))


def naive_local_time(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """Local times are added up as if no clock ever changed."""

    def due(
        calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        zone = calendar.zone_info

        def shown(instant: datetime) -> datetime:
            return instant.astimezone(zone).replace(tzinfo=UTC)

        told = [Pause(shown(each.start), each.end and shown(each.end)) for each in pauses]
        reached = true_due(replace(calendar, zone="UTC"), shown(start), seconds, told)
        return reached and reached.replace(tzinfo=zone).astimezone(UTC)

    _replace_due(patch, due)


def pauses_ignored(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """Paused, but ticking."""

    def due(
        calendar: Calendar, start: datetime, seconds: int, _: Iterable[Pause] = ()
    ) -> datetime | None:
        return true_due(calendar, start, seconds)

    _replace_due(patch, due)


def wall_pause_added(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """The time between pausing and resuming is added to the due, nights included."""

    def due(
        calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        reached = true_due(calendar, start, seconds)
        return reached and reached + timedelta(seconds=_wall_seconds(pauses))

    _replace_due(patch, due)


def pauses_summed(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """The length of every pause is added to the target, as if all of it had been service time."""

    def due(
        calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        return true_due(calendar, start, seconds + _wall_seconds(pauses))

    _replace_due(patch, due)


def rightmost_due(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """A target that ends at closing is due at the next opening."""

    def due(
        calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        after = true_due(calendar, start, seconds + 1, pauses)
        return after and after - timedelta(seconds=1)

    _replace_due(patch, due)


def minute_keyed_breaks(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """Pauses are kept by the minute they begin in: seconds are lost, and so is all but the last."""

    def paused_stretches(pauses: Iterable[Pause]) -> tuple[Stretch, ...]:
        known = (pause.stretch for pause in pauses)
        by_minute = {
            start // 60 * 60: end if end == STILL_OPEN else end // 60 * 60 for start, end in known
        }
        return tuple(joined(sorted(by_minute.items())))

    patch.setattr(counting, "paused_stretches", paused_stretches)


def holidays_ignored(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """A holiday is a day like any other."""
    _replace_windows(
        patch, lambda calendar, day: true_windows_on(replace(calendar, holidays=frozenset()), day)
    )


def one_national_list(patch: pytest.MonkeyPatch, calendars: Mapping[str, Calendar]) -> None:
    """Everybody in a country has the holidays of its capital."""
    capitals = {
        "Europe/Paris": calendars["FR_BUS"],
        "Indian/Reunion": calendars["FR_BUS"],
        "Europe/Madrid": calendars["ES_MD"],
        "Atlantic/Canary": calendars["ES_MD"],
    }

    def windows_on(calendar: Calendar, day: date) -> Windows:
        national = capitals.get(calendar.zone, calendar).holidays
        return true_windows_on(replace(calendar, holidays=national), day)

    _replace_windows(patch, windows_on)


def one_shift_per_day(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """A day has one opening and one closing, so nobody has lunch."""

    def windows_on(calendar: Calendar, day: date) -> Windows:
        windows = true_windows_on(calendar, day)
        return (Window(windows[0].opens, windows[-1].closes),) if windows else ()

    _replace_windows(patch, windows_on)


def shifted_gap(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """An edge in the hour that clocks skip is moved on by that hour."""

    def shifted(edge: Callable[[ZoneInfo, date, int], int]) -> Callable[..., int]:
        def edge_or_later(zone: ZoneInfo, day: date, minutes: int) -> int:
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            wall = midnight + timedelta(minutes=minutes)
            before, after = (to_seconds(wall.replace(fold=fold)) for fold in (0, 1))
            return before if before > after else edge(zone, day, minutes)

        return edge_or_later

    patch.setattr(spans, "opening_edge", shifted(opening_edge))
    patch.setattr(spans, "closing_edge", shifted(closing_edge))


def first_pass_only(patch: pytest.MonkeyPatch, _: Mapping[str, Calendar]) -> None:
    """An hour that clocks show twice is counted once."""

    def stretches(calendar: Calendar, start: int, end: int) -> Iterator[Stretch]:
        for opens, closes in open_stretches(calendar, start, end):
            edges = [opens, *range((opens // HOUR + 1) * HOUR, min(closes, end), HOUR), closes]
            for piece in pairwise(edges):
                if not datetime.fromtimestamp(piece[0], calendar.zone_info).fold:
                    yield piece

    patch.setattr(counting, "open_stretches", stretches)


# each with an example that is known to catch it
MUTANTS: Mapping[Mutant, str] = {
    calendar_in_utc: "E01",
    naive_local_time: "E18",
    pauses_ignored: "E32",
    holidays_ignored: "E08",
    rightmost_due: "E03",
    wall_pause_added: "E33",
    one_national_list: "E10",
    pauses_summed: "E47",
    dispatcher_zone: "E28",
    shifted_gap: "E23",
    first_pass_only: "E19",
    one_shift_per_day: "E11",
    minute_keyed_breaks: "E36",
}


def _replace_due(patch: pytest.MonkeyPatch, due: Due) -> None:
    patch.setattr(counting, "due", due)
    patch.setattr(relative, "due", due)


def _replace_windows(
    patch: pytest.MonkeyPatch, windows_on: Callable[[Calendar, date], Windows]
) -> None:
    patch.setattr(Calendar, "windows_on", windows_on)


def _wall_seconds(pauses: Iterable[Pause]) -> int:
    """Length of the pauses that are over, one by one."""
    return sum(to_seconds(each.end) - to_seconds(each.start) for each in pauses if each.end)
