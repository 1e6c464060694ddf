"""The worked examples bite: each bug that other clocks had changes the answer of at least one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from dispatch.hours import Pause, RelativeMode, RelativeTarget, counting, relative, spans
from tests.dispatch.hours.examples import CALENDARS, EXAMPLES, text
from tests.dispatch.hours.mutants import MUTANTS, Mutant

WHOLE, AT_RISK, INTERNAL = 100, 75, 80


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    spans.day_stretches.cache_clear()
    yield
    spans.day_stretches.cache_clear()


def answers(check: dict[str, Any]) -> list[str | None]:
    """Due, at risk and internal due, asked of the engine as it stands at this moment."""
    calendar = CALENDARS[check["calendar"]]
    start = datetime.fromisoformat(check["start"])
    pauses = [
        Pause(datetime.fromisoformat(begun), datetime.fromisoformat(over) if over else None)
        for begun, over in check["pauses"]
    ]
    if "rel" in check:
        days, mode, *minutes = check["rel"]
        target = RelativeTarget(days, RelativeMode(mode), *minutes)
        return [text(relative.relative_due(calendar, start, target, pauses)), None, None]
    shares = (check["seconds"] * percent // 100 for percent in (WHOLE, AT_RISK, INTERNAL))
    return [text(counting.due(calendar, start, share, pauses)) for share in shares]


def examples_that_differ() -> set[str]:
    return {
        example["id"]
        for example in EXAMPLES["examples"]
        for check in example["checks"]
        if answers(check)
        != [check.get(name) for name in ("due_utc", "at_risk_utc", "internal_due_utc")]
    }


def test_the_engine_itself_passes_every_example() -> None:
    assert examples_that_differ() == set()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_an_engine_with_a_known_bug_fails_an_example(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch, CALENDARS)
    assert MUTANTS[mutant] in examples_that_differ()


def test_thirteen_bugs_are_known() -> None:
    assert len(MUTANTS) == 13
