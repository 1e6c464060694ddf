"""How a day was for technicians: said once, nobody knows by whom."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from server.experience.pulse import give_pulse
from server.experience.pulse_schemas import PulseBody, PulseOut, Weighs
from server.experience.tables import Pulse, PulseGiven
from server.kit.problems import Invalid
from server.kit.tables import Event
from server.roster.schemas import TechnicianOut
from tests.server.interventions.town import Town, faults


async def say(
    town: Town, who: TechnicianOut, day: date, score: int = 4, weighs: Weighs = "nothing"
) -> PulseOut:
    body = PulseBody(day=day, score=score, weighs=weighs)
    async with town.write() as session:
        return await give_pulse(session, town.of(who), body, town.now)


async def test_one_answer_a_day_counts_also_when_two_phones_send_one(town: Town) -> None:
    today = town.now.date()
    assert (await say(town, town.aina, today, 2)).is_counted
    assert not (await say(town, town.aina, today, 5)).is_counted
    assert (await say(town, town.aina, today - timedelta(days=1), 3)).is_counted
    async with town.read() as session:
        kept = (await session.scalars(select(Pulse).order_by(Pulse.day))).all()
    assert [each.score for each in kept] == [3, 2]


async def test_nobody_can_tell_whose_answer_it_is(town: Town) -> None:
    await say(town, town.aina, town.now.date(), 1, "planning")
    async with town.read() as session:
        row = (await session.scalars(select(Pulse))).one()
        event = (await session.scalars(select(Event).where(Event.kind == "pulse_given"))).one()
        given = (await session.scalars(select(PulseGiven))).one()
    told = {column.name: getattr(row, column.name) for column in Pulse.__table__.columns}
    assert town.aina.id not in told.values()
    assert UUID(str(row.id)).version == 4  # drawn, not counted up
    assert (event.actor_id, event.technician_id, event.data) == (None, None, {})
    assert {column.name for column in PulseGiven.__table__.columns} == {"technician_id", "day"}
    assert given.technician_id == town.aina.id


@pytest.mark.parametrize("days", [-1, 7], ids=["tomorrow", "a week ago"])
async def test_only_days_of_the_last_week_can_be_told_of(town: Town, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        await say(town, town.aina, town.now.date() - timedelta(days=days))
    assert faults(refused.value) == [("day", "out_of_range")]
