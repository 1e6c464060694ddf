"""Meetings about an agreement: planned, held or missed, with both sides at the table."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dispatch.agreements import months_later
from server.accounts.schemas import Role
from tests.server.agreements.paper import AGREEMENTS, Office
from tests.server.company import Company, Member

WHEN = timedelta(days=100)
Made = Mapping[str, Any]


async def meets(
    office: Office, made: Made, first_on: date, *, level: str = "operational", every: int | None = 1
) -> dict[str, Any]:
    sent = {
        "level": level,
        "every_months": every,
        "first_on": first_on.isoformat(),
        "seats": ["owner", "building_manager"],
    }
    answer = await office.author.post(f"{AGREEMENTS}/{made['id']}/meetings/cadences", sent)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def hold(office: Office, made: Made, held_on: date, **more: object) -> dict[str, Any]:
    sent = {
        "held_on": held_on.isoformat(),
        "outcome": "partly",
        "level": "operational",
        "present": ["owner", "building_manager"],
        "note": "The doors again.",
    } | more
    answer = await office.author.post(f"{AGREEMENTS}/{made['id']}/reviews", sent)
    assert answer.status_code == 201, answer.text
    return (await look(office.author, made))["meetings"][0]  # type: ignore[no-any-return]


async def look(who: Member, made: Made) -> dict[str, Any]:
    answer = await who.get(f"{AGREEMENTS}/{made['id']}/meetings")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def decided(office: Office, made: Made, meeting: Made, **more: object) -> dict[str, Any]:
    path = f"{AGREEMENTS}/{made['id']}/reviews/{meeting['id']}/decisions"
    answer = await office.author.post(path, {"text": "Grease the doors monthly."} | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_each_level_meets_as_planned_and_what_is_missed_is_counted(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    today = company.now.date()
    first_on = months_later(today, -4)
    await meets(office, made, first_on)
    await hold(office, made, first_on + timedelta(days=3))
    levels = {each["level"]: each for each in (await look(office.author, made))["levels"]}
    assert list(levels) == ["operational", "tactical", "strategic"]
    assert levels["tactical"]["every_months"] is None
    operational = levels["operational"]
    assert (operational["held"], operational["missed"]) == (1, 3)
    assert operational["next_on"] == today.isoformat()


async def test_a_meeting_without_somebody_who_had_to_be_there_is_flagged(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    today = company.now.date()
    await meets(office, made, today)
    alone = await hold(office, made, today, present=["owner", "experience"])
    assert alone["missing"] == ["building_manager"]
    assert (await hold(office, made, today))["missing"] == []
    elsewhere = await hold(office, made, today, level="tactical", present=[])
    assert elsewhere["missing"] == []


async def test_a_missed_meeting_stands_in_the_customers_report(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    today = company.now.date()
    first_on = months_later(today, -2)
    await meets(office, made, first_on, level="tactical")
    span = {"from_day": first_on.isoformat(), "to_day": (first_on + timedelta(days=1)).isoformat()}
    path = f"/api/reports/customers/{company.home.customer.id}"
    (counted,) = (await office.author.get(path, **span)).json()["meetings"]
    assert (counted["agreement_number"], counted["level"]) == ("A-1", "tactical")
    assert (counted["held"], counted["missed_on"]) == (0, [first_on.isoformat()])


async def test_another_cadence_does_not_unmake_what_was_missed(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    today = company.now.date()
    await meets(office, made, months_later(today, -3))
    sent = {"level": "operational", "every_months": 6, "first_on": "2026-01-01"}
    path = f"{AGREEMENTS}/{made['id']}/meetings/cadences"
    refused = (await office.author.post(path, sent)).json()
    assert [(each["path"], each["code"]) for each in refused["errors"]] == [
        ("first_on", "in_the_past")
    ]
    later = await meets(office, made, today + timedelta(days=40), every=6)
    assert later["levels"][0]["missed"] == 3
    never = await meets(office, made, today, every=None)
    assert (never["levels"][0]["missed"], never["levels"][0]["every_months"]) == (3, None)


async def test_a_manager_puts_something_on_the_agenda_and_reads_the_minutes(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    path = f"{AGREEMENTS}/{made['id']}/agenda-items"
    asked = await manager.post(path, {"level": "operational", "text": "Key handover"})
    assert asked.status_code == 201, asked.text
    ours = await office.author.post(path, {"level": "operational", "text": "Winter tyres"})
    assert ours.status_code == 201
    for who in (office.author, manager):
        told = [(each["side"], each["asked_by"]) for each in (await look(who, made))["items"]]
        assert told == [("customer", "Manager"), ("provider", "")]
    await hold(office, made, company.now.date(), item_ids=[asked.json()["id"]])
    found = await look(manager, made)
    assert [each["text"] for each in found["items"]] == ["Winter tyres"]
    (meeting,) = found["meetings"]
    assert (meeting["minutes"], meeting["items"][0]["text"]) == ("The doors again.", "Key handover")
    assert "Experience" not in str(found)
    again = {"held_on": company.now.date().isoformat(), "outcome": "reached"}
    sent = again | {"item_ids": [asked.json()["id"]]}
    refused = await office.author.post(f"{AGREEMENTS}/{made['id']}/reviews", sent)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "item_ids")


async def test_a_manager_neither_sees_nor_asks_anything_of_a_foreign_agreement(
    office: Office, company: Company
) -> None:
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    hidden = [
        await office.draft("DRAFT"),
        await office.in_force("ROPES", kind="supplier", party="Ropes Ltd"),
        await office.in_force("THEIRS", customer_id=str(company.away.customer.id)),
    ]
    for made in hidden:
        for what in ("meetings", "review-pack"):
            assert (await manager.get(f"{AGREEMENTS}/{made['id']}/{what}")).status_code == 404
        sent = {"level": "tactical", "text": "Prices"}
        path = f"{AGREEMENTS}/{made['id']}/agenda-items"
        assert (await manager.post(path, sent)).status_code == 404


async def test_a_decision_leads_to_a_change_an_improvement_or_an_action(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    meeting = await hold(office, made, company.now.date())
    asking = f"{AGREEMENTS}/{made['id']}/change-requests"
    asked = (await office.author.post(asking, {"text": "Come on Saturdays"})).json()
    improvement = {
        "region_id": str(company.valley.id),
        "customer_id": str(company.home.customer.id),
        "title": "Fewer doors",
        "owner_name": "Jordi",
        "due_on": (company.now.date() + WHEN).isoformat(),
        "measure": "first_time_fix",
        "expected_points": "5",
    }
    better = (await office.author.post("/api/improvements", improvement)).json()
    linked = await decided(
        office, made, meeting, change_request_id=asked["id"], improvement_id=better["id"]
    )
    assert (linked["change_request_text"], linked["improvement_title"], linked["state"]) == (
        "Come on Saturdays",
        "Fewer doors",
        "noted",
    )
    path = f"{AGREEMENTS}/{made['id']}/reviews/{meeting['id']}/decisions"
    strange = {"text": "x", "change_request_id": meeting["id"], "improvement_id": meeting["id"]}
    refused = (await office.author.post(path, strange)).json()
    assert {each["path"] for each in refused["errors"]} == {"change_request_id", "improvement_id"}


async def test_every_action_ends_done_or_dropped_with_a_note_and_only_once(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    meeting = await hold(office, made, company.now.date())
    due = {"owner_name": "Jordi", "due_on": (company.now.date() + WHEN).isoformat()}
    nobody = await office.author.post(
        f"{AGREEMENTS}/{made['id']}/reviews/{meeting['id']}/decisions",
        {"text": "Quick", "is_quick_win": True},
    )
    assert nobody.status_code == 422
    quick = await decided(office, made, meeting, is_quick_win=True, **due)
    other = await decided(office, made, meeting, **due)
    open_ = (await look(office.author, made))["actions"]
    assert [(each["owner_name"], each["is_quick_win"]) for each in open_] == [
        ("Jordi", True),
        ("Jordi", False),
    ]
    for each, kind, state in ((quick, "complete", "done"), (other, "drop", "dropped")):
        path = f"{AGREEMENTS}/{made['id']}/decisions/{each['id']}/commands"
        without = {"kind": kind, "base_version": each["version"], "note": ""}
        assert (await office.author.post(path, without)).status_code == 422
        ended = await office.author.post(path, without | {"note": "As agreed."})
        assert (ended.json()["state"], ended.json()["note"]) == (state, "As agreed.")
        again = without | {"note": "Once more", "base_version": ended.json()["version"]}
        refused = await office.author.post(path, again)
        assert (refused.status_code, refused.json()["code"]) == (409, "already_decided")
    assert (await look(office.author, made))["actions"] == []
