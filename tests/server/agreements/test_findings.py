"""What speaks against a version: late support, the same line twice, one time for unlike places."""

from datetime import timedelta

from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.wire import PositionBody
from server.sites import actions as sites
from server.sites.schemas import SiteBody
from tests.server.agreements.paper import (
    Office,
    address,
    newest,
    promise,
    seconds,
    terms,
    version,
)
from tests.server.company import FOUNDER, Company


def within(company: Company, many: int, **more: object) -> dict[str, object]:
    return version(company, terms=terms(company, promise(company, promise=seconds(many), **more)))


async def test_a_division_that_may_come_later_than_the_customer_was_promised_is_found(
    office: Office, company: Company
) -> None:
    await office.in_force("OURS", first_version=within(company, 3600))
    slow = await office.draft(
        "INSIDE", kind="internal", party="Valley", first_version=within(company, 7200)
    )
    answer = await office.author.get(address(slow, "findings"))
    (found,) = answer.json()["contradictions"]
    assert (found["code"], found["agreement_number"], found["other_number"]) == (
        "slower_than_customer",
        "INSIDE",
        "OURS",
    )
    assert (found["service"], found["severity"], found["clock"]) == ("REPAIR", "S1", "response")
    assert found["facts"]["supporting_due"] > found["facts"]["customer_due"]
    refused = await office.step(slow, "verify", office.verifier)
    assert (refused.status_code, refused.json()["code"]) == (409, "contradicts")
    assert refused.json()["agreements"] == ["OURS"]


async def test_a_faster_supplier_speaks_against_nothing(office: Office, company: Company) -> None:
    await office.in_force("OURS", first_version=within(company, 3600))
    fast = await office.in_force(
        "ROPES", kind="supplier", party="Ropes Ltd", first_version=within(company, 1800)
    )
    answer = await office.author.get(address(fast, "findings"))
    assert answer.json() == {"contradictions": []}


async def test_two_agreements_that_promise_the_same_line_are_found(
    office: Office, company: Company
) -> None:
    await office.in_force("FIRST", first_version=within(company, 3600))
    second = await office.draft("SECOND", first_version=within(company, 1800))
    answer = await office.author.get(address(second, "findings"))
    (found,) = answer.json()["contradictions"]
    assert (found["code"], found["other_number"]) == ("overlaps", "FIRST")
    refused = await office.step(second, "verify", office.verifier)
    assert refused.json()["code"] == "contradicts"


async def hut(database: Database, company: Company) -> None:
    """A site of the customer up in the mountains; the others are in the city."""
    async with database.write() as session:
        await sites.create_site(
            session,
            FOUNDER,
            SiteBody(
                code="HUT",
                region_id=company.mountain.id,
                customer_id=company.home.customer.id,
                name="The hut",
                street="Camí",
                number="1",
                place="Ordino",
                position=PositionBody(lat=42.6, lon=1.5),
            ),
            company.now,
        )


async def test_one_time_for_a_city_and_a_mountain_needs_somebodys_word_why_it_is_meant(
    office: Office, company: Company, database: Database
) -> None:
    await hut(database, company)
    made = await office.draft()
    (found,) = (await office.author.get(address(made, "findings"))).json()["contradictions"]
    assert (found["code"], found["facts"]) == (
        "blanket_over_regions",
        {"profiles": "mountain, urban"},
    )
    refused = await office.step(made, "verify", office.verifier)
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["path"], fault["code"]) == ("reason", "blanket_over_regions")
    assert newest(await office.look(made))["status"] == "draft"

    meant = await office.step(made, "verify", office.verifier, reason="One price for all houses.")
    assert meant.status_code == 200
    kept = newest(meant.json())
    assert kept["blanket_reason"] == "One price for all houses."
    assert kept["blanket_reason_by"] == kept["verified_by"] != ""
    (found,) = (await office.author.get(address(made, "findings"))).json()["contradictions"]
    assert found["facts"]["reason"] == "One price for all houses."

    back = newest((await office.step(made, "send_back")).json())
    assert (back["blanket_reason"], back["blanket_reason_by"]) == ("", "")


async def test_a_lift_taken_on_in_the_mountains_after_verifying_is_asked_about_before_it_holds(
    office: Office, company: Company, database: Database
) -> None:
    signed = await office.signed(await office.draft())
    assert newest(signed)["blanket_reason"] == ""
    await hut(database, company)
    refused = await office.step(signed, "activate")
    assert [each["code"] for each in refused.json()["errors"]] == ["blanket_over_regions"]
    held = await office.step(signed, "activate", reason="We have a crew up there.")
    assert newest(held.json())["status"] == "active"
    assert newest(held.json())["blanket_reason"] == "We have a crew up there."


async def test_a_line_of_its_own_for_the_mountains_needs_no_word(
    office: Office, company: Company, database: Database
) -> None:
    await hut(database, company)
    everywhere = promise(company)
    remote = promise(company, promise=seconds(7200), region_id=str(company.mountain.id))
    made = await office.draft(
        first_version=version(company, terms=terms(company, everywhere, remote))
    )
    assert (await office.step(made, "verify", office.verifier)).status_code == 200


async def test_an_amendment_tells_what_it_touches_and_from_when_it_could_hold(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    path = address(made, "changes")
    assert (await office.author.get(path)).json()["touched"] == []
    begins = company.now.date() + timedelta(days=60)
    row = {"service": "REPAIR", "availability_percent": "99.5"}
    faster = terms(company, promise(company, promise=seconds(60)), services=[row])
    added = await office.amend(made, valid_from=begins.isoformat(), terms=faster)
    answer = (await office.author.get(address(added.json(), "changes"))).json()
    assert answer["touched"] == ["availability", "response"]
    assert answer["earliest_on"] > company.now.date().isoformat()


async def test_findings_are_for_the_staff(office: Office, company: Company) -> None:
    made = await office.draft()
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    for part in ("findings", "changes"):
        assert (await manager.get(address(made, part))).status_code == 403
