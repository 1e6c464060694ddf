"""Which version a call falls under, and which targets that version gives it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.agreements import (
    AgreementVersion,
    ClockKind,
    Severity,
    Target,
    TargetDuration,
    Thresholds,
    VersionsOverlap,
    require_no_overlap,
    targets_for,
    version_in_force,
)
from dispatch.errors import Invalid
from dispatch.hours import Calendar

ALWAYS = Calendar("Europe/Paris", always_open=True)


def target(
    clock: ClockKind = ClockKind.RESPONSE,
    severity: Severity = Severity.OUT_OF_SERVICE,
    *,
    seconds: int = 7200,
    region: str | None = None,
) -> Target:
    return Target(clock, severity, TargetDuration(seconds), ALWAYS, region=region)


def version(
    name: str, valid_from: date, valid_to: date | None = None, *targets: Target
) -> AgreementVersion:
    return AgreementVersion(name, "Europe/Paris", valid_from, valid_to, targets)


SPRING = version("v1", date(2026, 1, 1), date(2026, 7, 1))
SUMMER = version("v2", date(2026, 7, 1))


def in_force(text: str) -> str | None:
    reported = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))
    found = version_in_force([SUMMER, SPRING], reported.astimezone(UTC))
    return None if found is None else found.id


def test_the_version_changes_at_local_midnight() -> None:
    assert in_force("2026-06-30T23:59:59") == "v1"
    assert in_force("2026-07-01T00:00:00") == "v2"


def test_a_call_before_the_first_version_is_uncovered() -> None:
    assert in_force("2025-12-31T23:59:59") is None


def test_a_call_on_the_last_day_that_is_not_included_is_uncovered() -> None:
    reported = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert version_in_force([SPRING], reported) is None


def test_two_versions_on_one_day_are_refused_rather_than_chosen_between() -> None:
    rival = version("v1b", date(2026, 6, 1))
    with pytest.raises(VersionsOverlap) as refused:
        version_in_force([SPRING, rival], datetime(2026, 6, 2, tzinfo=UTC))
    assert {refused.value.first.id, refused.value.second.id} == {"v1", "v1b"}


def test_versions_that_follow_each_other_do_not_overlap() -> None:
    require_no_overlap([SUMMER, SPRING])


@pytest.mark.parametrize("valid_from", [date(2025, 1, 1), date(2026, 6, 30)])
def test_overlapping_versions_are_refused_before_they_are_stored(valid_from: date) -> None:
    with pytest.raises(VersionsOverlap):
        require_no_overlap([SPRING, version("rival", valid_from, date(2026, 12, 1))])


def test_a_regional_target_goes_before_the_general_one() -> None:
    general = target(seconds=14_400)
    mountain = target(seconds=21_600, region="mountain")
    agreed = version("v1", date(2026, 1, 1), None, mountain, general)
    assert targets_for(agreed, "mountain", Severity.OUT_OF_SERVICE) == (mountain,)
    assert targets_for(agreed, "valley", Severity.OUT_OF_SERVICE) == (general,)


def test_targets_come_in_clock_order_and_only_for_the_severity() -> None:
    agreed = version(
        "v1",
        date(2026, 1, 1),
        None,
        target(ClockKind.RESOLUTION),
        target(ClockKind.ACKNOWLEDGE),
        target(ClockKind.SAFE, Severity.ENTRAPMENT),
    )
    found = targets_for(agreed, "valley", Severity.OUT_OF_SERVICE)
    assert [each.clock for each in found] == [ClockKind.ACKNOWLEDGE, ClockKind.RESOLUTION]


def test_a_severity_without_a_target_has_no_clock() -> None:
    assert targets_for(SPRING, "valley", Severity.REQUEST) == ()


def test_a_promise_given_twice_for_one_region_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        version("v1", date(2026, 1, 1), None, target(seconds=60), target(seconds=120))
    assert [fault.code for fault in refused.value.faults] == ["promised_twice"]


def test_every_fault_of_a_version_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        AgreementVersion("v1", "Mars/Olympus", date(2026, 7, 1), date(2026, 7, 1), ())
    assert [fault.code for fault in refused.value.faults] == ["unknown_zone", "ends_before_start"]


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_target_without_time_is_refused(seconds: int) -> None:
    with pytest.raises(Invalid, match="no time to keep a promise in"):
        TargetDuration(seconds)


def test_shares_are_rounded_down_in_whole_seconds() -> None:
    assert [TargetDuration(1001).share(percent) for percent in (75, 80)] == [750, 800]


def test_a_threshold_is_a_share() -> None:
    with pytest.raises(Invalid) as refused:
        Thresholds(at_risk_percent=0, internal_percent=101)
    assert [fault.path for fault in refused.value.faults] == ["at_risk_percent", "internal_percent"]


def test_only_the_resolution_clock_may_wait_for_parts() -> None:
    with pytest.raises(Invalid, match="never stops the response clock"):
        Target(
            ClockKind.RESPONSE,
            Severity.DEGRADED,
            TargetDuration(60),
            ALWAYS,
            stops_for_parts=True,
        )
