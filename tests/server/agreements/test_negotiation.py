"""Before a version is agreed: what is expected, what is proposed, and who has to answer."""

from datetime import timedelta
from typing import Any

from server.accounts.schemas import Role
from tests.server.agreements.paper import (
    AGREEMENTS,
    SIGNATORIES,
    Office,
    address,
    newest,
    promise,
    seconds,
    signature,
    terms,
    upload,
    version,
)
from tests.server.company import Company, Member

TRACE = {"part": "promise", "service": "REPAIR", "severity": "S1", "clock": "response"}


def expectation(company: Company) -> dict[str, str]:
    said = "Guests never wait in a lift."
    return {"said_by": "Núria Roca", "said_on": company.now.date().isoformat(), "text": said}


async def negotiated(office: Office, *clauses: dict[str, object]) -> dict[str, Any]:
    """A draft that is talked about with the customer."""
    first = version(office.company, terms=terms(office.company, *clauses))
    made = await office.draft(first_version=first)
    await office.author.post(f"{AGREEMENTS}/{made['id']}/expectations", expectation(office.company))
    begun = await office.step(made, "negotiate")
    assert begun.status_code == 200, begun.text
    found: dict[str, Any] = begun.json()
    return found


async def seen(member: Member) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await member.get("/api/portal/negotiations")).json()["items"]
    return found


async def manager_of(office: Office, company: Company) -> tuple[Member, str]:
    """A manager of the customer, and the id by which they are asked."""
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    return manager, (await manager.get("/api/session")).json()["account"]["id"]


async def test_a_draft_is_not_negotiated_before_somebody_said_what_is_expected(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    refused = await office.step(made, "negotiate")
    assert (refused.status_code, refused.json()["code"]) == (409, "expectation_missing")
    path = f"{AGREEMENTS}/{made['id']}/expectations"
    tomorrow = (company.now.date() + timedelta(days=2)).isoformat()
    early = await office.author.post(path, expectation(company) | {"said_on": tomorrow})
    assert early.json()["errors"][0]["code"] == "in_the_future"
    assert (await office.author.post(path, expectation(company))).status_code == 201
    begun = await office.step(made, "negotiate")
    assert newest(begun.json())["status"] == "negotiation"


async def test_a_requirement_is_traced_to_what_the_draft_says_or_shows_a_gap(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    path = f"{AGREEMENTS}/{made['id']}"
    asked = {
        "text": "Somebody is there within the hour.",
        "source": "Tender, page 4",
        "asked_on": company.now.date().isoformat(),
    }
    first = (await office.author.post(f"{path}/requirements", asked)).json()
    assert (first["status"], first["is_complete"]) == ("open", False)
    wrong = await office.author.patch(
        f"{path}/requirements/{first['id']}", {"traces": [{"part": "penalties"}]}, version=1
    )
    assert [each["is_found"] for each in wrong.json()["traces"]] == [False]
    right = await office.author.patch(
        f"{path}/requirements/{first['id']}", {"traces": [TRACE]}, version=2
    )
    assert right.json()["is_complete"] is True
    assert (await office.author.get(f"{path}/negotiation")).json()["gaps"] == 0
    other = terms(company, promise(company, severity="S2"))
    await office.author.patch(address(made), {"terms": other}, version=1)
    assert (await office.author.get(f"{path}/negotiation")).json()["gaps"] == 1


async def test_the_customer_proposes_a_promise_and_words_and_both_answers_are_kept(
    office: Office, company: Company
) -> None:
    made = await negotiated(office)
    manager, _ = await manager_of(office, company)
    path = address(made, "proposals")
    part = {key: TRACE[key] for key in ("part", "service", "severity", "clock")}
    faster = await manager.post(path, {"part": part, "promise": seconds(1800), "why": "Guests."})
    assert faster.status_code == 201, faster.text
    assert faster.json()["before"]["promise"]["seconds"] == 3600
    words = {"part": {"part": "desired_outcome"}, "text": "Nobody waits."}
    outcome = await manager.post(path, words)
    deciding = {"decision": "accepted", "reason": "We can."}
    taken = await office.author.post(f"{path}/{faster.json()['id']}/decision", deciding)
    assert taken.status_code == 200, taken.text
    refusing = {"decision": "refused", "reason": "Nobody can promise that."}
    await office.author.post(f"{path}/{outcome.json()['id']}/decision", refusing)
    again = await office.author.post(f"{path}/{outcome.json()['id']}/decision", deciding)
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    (shown,) = await seen(manager)
    assert [(each["decision"], each["reason"]) for each in shown["proposals"]] == [
        ("accepted", "We can."),
        ("refused", "Nobody can promise that."),
    ]
    assert shown["promises"][0]["promise"]["seconds"] == 1800
    assert newest(await office.look(made))["terms"]["desired_outcome"] == ""


async def test_the_page_of_the_customer_hears_that_both_sides_talked_and_not_of_our_own_notes(
    office: Office, company: Company
) -> None:
    made = await negotiated(office)
    manager, _ = await manager_of(office, company)
    words = {"part": {"part": "desired_outcome"}, "text": "Nobody waits."}
    said = (await manager.post(address(made, "proposals"), words)).json()
    deciding = {"decision": "refused", "reason": "Nobody can promise that."}
    await office.author.post(f"{address(made, 'proposals')}/{said['id']}/decision", deciding)
    heard = (await manager.get("/api/events")).json()["items"]
    assert [(each["kind"], each["actor_name"], each["data"]) for each in heard] == [
        ("agreement_version_negotiated", "", {}),
        ("agreement_proposal_made", "", {}),
        ("agreement_proposal_decided", "", {}),
    ]


async def test_a_proposal_for_one_region_leaves_the_promise_of_another_as_it_is(
    office: Office, company: Company
) -> None:
    regions = company.valley, company.mountain
    lines = [promise(company, severity="S1", region_id=str(each.id)) for each in regions]
    made = await negotiated(office, *lines)
    manager, _ = await manager_of(office, company)
    (shown,) = await seen(manager)
    assert [each["where"] for each in shown["promises"]] == [each.name for each in regions]
    path, there = address(made, "proposals"), {"region_id": str(regions[1].id)}
    part = {key: TRACE[key] for key in ("part", "service", "severity", "clock")} | there
    proposed = (await manager.post(path, {"part": part, "promise": seconds(1800)})).json()
    assert proposed["part"]["where"] == regions[1].name
    deciding = {"decision": "accepted", "reason": "We can, there."}
    await office.author.post(f"{path}/{proposed['id']}/decision", deciding)
    (shown,) = await seen(manager)
    assert [each["promise"]["seconds"] for each in shown["promises"]] == [3600, 1800]


async def test_a_proposal_about_a_promise_that_is_not_there_is_refused(
    office: Office, company: Company
) -> None:
    made = await negotiated(office)
    manager, _ = await manager_of(office, company)
    part = {"part": "promise", "service": "REPAIR", "severity": "S4", "clock": "response"}
    refused = await manager.post(address(made, "proposals"), {"part": part, "promise": seconds(60)})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "unknown")


async def test_managers_see_and_change_nothing_of_what_is_not_talked_about_with_them(
    office: Office, company: Company
) -> None:
    manager, _ = await manager_of(office, company)
    draft = await office.draft()
    away = await office.draft("AWAY", customer_id=str(company.away.customer.id))
    await office.author.post(f"{AGREEMENTS}/{away['id']}/expectations", expectation(company))
    assert (await office.step(away, "negotiate")).status_code == 200
    assert await seen(manager) == []
    for made in (draft, away):
        words = {"part": {"part": "obligation"}, "text": "Pay us."}
        assert (await manager.post(address(made, "proposals"), words)).status_code == 404
        for what in ("read", "answer"):
            sent = {} if what == "read" else {"answer": "approved"}
            path = address(made, "final-review", what)
            assert (await manager.post(path, sent)).status_code == 404


async def test_what_a_manager_sees_of_a_draft_holds_nothing_of_ours(
    office: Office, company: Company
) -> None:
    manager, _ = await manager_of(office, company)
    ours = version(company, terms=terms(company, promise(company, internal_percent=61)))
    made = await office.draft(first_version=ours)
    await office.author.post(f"{AGREEMENTS}/{made['id']}/expectations", expectation(company))
    await office.step(made, "negotiate")
    text = str(await seen(manager))
    assert "'promises': [{'service': 'REPAIR'" in text
    for word in ("internal", "escalation", "clauses", "author", "verified", "expect"):
        assert word not in text


async def test_a_version_is_in_its_final_review_until_every_party_has_answered(
    office: Office, company: Company
) -> None:
    made = await negotiated(office)
    manager, account = await manager_of(office, company)
    await office.step(made, "verify", office.verifier)
    alone = await office.step(made, "circulate", recipients=[{"name": "Jordi", "side": "provider"}])
    assert alone.json()["errors"][0]["code"] == "customer_missing"
    recipients = [
        {"account_id": account, "side": "customer"},
        {"name": "Marta, the lawyer", "side": "provider"},
    ]
    sent = await office.step(made, "circulate", recipients=recipients)
    assert newest(sent.json())["status"] == "final_review"
    (shown,) = await seen(manager)
    assert shown["me"]["read_at"] is None
    read = await manager.post(address(made, "final-review", "read"), {})
    assert read.json()["read_at"] is not None
    answer = address(made, "final-review", "answer")
    approved = await manager.post(answer, {"answer": "approved"})
    assert approved.json()["answer"] == "approved"
    early = await office.step(made, "sign", **signature(company, ""))
    assert early.status_code in {409, 422}
    assert newest(await office.look(made))["status"] == "final_review"
    path = f"{AGREEMENTS}/{made['id']}/negotiation"
    people = (await office.author.get(path)).json()["recipients"]
    (lawyer,) = [each["id"] for each in people if not each["has_account"]]
    await office.author.post(answer, {"answer": "approved", "recipient_id": lawyer})
    done = newest(await office.look(made))
    assert (done["status"], done["approved_by"]) == ("approved", "Manager")


async def test_who_objects_keeps_a_version_from_being_signed_until_it_was_sent_back(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    manager, account = await manager_of(office, company)
    await office.step(made, "verify", office.verifier)
    recipients = [{"account_id": account, "side": "customer"}]
    await office.step(made, "circulate", recipients=recipients)
    answer = address(made, "final-review", "answer")
    silent = await manager.post(answer, {"answer": "objected"})
    assert silent.status_code == 422
    await manager.post(answer, {"answer": "objected", "comment": "The fee is wrong."})
    again = await manager.post(answer, {"answer": "approved"})
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    assert "sign" not in newest(await office.look(made))["allowed"]
    await office.step(made, "send_back", reason="The fee.")
    await office.step(made, "verify", office.verifier)
    await office.step(made, "circulate", recipients=recipients)
    assert (await manager.post(answer, {"answer": "approved"})).status_code == 200
    assert newest(await office.look(made))["status"] == "approved"


async def test_nothing_comes_into_force_before_the_customer_has_approved(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    await office.step(made, "verify", office.verifier)
    file = (await upload(office.author, address(made, "files"))).json()
    await office.step(made, "sign", **(signature(company, file["id"]) | {"approved_by": ""}))
    refused = await office.step(made, "activate")
    assert (refused.status_code, refused.json()["code"]) == (409, "approval_missing")
    stranger = await office.step(made, "activate", approved_by="Nobody")
    assert stranger.json()["errors"][0]["path"] == "approved_by"
    done = await office.step(made, "activate", approved_by=SIGNATORIES[0]["name"])
    assert newest(done.json())["approved_by"] == SIGNATORIES[0]["name"]


async def test_nothing_is_approved_that_nobody_looks_after(
    office: Office, company: Company
) -> None:
    made = await office.draft(owner_name="")
    refused = await office.step(made, "verify", office.verifier)
    assert (refused.status_code, refused.json()["code"]) == (409, "owner_missing")
    keepers = (await office.author.get(f"{AGREEMENTS}/keepers")).json()["items"]
    owner, backup = keepers[:2]
    path = f"{AGREEMENTS}/{made['id']}"
    same = await office.author.patch(
        path, {"owner_id": owner["id"], "backup_id": owner["id"]}, version=made["version"]
    )
    assert same.json()["errors"][0]["code"] == "same_person"
    named = await office.author.patch(
        path, {"owner_id": owner["id"], "backup_id": backup["id"]}, version=made["version"]
    )
    shown = named.json()
    assert (shown["owner_name"], shown["backup_name"]) == (owner["name"], backup["name"])
    assert (await office.step(made, "verify", office.verifier)).status_code == 200
    assert company.emails[Role.MANAGER] not in str(keepers)
