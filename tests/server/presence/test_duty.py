"""What technicians say of their working day: carried out once, judged by the roster, told on."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.tables import Event
from server.presence.queries import may_be_reached
from server.roster.tables import Absence, Shift
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
HOUR = timedelta(hours=1)


@pytest.fixture
async def aina(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.TECHNICIAN)


@pytest.fixture
async def office(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.ADMIN)


async def on_duty(office: Member, company: Company, **more: Any) -> dict[str, Any]:
    """A shift from an hour ago until in seven."""
    starts = company.now.replace(microsecond=0) - HOUR
    body = {
        "technician_id": str(company.home.technician.id),
        "starts_at": starts.isoformat(),
        "ends_at": (starts + 8 * HOUR).isoformat(),
    }
    answer = await office.post("/api/shifts", body | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def said(company: Company, kind: str, minutes: int = 0, **more: Any) -> dict[str, Any]:
    at = company.now.replace(microsecond=0) - timedelta(minutes=30 - minutes)
    return {"id": uuid4().hex, "kind": kind, "at": at.isoformat(), "base_version": 0} | more


async def say(member: Member, company: Company, *bodies: dict[str, Any]) -> Response:
    return await member.post(
        f"/api/technicians/{company.home.technician.id}/commands", list(bodies)
    )


async def results(member: Member, company: Company, *bodies: dict[str, Any]) -> list[Any]:
    answer = await say(member, company, *bodies)
    assert answer.status_code == 200, answer.text
    return [
        (each["outcome"], each["code"], each["duty"]["state"]) for each in answer.json()["results"]
    ]


async def test_a_day_recorded_without_signal_is_carried_out_in_order_and_once(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    shift = await on_duty(office, company)
    day = [
        said(company, "start_shift"),
        said(company, "start_break", 5),
        said(company, "end_break", 9),
    ]
    assert [each[:2] for each in await results(aina, company, *day)] == [("applied", None)] * 3
    again = await results(aina, company, *day)
    assert again == [("duplicate", None, "on_shift")] * 3
    async with database.read() as session:
        row = (await session.scalars(select(Shift))).one()
        kinds = (
            await session.scalars(select(Event.data).where(Event.kind == "duty_changed"))
        ).all()
    assert row.worked_from is not None
    assert row.worked_from.isoformat() == day[0]["at"]
    assert [each["state"] for each in kinds] == ["on_shift", "on_break", "on_shift"]
    told = (await aina.get("/api/sync")).json()["duty"]
    assert (told["state"], told["version"], told["until"]) == ("on_shift", 3, shift["ends_at"])


async def test_a_shift_the_office_took_away_meanwhile_is_a_conflict(
    aina: Member, office: Member, company: Company
) -> None:
    shift = await on_duty(office, company)
    begun = said(company, "start_shift")
    await office.delete(f"/api/shifts/{shift['id']}", version=shift["version"])
    assert await results(aina, company, begun) == [("conflict", "no_shift", "off")]
    assert await results(aina, company, begun) == [("conflict", "no_shift", "off")]


async def test_what_the_day_does_not_allow_is_refused_and_what_it_is_already_is_harmless(
    aina: Member, office: Member, company: Company
) -> None:
    await on_duty(office, company)
    found = await results(
        aina,
        company,
        said(company, "start_shift"),
        said(company, "start_shift", 1),
        said(company, "report_fit", 2),
        said(company, "start_break", 3),
        said(company, "start_shift", 4),
    )
    assert found == [
        ("applied", None, "on_shift"),
        ("applied", None, "on_shift"),
        ("applied", None, "on_shift"),
        ("applied", None, "on_break"),
        ("rejected", "duty_step_not_allowed", "on_break"),
    ]


async def test_somebody_sick_is_away_for_the_day_until_they_are_fit_again(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    await on_duty(office, company)
    assert await results(aina, company, said(company, "report_sick")) == [("applied", None, "sick")]
    (absence,) = (await office.get("/api/absences")).json()["items"]
    assert (absence["kind"], absence["recorded_by"]) == ("sick", "Technician")
    assert (await aina.get("/api/absences")).json()["items"] == [absence]
    assert not await _reached(database, company)
    assert await results(aina, company, said(company, "start_shift", 5)) == [
        ("conflict", "absent", "sick")
    ]
    fit = said(company, "report_fit", 10)
    assert await results(aina, company, fit) == [("applied", None, "off")]
    (ended,) = (await office.get("/api/absences")).json()["items"]
    assert ended["ends_at"].removesuffix("Z") == fit["at"].removesuffix("+00:00")
    assert await _reached(database, company)
    async with database.read() as session:
        kinds = (await session.scalars(select(Event.kind).order_by(Event.seq))).all()
    assert [each for each in kinds if each.startswith("absence_")] == [
        "absence_reported",
        "absence_removed",
    ]


async def _reached(database: Database, company: Company) -> bool:
    async with database.read() as session:
        return await may_be_reached(session, company.home.technician.id, company.now)


async def test_somebody_sick_says_until_when(aina: Member, company: Company) -> None:
    until = (company.now + timedelta(days=3)).replace(microsecond=0).isoformat()
    answer = await say(aina, company, said(company, "report_sick", payload={"until": until}))
    duty = answer.json()["results"][0]["duty"]
    assert duty["until"].removesuffix("Z") == until.removesuffix("+00:00")


async def test_somebody_sick_is_away_for_a_night_shift_that_goes_on_after_midnight(
    aina: Member, office: Member, company: Company
) -> None:
    today = company.now.astimezone(ZoneInfo("Europe/Paris")).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), ZoneInfo("Europe/Paris"))
    begins, ends = ((midnight + hours * HOUR).astimezone(UTC).isoformat() for hours in (-2, 6))
    await on_duty(office, company, starts_at=begins, ends_at=ends)
    answer = await say(aina, company, said(company, "report_sick", 30))
    duty = answer.json()["results"][0]["duty"]
    assert duty["state"] == "sick"
    assert duty["until"].removesuffix("Z") == ends.removesuffix("+00:00")


async def test_a_shift_ended_early_and_begun_again_is_written_beside_what_was_planned(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    await on_duty(office, company)
    begun, ended = said(company, "start_shift"), said(company, "end_shift", 10)
    await results(aina, company, begun, ended)
    assert not await _reached(database, company)
    async with database.read() as session:
        row = (await session.scalars(select(Shift))).one()
        assert row.worked_until is not None
        assert row.worked_until.isoformat() == ended["at"]
    assert await results(aina, company, said(company, "start_shift", 20)) == [
        ("applied", None, "on_shift")
    ]
    async with database.read() as session:
        row = (await session.scalars(select(Shift))).one()
        assert row.worked_until is None
        assert row.worked_from is not None
        assert row.worked_from.isoformat() == begun["at"]


async def test_others_learn_that_somebody_is_away_and_not_why(
    aina: Member, office: Member, client: Client, company: Company
) -> None:
    await on_duty(office, company)
    await results(aina, company, said(company, "report_sick"))
    auditor = await company.sign_in(client, Role.AUDITOR)
    region = str(company.valley.id)
    seen = {
        who: (await member.get("/api/board", region_id=region)).json()["technicians"][0]
        for who, member in (("office", office), ("auditor", auditor))
    }
    assert {who: row["duty"]["state"] for who, row in seen.items()} == {
        "office": "sick",
        "auditor": "off",
    }
    assert {who: row["absences"][0]["kind"] for who, row in seen.items()} == {
        "office": "sick",
        "auditor": None,
    }
    assert "sick" not in (await auditor.get("/api/events")).text
    assert (await auditor.get("/api/absences")).status_code == 403


async def test_an_absence_is_recorded_and_taken_back_by_the_office(
    office: Member, company: Company, database: Database
) -> None:
    starts = company.now.replace(microsecond=0)
    body = {
        "technician_id": str(company.home.technician.id),
        "kind": "leave",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + 24 * HOUR).isoformat(),
    }
    backwards = body | {"ends_at": body["starts_at"]}
    refused = await office.post("/api/absences", backwards)
    assert [each["path"] for each in refused.json()["errors"]] == ["ends_at"]
    made = (await office.post("/api/absences", body)).json()
    assert not await _reached(database, company)
    gone = await office.delete(f"/api/absences/{made['id']}", version=made["version"])
    assert gone.status_code == 204
    async with database.read() as session:
        assert (await session.scalars(select(Absence))).all() == []


async def test_a_phone_whose_clock_is_wrong_says_when_it_was_all_the_same(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    await on_duty(office, company)
    true_at = said(company, "start_shift")["at"]
    ahead = (company.now.replace(microsecond=0) + timedelta(hours=2, minutes=30)).isoformat()
    wrong = said(company, "start_shift") | {"at": ahead, "clock_offset_seconds": -3 * 3600}
    await results(aina, company, wrong)
    async with database.read() as session:
        row = (await session.scalars(select(Shift))).one()
    assert row.worked_from is not None
    assert row.worked_from.isoformat() == true_at


async def test_a_colleague_of_another_region_looks_unknown(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    foreign = f"/api/technicians/{company.away.technician.id}/commands"
    assert (await dispatcher.post(foreign, said(company, "report_sick"))).status_code == 404
