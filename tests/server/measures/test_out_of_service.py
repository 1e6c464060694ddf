"""The ledger of one lift: how long it stood still, by what, and what came back."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from server.interventions.schemas import VisitPayload
from server.interventions.tables import Intervention, RecordedFact
from server.kit.problems import Invalid, NotFound
from server.measures.out_of_service import out_of_service
from server.measures.schemas import OutOfServiceOut
from server.sites.actions import change_site
from server.sites.schemas import SiteChangeBody
from server.sites.tables import Site
from tests.server.breaches.missed import EVA
from tests.server.interventions.town import FOUNDER, Town, faults, minutes


async def kept(town: Town, first: date, last: date, by: object = EVA) -> OutOfServiceOut:
    async with town.read() as session:
        return await out_of_service(
            session,
            by,  # type: ignore[arg-type]
            town.hotel.lift.id,
            first,
            last,
            now=town.now,
        )


async def stood_still(town: Town, cause: str, for_minutes: int) -> None:
    visit = await town.assign(await town.report("S2"))
    visit = await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    town.passes(minutes(for_minutes))
    visit = await town.lead(visit, "back_in_service")
    done = await town.tell(visit, "complete", payload=VisitPayload(cause=cause, action="Mended."))  # type: ignore[arg-type]
    assert done.outcome == "applied"


async def test_the_ledger_tells_minutes_by_cause_and_equals_availability(town: Town) -> None:
    await stood_still(town, "door", 54)
    town.passes(timedelta(days=10))
    await stood_still(town, "door", 30)
    town.passes(timedelta(days=10))
    found = await kept(town, date(2026, 6, 2), date(2026, 6, 20))
    assert [(each.cause, each.minutes, each.outages) for each in found.causes] == [("door", 84, 2)]
    assert [each.is_repeat for each in found.outages] == [False, True]
    assert (found.down_minutes, found.repeats) == (84, 1)
    assert found.agreed_minutes == 13 * 9 * 60 + 9 * 60
    later = await kept(town, date(2026, 6, 10), date(2026, 6, 20))
    assert [(each.minutes, each.is_repeat) for each in later.outages] == [(30, True)]


async def test_a_lift_elsewhere_looks_unknown(town: Town) -> None:
    scope = type(EVA)(EVA.account_id, "Dora", EVA.role, frozenset({town.mountain.id}))
    with pytest.raises(NotFound):
        await kept(town, date(2026, 6, 2), date(2026, 6, 3), scope)


async def write_windows(town: Town, *windows: dict[str, Any]) -> None:
    async with town.write() as session:
        row = await session.get_one(Site, town.hotel.site.id)
        body = SiteChangeBody.model_validate({"critical_windows": list(windows)})
        await change_site(session, FOUNDER, row.id, body, expected=row.version, now=town.now)


def window(name: str, from_minute: int, to_minute: int, **more: object) -> dict[str, Any]:
    return {
        "name": name,
        "days": [0, 1, 2, 3, 4, 5, 6],
        "from_minute": from_minute,
        "to_minute": to_minute,
        **more,
    }


async def test_what_stops_in_critical_hours_is_told_apart_by_its_own_target(town: Town) -> None:
    """It stands still on Tuesday from 9:15 to 10:09; nights are outside what is agreed."""
    fair = {"from_day": "2026-06-02", "to_day": "2026-06-02"}
    await write_windows(
        town,
        window("Clinic", 8 * 60, 10 * 60, availability_percent="99"),
        window("Fair", 9 * 60, 18 * 60, availability_percent="90", **fair),
        window("Night shift", 22 * 60, 6 * 60),
    )
    await stood_still(town, "door", 54)
    town.passes(timedelta(days=2))
    found = await kept(town, date(2026, 6, 2), date(2026, 6, 4))
    told = {each.name: (each.minutes, each.down_minutes, each.is_met) for each in found.critical}
    assert told == {
        "Clinic": (2 * 120, await down_minutes(town, (8, 10)), False),
        "Fair": (9 * 60, await down_minutes(town, (9, 18)), True),
        "Night shift": (2 * 8 * 60, 0, None),
    }
    assert (told["Clinic"][1], told["Fair"][1], found.down_minutes) == (45, 54, 54)


async def down_minutes(town: Town, hours: tuple[int, int]) -> int:
    """Minute by minute from the call and the fact alone, on Tuesday's clock in Paris."""
    async with town.read() as session:
        began = (await session.scalars(select(Intervention.reported_at))).one()
        facts = select(RecordedFact.at).where(RecordedFact.kind == "back_in_service")
        ended = (await session.scalars(facts)).one()
    paris = ZoneInfo("Europe/Paris")
    stands = (began + minutes(n) for n in range(int((ended - began) / minutes(1))))
    return sum(hours[0] <= at.astimezone(paris).hour < hours[1] for at in stands)


async def test_critical_hours_that_make_no_sense_are_refused_where_they_are_wrong(
    town: Town,
) -> None:
    with pytest.raises(Invalid) as refused:
        await write_windows(
            town,
            window("Never", 480, 480),
            window("Half an event", 480, 600, from_day="2026-06-02"),
            window("Backwards", 480, 600, from_day="2026-06-02", to_day="2026-06-01"),
        )
    assert faults(refused.value) == [
        ("critical_windows.0.to_minute", "not_after_start"),
        ("critical_windows.1.to_day", "one_of_two"),
        ("critical_windows.2.to_day", "out_of_range"),
    ]
