"""What a promise may be, and the shares at which we warn."""

import pytest

from dispatch.agreements import (
    USUAL_STOPS,
    ClockKind,
    ClockStop,
    Severity,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.errors import Invalid
from tests.dispatch.agreements.makers import ALWAYS


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_target_without_time_is_refused(seconds: int) -> None:
    with pytest.raises(Invalid, match="no time to keep a promise in"):
        TargetDuration(seconds)


def test_shares_are_rounded_down_in_whole_seconds() -> None:
    assert [TargetDuration(1001).share(percent) for percent in (75, 80)] == [750, 800]


def test_a_threshold_is_a_share() -> None:
    with pytest.raises(Invalid) as refused:
        Thresholds(warn_percents=(0,), internal_percent=101, internal_seconds=0)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("warn_percents", "not_a_share"),
        ("internal_percent", "not_a_share"),
        ("internal_seconds", "not_positive"),
    ]


@pytest.mark.parametrize("percents", [(50, 50), (75, 50)])
def test_warnings_come_in_rising_order(percents: tuple[int, ...]) -> None:
    with pytest.raises(Invalid, match="in rising order"):
        Thresholds(warn_percents=percents)


def test_an_agreement_may_warn_of_nothing() -> None:
    assert Thresholds(warn_percents=()).warn_percents == ()


def test_only_the_resolution_clock_may_wait_for_parts() -> None:
    with pytest.raises(Invalid, match="never stops the response clock"):
        Target(
            ClockKind.RESPONSE,
            Severity.DEGRADED,
            TargetDuration(60),
            ALWAYS,
            stops_for_parts=True,
        )


def test_a_promise_is_kept_by_the_usual_event_of_its_clock_unless_it_names_another() -> None:
    usual = Target(ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(60), ALWAYS)
    assert usual.kept_by is USUAL_STOPS[ClockKind.RESPONSE] is ClockStop.ARRIVAL
    remote = Target(
        ClockKind.RESPONSE,
        Severity.DEGRADED,
        TargetDuration(60),
        ALWAYS,
        stops_at=ClockStop.ACCEPTANCE,
    )
    assert remote.kept_by is ClockStop.ACCEPTANCE
