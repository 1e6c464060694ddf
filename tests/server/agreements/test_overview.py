"""The agreements as a whole: uncovered services, what the promises can cost, promise cards."""

from server.accounts.schemas import Role
from tests.server.agreements.paper import Client, Office, promise, seconds, terms, version
from tests.server.company import Company, Member

COVERAGE = "/api/agreements/coverage"
EXPOSURES = "/api/agreements/exposures"
CARDS = "/api/agreements/promises"


async def uncovered(member: Member, company: Company) -> list[str]:
    items = (await member.get(COVERAGE)).json()["items"]
    home = str(company.home.site.id)
    return [each["service"] for each in items if each["site_id"] == home]


async def test_a_service_nobody_promised_anything_for_is_listed_by_site(
    office: Office, company: Company
) -> None:
    every = sorted(company.services)
    assert await uncovered(office.author, company) == every
    rows = [{"service": code} for code in every]
    whole = version(company, terms=terms(company, services=rows))
    made = await office.in_force(first_version=whole)
    assert await uncovered(office.author, company) == []
    away = (await office.author.get(COVERAGE)).json()["items"]
    assert {each["customer_name"] for each in away} == {company.away.customer.name}
    before = await office.author.get(COVERAGE, day="2025-12-31")
    assert len(before.json()["items"]) == 2 * len(every)
    assert made["number"] == "A-1"


async def test_dispatchers_see_what_is_uncovered_in_their_regions(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    items = (await dispatcher.get(COVERAGE)).json()["items"]
    assert {each["region_id"] for each in items} == {str(company.valley.id)}


def penalties(unit: str, **more: object) -> dict[str, object]:
    return {
        "monthly_fee": "249.99",
        "unit": unit,
        "rules": [{"kind": "per_breach", "percent": "5"}],
        "cap_percent": "10",
    } | more


async def test_the_exposure_is_the_sum_of_the_caps(office: Office, company: Company) -> None:
    other = str(company.away.customer.id)
    await office.in_force(
        "BY-LIFT",
        next_review_on="2026-01-01",
        first_version=version(company, terms=terms(company, penalties=penalties("asset"))),
    )
    uncapped = penalties("agreement", cap_percent=None)
    await office.in_force(
        "UNCAPPED",
        customer_id=other,
        first_version=version(company, terms=terms(company, penalties=uncapped)),
    )
    await office.draft(
        "DRAFT",
        customer_id=other,
        first_version=version(company, terms=terms(company, penalties=penalties("site"))),
    )
    found = (await office.author.get(EXPOSURES)).json()
    told = [(each["number"], each["units"], each["most_per_month"]) for each in found["items"]]
    assert told == [("BY-LIFT", 1, "25.00"), ("UNCAPPED", 1, None)]
    assert found["totals"] == {"EUR": "25.00"}
    assert [each["is_review_overdue"] for each in found["items"]] == [True, False]


async def test_the_promise_card_shows_the_figures_the_clocks_count_with(
    office: Office, company: Company
) -> None:
    clauses = (
        promise(company, promise=seconds(14_400)),
        promise(company, promise=seconds(3_600), site_id=str(company.home.site.id)),
    )
    row = {"service": "REPAIR", "exclusions": ["vandalism"], "availability_percent": "99.5"}
    await office.in_force(
        first_version=version(company, terms=terms(company, *clauses, services=[row]))
    )
    cards = (await office.author.get(CARDS, site_id=str(company.home.site.id))).json()["items"]
    by_service = {each["service"]: each for each in cards}
    repair = by_service.pop("REPAIR")
    (told,) = repair["promises"]
    assert (repair["agreement_number"], repair["version_number"]) == ("A-1", 1)
    assert (told["severity"], told["clock"], told["promise"]["seconds"]) == (
        "S1",
        "response",
        3_600,
    )
    assert told["hours"]["weekly"]["0"] == [[480, 1020]]
    assert (repair["exclusions"], repair["availability_percent"]) == (["vandalism"], "99.5")
    assert {each["agreement_number"] for each in by_service.values()} == {None}


async def test_no_card_for_a_kind_of_asset_that_does_not_stand_there(
    office: Office, company: Company
) -> None:
    admin = await company.sign_in(office.author.client, Role.ADMIN)
    names = {"en": "Stairs", "fr": "Escaliers", "es": "Escaleras", "nl": "Trappen"}
    body = {"code": "STAIRS", "names": names, "work_type": "repair", "asset_kind": "escalator"}
    assert (await admin.post("/api/services", body)).status_code == 201
    rows = [{"service": "REPAIR"}, {"service": "STAIRS"}]
    await office.in_force(
        first_version=version(company, terms=terms(company, promise(company), services=rows))
    )
    cards = (await office.author.get(CARDS, site_id=str(company.home.site.id))).json()["items"]
    told = {each["service"] for each in cards}
    assert "REPAIR" in told
    assert "STAIRS" not in told


async def test_a_manager_reads_the_cards_and_agreements_of_their_own_company(
    office: Office, company: Company
) -> None:
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    own, other = str(company.home.site.id), str(company.away.site.id)
    assert (await manager.get("/api/portal/promises", site_id=own)).status_code == 200
    assert (await manager.get("/api/portal/promises", site_id=other)).status_code == 404
    assert (await manager.get("/api/portal/agreements")).json() == {"items": []}


async def test_the_portal_shows_what_is_in_force_and_nothing_internal(
    office: Office, company: Company
) -> None:
    secret = promise(company, internal_percent=60, internal_seconds=None)
    steps = [{"level": 1, "clock": "response", "role": "admin", "percent": 50}]
    open_terms = terms(
        company, secret, escalation=steps, obligations=["Keep the machine room free."]
    )
    made = await office.in_force("OURS", first_version=version(company, terms=open_terms))
    await office.in_force("INSIDE", kind="internal", party="Valley")
    await office.draft("DRAFT")
    await office.amend(made, valid_from="2031-01-01")
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    answer = await manager.get("/api/portal/agreements")
    (shown,) = answer.json()["items"]
    (held,) = shown["versions"]
    assert (shown["number"], held["number"], held["status"]) == ("OURS", 1, "active")
    assert held["obligations"] == ["Keep the machine room free."]
    assert held["files"][0]["name"] == "agreement.pdf"
    for word in ("internal", "escalation", "clauses", "author", "verified"):
        assert word not in answer.text


async def test_a_promise_to_every_customer_can_cost_its_cap_once_for_each(
    office: Office, company: Company
) -> None:
    wanted = terms(company, penalties=penalties("agreement"))
    await office.in_force("ALL", customer_id=None, first_version=version(company, terms=wanted))
    (exposure,) = (await office.author.get(EXPOSURES)).json()["items"]
    assert (exposure["units"], exposure["most_per_month"]) == (2, "50.00")
