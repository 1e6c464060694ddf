"""Reviews: whether the outcome was reached has to be answered, and every wish is decided."""

from datetime import timedelta

from server.accounts.schemas import Role
from tests.server.agreements.paper import AGREEMENTS, Office, terms, version
from tests.server.company import Company


async def test_a_review_answers_whether_the_outcome_was_reached_and_sets_the_next(
    office: Office, company: Company
) -> None:
    wanted = version(company, terms=terms(company, desired_outcome="Nobody waits in a lift."))
    made = await office.in_force(
        first_version=wanted, review_every_months=6, next_review_on="2026-01-31"
    )
    path = f"{AGREEMENTS}/{made['id']}/reviews"
    agenda = (await office.author.get(path)).json()
    assert (agenda["desired_outcome"], agenda["is_overdue"]) == ("Nobody waits in a lift.", True)
    unanswered = await office.author.post(path, {"held_on": "2026-08-31"})
    assert (unanswered.status_code, unanswered.json()["errors"][0]["path"]) == (422, "outcome")
    held = await office.author.post(path, {"held_on": "2026-08-31", "outcome": "partly"})
    assert held.status_code == 201, held.text
    assert (held.json()["next_review_on"], held.json()["is_overdue"]) == ("2027-02-28", False)
    assert [each["outcome"] for each in held.json()["held"]] == ["partly"]


async def test_a_review_of_tomorrow_was_not_held(office: Office, company: Company) -> None:
    made = await office.draft()
    tomorrow = (company.now.date() + timedelta(days=2)).isoformat()
    sent = {"held_on": tomorrow, "outcome": "reached", "next_review_on": "2026-01-01"}
    refused = await office.author.post(f"{AGREEMENTS}/{made['id']}/reviews", sent)
    assert {(each["path"], each["code"]) for each in refused.json()["errors"]} == {
        ("held_on", "in_the_future"),
        ("next_review_on", "not_after"),
    }


async def test_a_managers_wish_stays_on_the_review_until_somebody_decides_it(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    path = f"{AGREEMENTS}/{made['id']}/change-requests"
    asked = await manager.post(path, {"text": "Could you come on Saturdays?"})
    assert asked.status_code == 201, asked.text
    agenda = (await office.author.get(f"{AGREEMENTS}/{made['id']}/reviews")).json()
    (wish,) = agenda["change_requests"]
    assert (wish["asked_by"], wish["decision"]) == ("Manager", None)
    decision = f"{path}/{wish['id']}/decision"
    unreasoned = await office.author.post(decision, {"decision": "rejected", "reason": ""})
    assert unreasoned.status_code == 422
    decided = await office.author.post(decision, {"decision": "kept", "reason": "It works."})
    assert (decided.json()["decision"], decided.json()["decided_by"]) == ("kept", "Experience")
    again = await office.author.post(decision, {"decision": "amended", "reason": "Or not."})
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")


async def test_a_manager_wishes_nothing_of_agreements_that_are_not_theirs_to_read(
    office: Office, company: Company
) -> None:
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    hidden = [
        await office.draft("DRAFT"),
        await office.in_force("INSIDE", kind="internal", party="Valley"),
        await office.in_force("THEIRS", customer_id=str(company.away.customer.id)),
    ]
    for made in hidden:
        path = f"{AGREEMENTS}/{made['id']}/change-requests"
        assert (await manager.post(path, {"text": "Faster"})).status_code == 404


async def test_a_manager_reads_what_was_asked_before_and_what_came_of_it(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    path = f"{AGREEMENTS}/{made['id']}/change-requests"
    asked = (await manager.post(path, {"text": "Could you come on Saturdays?"})).json()
    await office.author.post(path, {"text": "Ask for a higher fee"})
    sent = {"decision": "rejected", "reason": "Nobody works then."}
    await office.author.post(f"{path}/{asked['id']}/decision", sent)
    (agreement,) = (await manager.get("/api/portal/agreements")).json()["items"]
    (wish,) = agreement["wishes"]
    assert (wish["text"], wish["decision"], wish["reason"]) == (
        "Could you come on Saturdays?",
        "rejected",
        "Nobody works then.",
    )
    assert "decided_by" not in wish
