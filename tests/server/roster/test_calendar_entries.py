"""Calendars kept elsewhere are looked at, and what is chosen of them is written."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.kit.problems import Invalid
from server.roster.calendar_fetching import LARGEST_CALENDAR, fetching
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
JUNE = {"first_day": "2031-06-01", "last_day": "2031-06-30"}
LEAVE = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20310602
DTEND;VALUE=DATE:20310604
SUMMARY:Wedding of a cousin
END:VEVENT
BEGIN:VEVENT
DTSTART:20310605T080000Z
DTEND:20310605T100000Z
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
async def office(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.DISPATCHER)


def _of(company: Company) -> str:
    return f"/api/technicians/{company.home.technician.id}"


async def _read(office: Member, company: Company, **said: Any) -> list[dict[str, str]]:
    answer = await office.post(f"{_of(company)}/calendar_reading", {**JUNE, **said})
    assert answer.status_code == 200, answer.text
    spans = answer.json()["entries"]
    return [{name: each[name] for name in ("starts_at", "ends_at")} for each in spans]


async def _write(office: Member, company: Company, spans: Any, **more: Any) -> Any:
    body = {"kind": "leave", "spans": spans} | more
    answer = await office.post(f"{_of(company)}/calendar_entries", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_leave_kept_elsewhere_is_seen_before_it_is_written_and_never_twice(
    office: Member, company: Company
) -> None:
    spans = await _read(office, company, content=LEAVE)
    assert [each["starts_at"] for each in spans] == ["2031-06-01T22:00:00Z", "2031-06-05T08:00:00Z"]
    told = await _write(office, company, spans, is_preview=True)
    assert (len(told["written"]), (await office.get("/api/absences")).json()["items"]) == (2, [])
    assert await _write(office, company, spans) == told
    kept = (await office.get("/api/absences")).json()["items"]
    assert [(each["kind"], each["starts_at"]) for each in kept] == [
        ("leave", each["starts_at"]) for each in spans
    ]
    # Why somebody is away is theirs: what the calendar calls it is not kept.
    assert {each["note"] for each in kept} == {""}
    again = await _write(office, company, spans)
    assert (len(again["written"]), len(again["in_the_way"])) == (0, 2)


async def test_hours_of_another_program_become_shifts_where_there_are_none(
    office: Member, company: Company
) -> None:
    spans = (await _read(office, company, content=LEAVE))[1:]
    assert len((await _write(office, company, spans, kind="on_call"))["written"]) == 1
    assert len((await _write(office, company, spans, kind="shift"))["in_the_way"]) == 1
    shifts = (await office.get("/api/shifts")).json()["items"]
    assert [(each["kind"], each["starts_at"]) for each in shifts] == [
        ("on_call", "2031-06-05T08:00:00Z")
    ]


async def test_a_shift_of_two_days_is_refused_with_its_place(
    office: Member, company: Company
) -> None:
    spans = await _read(office, company, content=LEAVE)
    body = {"kind": "shift", "spans": spans}
    answer = await office.post(f"{_of(company)}/calendar_entries", body)
    assert [(each["path"], each["code"]) for each in answer.json()["errors"]] == [
        ("spans.0.ends_at", "too_long")
    ]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"content": "<html>"}, ("content", "no_calendar")),
        ({"url": "https://calendar.example.org/a.ics"}, ("url", "host_not_listed")),
        ({"url": "http://127.0.0.1/a.ics"}, ("url", "host_not_listed")),
        ({"content": LEAVE, "last_day": "2031-05-01"}, ("last_day", "ends_before_start")),
    ],
)
async def test_what_cannot_be_read_is_told_at_its_field(
    office: Member, company: Company, said: dict[str, str], fault: tuple[str, str]
) -> None:
    answer = await office.post(f"{_of(company)}/calendar_reading", {**JUNE, **said})
    assert answer.status_code == 422
    assert [(each["path"], each["code"]) for each in answer.json()["errors"]] == [fault]


async def test_a_calendar_of_another_branch_is_nobody_s_here(
    office: Member, company: Company
) -> None:
    foreign = f"/api/technicians/{company.away.technician.id}"
    answer = await office.post(f"{foreign}/calendar_reading", {**JUNE, "content": LEAVE})
    assert answer.status_code == 404


async def test_only_listed_hosts_are_fetched_from_and_nothing_is_followed_from_there() -> None:
    async def answer(request: web.Request) -> web.Response:
        match request.path:
            case "/feed.ics":
                return web.Response(text=LEAVE)
            case "/long.ics":
                return web.Response(text="x" * (LARGEST_CALENDAR + 1))
        raise web.HTTPFound("/feed.ics")

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    async with TestServer(application) as server:
        fetch = fetching((str(server.make_url("")).rstrip("/"),))
        assert await fetch(str(server.make_url("/feed.ics"))) == LEAVE
        for path, code in (("/long.ics", "too_long"), ("/elsewhere", "not_fetched")):
            with pytest.raises(Invalid) as refused:
                await fetch(str(server.make_url(path)))
            assert [each["code"] for each in refused.value.facts["errors"]] == [code]


async def test_a_name_that_leads_into_this_network_is_not_fetched_from() -> None:
    with pytest.raises(Invalid) as refused:
        await fetching(("*",))("webcal://localhost/feed.ics")
    assert [each["code"] for each in refused.value.facts["errors"]] == ["not_fetched"]
