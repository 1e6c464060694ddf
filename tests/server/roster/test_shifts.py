"""Shifts: sound hours, one at a time for each technician, seen by those who plan with them."""

import asyncio
from datetime import UTC, datetime

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from server.accounts.schemas import Role
from server.kit.database import Database
from server.roster.tables import Shift
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
SHIFTS = "/api/shifts"
LUNCH = {
    "earliest_at": "2026-06-02T10:00:00Z",
    "latest_at": "2026-06-02T11:30:00Z",
    "duration_seconds": 1800,
}

UNWORKABLE: tuple[tuple[dict[str, object], set[str]], ...] = (
    ({"ends_at": "2026-06-02T06:00:00Z"}, {"ends_at"}),
    ({"ends_at": "2026-06-03T06:00:01Z"}, {"ends_at"}),
    ({"starts_at": "2026-06-02T06:00:00"}, {"starts_at"}),
    ({"starts_at": "2026-06-02T06:00:00.5Z"}, {"starts_at"}),
    ({"starts_at": "0001-01-01T00:00:00+14:00"}, {"starts_at"}),
    ({"ends_at": "9999-12-31T23:59:59-14:00"}, {"ends_at"}),
    (
        {"kind": "holiday", "overtime_max_seconds": -1, "pay": 1},
        {"kind", "overtime_max_seconds", "pay"},
    ),
    ({"lunch": LUNCH | {"duration_seconds": 0}}, {"lunch.duration_seconds"}),
    ({"lunch": LUNCH | {"earliest_at": "2026-06-02T05:00:00Z"}}, {"lunch.earliest_at"}),
    ({"lunch": LUNCH | {"latest_at": "2026-06-02T13:31:00Z"}}, {"lunch.latest_at"}),
    ({"lunch": LUNCH | {"latest_at": "2026-06-02T09:59:00Z"}}, {"lunch.latest_at"}),
    ({"technician_id": "00000000-0000-0000-0000-000000000000"}, {"technician_id"}),
)


def _body(company: Company, starts: str, ends: str, **more: object) -> dict[str, object]:
    return {
        "technician_id": str(company.home.technician.id),
        "starts_at": f"2026-06-{starts}:00Z",
        "ends_at": f"2026-06-{ends}:00Z",
    } | more


async def _shift(member: Member, company: Company, starts: str, ends: str) -> Response:
    return await member.post(SHIFTS, _body(company, starts, ends))


async def _starts(member: Member, **query: str) -> list[str]:
    answer = await member.get(SHIFTS, **query)
    assert answer.status_code == 200, answer.text
    return [each["starts_at"][8:16] for each in answer.json()["items"]]


async def test_a_shift_keeps_its_hours_its_overtime_and_its_lunch(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = _body(company, "02T06:00", "02T14:00", lunch=LUNCH, overtime_max_seconds=3600)
    made = await dispatcher.post(SHIFTS, body)
    assert (made.status_code, made.json()) == (201, made.json() | body | {"kind": "shift"})
    assert (await dispatcher.get(f"{SHIFTS}/{made.json()['id']}")).json() == made.json()


async def test_hours_with_another_offset_are_the_same_instants(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = _body(company, "02T06:00", "02T14:00")
    local = body | {"starts_at": "2026-06-02T08:00:00+02:00", "kind": "on_call"}
    made = (await dispatcher.post(SHIFTS, local)).json()
    assert (made["starts_at"], made["kind"]) == ("2026-06-02T06:00:00Z", "on_call")


async def test_a_technician_has_one_shift_at_a_time(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    first = await _shift(dispatcher, company, "02T06:00", "02T14:00")
    refused = await _shift(dispatcher, company, "02T13:59", "02T20:00")
    assert (refused.status_code, refused.json()["code"]) == (409, "shift_overlaps")
    assert refused.json()["shift_id"] == first.json()["id"]
    following = await _shift(dispatcher, company, "02T14:00", "02T20:00")
    assert following.status_code == 201
    path = f"{SHIFTS}/{following.json()['id']}"
    moved = await dispatcher.patch(path, {"starts_at": "2026-06-02T13:00:00Z"}, version=1)
    assert (moved.status_code, moved.json()["code"]) == (409, "shift_overlaps")
    assert await _starts(dispatcher) == ["02T06:00", "02T14:00"]


async def test_a_colleague_may_work_the_same_hours(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    colleague = str(company.away.technician.id)
    body = _body(company, "02T06:00", "02T14:00")
    assert (await admin.post(SHIFTS, body)).status_code == 201
    assert (await admin.post(SHIFTS, body | {"technician_id": colleague})).status_code == 201


async def test_of_many_giving_the_same_hours_at_once_one_does(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    all_at_once = await asyncio.gather(
        *(_shift(dispatcher, company, "02T06:00", "02T14:00") for _ in range(8))
    )
    assert sorted(answer.status_code for answer in all_at_once) == [201] + [409] * 7
    assert {answer.json().get("code") for answer in all_at_once} == {None, "shift_overlaps"}
    assert await _starts(dispatcher) == ["02T06:00"]


async def test_the_database_itself_keeps_shifts_apart(company: Company, database: Database) -> None:
    def shift(starts: int, ends: int) -> Shift:
        return Shift(
            technician_id=company.home.technician.id,
            kind="shift",
            starts_at=datetime(2026, 6, 2, starts, tzinfo=UTC),
            ends_at=datetime(2026, 6, 2, ends, tzinfo=UTC),
            overtime_max_seconds=0,
        )

    async with database.write() as session:
        session.add_all([shift(6, 14), shift(14, 20)])
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(shift(19, 21))
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(
                update(Shift)
                .where(Shift.ends_at == datetime(2026, 6, 2, 14, tzinfo=UTC))
                .values(ends_at=datetime(2026, 6, 2, 15, tzinfo=UTC))
            )


async def test_a_change_touches_only_what_it_names_and_lunch_can_be_taken_away(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = _body(company, "02T06:00", "02T14:00", lunch=LUNCH)
    made = (await dispatcher.post(SHIFTS, body)).json()
    path = f"{SHIFTS}/{made['id']}"
    longer = await dispatcher.patch(path, {"ends_at": "2026-06-02T15:00:00Z"}, version=1)
    assert longer.json() == made | {"ends_at": "2026-06-02T15:00:00Z", "version": 2}
    without = await dispatcher.patch(path, {"lunch": None, "overtime_max_seconds": 60}, version=2)
    assert without.json() == longer.json() | {
        "lunch": None,
        "overtime_max_seconds": 60,
        "version": 3,
    }
    assert (await dispatcher.get(path)).json() == without.json()


async def test_a_shift_cut_short_before_its_lunch_is_refused(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = _body(company, "02T06:00", "02T14:00", lunch=LUNCH)
    path = f"{SHIFTS}/{(await dispatcher.post(SHIFTS, body)).json()['id']}"
    short = await dispatcher.patch(path, {"ends_at": "2026-06-02T11:00:00Z"}, version=1)
    assert (short.status_code, short.json()["errors"][0]["path"]) == (422, "lunch.latest_at")
    assert (await dispatcher.get(path)).json()["version"] == 1


async def test_hours_nobody_can_work_are_refused_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    for changed, paths in UNWORKABLE:
        refused = await dispatcher.post(SHIFTS, _body(company, "02T06:00", "02T14:00") | changed)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), changed
        assert {error["path"] for error in refused.json()["errors"]} == paths
    assert await _starts(dispatcher) == []


async def test_once_around_the_clock_is_25_hours_when_clocks_go_back(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = _body(company, "01T00:00", "01T00:00") | {
        "starts_at": "2026-10-24T06:30:00+02:00",
        "ends_at": "2026-10-25T06:30:00+01:00",
    }
    assert (await dispatcher.post(SHIFTS, body)).status_code == 201


async def test_a_list_can_be_of_one_technician_and_of_some_hours(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    for day in ("01", "02", "03"):
        await _shift(admin, company, f"{day}T20:00", f"{day}T22:00")
    assert await _starts(admin) == ["01T20:00", "02T20:00", "03T20:00"]
    hours = {"from": "2026-06-01T22:00:00Z", "to": "2026-06-03T20:00:00Z"}
    assert await _starts(admin, **hours) == ["02T20:00"]
    assert await _starts(admin, technician_id=str(company.away.technician.id)) == []
    first = (await admin.get(SHIFTS, limit="2")).json()
    second = (await admin.get(SHIFTS, limit="2", cursor=first["next_cursor"])).json()
    assert [each["starts_at"][8:10] for each in second["items"]] == ["03"]


async def test_hours_without_offset_or_out_of_all_calendars_list_nothing(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    for wrong in ("2026-06-01T22:00:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"):
        refused = await admin.get(SHIFTS, **{"from": wrong, "to": wrong})
        assert refused.status_code == 422
        assert [error["path"] for error in refused.json()["errors"]] == ["from", "to"]


async def test_shifts_are_seen_with_their_technician(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    colleague = {"technician_id": str(company.away.technician.id)}
    own = (await _shift(admin, company, "02T06:00", "02T14:00")).json()
    foreign = await admin.post(SHIFTS, _body(company, "02T07:00", "02T14:00") | colleague)
    path = f"{SHIFTS}/{foreign.json()['id']}"
    for role in (Role.DISPATCHER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        assert await _starts(member) == ["02T06:00"]
        assert (await member.get(f"{SHIFTS}/{own['id']}")).json() == own
        assert (await member.get(path)).status_code == 404
    technician = await company.sign_in(client, Role.TECHNICIAN)
    assert (await technician.delete(path, version=1)).status_code == 403
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert (await dispatcher.delete(path, version=1)).status_code == 404


async def test_a_shift_is_taken_out_on_the_version_that_was_seen(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{SHIFTS}/{(await _shift(dispatcher, company, '02T06:00', '02T14:00')).json()['id']}"
    await dispatcher.patch(path, {"overtime_max_seconds": 60}, version=1)
    bare = await client.delete(path, headers=dispatcher.headers())
    stale = await dispatcher.delete(path, version=1)
    assert (bare.status_code, stale.status_code) == (428, 412)
    assert await _starts(dispatcher) == ["02T06:00"]
    assert (await dispatcher.delete(path, version=2)).status_code == 204
    assert (await dispatcher.get(path)).status_code == 404
    assert await _starts(dispatcher) == []


async def test_of_a_change_and_a_removal_at_once_one_happens(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{SHIFTS}/{(await _shift(dispatcher, company, '02T06:00', '02T14:00')).json()['id']}"
    changed, removed = await asyncio.gather(
        dispatcher.patch(path, {"overtime_max_seconds": 60}, version=1),
        dispatcher.delete(path, version=1),
    )
    assert (changed.status_code, removed.status_code) in {(200, 412), (404, 204), (412, 204)}
