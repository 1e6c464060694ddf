"""Several promises side by side: each with a price, its cost, and how it went until now."""

from typing import Any
from uuid import UUID

from server.feasibility.tables import Trial
from server.kit.database import Database
from tests.server.agreements.paper import NOBODY, Office, address, newest, seconds
from tests.server.company import FOUNDER, Company

RATES = {"travel_hour": "30.00", "overtime_hour": "60.00", "call_out": "45.00"}
NEXT_DAY = {"kind": "by", "days": 1, "minutes": 600}


def lot(**more: object) -> dict[str, Any]:
    return {
        "kept": 9,
        "missed": 1,
        "share": 0.9,
        "others_kept": 0,
        "others_missed": 0,
        "minutes_median": 50,
        "minutes_p90": 80,
        "travel_seconds": 36_000,
        "overtime_seconds": 3_600,
        "call_outs": 2,
    } | more


async def tried(database: Database, company: Company) -> str:
    """A trial of two hours that is over; its id."""
    answer = {
        "calls": 10,
        "calls_from": "records",
        "own_promises": 1,
        "today": lot(),
        "planned_for": lot(),
        "extra_travel_seconds": 0,
        "extra_overtime_seconds": 0,
        "extra_call_outs": 0,
        "extra_cost": 0,
    }
    async with database.write() as session:
        row = Trial(
            region_id=company.valley.id,
            status="ready",
            severity="S1",
            within_seconds=7200,
            is_always=False,
            first_day=company.now.date(),
            weeks=13,
            seed=1,
            requested_at=company.now,
            requested_by=FOUNDER.account_id,
            finished_at=company.now,
            answer=answer,
        )
        session.add(row)
        await session.flush()
        return str(row.id)


def option(name: str, promise: dict[str, object], amount: str, **more: object) -> dict[str, object]:
    return {
        "name": name,
        "service": "REPAIR",
        "severity": "S1",
        "promise": promise,
        "prices": [{"amount": amount}],
    } | more


async def add(office: Office, made: dict[str, Any], sent: dict[str, object]) -> dict[str, Any]:
    answer = await office.author.post(address(made, "alternatives"), sent)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_three_promises_stand_side_by_side_and_one_becomes_the_draft(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    in_region = [{"amount": "180.00"}, {"region_id": str(company.valley.id), "amount": "210.50"}]
    fast = await add(office, made, option("Two hours", seconds(7200), "0", prices=in_region))
    await add(office, made, option("Four hours", seconds(14_400), "120.00"))
    await add(office, made, option("Next day", NEXT_DAY, "80.00"))
    shown = (await office.author.get(address(made, "alternatives"))).json()
    assert [(each["name"], each["prices"][0]["amount"]) for each in shown["items"]] == [
        ("Two hours", "180.00"),
        ("Four hours", "120.00"),
        ("Next day", "80.00"),
    ]
    assert fast["prices"][1]["amount"] == "210.50"
    path = address(made, "alternatives", fast["id"], "choose")
    chosen = await office.author.post(path, {})
    assert chosen.json()["chosen_by"] == "Experience"
    (clause,) = newest(await office.look(made))["terms"]["clauses"]
    assert clause["promise"]["seconds"] == 7200


async def test_another_price_is_a_new_revision_and_the_old_one_is_kept(office: Office) -> None:
    made = await office.draft()
    first = await add(office, made, option("Two hours", seconds(7200), "180.00"))
    path = address(made, "alternatives", first["id"], "prices")
    again = await office.author.post(path, {"prices": [{"amount": "170.25"}], "base_version": 1})
    assert again.status_code == 201, again.text
    assert (again.json()["revision"], again.json()["prices"][0]["amount"]) == (2, "170.25")
    assert again.json()["before"] == [[{"region_id": None, "amount": "180.00"}]]
    late = await office.author.post(path, {"prices": [{"amount": "1.00"}], "base_version": 1})
    assert late.status_code == 404


async def test_the_cost_follows_from_what_was_tried_and_stored_with_it(
    office: Office, company: Company, database: Database
) -> None:
    made = await office.draft()
    trial = await tried(database, company)
    sent = option("Two hours", seconds(7200), "180.00", trial_id=trial, rates=RATES)
    cost = (await add(office, made, sent))["cost"]
    worked_out = (10 * 30 + 1 * 60 + 2 * 45) * 52 / (12 * 13)
    assert (cost["monthly"], cost["expected_percent"]) == (f"{worked_out:.2f}", "90.0")
    async with database.write() as session:
        row = await session.get_one(Trial, UUID(trial))
        assert row.answer is not None
        row.answer = row.answer | {"planned_for": lot(travel_seconds=1)}
    (shown,) = (await office.author.get(address(made, "alternatives"))).json()["items"]
    assert shown["cost"]["monthly"] == cost["monthly"]


async def test_a_trial_of_another_promise_tells_nothing_of_this_one(
    office: Office, company: Company, database: Database
) -> None:
    made = await office.draft()
    sent = option("Four hours", seconds(14_400), "90.00", rates=RATES)
    other = sent | {"trial_id": await tried(database, company)}
    refused = await office.author.post(address(made, "alternatives"), other)
    assert refused.json()["errors"][0]["code"] == "another_promise"
    unknown = await office.author.post(address(made, "alternatives"), sent | {"trial_id": NOBODY})
    assert unknown.json()["errors"][0]["code"] == "unknown"


async def test_a_customer_nobody_worked_for_has_no_history(office: Office) -> None:
    made = await office.draft()
    await add(office, made, option("Two hours", seconds(7200), "180.00"))
    quality = (await office.author.get(address(made, "alternatives"))).json()["quality"]
    assert quality["response"] == {
        "kept_percent": None,
        "kept_of": 0,
        "satisfied_percent": None,
        "answers": 0,
    }


async def test_what_was_verified_has_no_alternatives_any_more(office: Office) -> None:
    made = await office.in_force()
    sent = option("Two hours", seconds(7200), "180.00")
    refused = await office.author.post(address(made, "alternatives"), sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "version_immutable")


async def test_it_counts_in_hours_of_its_own_where_it_names_them(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    hours = str(company.hours.id)
    sent = option("Two hours", seconds(7200), "1", severity="S3", calendar_id=hours)
    more = await add(office, made, sent)
    await office.author.post(address(made, "alternatives", more["id"], "choose"), {})
    assert newest(await office.look(made))["terms"]["clauses"][1]["calendar_id"] == hours
    unknown = await office.author.post(
        address(made, "alternatives"), sent | {"calendar_id": NOBODY}
    )
    assert unknown.json()["errors"][0]["path"] == "calendar_id"


async def test_what_the_draft_did_not_promise_yet_becomes_a_line_of_its_own(office: Office) -> None:
    made = await office.draft()
    more = await add(office, made, option("Two hours", seconds(7200), "1", severity="S2"))
    chosen = await office.author.post(address(made, "alternatives", more["id"], "choose"), {})
    assert chosen.status_code == 200, chosen.text
    clauses = newest(await office.look(made))["terms"]["clauses"]
    assert [(each["severity"], each["promise"]["seconds"]) for each in clauses] == [
        ("S1", 3600),
        ("S2", 7200),
    ]
    assert clauses[1]["calendar_id"] == clauses[0]["calendar_id"]
