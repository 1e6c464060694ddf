"""Usual weeks and rotas become shifts; absences are asked for; calendars are followed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.kit.icalendar import LINE_OCTETS, calendar
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
EARLY = {"weekdays": [0, 1, 2, 3, 4], "starts": "07:00", "ends": "15:30"}
LUNCH = {"earliest": "12:00", "latest": "13:00", "duration_seconds": 1800}


@pytest.fixture
async def office(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.DISPATCHER)


def _of(company: Company) -> str:
    return f"/api/technicians/{company.home.technician.id}"


async def _week(office: Member, company: Company, **more: Any) -> Any:
    body = {"first_day": "2031-03-24", "last_day": "2031-04-06", "duties": [EARLY]} | more
    answer = await office.post(f"{_of(company)}/week", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _shifts(office: Member) -> list[Any]:
    found: list[Any] = (await office.get("/api/shifts")).json()["items"]
    return found


async def test_a_usual_week_keeps_its_wall_time_over_the_change_of_the_clocks(
    office: Member, company: Company
) -> None:
    told = await _week(office, company, is_preview=True)
    assert (len(told["written"]), await _shifts(office)) == (10, [])
    assert await _week(office, company, duties=[EARLY | {"lunch": LUNCH}]) == told
    shifts = await _shifts(office)
    # The clocks of Paris go forward on 30 March 2031.
    assert [each["starts_at"] for each in (shifts[4], shifts[5])] == [
        "2031-03-28T06:00:00Z",
        "2031-03-31T05:00:00Z",
    ]
    assert shifts[5]["lunch"]["earliest_at"] == "2031-03-31T10:00:00Z"


async def test_what_stands_in_the_way_stays_and_is_told(office: Member, company: Company) -> None:
    await _week(office, company, last_day="2031-03-25")
    again = await _week(office, company, duties=[EARLY | {"starts": "15:00", "ends": "23:00"}])
    assert (len(again["written"]), len(again["in_the_way"])) == (8, 2)
    assert len(await _shifts(office)) == 10


async def test_a_rota_hands_over_in_turn_and_covers_the_weekend(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    crew = [str(each.technician.id) for each in (company.home, company.away)]
    body = {
        "technician_ids": crew,
        "first_day": "2031-06-02",
        "last_day": "2031-06-15",
        "starts": "18:00",
        "ends": "07:00",
        "rank": 1,
    }
    told = (await admin.post("/api/on_call_rota", body)).json()
    turns = [crew.index(each["technician_id"]) for each in told["written"]]
    assert (turns, told["in_the_way"]) == ([0] * 7 + [1] * 7, [])
    instants = [datetime.fromisoformat(each["starts_at"]) for each in told["written"][:7]]
    ends = [datetime.fromisoformat(each["ends_at"]) for each in told["written"][:7]]
    lengths = [end - start for start, end in zip(instants, ends, strict=True)]
    assert lengths == [timedelta(hours=13)] * 5 + [timedelta(hours=24)] * 2
    assert ends[5] == instants[6]
    assert {(each["kind"], each["rank"]) for each in await _shifts(admin)} == {("on_call", 1)}
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.post("/api/on_call_rota", body)
    assert refused.json()["errors"][0]["path"] == "technician_ids.1"


async def test_an_absence_that_is_asked_for_counts_once_the_office_agrees(
    client: Client, company: Company, office: Member
) -> None:
    aina = await company.sign_in(client, Role.TECHNICIAN)
    away = {"starts_at": "2031-07-07T06:00:00Z", "ends_at": "2031-07-12T06:00:00Z"}
    asked = (await aina.post("/api/absences/requests", {"kind": "leave"} | away)).json()
    other = (await aina.post("/api/absences/requests", {"kind": "training"} | away)).json()
    assert asked["state"] == "requested"
    listed = (await office.get("/api/absences", state="requested")).json()["items"]
    assert {each["id"] for each in listed} == {asked["id"], other["id"]}
    told = (await office.get("/api/notices")).json()["items"]
    assert [each["code"] for each in told] == ["absence_asked"] * 2
    assert told[0]["facts"]["technician_first_name"] == "Aina"
    decision = f"/api/absences/{asked['id']}/decision"
    wordless = await office.post(decision, {"decision": "refused"})
    assert wordless.json()["errors"][0]["path"] == "answer"
    agreed = (await office.post(decision, {"decision": "approved"})).json()
    assert (agreed["state"], agreed["decided_by"]) == ("approved", "Dispatcher")
    twice = await office.post(decision, {"decision": "refused", "answer": "After all"})
    assert twice.json()["code"] == "already_decided"
    assert (await aina.delete(f"/api/absences/{other['id']}", version=1)).status_code == 204
    kept = await aina.delete(f"/api/absences/{asked['id']}", version=agreed["version"])
    assert kept.json()["code"] == "already_decided"


async def test_a_calendar_is_followed_at_its_secret_address_until_that_is_taken_back(
    client: Client, company: Company, office: Member
) -> None:
    day = company.now.date() + timedelta(days=7)
    await _week(
        office,
        company,
        first_day=str(day),
        last_day=str(day),
        duties=[EARLY | {"weekdays": [*range(7)]}],
    )
    feed = f"{_of(company)}/calendar_feed"
    given = (await office.patch(feed, {"is_on": True}, version=1)).json()
    read = await client.get(given["path"])
    assert read.headers["content-type"].startswith("text/calendar")
    assert [line for line in read.text.split("\r\n") if line.startswith("DTSTART")] == [
        f"DTSTART:{datetime.fromisoformat((await _shifts(office))[0]['starts_at']):%Y%m%dT%H%M%SZ}"
    ]
    assert (await office.get(_of(company))).json()["has_calendar_feed"] is True
    await office.patch(feed, {"is_on": False}, version=given["version"])
    assert (await client.get(given["path"])).status_code == 410


def test_a_long_line_of_a_calendar_is_folded_without_splitting_a_letter() -> None:
    lines = calendar("É" * 200, []).encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= LINE_OCTETS
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"X-WR-CALNAME:{'É' * 200}" in unfolded
    assert calendar("A", []).endswith("END:VCALENDAR\r\n")


async def test_a_usual_week_is_kept_to_be_written_again_where_somebody_says_so(
    office: Member, company: Company
) -> None:
    async def kept() -> Any:
        return (await office.get(_of(company))).json()["usual_week"]

    night = EARLY | {"weekdays": [5], "starts": "22:00", "ends": "06:00", "kind": "on_call"}
    await _week(office, company, duties=[EARLY | {"lunch": LUNCH}, night])
    await _week(office, company, duties=[EARLY], is_kept=True, is_preview=True)
    assert await kept() == []
    await _week(office, company, duties=[EARLY | {"lunch": LUNCH}, night], is_kept=True)
    usual = await kept()
    assert [(each["weekdays"], each["starts"], each["kind"]) for each in usual] == [
        ([0, 1, 2, 3, 4], "07:00:00", "shift"),
        ([5], "22:00:00", "on_call"),
    ]
    assert usual[0]["lunch"] == {
        "earliest": "12:00:00",
        "latest": "13:00:00",
        "duration_seconds": 1800,
    }
    # What is shown can be sent back as it is.
    await _week(office, company, duties=usual, is_kept=True)
    assert await kept() == usual
