"""What nobody may promise: each value that cannot be used is named by its place and its rule."""

from datetime import timedelta

import pytest

from tests.server.agreements.paper import AGREEMENTS, NOBODY, Office, body, promise, terms, version
from tests.server.company import Company

Faults = set[tuple[str, str]]


async def refused(office: Office, company: Company, **more: object) -> Faults:
    """What is said against terms, by their paths in the terms."""
    given = terms(company, **more)
    answer = await office.author.post(
        AGREEMENTS, body(company, first_version=version(company, terms=given))
    )
    assert answer.status_code == 422, answer.text
    inside = "first_version.terms."
    return {(each["path"].removeprefix(inside), each["code"]) for each in answer.json()["errors"]}


async def test_an_agreement_without_a_service_or_without_a_promise_is_refused(
    office: Office, company: Company
) -> None:
    assert await refused(office, company, services=[], clauses=[]) == {
        ("services", "no_service"),
        ("clauses", "nothing_promised"),
    }


async def test_there_is_no_target_for_everything(office: Office, company: Company) -> None:
    both = [{"service": "REPAIR"}, {"service": "MAINTENANCE"}]
    line = promise(company, service=None, severity=None, clock=None)
    found = await refused(office, company, services=both, clauses=[line])
    assert found == {
        ("clauses.0.clock", "global_target"),
        ("clauses.0.severity", "global_target"),
        ("clauses.0.service", "global_target"),
    }


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "seconds"},
        {"kind": "seconds", "seconds": 60, "days": 1},
        {"kind": "by", "days": 1},
        {"kind": "hours", "minutes": 30},
        {"kind": "close", "days": 1, "minutes": 30},
        {"kind": "end_of_day"},
    ],
)
async def test_a_promise_is_made_of_what_its_kind_asks_for(
    office: Office, company: Company, given: dict[str, object]
) -> None:
    found = await refused(office, company, clauses=[promise(company, promise=given)])
    assert found == {("clauses.0.promise", "promise_incomplete")}


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "seconds", "seconds": 60},
        {"kind": "by", "days": 1, "minutes": 600},
        {"kind": "hours", "days": 0, "minutes": 30},
        {"kind": "close", "days": 3},
        {"kind": "end_of_day", "days": 7},
    ],
)
async def test_each_kind_of_promise_can_be_written(
    office: Office, company: Company, given: dict[str, object]
) -> None:
    first = version(company, terms=terms(company, promise(company, promise=given)))
    made = await office.draft(first_version=first)
    (line,) = made["versions"][0]["terms"]["clauses"]
    assert line["promise"] == {"seconds": None, "days": None, "minutes": None} | given


async def test_sites_and_assets_are_the_customers_own(office: Office, company: Company) -> None:
    away = company.away
    found = await refused(
        office,
        company,
        services=[{"service": "REPAIR", "site_ids": [str(away.site.id), NOBODY]}],
        clauses=[
            promise(company, site_id=str(away.site.id)),
            promise(company, asset_id=str(away.lift.id)),
            promise(company, asset_id=str(company.home.lift.id), site_id=str(away.site.id)),
            promise(company, asset_id=NOBODY),
        ],
    )
    assert found == {
        ("services.0.site_ids.0", "site_of_another"),
        ("services.0.site_ids.1", "unknown"),
        ("clauses.0.site_id", "site_of_another"),
        ("clauses.1.asset_id", "site_of_another"),
        ("clauses.2.site_id", "site_of_another"),
        ("clauses.2.asset_id", "asset_elsewhere"),
        ("clauses.3.asset_id", "unknown"),
    }


async def test_a_checklist_asks_each_thing_once_and_for_a_reading_that_exists(
    office: Office, company: Company
) -> None:
    items = [
        {"key": "brake", "label": "Brake holds"},
        {"key": "brake", "label": "Brake holds"},
        {"key": "gap", "label": "Gap", "kind": "reading", "unit": "mm", "low": "5", "high": "4"},
        {"key": "seal", "label": "Seal", "kind": "photo"},
        {"key": "key", "label": "Key returned", "kind": "signature", "unit": "mm", "low": "1"},
    ]
    found = await refused(office, company, services=[{"service": "REPAIR", "checklist": items}])
    assert found == {
        ("services.0.checklist.1.key", "listed_twice"),
        ("services.0.checklist.2.low", "low_above_high"),
        ("services.0.checklist.4.kind", "not_a_reading"),
    }


async def test_an_escalation_happens_at_a_share_or_after_the_due_never_both(
    office: Office, company: Company
) -> None:
    steps = [
        {"level": 1, "clock": "response", "role": "dispatcher"},
        {"level": 2, "clock": "response", "role": "admin", "percent": 90, "after_due_seconds": 0},
        {"level": 3, "clock": "response", "role": "admin", "after_due_seconds": 600},
    ]
    found = await refused(office, company, escalation=steps)
    assert found == {("escalation.0", "one_of_two"), ("escalation.1", "one_of_two")}


async def test_penalties_are_rules_that_can_be_worked_out(office: Office, company: Company) -> None:
    rules = [
        {"kind": "per_breach"},
        {"kind": "tier", "tiers": [{"below": "98", "percent": "5"}, {"below": "99", "percent": 9}]},
    ]
    found = await refused(office, company, penalties={"monthly_fee": "250.00", "rules": rules})
    assert found == {
        ("penalties.rules.0.percent", "not_a_number"),
        ("penalties.rules.1.tiers.1.below", "tiers_not_descending"),
    }


async def test_what_availability_costs_is_agreed_with_one_customer(
    office: Office, company: Company
) -> None:
    tiers = {"kind": "tier", "tiers": [{"below": "99", "percent": "5"}]}
    priced = terms(company, penalties={"monthly_fee": "250.00", "rules": [tiers]})
    refused = await office.author.post(
        AGREEMENTS,
        body(company, customer_id=None, first_version=version(company, terms=priced)),
    )
    found = {(fault["path"], fault["code"]) for fault in refused.json()["errors"]}
    assert found == {("first_version.terms.penalties.rules.0.kind", "tier_of_all")}


async def test_hours_that_hardly_ever_open_keep_no_promise(
    office: Office, company: Company
) -> None:
    # open soon, and closed all through the first month of the version
    rare = {(company.now.date() + timedelta(days=1)).isoformat(): [[480, 1080]]}
    calendar = {"code": "RARE", "name": "Rare", "zone": "Europe/Paris", "special": rare}
    rarely = (await office.verifier.post("/api/calendars", calendar)).json()["id"]
    found = await refused(office, company, clauses=[promise(company, calendar_id=rarely)])
    assert found == {("clauses.0.calendar_id", "hardly_open")}


async def test_a_promise_needs_hours_of_its_own_or_of_the_house(
    office: Office, company: Company
) -> None:
    line = promise(company, calendar_id=None)
    found = await refused(office, company, clauses=[line])
    assert found == {("clauses.0.calendar_id", "hours_missing")}
    house = terms(company, promise(company), {"calendar_id": str(company.hours.id)})
    await office.in_force("HOUSE", customer_id=None, first_version=version(company, terms=house))
    relying = version(company, terms=terms(company, promise(company, calendar_id=None)))
    assert (await office.draft("RELYING", first_version=relying))["number"] == "RELYING"
