"""The hours in which a site's business must not stop: checked, and as values to count by."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from dispatch.errors import Fault
from dispatch.hours import Window
from dispatch.measures.critical import CriticalWindow
from server.kit.problems import Invalid
from server.kit.span import require_known_day
from server.sites.schemas import CriticalWindowBody
from server.sites.tables import Site

MOST_DAYS = 366


def critical_windows(site: Site) -> list[tuple[str, CriticalWindow]]:
    """Each with its name, in the order they were written in."""
    return [(each["name"], _value(each)) for each in site.critical_windows]


def _value(given: dict[str, Any]) -> CriticalWindow:
    percent = given["availability_percent"]
    return CriticalWindow(
        days=frozenset(given["days"]),
        window=Window(given["from_minute"], given["to_minute"]),
        first=_day(given["from_day"]),
        last=_day(given["to_day"]),
        target_percent=None if percent is None else Decimal(percent),
    )


def _day(given: str | None) -> date | None:
    return None if given is None else date.fromisoformat(given)


def stored_windows(windows: list[CriticalWindowBody]) -> list[dict[str, Any]]:
    """As they are kept; raises `Invalid` with the place of every fault."""
    faults = [fault for place, each in enumerate(windows) for fault in _faults(place, each)]
    if faults:
        raise Invalid(faults)
    return [each.model_dump(mode="json") for each in windows]


def _faults(place: int, each: CriticalWindowBody) -> Iterator[Fault]:
    path = f"critical_windows.{place}"
    if each.from_minute == each.to_minute:
        yield Fault(f"{path}.to_minute", "not_after_start", "It closes as it opens.")
    if (each.from_day is None) != (each.to_day is None):
        sentence = "An event has a first and a last day; hours of every week have neither."
        yield Fault(f"{path}.to_day", "one_of_two", sentence)
    if each.from_day is None or each.to_day is None:
        return
    require_known_day(f"{path}.from_day", each.from_day)
    require_known_day(f"{path}.to_day", each.to_day)
    if not 0 <= (each.to_day - each.from_day).days < MOST_DAYS:
        sentence = f"It lasts 1 to {MOST_DAYS} days."
        yield Fault(f"{path}.to_day", "out_of_range", sentence)
