"""What a change of hours does to work: nothing to what is reported, and no promise gets worse."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.agreements.calendar_changes import change_calendar
from server.agreements.problems import CalendarInForce
from server.kit.tables import Event
from server.regions.schemas import CalendarChangeBody, CalendarOut
from server.regions.tables import Calendar
from tests.server.interventions.town import FOUNDER, Town, clock

TOMORROW = "2026-06-03"
AFTERNOON = timedelta(hours=6)


async def change(town: Town, code: str, **named: Any) -> CalendarOut:
    async with town.write() as session:
        row = (await session.scalars(select(Calendar).where(Calendar.code == code))).one()
        body = CalendarChangeBody(reason="The union asked for it.", **named)
        return await change_calendar(
            session, FOUNDER, row.id, body, expected=row.version, now=town.now
        )


async def due(town: Town) -> datetime | None:
    """When a lift that runs badly, reported now, has to be seen: four office hours."""
    return clock(await town.report("S3"), "response").due_at


async def test_a_new_holiday_leaves_reported_work_and_counts_for_the_next_call(town: Town) -> None:
    town.passes(AFTERNOON)
    reported = await town.report("S3")
    before = clock(reported, "response").due_at
    await change(town, "OFFICE", holidays=[TOMORROW])
    assert before is not None
    assert clock(await town.look(reported), "response").due_at == before
    assert await due(town) == before + timedelta(days=1)


async def test_reported_work_counts_in_its_own_hours_for_ever(town: Town) -> None:
    town.passes(AFTERNOON)
    reported = await town.report("S3")
    await change(town, "OFFICE", holidays=[TOMORROW])
    before = clock(reported, "response").due_at
    await town.decide(reported, "acknowledge")
    assert clock(await town.look(reported), "response").due_at == before


@pytest.mark.parametrize(
    "named",
    [
        {"weekly": {"0": [(480, 720)]}},
        {"zone": "Europe/Lisbon"},
        {"always_open": True, "weekly": {}},
    ],
    ids=["weekly hours", "zone", "always open"],
)
async def test_hours_that_an_agreement_in_force_counts_in_stay(
    town: Town, named: dict[str, Any]
) -> None:
    with pytest.raises(CalendarInForce) as refused:
        await change(town, "OFFICE", **named)
    assert refused.value.facts == {"agreements": ["A-1"]}


async def test_the_same_hours_named_again_are_no_change(town: Town) -> None:
    kept = await change(town, "OFFICE", zone="Europe/Paris", name="Office days")
    assert kept.name == "Office days"


async def test_special_days_may_always_change_and_everybody_hears_of_it(town: Town) -> None:
    changed = await change(town, "OFFICE", special={TOMORROW: [(480, 720)]})
    assert list(changed.special) == [TOMORROW]
    async with town.read() as session:
        told = (await session.scalars(select(Event).where(Event.kind == "calendar_changed"))).one()
    assert told.data == {"calendar_id": str(changed.id), "reason": "The union asked for it."}
