"""Agreements: born with a version, changed by a further one, read by those they bind."""

import asyncio
from datetime import date

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.accounts.schemas import Role
from server.agreements.tables import Agreement, AgreementVersion, Target
from server.kit.database import Database
from server.kit.tables import Event
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
AGREEMENTS = "/api/agreements"
NOBODY = "00000000-0000-0000-0000-000000000000"


def _target(company: Company, **more: object) -> dict[str, object]:
    return {
        "region_id": None,
        "severity": "S1",
        "clock": "response",
        "seconds": 3600,
        "calendar_id": str(company.hours.id),
    } | more


def _version(company: Company, **more: object) -> dict[str, object]:
    return {
        "valid_from": "2026-01-01",
        "valid_to": None,
        "zone": "Europe/Paris",
        "targets": [_target(company)],
    } | more


def _body(company: Company, number: str = "A-1", **more: object) -> dict[str, object]:
    return {
        "number": number,
        "customer_id": str(company.home.customer.id),
        "name": "Around the clock",
        "first_version": _version(company),
    } | more


async def _numbers(member: Member, **query: str) -> list[str]:
    answer = await member.get(AGREEMENTS, **query)
    assert answer.status_code == 200, answer.text
    return [each["number"] for each in answer.json()["items"]]


async def test_an_agreement_is_born_with_its_first_version(
    client: Client, company: Company
) -> None:
    experience = await company.sign_in(client, Role.EXPERIENCE)
    targets = [
        _target(company),
        _target(company, region_id=str(company.valley.id), seconds=1800),
        _target(company, severity="S2", clock="resolution", seconds=14400),
    ]
    body = _body(company, first_version=_version(company, targets=targets))
    made = await experience.post(AGREEMENTS, body)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    agreement = made.json()
    (version,) = agreement["versions"]
    assert (version["number"], version["valid_from"], version["valid_to"]) == (
        1,
        "2026-01-01",
        None,
    )
    assert version["targets"] == targets
    assert (await experience.get(f"{AGREEMENTS}/{agreement['id']}")).json() == agreement
    assert (await experience.get(AGREEMENTS)).json()["items"] == [agreement]


async def test_a_later_version_ends_the_open_one_the_day_it_begins(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    made = (await admin.post(AGREEMENTS, _body(company))).json()
    path = f"{AGREEMENTS}/{made['id']}/versions"
    faster = [_target(company, seconds=1800)]
    added = await admin.post(path, _version(company, valid_from="2026-07-01", targets=faster))
    assert (added.status_code, added.headers["etag"]) == (201, '"2"')
    first, second = added.json()["versions"]
    assert (first["number"], first["valid_to"]) == (1, "2026-07-01")
    assert (second["number"], second["valid_from"]) == (2, "2026-07-01")
    assert (first["targets"][0]["seconds"], second["targets"][0]["seconds"]) == (3600, 1800)


async def test_two_versions_never_hold_on_the_same_day(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    half_year = _version(company, valid_to="2026-07-01")
    made = (await admin.post(AGREEMENTS, _body(company, first_version=half_year))).json()
    path = f"{AGREEMENTS}/{made['id']}/versions"
    for days in (
        {"valid_from": "2026-06-30"},
        {"valid_from": "2025-12-31"},
        {"valid_from": "2025-01-01", "valid_to": "2026-01-02"},
    ):
        refused = await admin.post(path, _version(company, **days))
        assert (refused.status_code, refused.json()["code"]) == (409, "versions_overlap")
        assert (refused.json()["agreement"], refused.json()["number"]) == ("A-1", 1)
    assert (await admin.get(f"{AGREEMENTS}/{made['id']}")).json() == made
    before = await admin.post(
        path, _version(company, valid_from="2025-01-01", valid_to="2026-01-01")
    )
    assert [each["number"] for each in before.json()["versions"]] == [2, 1]


async def test_a_customer_is_promised_by_one_agreement_at_a_time(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post(AGREEMENTS, _body(company))
    second = await admin.post(AGREEMENTS, _body(company, "A-2"))
    assert (second.status_code, second.json()["agreement"]) == (409, "A-1")
    inside = await admin.post(AGREEMENTS, _body(company, "B-1", kind="internal"))
    other = await admin.post(
        AGREEMENTS, _body(company, "C-1", customer_id=str(company.away.customer.id))
    )
    assert (inside.status_code, other.status_code) == (201, 201)
    assert await _numbers(admin) == ["A-1", "B-1", "C-1"]


async def test_of_two_versions_for_the_same_days_at_once_one_is_kept(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"{AGREEMENTS}/{(await admin.post(AGREEMENTS, _body(company))).json()['id']}"
    both = await asyncio.gather(
        *(
            admin.post(
                f"{path}/versions",
                _version(company, valid_from=f"2026-07-0{day}", valid_to="2026-08-01"),
            )
            for day in (1, 2)
        )
    )
    assert sorted(answer.status_code for answer in both) == [201, 409]
    assert len((await admin.get(path)).json()["versions"]) == 2


async def test_every_fault_of_an_agreement_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    targets = [
        _target(company),
        _target(company, calendar_id=NOBODY),
        _target(company, severity="S2", region_id=NOBODY),
        _target(company, seconds=7200),
    ]
    version = _version(company, zone="Mars/Olympus", valid_to="2025-12-31", targets=targets)
    refused = await admin.post(
        AGREEMENTS, _body(company, first_version=version, customer_id=NOBODY)
    )
    faults = {(error["path"], error["code"]) for error in refused.json()["errors"]}
    assert refused.status_code == 422
    assert faults == {
        ("customer_id", "unknown"),
        ("first_version.zone", "unknown_zone"),
        ("first_version.valid_to", "ends_before_start"),
        ("first_version.targets.1.calendar_id", "unknown"),
        ("first_version.targets.2.region_id", "unknown"),
        ("first_version.targets.0", "promised_twice"),
    }
    assert await _numbers(admin) == []


async def test_a_promise_needs_a_length_a_known_clock_and_hours_to_keep_it_in(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    wrong = _target(company, seconds=0, clock="cuckoo", severity="S5")
    refused = await admin.post(
        AGREEMENTS, _body(company, first_version=_version(company, targets=[wrong]), kind="verbal")
    )
    paths = {error["path"] for error in refused.json()["errors"]}
    inside = {f"first_version.targets.0.{name}" for name in ("seconds", "clock", "severity")}
    assert (refused.status_code, paths) == (422, inside | {"kind"})
    rare = {"2030-05-01": [[480, 500]]}
    calendar = {"code": "RARE", "name": "Rare", "zone": "Europe/Paris", "special": rare}
    rarely = (await admin.post("/api/calendars", calendar)).json()["id"]
    version = _version(company, targets=[_target(company, calendar_id=rarely)])
    hardly = await admin.post(AGREEMENTS, _body(company, first_version=version))
    error = hardly.json()["errors"][0]
    assert (error["path"], error["code"]) == ("first_version.targets.0.calendar_id", "hardly_open")
    assert await _numbers(admin) == []


async def test_days_out_of_all_calendars_and_versions_without_targets_are_refused(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    made = (await admin.post(AGREEMENTS, _body(company))).json()
    path = f"{AGREEMENTS}/{made['id']}/versions"
    wrongs: tuple[dict[str, object], ...] = (
        {"valid_from": "0001-01-01"},
        {"valid_to": "9999-12-31"},
        {"targets": []},
    )
    for wrong in wrongs:
        refused = await admin.post(path, _version(company, **wrong))
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["path"] == next(iter(wrong))
    assert (await admin.get(f"{AGREEMENTS}/{made['id']}")).json() == made


async def test_an_agreement_number_is_given_once(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post(AGREEMENTS, _body(company))
    again = await admin.post(AGREEMENTS, _body(company, customer_id=str(company.away.customer.id)))
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")
    assert await _numbers(admin) == ["A-1"]


async def test_agreements_come_by_number_page_by_page(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    for number in ("I-2", "I-1", "I-3"):
        await admin.post(AGREEMENTS, _body(company, number, kind="internal"))
    first = (await admin.get(AGREEMENTS, limit="2")).json()
    second = (await admin.get(AGREEMENTS, limit="2", cursor=first["next_cursor"])).json()
    pages = [[each["number"] for each in page["items"]] for page in (first, second)]
    assert pages == [["I-1", "I-2"], ["I-3"]]
    assert await _numbers(admin, customer_id=str(company.away.customer.id)) == []


async def test_a_manager_reads_what_was_promised_to_them_and_nothing_else(
    client: Client, company: Company, database: Database
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    other = str(company.away.customer.id)
    hidden = [
        await admin.post(AGREEMENTS, _body(company, "INSIDE", kind="internal")),
        await admin.post(AGREEMENTS, _body(company, "SUPPLIER", kind="supplier")),
        await admin.post(AGREEMENTS, _body(company, "FOREIGN", customer_id=other)),
    ]
    own = (await admin.post(AGREEMENTS, _body(company, "OURS"))).json()
    manager = await company.sign_in(client, Role.MANAGER)
    assert await _numbers(manager) == ["OURS"]
    assert (await manager.get(f"{AGREEMENTS}/{own['id']}")).json() == own
    for answer in hidden:
        assert (await manager.get(f"{AGREEMENTS}/{answer.json()['id']}")).status_code == 404
    async with database.read() as session:
        query = select(Event).where(Event.kind == "agreement_created")
        told = [event.customer_id for event in await session.scalars(query)]
    assert told.count(company.home.customer.id) == 1


async def test_only_administrators_and_the_experience_team_sign(
    client: Client, company: Company
) -> None:
    for role in (Role.DISPATCHER, Role.AUDITOR, Role.MANAGER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        assert (await member.post(AGREEMENTS, _body(company))).status_code == 403
    technician = await company.sign_in(client, Role.TECHNICIAN)
    assert (await technician.get(AGREEMENTS)).status_code == 403
    experience = await company.sign_in(client, Role.EXPERIENCE)
    missing = await experience.post(f"{AGREEMENTS}/{NOBODY}/versions", _version(company))
    assert missing.status_code == 404


async def test_the_database_itself_keeps_versions_and_targets_apart(
    company: Company, database: Database
) -> None:
    async with database.write() as session:
        agreement = Agreement(
            number="A-1", customer_id=company.home.customer.id, kind="customer", name="A"
        )
        session.add(agreement)
        await session.flush()
        version = AgreementVersion(
            agreement_id=agreement.id, number=1, valid_from=date(2026, 1, 1), zone="Europe/Paris"
        )
        session.add(version)

    async def refused(row: AgreementVersion | Target) -> None:
        with pytest.raises(IntegrityError):
            async with database.write() as session:
                session.add(row)

    await refused(
        AgreementVersion(
            agreement_id=agreement.id,
            number=2,
            valid_from=date(2025, 1, 1),
            valid_to=date(2026, 1, 2),
            zone="Europe/Paris",
        )
    )

    def promise() -> Target:
        return Target(
            version_id=version.id,
            severity="S1",
            clock="response",
            seconds=60,
            calendar_id=company.hours.id,
        )

    async with database.write() as session:
        session.add(promise())
    await refused(promise())
