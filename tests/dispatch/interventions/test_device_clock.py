"""The instant of what a device tells, however wrong its clock is or was."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.interventions import Told, heard

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
ANNOUNCED = NOON - timedelta(minutes=50)
HAPPENED = NOON - timedelta(minutes=20)
BEHIND, AHEAD = timedelta(days=-2), timedelta(hours=3)
RIGHT = timedelta()


def told(stamped: timedelta, sent: timedelta | None, offset: timedelta = RIGHT) -> Told:
    """Told by a clock so far off when it happened, and so far off when it was sent."""
    sent_at = None if sent is None else NOON + sent - timedelta(seconds=1)  # a second on its way
    return Told(HAPPENED + stamped, int(offset.total_seconds()), sent_at)


@pytest.mark.parametrize(
    ("stamped", "sent", "offset"),
    [
        (BEHIND, BEHIND, -BEHIND),
        (BEHIND, BEHIND, RIGHT),
        (BEHIND, None, -BEHIND),
        (AHEAD, AHEAD, -AHEAD),
        (AHEAD, AHEAD, RIGHT),
        (AHEAD, None, -AHEAD),
        (BEHIND, RIGHT, -BEHIND),  # set right between what happened and sending
        (AHEAD, RIGHT, -AHEAD),
        (RIGHT, BEHIND, RIGHT),  # set wrong in between
        (RIGHT, AHEAD, RIGHT),
        (BEHIND, AHEAD, -BEHIND),
        (AHEAD, BEHIND, -AHEAD),
        (BEHIND, BEHIND, timedelta(seconds=3)),  # measured before it was set wrong
    ],
)
def test_what_happened_is_known_to_two_seconds_and_the_clock_is_flagged(
    stamped: timedelta, sent: timedelta | None, offset: timedelta
) -> None:
    found = heard(told(stamped, sent, offset), earliest=ANNOUNCED, now=NOON)
    assert abs(found.at - HAPPENED) <= timedelta(seconds=2)
    assert found.is_flagged


@pytest.mark.parametrize("seconds", [-299, -61, 0, 61, 250, 299])
def test_a_clock_a_few_minutes_off_is_set_right_without_a_word(seconds: int) -> None:
    wrong = timedelta(seconds=-seconds)
    for offset in (timedelta(), -wrong):
        found = heard(told(wrong, wrong, offset), earliest=ANNOUNCED, now=NOON)
        assert abs(found.at - HAPPENED) <= timedelta(seconds=2)
        assert not found.is_flagged


def test_a_slow_network_does_not_look_like_a_slow_clock() -> None:
    slow = Told(HAPPENED, 2, NOON - timedelta(seconds=45))
    assert heard(slow, earliest=ANNOUNCED, now=NOON).at == HAPPENED + timedelta(seconds=2)


def test_what_nobody_can_know_is_bounded_and_flagged() -> None:
    """Stamped two days behind by a clock that never measured and was set right before it sent."""
    found = heard(told(BEHIND, RIGHT), earliest=ANNOUNCED, now=NOON)
    assert (found.at, found.is_flagged) == (ANNOUNCED, True)
    future = heard(told(AHEAD, RIGHT), earliest=ANNOUNCED, now=NOON)
    assert (future.at, future.is_flagged) == (NOON, True)


def test_both_measures_disagreeing_by_minutes_is_flagged() -> None:
    disagreeing = Told(HAPPENED, -200, NOON - timedelta(seconds=200))
    assert heard(disagreeing, earliest=ANNOUNCED, now=NOON).is_flagged


def test_in_a_demo_whose_clock_is_set_ahead_real_time_is_no_wrong_clock() -> None:
    day = timedelta(days=1)
    real = Told(HAPPENED - day, int(day.total_seconds()), NOON - day)
    assert not heard(real, earliest=ANNOUNCED, now=NOON, ahead=day).is_flagged
    assert heard(real, earliest=ANNOUNCED, now=NOON).is_flagged
