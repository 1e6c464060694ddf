"""Positions: kept at work only, while switched on; forgotten in time; read with a reason."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import func, select

from dispatch.roster import Absence, DutyLog, DutyState, DutyStep, Shift, ShiftKind, Told
from dispatch.roster.location import Choice, locatable
from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.tables import Event
from server.metadata import METADATA
from server.presence.duties import forget_positions
from server.presence.location import NOTICE, Keeping, last_seen
from server.presence.tables import LocationChoice, SeenPosition
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
HOUR = timedelta(hours=1)
HERE = {"lat": 42.5, "lon": 1.5, "accuracy_m": 12}


@pytest.fixture
async def aina(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.TECHNICIAN)


@pytest.fixture
async def office(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.ADMIN)


async def at_work(aina: Member, office: Member, company: Company) -> None:
    """Aina began her shift an hour ago; it lasts seven more."""
    starts = company.now.replace(microsecond=0) - HOUR
    technician = str(company.home.technician.id)
    shift = {
        "technician_id": technician,
        "starts_at": starts.isoformat(),
        "ends_at": (starts + 8 * HOUR).isoformat(),
    }
    assert (await office.post("/api/shifts", shift)).status_code == 201
    await say(aina, company, "start_shift", starts)


async def say(aina: Member, company: Company, kind: str, at: datetime) -> None:
    said = {"id": uuid4().hex, "kind": kind, "at": at.isoformat(), "base_version": 0}
    answer = await aina.post(f"/api/technicians/{company.home.technician.id}/commands", said)
    assert answer.json()["results"][0]["outcome"] == "applied", answer.text


async def switch(aina: Member, *, on: bool, notice: int = NOTICE) -> Any:
    return await aina.post("/api/location", {"is_on": on, "notice_version": notice})


async def send(aina: Member, *instants: datetime) -> tuple[int, int]:
    body = {"positions": [HERE | {"at": each.isoformat()} for each in instants]}
    answer = await aina.post("/api/positions", body)
    assert answer.status_code == 200, answer.text
    return answer.json()["kept"], answer.json()["refused"]


async def stored(database: Database) -> int:
    async with database.read() as session:
        return int(await session.scalar(select(func.count()).select_from(SeenPosition)) or 0)


async def now_of(aina: Member) -> datetime:
    return datetime.fromisoformat((await aina.get("/api/sync")).json()["now"])


async def test_nothing_is_kept_before_it_is_switched_on_nor_after_it_is_off(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    await at_work(aina, office, company)
    assert await send(aina, await now_of(aina)) == (0, 1)
    on = (await switch(aina, on=True)).json()
    assert (on["is_on"], on["accepted_version"], on["keeps_days"]) == (True, NOTICE, 60)
    assert on["allowed_until"] is not None
    seen = await now_of(aina)
    assert await send(aina, seen, seen) == (1, 1)
    assert (await switch(aina, on=False)).json()["allowed_until"] is None
    # What was seen while it was on and comes late is not kept either: off is off.
    assert await send(aina, seen - timedelta(seconds=1), await now_of(aina)) == (0, 2)
    assert await stored(database) == 1
    async with database.read() as session:
        told = await session.scalars(
            select(Event.data).where(Event.kind == "location_switched").order_by(Event.seq)
        )
        assert [each["is_on"] for each in told] == [True, False]


async def test_a_notice_that_says_something_else_by_now_is_to_be_read_again(aina: Member) -> None:
    refused = await switch(aina, on=True, notice=NOTICE - 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "notice_outdated")
    assert (await switch(aina, on=False, notice=NOTICE - 1)).json()["is_on"] is False


async def test_an_old_phone_is_judged_by_when_it_was_seen_and_not_by_when_it_tells(
    aina: Member, office: Member, company: Company, database: Database
) -> None:
    await at_work(aina, office, company)
    starts = company.now.replace(microsecond=0) - HOUR
    async with database.write() as session:
        session.add(
            LocationChoice(
                technician_id=company.home.technician.id,
                at=starts - 5 * HOUR,
                is_on=True,
                notice_version=NOTICE,
            )
        )
    minutes = [timedelta(minutes=each) for each in (-10, 5, 25, 45)]
    await say(aina, company, "start_break", starts + timedelta(minutes=20))
    await say(aina, company, "end_break", starts + timedelta(minutes=40))
    assert await send(aina, *(starts + each for each in minutes)) == (2, 2)
    async with database.read() as session:
        kept = (await session.scalars(select(SeenPosition.at).order_by(SeenPosition.at))).all()
    assert kept == [starts + minutes[1], starts + minutes[3]]


def test_of_a_week_of_ten_thousand_positions_none_outside_of_work_is_kept() -> None:
    chance = random.Random(70)
    monday = datetime(2026, 10, 19, tzinfo=UTC)  # the clocks go back on the Sunday
    shifts, said = [], []
    for day in range(5):
        starts = monday + timedelta(days=day, hours=6)
        shifts.append(Shift("aina", ShiftKind.SHIFT, starts, starts + 9 * HOUR))
        begins = starts + timedelta(minutes=chance.randint(-30, 30))
        pause = starts + timedelta(hours=4, minutes=chance.randint(0, 60))
        ends = starts + timedelta(hours=8, minutes=chance.randint(0, 90))
        said += [
            Told(DutyStep.START_SHIFT, begins),
            Told(DutyStep.START_BREAK, pause),
            Told(DutyStep.END_BREAK, pause + timedelta(minutes=chance.randint(20, 70))),
            Told(DutyStep.END_SHIFT, ends),
        ]
    night = monday + timedelta(days=5, hours=18)
    shifts.append(Shift("aina", ShiftKind.ON_CALL, night, night + 13 * HOUR))
    called = [
        Told(DutyStep.START_SHIFT, night + 5 * HOUR),
        Told(DutyStep.END_SHIFT, night + 7 * HOUR),
    ]
    sick = Absence("aina", monday + timedelta(days=3), monday + timedelta(days=4), is_sick=True)
    log = DutyLog([*said, *called], shifts, [sick])
    choices = [
        Choice(monday + 8 * HOUR, is_on=True, notice=1),
        Choice(monday + timedelta(days=2, hours=9), is_on=False, notice=1),
        Choice(monday + timedelta(days=2, hours=11), is_on=True, notice=1),
    ]
    week = timedelta(days=7)
    seen = sorted(monday + week * chance.random() for _ in range(10_000))
    judged = locatable(log, choices, seen, notice=1, now=monday + week)
    kept = [each for each, may in zip(seen, judged, strict=True) if may]
    assert 1_000 < len(kept) < 4_000
    assert {log.at(each).state for each in kept} == {DutyState.ON_SHIFT}
    breaks = [(one.at, two.at) for one, two in zip(said[1::4], said[2::4], strict=True)]
    off = [(choices[1].at, choices[2].at), (sick.starts_at, sick.ends_at), (monday, choices[0].at)]
    assert not [each for each in kept for a, b in [*breaks, *off] if a <= each < b]
    worked = [(one.at, two.at) for one, two in zip(said[::4], said[3::4], strict=True)]
    worked.append((called[0].at, called[1].at))
    assert all(any(a <= each < b for a, b in worked) for each in kept)
    switched_off = [*choices, Choice(monday + week, is_on=False, notice=1)]
    assert not any(locatable(log, switched_off, seen, notice=1, now=monday + week))
    assert not any(locatable(log, choices, seen, notice=2, now=monday + week))


async def _seen_on(database: Database, company: Company, *instants: datetime) -> None:
    async with database.write() as session:
        session.add_all(
            SeenPosition(technician_id=company.home.technician.id, at=each, **HERE)
            for each in instants
        )


async def test_positions_are_gone_on_the_sixty_first_day(
    company: Company, database: Database
) -> None:
    days = [company.now - timedelta(days=each) for each in (0, 59, 60, 61, 400)]
    await _seen_on(database, company, *days)
    assert await forget_positions(database, Keeping(), company.now) == 2
    async with database.read() as session:
        kept = (await session.scalars(select(SeenPosition.at).order_by(SeenPosition.at))).all()
    assert list(kept) == days[2::-1]
    assert await forget_positions(database, Keeping(), company.now + timedelta(days=61)) == 3
    assert await stored(database) == 0


async def test_where_nothing_is_kept_but_the_last_place_there_is_no_history(
    company: Company, database: Database
) -> None:
    last_only = Keeping(days=0)
    await _seen_on(database, company, *(company.now - each * HOUR for each in range(5)))
    assert await forget_positions(database, last_only, company.now) == 4
    assert await forget_positions(database, last_only, company.now + timedelta(days=2)) == 1


async def test_history_is_read_with_a_reason_that_is_written_down(
    aina: Member, office: Member, client: Client, company: Company, database: Database
) -> None:
    await _seen_on(database, company, company.now - HOUR)
    asked = {
        "technician_id": str(company.home.technician.id),
        "from": (company.now - 2 * HOUR).isoformat(),
        "to": company.now.isoformat(),
    }
    assert (await office.get("/api/positions", **asked)).status_code == 422
    found = await office.get("/api/positions", **asked, reason="An alarm at the site")
    assert [each["accuracy_m"] for each in found.json()["items"]] == [12]
    async with database.read() as session:
        told = (await session.scalars(select(Event).where(Event.kind == "positions_read"))).all()
    assert [(each.actor_name, each.data["reason"]) for each in told] == [
        ("Admin", "An alarm at the site")
    ]
    for role in (Role.MANAGER, Role.EXPERIENCE, Role.AUDITOR):
        member = await company.sign_in(client, role)
        assert (await member.get("/api/positions", **asked, reason="Curious")).status_code == 403
    assert (await aina.get("/api/positions", **asked, reason="Curious")).status_code == 403


async def test_the_last_place_is_for_whoever_plans_and_only_while_it_is_switched_on(
    aina: Member, office: Member, client: Client, company: Company, database: Database
) -> None:
    await at_work(aina, office, company)
    await switch(aina, on=True)
    assert await send(aina, await now_of(aina)) == (1, 0)
    region = str(company.valley.id)

    async def seen(member: Member) -> object:
        return (await member.get("/api/board", region_id=region)).json()["technicians"][0]["seen"]

    auditor = await company.sign_in(client, Role.AUDITOR)
    place = await seen(office)
    assert isinstance(place, dict)
    assert place["accuracy_m"] == 12
    assert await seen(auditor) is None
    await switch(aina, on=False)
    assert await seen(office) is None
    async with database.read() as session:
        found = await last_seen(session, [company.home.technician.id], Keeping(), company.now)
    assert found == {}


def test_no_table_holds_a_speed_or_ranks_people_by_the_minute() -> None:
    # How fast roads are driven, and how a day was for somebody nobody knows.
    of_nobody = {"region", "pulse"}
    columns = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        if table.name not in of_nobody
        for column in table.columns
    }
    forbidden = ("speed", "heading", "bearing", "velocity", "score", "idle")
    assert not [each for each in columns if any(word in each for word in forbidden)]
