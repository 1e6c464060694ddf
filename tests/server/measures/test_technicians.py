"""How it is for technicians: never told of fewer than five, and the same as counted from events."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.measures import mean_text
from server.interventions.schemas import VisitCommandKind
from server.interventions.tables import Intervention
from server.kit.tables import Event
from server.measures.schemas import TechnicianExperienceOut
from server.measures.technicians import technician_experience
from server.measures.working_days import working_days
from server.regions.tables import Region
from server.roster.tables import Shift, Technician
from tests.server.breaches.missed import EVA
from tests.server.experience.test_pulse import say
from tests.server.interventions.town import TUESDAY, Town, minutes

JUNE = date(2026, 6, 1), date(2026, 7, 1)
PARIS = ZoneInfo("Europe/Paris")
ON_SITE: tuple[VisitCommandKind, ...] = ("accept", "start_travel", "arrive", "start_work")


async def experience(town: Town, days: tuple[date, date] = JUNE) -> TechnicianExperienceOut:
    async with town.read() as session:
        return await technician_experience(session, EVA, town.valley.id, *days, now=town.now)


async def on_shift(town: Town, technician: object, starts_at: datetime, hours: int = 8) -> None:
    async with town.write() as session:
        session.add(
            Shift(
                technician_id=technician,
                kind="shift",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
                overtime_max_seconds=0,
            )
        )


async def colleagues(town: Town, many: int) -> list[Technician]:
    """Others of the region, each with a shift on Tuesday."""
    made = []
    async with town.write() as session:
        pattern = await session.get_one(Technician, town.aina.id)
        for number in range(many):
            values = {
                column.name: getattr(pattern, column.name)
                for column in Technician.__table__.columns
                if column.name not in {"id", "code", "feed_hash", "version"}
            }
            row = Technician(**values, code=f"X-{number}")
            session.add(row)
            made.append(row)
    for row in made:
        await on_shift(town, row.id, TUESDAY)
    return made


async def test_the_score_of_a_region_is_unknown_under_five_answers(town: Town) -> None:
    today = town.now.date()
    days = today - timedelta(days=6), today + timedelta(days=1)
    for back in range(4):
        await say(town, town.aina, today - timedelta(days=back), 2, "travel")
    few = await experience(town, days)
    assert (few.answers, few.score, few.reasons) == (4, None, [])
    assert [(each.answers, each.score) for each in few.weeks] == [(None, None)]
    await say(town, town.bruno, today, 4, "parts")
    told = await experience(town, days)
    assert (told.score, told.weeks[0].score) == ("2.40", "2.40")
    assert [(each.weighs, each.answers) for each in told.reasons] == [("travel", 4), ("parts", 1)]


async def test_the_four_parts_of_a_shift_come_from_what_was_tapped(town: Town) -> None:
    await on_shift(town, town.aina.id, TUESDAY)
    visit = await town.lead(await town.visit("S2"), "accept", "start_travel")
    town.passes(minutes(25))
    visit = await town.lead(visit, "arrive", "start_work")
    town.passes(minutes(40))
    await town.lead(visit, "complete")
    town.passes(timedelta(hours=9))
    async with town.read() as session:
        region = await session.get_one(Region, town.valley.id)
        days = await working_days(session, region, TUESDAY, town.now, now=town.now)
    parts = days[town.aina.id].parts
    told = [each // 60 for each in (parts.travel, parts.waiting, parts.on_site, parts.rest)]
    assert told == [25, 0, 40, 8 * 60 - 65]
    assert parts.whole == 8 * 3600


async def test_drivers_are_the_same_as_counted_from_events_and_unknown_under_five(
    town: Town,
) -> None:
    await on_shift(town, town.aina.id, TUESDAY, hours=1)
    await town.lead(
        await town.visit("S2"), "accept", "start_travel", "arrive", "start_work", "complete"
    )
    town.now = datetime(2026, 6, 2, 21, 30, tzinfo=UTC)  # 23:30 in town
    late = await town.lead(await town.visit("S2"), "accept", "start_travel")
    town.passes(minutes(30))
    late = await town.lead(late, "arrive", "start_work")
    town.passes(minutes(45))
    again = await town.look(await town.lead(late, "complete_partially"))
    town.passes(minutes(60))
    back = await town.lead(
        await town.assign(again), "accept", "start_travel", "arrive", "start_work"
    )
    town.passes(minutes(20))
    await town.lead(back, "complete")
    few = await experience(town)
    assert {(each.total, each.each) for each in few.drivers} == {(None, None)}
    await colleagues(town, 4)
    found = await experience(town)
    assert found.technicians == 5
    told = {each.measure: (each.total, each.each) for each in found.drivers}
    by_hand = await from_events(town)
    assert told == {
        measure: (mean_text(total), mean_text(total / 5)) for measure, total in by_hand.items()
    }
    assert by_hand["technician_night_calls"] == 2
    assert by_hand["technician_repeat_visits"] == 1
    assert by_hand["technician_overtime"] == Fraction(30 + 45 + 20, 60)


async def from_events(town: Town) -> dict[str, Fraction]:
    """Minute by minute from the events alone: what was driven and worked after the shift's end."""
    ends = TUESDAY + timedelta(hours=1)
    nights = repeats = worked = 0
    been: set[object] = set()
    began: dict[object, datetime] = {}
    async with town.read() as session:
        repeated = set(
            await session.scalars(
                select(Intervention.id).where(Intervention.repeat_of_id.is_not(None))
            )
        )
        for event in await session.scalars(select(Event).order_by(Event.seq)):
            match event.kind:
                case "visit_travel_started":
                    began[event.visit_id] = event.at
                    hour = event.at.astimezone(PARIS).hour
                    nights += hour >= 22 or hour < 6
                case "visit_arrived":
                    repeats += event.intervention_id in been | repeated
                    been.add(event.intervention_id)
                case "visit_completed" | "visit_partially_completed":
                    spent = event.at - max(began[event.visit_id], ends)
                    worked += max(0, int(spent / minutes(1)))
    return {
        "technician_overtime": Fraction(worked, 60),
        "technician_night_calls": Fraction(nights),
        "technician_repeat_visits": Fraction(repeats),
    }
