"""What people chose to hear of: their own choice over their role's over what is usual."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.notifications.choices import Channel, Quiet, Rules, channels_of, topics_of
from tests.server.company import Company
from tests.server.notifications.test_notices import codes, reported

Client = AsyncTestClient[Litestar]
MINE = "/api/notifications/mine"
NIGHT = Quiet(22 * 60, 7 * 60, ZoneInfo("Europe/Andorra"))
SIESTA = Quiet(14 * 60, 16 * 60, ZoneInfo("Europe/Andorra"))


@pytest.mark.parametrize(
    ("quiet", "at", "over"),
    [
        (NIGHT, "2026-11-23T21:59+01:00", "2026-11-23T21:59+01:00"),
        (NIGHT, "2026-11-23T22:00+01:00", "2026-11-24T07:00+01:00"),
        (NIGHT, "2026-11-24T06:59+01:00", "2026-11-24T07:00+01:00"),
        (NIGHT, "2026-11-24T07:00+01:00", "2026-11-24T07:00+01:00"),
        (NIGHT, "2026-10-25T00:30+02:00", "2026-10-25T07:00+01:00"),
        (SIESTA, "2026-11-23T14:30+01:00", "2026-11-23T16:00+01:00"),
        (SIESTA, "2026-11-23T16:00+01:00", "2026-11-23T16:00+01:00"),
    ],
)
def test_quiet_hours_hold_mail_until_they_are_over(quiet: Quiet, at: str, over: str) -> None:
    assert quiet.over(datetime.fromisoformat(at)) == datetime.fromisoformat(over)


@pytest.mark.parametrize(("lets_through", "is_held"), [(True, False), (False, True)])
def test_somebody_trapped_waits_for_no_morning_unless_one_said_so(
    *, lets_through: bool, is_held: bool
) -> None:
    late = datetime.fromisoformat("2026-11-23T23:00+01:00")
    rules = Rules(Role.MANAGER, {}, {}, quiet=NIGHT, lets_trapped_through=lets_through)
    assert (rules.mail_at("S1", late) > late) is is_held
    assert rules.mail_at("S2", late) > late


def test_an_own_choice_goes_before_that_of_the_role_and_that_before_what_is_usual() -> None:
    off, on = {"on_the_way": {"email": False}}, {"on_the_way": {"email": True}}
    wanted = [
        Rules(Role.MANAGER, of_role, own).wants("on_the_way", Channel.EMAIL)
        for of_role, own in (({}, {}), (off, {}), (off, on), ({}, off))
    ]
    assert wanted == [True, False, True, False]
    stopped = Rules(Role.MANAGER, {}, on, is_mail_stopped=True)
    assert not stopped.wants("on_the_way", Channel.EMAIL)
    assert stopped.wants("on_the_way", Channel.BELL)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_something_to_choose_and_nobody_twice(role: Role) -> None:
    topics = topics_of(role)
    assert topics
    assert len(set(topics)) == len(topics)
    assert (Channel.EMAIL in channels_of(role)) is (role is not Role.TECHNICIAN)


async def test_who_does_not_want_to_hear_of_something_does_not(
    client: Client, company: Company
) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    manager = await company.sign_in(client, Role.MANAGER)
    chosen = {"choices": {"reported": {"bell": False, "email": True}}}
    answer = await manager.patch(MINE, chosen, version=0)
    assert answer.status_code == 200, answer.text
    assert await codes(client, company, Role.MANAGER) == []
    kept = answer.json()
    assert kept["topics"][0] == {
        "topic": "reported",
        "channels": {"bell": False, "email": True},
        "usual": {"bell": True, "email": True},
    }
    assert (await manager.patch(MINE, chosen, version=0)).status_code == 412


async def test_what_the_office_sets_for_a_role_holds_for_whoever_chose_nothing(
    client: Client, company: Company
) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"role": "manager", "choices": {"reported": {"bell": False}}}
    answer = await admin.patch("/api/notifications/role", body, version=0)
    assert answer.status_code == 200, answer.text
    assert await codes(client, company, Role.MANAGER) == []
    manager = await company.sign_in(client, Role.MANAGER)
    await manager.patch(MINE, {"choices": {"reported": {"bell": True}}}, version=0)
    assert await codes(client, company, Role.MANAGER) == ["reported"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"choices": {"plan_ready": {"bell": False}}}, "choices.plan_ready"),
        ({"choices": {"reported": {"push": False}}}, "choices.reported"),
        ({"quiet_from": 60}, "quiet_to"),
        ({"quiet_from": 60, "quiet_to": 90}, "zone"),
        ({"quiet_from": 60, "quiet_to": 90, "zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
    ],
)
async def test_a_choice_nobody_has_is_refused_by_name(
    client: Client, company: Company, body: dict[str, object], field: str
) -> None:
    manager = await company.sign_in(client, Role.MANAGER)
    answer = await manager.patch(MINE, body, version=0)
    assert answer.status_code == 422, answer.text
    assert [each["path"] for each in answer.json()["errors"]] == [field]


async def test_one_sees_what_would_have_come_yesterday(client: Client, company: Company) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    manager = await company.sign_in(client, Role.MANAGER)
    answer = await manager.get("/api/notifications/yesterday", zone="Europe/Paris")
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert (await manager.get("/api/notifications/yesterday", zone="Nowhere")).status_code == 422
