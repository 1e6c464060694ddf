"""A lift says by itself that something is wrong: work at once, and the same trouble once."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import lift_alarms
from server.interventions.lift_alarm_schemas import LiftAlarmBody, LiftAlarmOut
from server.interventions.tables import Intervention
from server.kit.problems import Invalid
from server.kit.tables import Event
from tests.server.company import Company
from tests.server.interventions.town import Town, faults, minutes


async def sends(
    town: Town, kind: Any = "out_of_service", by: Scope | None = None, **more: Any
) -> LiftAlarmOut:
    told = {"asset_code": town.hotel.lift.code, "kind": kind, "fault_code": "E17", **more}
    async with town.write() as session:
        return await lift_alarms.take(session, by or town.office, LiftAlarmBody(**told), town.now)


async def test_an_alarm_is_work_at_once_and_runs_its_clocks(town: Town) -> None:
    sent = await sends(town, "person_trapped")
    async with town.read() as session:
        row = await session.get_one(Intervention, sent.intervention_id)
    assert (row.source, row.severity, row.status, row.summary) == (
        "alarm",
        "S1",
        "qualified",
        "E17",
    )
    assert not sent.is_joined
    assert "intervention_reported" in await town.kinds()


async def test_the_same_alarm_joins_the_open_work_and_a_worse_one_does_not(town: Town) -> None:
    first = await sends(town)
    again = await sends(town, fault_code="E18")
    lighter = await sends(town, "degraded")
    worse = await sends(town, "person_trapped")
    assert [each.is_joined for each in (first, again, lighter, worse)] == [False, True, True, False]
    assert {first.number, again.number, lighter.number} == {first.number}
    async with town.read() as session:
        joined = await session.scalars(select(Event).where(Event.kind == "lift_alarm_joined"))
        assert [each.data["fault_code"] for each in joined] == ["E18", "E17"]


async def test_a_lift_is_heard_until_the_day_it_is_retired(town: Town) -> None:
    await town.retires(date(2026, 6, 3))
    assert not (await sends(town)).is_joined
    town.now += timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        await sends(town)
    assert faults(refused.value) == [("asset_code", "unknown")]


async def test_a_lift_without_a_line_is_counted_from_when_it_stopped(town: Town) -> None:
    stopped = town.now - minutes(20)
    sent = await sends(town, at=stopped)
    async with town.read() as session:
        row = await session.get_one(Intervention, sent.intervention_id)
    assert row.reported_at == stopped
    with pytest.raises(Invalid):
        await sends(town, "person_trapped", at=town.now + minutes(10))


async def test_a_lift_elsewhere_looks_unknown(town: Town) -> None:
    elsewhere = Scope(uuid4(), "Program", Role.DISPATCHER, region_ids=frozenset({uuid4()}))
    for more in ({"by": elsewhere}, {"asset_code": "NOWHERE"}):
        with pytest.raises(Invalid) as refused:
            await sends(town, **more)
        assert faults(refused.value) == [("asset_code", "unknown")]


async def test_five_alarms_at_once_are_one_work(
    client: AsyncTestClient[Litestar], company: Company
) -> None:
    program = await company.sign_in(client, Role.DISPATCHER)
    body = {"asset_code": company.home.lift.code, "kind": "out_of_service", "fault_code": "E17"}
    answers = await asyncio.gather(*(program.post("/api/lift_alarms", body) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert sum(not answer.json()["is_joined"] for answer in answers) == 1
