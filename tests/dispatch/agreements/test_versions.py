"""Which versions a call falls under, and which may not hold side by side."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.agreements import (
    AgreementKind,
    AgreementVersion,
    ServiceRow,
    VersionsOverlap,
    require_no_overlap,
    versions_in_force,
)
from dispatch.errors import Invalid
from tests.dispatch.agreements.makers import DOORS, LIFTS, corporate, response, version

SPRING = version(id="v1", valid_to=date(2026, 7, 1))
SUMMER = version(id="v2", valid_from=date(2026, 7, 1))
MILL, STATION = frozenset({"mill"}), frozenset({"station"})


def in_force(text: str, *versions: AgreementVersion) -> list[str]:
    reported = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))
    found = versions_in_force(versions or (SUMMER, SPRING), reported.astimezone(UTC))
    return [each.id for each in found]


def test_the_version_changes_at_local_midnight() -> None:
    assert in_force("2026-06-30T23:59:59") == ["v1"]
    assert in_force("2026-07-01T00:00:00") == ["v2"]


def test_each_version_reads_the_day_in_its_own_zone() -> None:
    island = version(
        id="island", agreement="A-2", zone="Atlantic/Canary", valid_from=date(2026, 7, 1)
    )
    assert in_force("2026-07-01T00:30:00", SUMMER, island) == ["v2"]
    assert in_force("2026-07-01T01:00:00", SUMMER, island) == ["v2", "island"]


def test_a_call_before_the_first_version_is_uncovered() -> None:
    assert in_force("2025-12-31T23:59:59") == []


def test_a_call_on_the_last_day_that_is_not_included_is_uncovered() -> None:
    assert in_force("2026-07-01T12:00:00", SPRING) == []


def test_two_versions_of_an_agreement_on_one_day_are_refused_rather_than_chosen_between() -> None:
    rival = version(id="v1b", valid_from=date(2026, 6, 1))
    with pytest.raises(VersionsOverlap) as refused:
        in_force("2026-06-02T00:00:00", SPRING, rival)
    assert {refused.value.first.id, refused.value.second.id} == {"v1", "v1b"}


def test_versions_that_follow_each_other_do_not_overlap() -> None:
    require_no_overlap([SUMMER, SPRING])


@pytest.mark.parametrize("valid_from", [date(2025, 1, 1), date(2026, 6, 30)])
def test_overlapping_versions_of_an_agreement_are_refused_before_they_are_stored(
    valid_from: date,
) -> None:
    rival = version(id="rival", valid_from=valid_from, valid_to=date(2026, 12, 1))
    with pytest.raises(VersionsOverlap):
        require_no_overlap([SPRING, rival])


def test_two_agreements_of_a_customer_may_not_hold_the_same_line() -> None:
    first = version(response(4, region="north"), response(6))
    second = version(response(8), id="w1", agreement="A-2")
    with pytest.raises(VersionsOverlap) as refused:
        require_no_overlap([first, second])
    assert refused.value.place == "clauses.1"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(version(response(8, site="mill"), agreement="A-2"), id="another clause"),
        pytest.param(version(response(8), agreement="A-2", services=(DOORS,)), id="a service"),
        pytest.param(version(response(8), agreement="A-2", customer="bolt"), id="a customer"),
        pytest.param(corporate(response(8)), id="the corporate level"),
        pytest.param(
            version(response(8), agreement="A-2", kind=AgreementKind.INTERNAL), id="another kind"
        ),
        pytest.param(
            version(response(8), agreement="A-2", valid_from=date(2026, 7, 1)), id="later days"
        ),
        pytest.param(
            version(response(8), agreement="A-2", services=(ServiceRow("lifts", STATION),)),
            id="other sites",
        ),
    ],
)
def test_two_agreements_share_their_days_when_no_call_falls_under_the_same_clause_of_both(
    second: AgreementVersion,
) -> None:
    rows = (ServiceRow("lifts", MILL),)
    require_no_overlap([version(response(4), services=rows, valid_to=date(2026, 7, 1)), second])


def test_a_clause_for_one_site_overlaps_only_where_both_cover_that_site() -> None:
    first = version(response(4, site="mill"))
    elsewhere = version(
        response(8, site="mill"), agreement="A-2", services=(ServiceRow("lifts", STATION),)
    )
    require_no_overlap([first, elsewhere])
    with pytest.raises(VersionsOverlap):
        require_no_overlap([first, version(response(8, site="mill"), agreement="A-2")])


def test_a_clause_for_one_service_overlaps_only_where_both_cover_that_service() -> None:
    mill, station = (ServiceRow("lifts", sites) for sites in (MILL, STATION))
    first = version(response(4, service="lifts"), services=(mill, DOORS))
    second = version(response(8, service="lifts"), agreement="A-2", services=(station, DOORS))
    require_no_overlap([first, second])


def test_a_service_row_without_sites_covers_every_site() -> None:
    assert LIFTS.covers("lifts", "mill")
    assert not LIFTS.covers("doors", "mill")
    assert not ServiceRow("lifts", STATION).covers("lifts", "mill")


def test_every_fault_of_a_version_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        version(zone="Mars/Olympus", valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 1))
    assert [fault.code for fault in refused.value.faults] == ["unknown_zone", "ends_before_start"]
