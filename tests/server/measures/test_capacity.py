"""Work asked for beside the hours there are: the same figures as worked out by hand."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from server.kit.tables import Event
from server.measures.capacity import capacity
from server.measures.schemas import CapacityOut, SkillCapacityOut
from server.regions.tables import Region
from server.reports.duties import warn_of_capacity
from server.roster.tables import Absence, Shift
from tests.server.interventions.town import TUESDAY, Town

WEEK = timedelta(days=7)
AFTER = date(2026, 6, 29)
"""The Monday after four weeks from 1 June on."""


async def on_duty(town: Town, technician_id: UUID, begins: datetime) -> None:
    """Eight hours of a shift."""
    async with town.write() as session:
        session.add(
            Shift(
                technician_id=technician_id,
                kind="shift",
                starts_at=begins,
                ends_at=begins + timedelta(hours=8),
                overtime_max_seconds=0,
            )
        )


async def lived(town: Town, *calls: int) -> None:
    """Weeks of one shift of Aina's and so many calls of an hour that need her skill each."""
    for week, number in enumerate(calls):
        town.now = TUESDAY + WEEK * week
        await on_duty(town, town.aina.id, town.now)
        for _ in range(number):
            await town.report("S2", duration_seconds=3600, skills={"traction": 1})
    town.now = TUESDAY + WEEK * len(calls)


async def told(town: Town) -> CapacityOut:
    async with town.read() as session:
        region = await session.get_one(Region, town.valley.id)
        return await capacity(session, region, AFTER)


def of(found: CapacityOut, skill: str) -> SkillCapacityOut:
    return next(each for each in found.skills if each.skill == skill)


async def test_the_figures_are_those_worked_out_by_hand(town: Town) -> None:
    await lived(town, 1, 2, 2, 4)
    skill = of(await told(town), "traction")
    assert [week.from_day for week in skill.weeks] == [
        date(2026, 6, 1) + WEEK * week for week in range(4)
    ]
    assert [week.demand_minutes for week in skill.weeks] == [60, 120, 120, 240]
    assert [week.available_minutes for week in skill.weeks] == [480] * 4
    assert [week.load for week in skill.weeks] == ["12.5", "25", "25", "50"]
    # Least squares through 12.5, 25, 25, 50: (3 x 37.5 + 1 x 0) / 10 points a week.
    assert (skill.rise_points, skill.is_alert) == ("11.25", True)


async def test_work_that_stays_the_same_alarms_nobody(town: Town) -> None:
    await lived(town, 2, 2, 2, 2)
    skill = of(await told(town), "traction")
    assert (skill.rise_points, skill.is_alert) == ("0.00", False)


async def test_absence_takes_hours_off_and_being_on_call_adds_none(town: Town) -> None:
    await lived(town, 1)
    begins = TUESDAY + timedelta(hours=6)
    async with town.write() as session:
        session.add_all(
            [
                Absence(
                    technician_id=town.aina.id,
                    kind="sick",
                    starts_at=begins,
                    ends_at=begins + timedelta(days=1),
                    note="",
                    recorded_by="Dora",
                    recorded_at=TUESDAY,
                    decided_at=None,
                ),
                Shift(
                    technician_id=town.bruno.id,
                    kind="on_call",
                    starts_at=TUESDAY,
                    ends_at=TUESDAY + timedelta(hours=12),
                    overtime_max_seconds=0,
                ),
            ]
        )
    first = of(await told(town), "").weeks[0]
    assert (first.demand_minutes, first.available_minutes) == (60, 6 * 60)


async def test_a_cancelled_call_asks_for_nothing(town: Town) -> None:
    await lived(town, 1)
    town.now = TUESDAY
    call = await town.report("S2", duration_seconds=3600)
    await town.decide(call, "cancel", "It runs again")
    assert of(await told(town), "").weeks[0].demand_minutes == 60


async def test_a_week_without_hours_has_no_load_and_no_trend(town: Town) -> None:
    await town.report("S2", duration_seconds=3600, skills={"traction": 1})
    skill = of(await told(town), "traction")
    assert [week.load for week in skill.weeks] == [None] * 4
    assert (skill.rise_points, skill.is_alert) == (None, False)


async def test_whoever_keeps_the_agreements_is_told_once_a_week(town: Town) -> None:
    await lived(town, 1, 2, 2, 4)
    assert await warn_of_capacity(town.database, town.now)
    assert not await warn_of_capacity(town.database, town.now + timedelta(hours=5))
    async with town.read() as session:
        query = select(Event).where(Event.kind == "capacity_short")
        events = list(await session.scalars(query))
    assert {
        (event.region_id, event.data["skill"], event.data["rise_points"]) for event in events
    } == {
        (town.valley.id, "", "11.25"),
        (town.valley.id, "traction", "11.25"),
    }
