"""Public holidays are proposed by country and part of it; what is not known is refused by name."""

from datetime import date

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.regions.holidays import public_holidays
from server.regions.problems import UnknownCountry, UnknownSubdivision
from tests.server.company import Company

Client = AsyncTestClient[Litestar]


def days(country: str, subdivision: str | None = None, year: int = 2026) -> set[str]:
    return {str(each.date)[5:] for each in public_holidays(country, subdivision, [year])}


def test_a_part_of_a_country_has_days_of_its_own() -> None:
    assert days("FR", "57") - days("FR") == {"04-03", "12-26"}
    assert days("AD", "07") - days("AD") == {"08-01", "08-02", "08-03"}
    assert days("ES", "CN") - days("ES", "MD") == {"05-30"}


@pytest.mark.parametrize("told", ["57", "FR-57", "Moselle"])
def test_a_part_is_found_by_its_code_and_by_its_name(told: str) -> None:
    assert days("fr", told) == days("FR", "57")


def test_a_day_given_in_place_of_a_lost_one_is_proposed_too() -> None:
    boxing_day_on_a_saturday = {"12-26", "12-28"}
    assert boxing_day_on_a_saturday <= days("GB", "ENG")


def test_days_of_several_years_come_in_order_and_once() -> None:
    proposed = [each.date for each in public_holidays("NL", None, [2027, 2026, 2027])]
    assert proposed == sorted(set(proposed))
    assert {day.year for day in proposed} == {2026, 2027}


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("FR", None, "Jour de l'an"),
        ("FR", "en", "New Year's Day"),
        ("FR", "nl", "Jour de l'an"),  # not known there
        ("AD", None, "Cap d'Any"),
        ("BE", "fr", "Nouvel An"),
        ("ES", "es", "Año Nuevo"),
    ],
)
@pytest.mark.parametrize("machine", ["nl", "en_US.UTF-8", "C"])
def test_names_are_in_the_language_asked_for_or_the_country_s_whatever_the_machine_speaks(
    monkeypatch: pytest.MonkeyPatch, country: str, language: str | None, name: str, machine: str
) -> None:
    monkeypatch.setenv("LANGUAGE", machine)
    proposed = public_holidays(country, None, [2026], language)
    assert (proposed[0].date, proposed[0].name) == (date(2026, 1, 1), name)


@pytest.mark.parametrize("country", ["XX", "", "France", "__", "EU"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry):
        public_holidays(country, None, [2026])


@pytest.mark.parametrize("subdivision", ["75", "", "57 ", "DE-57"])
def test_an_unknown_part_is_refused_with_those_that_are_known(subdivision: str) -> None:
    with pytest.raises(UnknownSubdivision) as refused:
        public_holidays("FR", subdivision, [2026])
    assert refused.value.facts["country"] == "FR"
    assert {"57", "6AE", "974"} <= set(refused.value.facts["known"])


async def test_the_days_of_a_year_are_listed_for_whoever_keeps_calendars(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    answer = await admin.get(
        "/api/holidays", country="FR", subdivision="57", year="2026", language="fr"
    )
    assert answer.status_code == 200
    assert {"date": "2026-04-03", "name": "Vendredi saint"} in answer.json()["items"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"country": "XX", "year": "2026"}, "unknown_country"),
        ({"country": "FR", "subdivision": "99", "year": "2026"}, "unknown_subdivision"),
        ({"country": "France", "year": "2026"}, "invalid"),
        ({"country": "FR", "year": "1999"}, "invalid"),
        ({"country": "FR", "year": "2101"}, "invalid"),
        ({"country": "FR", "year": "soon"}, "invalid"),
        ({"country": "FR", "year": "2026", "language": "tlh"}, "invalid"),
        ({"year": "2026"}, "invalid"),
        ({"country": "FR"}, "invalid"),
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused_by_name(
    client: Client, company: Company, query: dict[str, str], code: str
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    answer = await admin.get("/api/holidays", **query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
