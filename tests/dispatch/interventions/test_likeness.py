"""Which reports are likely about the same trouble."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dispatch.interventions import Likeness, Reported, alike, likeness

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
CALL = Reported("1", "hotel", "lift-a", "repair", NOON)
AGAIN = replace(CALL, id="2", reported_at=NOON + timedelta(hours=3))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (AGAIN, Likeness.SAME_ASSET),
        (replace(AGAIN, asset=None), Likeness.ASSET_UNKNOWN),
        (replace(AGAIN, asset="lift-b"), Likeness.SAME_SITE),
        (replace(AGAIN, site="chalet"), None),
        (replace(AGAIN, work_type="maintenance"), None),
        (replace(AGAIN, reported_at=NOON + timedelta(hours=73)), None),
        (CALL, None),
    ],
)
def test_reports_of_one_lift_or_place_within_days_are_alike(
    other: Reported, why: Likeness | None
) -> None:
    assert likeness(CALL, other) is why
    assert likeness(other, CALL) is why


def test_the_likeliest_comes_first_and_then_the_nearest_in_time() -> None:
    later = replace(AGAIN, id="3", reported_at=NOON + timedelta(hours=5))
    beside = replace(AGAIN, id="4", asset="lift-b", reported_at=NOON)
    found = alike(CALL, [beside, later, AGAIN])
    assert [each.id for each, _ in found] == ["2", "3", "4"]
