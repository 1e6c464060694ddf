"""Agreements: born with a draft, listed by number, read by those who work with them."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.accounts.schemas import Role
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import Database
from server.kit.tables import Event
from tests.server.agreements.paper import (
    AGREEMENTS,
    NOBODY,
    Client,
    Office,
    body,
    newest,
    numbers,
    promise,
    seconds,
    terms,
    version,
)
from tests.server.company import Company


async def test_an_agreement_is_born_with_its_first_draft(office: Office, company: Company) -> None:
    clauses = [
        promise(company),
        promise(company, region_id=str(company.valley.id), promise=seconds(1800)),
        promise(company, severity="S2", clock="resolution", promise=seconds(14400)),
    ]
    first = version(company, terms=terms(company, *clauses))
    made = await office.author.post(AGREEMENTS, body(company, first_version=first))
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    agreement = made.json()
    draft = newest(agreement)
    assert (draft["number"], draft["status"], draft["author_name"]) == (1, "draft", "Experience")
    assert [each["promise"]["seconds"] for each in draft["terms"]["clauses"]] == [3600, 1800, 14400]
    assert agreement["customer_name"] == company.home.customer.name
    assert await office.look(agreement) == agreement
    (row,) = (await office.author.get(AGREEMENTS)).json()["items"]
    assert (row["number"], row["status"], row["in_force_number"]) == ("A-1", "draft", None)


async def test_one_service_and_one_promise_are_enough(office: Office, company: Company) -> None:
    made = await office.draft()
    kept = newest(made)["terms"]
    assert (len(kept["services"]), len(kept["clauses"])) == (1, 1)
    assert kept["amendment"] == {"notice_days": 30, "effective": "any_day", "approver": ""}
    assert company.home.customer.name == made["customer_name"]


async def test_a_corporate_agreement_holds_for_no_customer_in_particular(office: Office) -> None:
    made = await office.draft("EVERYBODY", customer_id=None)
    assert (made["customer_id"], made["customer_name"]) == (None, "")


async def test_the_same_words_have_the_same_fingerprint_and_other_words_another(
    office: Office, company: Company
) -> None:
    drafts = [
        await office.draft("A-1"),
        await office.draft("A-2"),
        await office.draft("A-3", first_version=version(company, valid_to="2027-01-01")),
    ]
    first, second, third = (newest(each)["fingerprint"] for each in drafts)
    assert first == second
    assert third != first


async def test_what_needs_no_new_version_is_changed_on_the_version_that_was_seen(
    office: Office,
) -> None:
    made = await office.draft()
    path = f"{AGREEMENTS}/{made['id']}"
    later = {"owner_name": "Jordi", "review_every_months": 6, "next_review_on": "2027-01-01"}
    changed = await office.author.patch(path, later, version=made["version"])
    assert changed.status_code == 200, changed.text
    assert {name: changed.json()[name] for name in later} == later
    stale = await office.author.patch(path, {"name": "Other"}, version=made["version"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


async def test_an_agreement_number_is_given_once(office: Office, company: Company) -> None:
    await office.draft()
    other = str(company.away.customer.id)
    again = await office.author.post(AGREEMENTS, body(company, customer_id=other))
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")
    assert await numbers(office.author) == ["A-1"]


async def test_agreements_come_by_number_page_by_page_and_by_what_they_are(
    office: Office, company: Company
) -> None:
    for number in ("I-2", "I-1", "I-3"):
        await office.draft(number, kind="internal", party="North division")
    await office.draft("C-1")
    first = (await office.author.get(AGREEMENTS, limit="2")).json()
    second = (await office.author.get(AGREEMENTS, limit="2", cursor=first["next_cursor"])).json()
    pages = [[each["number"] for each in page["items"]] for page in (first, second)]
    assert pages == [["C-1", "I-1"], ["I-2", "I-3"]]
    assert await numbers(office.author, kind="customer") == ["C-1"]
    assert await numbers(office.author, customer_id=str(company.away.customer.id)) == []
    assert await numbers(office.author, status="active") == []
    assert len(await numbers(office.author, status="draft")) == 4


async def test_every_fault_of_an_agreement_is_named_and_nothing_is_written(
    office: Office, company: Company
) -> None:
    clauses = [
        promise(company),
        promise(company, severity="S3", calendar_id=NOBODY),
        promise(company, severity="S2", region_id=NOBODY),
        promise(company, promise=seconds(7200)),
        promise(company, severity="S4", service="NOTHING"),
    ]
    first = version(
        company, zone="Mars/Olympus", valid_to="2025-12-31", terms=terms(company, *clauses)
    )
    refused = await office.author.post(
        AGREEMENTS, body(company, first_version=first, customer_id=NOBODY)
    )
    faults = {(error["path"], error["code"]) for error in refused.json()["errors"]}
    inside = "first_version.terms.clauses"
    assert refused.status_code == 422
    assert faults == {
        ("customer_id", "unknown"),
        ("first_version.zone", "unknown_zone"),
        ("first_version.valid_to", "ends_before_start"),
        (f"{inside}.1.calendar_id", "unknown"),
        (f"{inside}.2.region_id", "unknown"),
        (f"{inside}.3", "promised_twice"),
        (f"{inside}.4.service", "unknown"),
        (f"{inside}.4.service", "service_not_listed"),
    }
    assert await numbers(office.author) == []


async def test_only_administrators_and_the_experience_team_write(
    client: Client, company: Company
) -> None:
    for role in (Role.DISPATCHER, Role.AUDITOR, Role.MANAGER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        assert (await member.post(AGREEMENTS, body(company))).status_code == 403
    for role in (Role.MANAGER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        assert (await member.get(AGREEMENTS)).status_code == 403
    experience = await company.sign_in(client, Role.EXPERIENCE)
    missing = await experience.post(f"{AGREEMENTS}/{NOBODY}/versions", version(company))
    assert missing.status_code == 404


async def test_only_what_was_promised_to_a_customer_is_announced_to_its_managers(
    office: Office, company: Company, database: Database
) -> None:
    await office.draft("OURS")
    await office.draft("INSIDE", kind="internal", party="North division")
    await office.draft("SUPPLIER", kind="supplier", party="Ropes Ltd")
    async with database.read() as session:
        query = select(Event).where(Event.kind == "agreement_created").order_by(Event.seq)
        told = [event.customer_id for event in await session.scalars(query)]
    assert told == [company.home.customer.id, None, None]


async def test_the_database_itself_keeps_versions_in_force_apart(
    company: Company, database: Database
) -> None:
    async with database.write() as session:
        agreement = Agreement(
            number="A-1", customer_id=company.home.customer.id, kind="customer", name="A"
        )
        session.add(agreement)
        await session.flush()
        agreement_id = agreement.id

    async def write(number: int, status: str, valid_from: date) -> None:
        async with database.write() as session:
            session.add(
                AgreementVersion(
                    agreement_id=agreement_id,
                    number=number,
                    status=status,
                    valid_from=valid_from,
                    zone="Europe/Paris",
                    terms={},
                    fingerprint="",
                    author_name="",
                    written_at=company.now,
                )
            )

    await write(1, "active", date(2026, 1, 1))
    await write(2, "draft", date(2026, 1, 1))
    with pytest.raises(IntegrityError):
        await write(3, "active", date(2025, 1, 1))
