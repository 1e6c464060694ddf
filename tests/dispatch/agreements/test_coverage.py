"""Which services at which sites nobody has promised anything for."""

from datetime import date

from dispatch.agreements import AgreementVersion, Place, ServiceRow, uncovered
from tests.dispatch.agreements.makers import DOORS, corporate, internal, version

JUNE = date(2026, 6, 2)
MILL = Place("acme", "north", "mill", ("lifts", "doors"))
STATION = Place("bolt", "south", "station", ("lifts",))


def left_out(*versions: AgreementVersion, day: date = JUNE) -> tuple[tuple[str, str], ...]:
    return uncovered([MILL, STATION], versions, day)


def test_without_agreements_everything_is_left_out() -> None:
    assert left_out() == (("mill", "lifts"), ("mill", "doors"), ("station", "lifts"))


def test_an_agreement_covers_its_services_for_its_customer() -> None:
    assert left_out(version()) == (("mill", "doors"), ("station", "lifts"))


def test_a_corporate_agreement_covers_every_customer() -> None:
    assert left_out(corporate()) == (("mill", "doors"),)


def test_agreements_cover_together() -> None:
    assert left_out(corporate(), version(services=(DOORS,))) == ()


def test_a_service_row_may_be_for_some_sites_only() -> None:
    only = corporate(services=(ServiceRow("lifts", frozenset({"station"})),))
    assert left_out(only) == (("mill", "lifts"), ("mill", "doors"))


def test_an_agreement_covers_only_its_days() -> None:
    assert len(left_out(corporate(valid_to=JUNE))) == 3
    assert len(left_out(corporate(), day=date(2025, 12, 31))) == 3


def test_what_a_division_promises_us_covers_no_customer() -> None:
    assert len(left_out(internal())) == 3
