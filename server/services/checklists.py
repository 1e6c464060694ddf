"""Whether a checklist can be asked at all, and how the house's joins what was agreed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dispatch.errors import Fault
from server.services.schemas import ChecklistItemBody

ENOUGH_TO_CHOOSE = 2


def checklist_faults(items: Sequence[ChecklistItemBody]) -> Iterator[Fault]:
    """Keys used twice, limits nothing lies between, and what does not belong to the kind."""
    keys: set[str] = set()
    for index, item in enumerate(items):
        if item.key in keys:
            yield Fault(f"checklist.{index}.key", "listed_twice", "This key is used above.")
        keys.add(item.key)
        for fault in _item_faults(item):
            yield fault.under(f"checklist.{index}")


def _item_faults(item: ChecklistItemBody) -> Iterator[Fault]:
    if item.low is not None and item.high is not None and item.low > item.high:
        sentence = f"{item.low} is above {item.high}: no reading lies between."
        yield Fault("low", "low_above_high", sentence)
    is_measured = bool(item.unit) or item.low is not None or item.high is not None
    if is_measured and item.kind not in {"check", "reading"}:
        yield Fault("kind", "not_a_reading", "Only a reading has a unit and limits.")
    if item.kind == "choice":
        if len(item.choices) < ENOUGH_TO_CHOOSE:
            yield Fault("choices", "too_few_choices", "There are two or more to choose from.")
        if len(set(item.choices)) < len(item.choices):
            yield Fault("choices", "listed_twice", "This can be chosen twice.")
    elif item.choices:
        yield Fault("kind", "not_a_choice", "Only a choice has something to choose from.")


def joined(asked: Iterable[dict[str, Any]], agreed: Iterable[dict[str, Any]]) -> list[Any]:
    """What the house asks, then what was agreed; of two items of one key the agreed one stands."""
    last = list(agreed)
    keys = {item["key"] for item in last}
    return [*(item for item in asked if item["key"] not in keys), *last]
