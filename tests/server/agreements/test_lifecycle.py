"""From draft to closed: every step in its order, two people, and nothing rewritten on the way."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.accounts.schemas import Role
from server.agreements.tables import AgreementVersion
from server.kit.database import Database
from tests.server.agreements.paper import (
    AGREEMENTS,
    NOBODY,
    SIGNATORIES,
    Client,
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
from tests.server.company import Company


def in_days(company: Company, days: int) -> str:
    return (company.now.date() + timedelta(days=days)).isoformat()


def without_notice(company: Company) -> dict[str, object]:
    return version(company, terms=terms(company, amendment={"notice_days": 0}))


async def test_a_draft_becomes_active_when_it_was_verified_signed_and_activated(
    office: Office, company: Company
) -> None:
    made = newest(await office.in_force())
    assert (made["status"], made["verified_by"], made["activated_by"]) == (
        "active",
        "Admin",
        "Experience",
    )
    assert (made["signed_on"], made["signatories"]) == (in_days(company, 0), SIGNATORIES)
    assert made["signed_file"]["name"] == "agreement.pdf"


async def test_nobody_verifies_their_own_draft(office: Office) -> None:
    made = await office.draft()
    refused = await office.step(made, "verify")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_person_needed")
    assert "verify" not in newest(await office.look(made))["allowed"]
    assert (await office.step(made, "verify", office.verifier)).status_code == 200


async def test_who_rewrites_a_draft_is_its_author_from_then_on(office: Office) -> None:
    made = await office.draft()
    changed = await office.verifier.patch(address(made), {"valid_from": "2026-02-01"}, version=1)
    assert changed.status_code == 200, changed.text
    refused = await office.step(made, "verify", office.verifier)
    assert refused.status_code == 403
    assert (await office.step(made, "verify", office.author)).status_code == 200


@pytest.mark.parametrize("kind", ["sign", "activate", "close", "confirm_termination", "lift_hold"])
async def test_no_step_is_skipped(office: Office, kind: str) -> None:
    made = await office.draft()
    refused = await office.step(made, kind, office.verifier)
    assert (refused.status_code, refused.json()["code"]) == (409, "move_not_allowed")
    assert newest(await office.look(made))["status"] == "draft"


async def test_a_signature_needs_a_file_of_this_version_a_day_and_somebody(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    await office.step(made, "verify", office.verifier)
    refused = await office.step(made, "sign")
    assert {(each["path"], each["code"]) for each in refused.json()["errors"]} == {
        ("file_id", "missing"),
        ("signed_on", "missing"),
        ("signatories", "missing"),
    }
    elsewhere = await office.draft("A-2")
    other = (await upload(office.author, address(elsewhere, "files"))).json()["id"]
    wrong = signature(company, other) | {"signed_on": in_days(company, 2)}
    refused = await office.step(made, "sign", **wrong)
    assert {(each["path"], each["code"]) for each in refused.json()["errors"]} == {
        ("file_id", "unknown"),
        ("signed_on", "in_the_future"),
    }


async def test_a_step_on_an_older_version_than_stored_is_refused(office: Office) -> None:
    made = await office.draft()
    path = address(made, "commands")
    stale = await office.verifier.post(path, {"kind": "verify", "base_version": 7})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


async def test_only_a_draft_is_edited(office: Office) -> None:
    made = await office.in_force()
    now = newest(made)
    later = {"valid_from": "2026-02-01"}
    refused = await office.author.patch(address(made), later, version=now["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "version_immutable")
    assert newest(await office.look(made)) == now


async def test_a_draft_is_edited_on_the_version_that_was_seen_and_checked_again(
    office: Office, company: Company
) -> None:
    made = await office.draft()
    before = newest(made)
    faster = terms(company, promise(company, promise=seconds(1800)))
    changed = await office.author.patch(address(made), {"terms": faster}, version=1)
    assert changed.status_code == 200, changed.text
    assert changed.json()["fingerprint"] != before["fingerprint"]
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"'
    stale = await office.author.patch(address(made), {"valid_to": None}, version=1)
    assert stale.status_code == 412
    nothing = terms(company, services=[])
    refused = await office.author.patch(address(made), {"terms": nothing}, version=2)
    assert refused.json()["errors"][0]["path"] == "terms.services"


async def test_a_draft_that_was_sent_back_is_verified_again(office: Office) -> None:
    made = await office.draft()
    await office.step(made, "verify", office.verifier)
    back = await office.step(made, "send_back", office.verifier, reason="Too fast for the valley.")
    draft = newest(back.json())
    assert (draft["status"], draft["verified_by"], draft["verified_at"]) == ("draft", "", None)


async def test_an_amendment_follows_the_version_in_force_whose_bytes_stay_as_they_were(
    office: Office, company: Company, database: Database
) -> None:
    async def stored() -> list[tuple[str, dict[str, Any]]]:
        async with database.read() as session:
            query = select(AgreementVersion).order_by(AgreementVersion.number)
            return [(row.fingerprint, row.terms) for row in await session.scalars(query)]

    made = await office.in_force(first_version=without_notice(company))
    before = await stored()
    begins = in_days(company, 40)
    added = await office.amend(
        made, valid_from=begins, terms=terms(company, promise(company, promise=seconds(60)))
    )
    assert (added.status_code, newest(added.json())["status"]) == (201, "draft")
    first, second = (await office.activate(added.json()))["versions"]
    assert (first["status"], first["valid_to"], first["written_to"]) == ("superseded", begins, None)
    assert (second["status"], second["valid_from"]) == ("active", begins)
    assert (await stored())[0] == before[0]


async def test_an_amendment_before_its_notice_is_refused(office: Office, company: Company) -> None:
    made = await office.in_force()
    early = await office.amend(made, valid_from=in_days(company, 29))
    assert (early.status_code, early.json()["code"]) == (409, "notice_too_short")
    assert early.json()["earliest_on"] in {in_days(company, 30), in_days(company, 31)}
    assert (await office.amend(made, valid_from=in_days(company, 31))).status_code == 201


async def test_an_agreement_may_be_amended_on_the_first_of_a_month_only(
    office: Office, company: Company
) -> None:
    monthly = {"notice_days": 0, "effective": "first_of_month"}
    first = version(company, terms=terms(company, amendment=monthly))
    made = await office.in_force(first_version=first)
    refused = await office.amend(made, valid_from="2031-02-02")
    assert refused.json()["errors"][0]["code"] == "not_first_of_month"
    assert (await office.amend(made, valid_from="2031-02-01")).status_code == 201


async def test_one_version_is_prepared_at_a_time(office: Office, company: Company) -> None:
    made = await office.in_force(first_version=without_notice(company))
    begins = in_days(company, 3)
    added = await office.amend(made, valid_from=begins)
    again = await office.amend(made, valid_from=begins)
    assert (again.status_code, again.json()["code"], again.json()["number"]) == (
        409,
        "draft_exists",
        2,
    )
    await office.step(added.json(), "withdraw", reason="Thought better of it.")
    assert (await office.amend(made, valid_from=begins)).status_code == 201


async def test_of_two_amendments_at_once_one_is_kept(office: Office, company: Company) -> None:
    made = await office.in_force(first_version=without_notice(company))
    both = await asyncio.gather(
        *(office.amend(made, valid_from=in_days(company, days)) for days in (3, 4))
    )
    assert sorted(answer.status_code for answer in both) == [201, 409]
    assert len((await office.look(made))["versions"]) == 2


async def test_two_versions_never_hold_on_the_same_day(office: Office, company: Company) -> None:
    made = await office.in_force(first_version=without_notice(company))
    later = without_notice(company) | {"valid_from": in_days(company, 3)}
    made = await office.activate((await office.amend(made, **later)).json())
    refused = await office.amend(made, **later)
    assert (refused.status_code, refused.json()["code"]) == (409, "versions_overlap")


async def test_ending_an_agreement_takes_a_request_a_second_person_and_its_last_day(
    office: Office, company: Company
) -> None:
    made = await office.in_force(first_version=without_notice(company))
    ends = in_days(company, 5)
    asked = await office.step(made, "request_termination", reason="Sold.", ends_on=ends)
    held = newest(asked.json())
    assert (held["status"], held["valid_to"], held["ends_on"]) == ("legal_hold", None, ends)
    alone = await office.step(made, "confirm_termination")
    assert (alone.status_code, alone.json()["code"]) == (403, "second_person_needed")
    done = await office.step(made, "confirm_termination", office.verifier)
    ended = newest(done.json())
    assert (ended["status"], ended["valid_to"], ended["written_to"]) == ("terminated", ends, None)
    early = await office.step(made, "close")
    assert (early.status_code, early.json()["code"], early.json()["ends_on"]) == (
        409,
        "not_over_yet",
        ends,
    )


async def test_a_request_to_end_an_agreement_can_be_taken_back(
    office: Office, company: Company
) -> None:
    made = await office.in_force(first_version=without_notice(company))
    before = newest(await office.look(made))
    ends = in_days(company, 5)
    await office.step(made, "request_termination", reason="Sold.", ends_on=ends)
    lifted = newest((await office.step(made, "lift_hold")).json())
    assert lifted | {"version": 0} == before | {"version": 0}


async def test_an_agreement_does_not_end_before_its_notice_or_without_a_reason(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    refused = await office.step(made, "request_termination", ends_on=in_days(company, 3))
    assert {(each["path"], each["code"]) for each in refused.json()["errors"]} == {
        ("reason", "missing"),
        ("ends_on", "notice_too_short"),
    }


async def test_what_is_over_can_be_closed(office: Office, company: Company) -> None:
    no_notice = terms(company, amendment={"notice_days": 0})
    over = version(company, valid_to="2026-06-01", terms=no_notice)
    made = await office.in_force(first_version=over)
    later = await office.activate((await office.amend(made, valid_from="2026-06-01")).json())
    first = later["versions"][0]
    path = f"{AGREEMENTS}/{made['id']}/versions/{first['id']}/commands"
    sent = {"kind": "close", "base_version": first["version"]}
    closed = await office.author.post(path, sent)
    assert closed.status_code == 200, closed.text
    assert closed.json()["versions"][0]["status"] == "closed"


async def test_steps_are_offered_to_those_who_may_take_them(
    office: Office, client: Client, company: Company
) -> None:
    made = await office.draft()
    path = f"{AGREEMENTS}/{made['id']}"
    auditor = await company.sign_in(client, Role.AUDITOR)
    offered = [
        newest((await member.get(path)).json())["allowed"]
        for member in (office.author, office.verifier, auditor)
    ]
    assert offered == [["negotiate", "withdraw"], ["negotiate", "verify", "withdraw"], []]


async def test_a_version_of_another_agreement_looks_unknown(office: Office) -> None:
    first, second = await office.draft("A-1"), await office.draft("A-2")
    path = f"{AGREEMENTS}/{first['id']}/versions/{newest(second)['id']}/findings"
    assert (await office.author.get(path)).status_code == 404
    unknown = f"{AGREEMENTS}/{first['id']}/versions/{NOBODY}/changes"
    assert (await office.author.get(unknown)).status_code == 404


async def test_an_agreement_about_nothing_but_experience_is_approved_and_keeps_its_words(
    office: Office, company: Company
) -> None:
    objectives = [{"measure": "csat_top2", "at_least": "80"}]
    felt = terms(company, clauses=[], objectives=objectives)
    agreed = await office.in_force(first_version=version(company, terms=felt))
    assert newest(agreed)["status"] == "active"
    assert newest(agreed)["terms"]["objectives"] == objectives
