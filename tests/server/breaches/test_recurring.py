"""A fault that keeps coming back to one unit is told once, on the repair that made it three."""

from datetime import timedelta
from typing import Any

import pytest

from server.interventions.schemas import InterventionOut, VisitPayload
from server.kit.tables import Event
from tests.server.breaches.missed import look, marks, told
from tests.server.interventions.town import Town, minutes

DAY = timedelta(days=1)


async def repaired(town: Town, cause: str = "door", **more: Any) -> InterventionOut:
    """A call that Aina saw to at once, finding this cause."""
    visit = await town.visit("S3", **more)
    visit = await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    found = VisitPayload(cause=cause, action="Mended.")  # type: ignore[arg-type]
    assert (await town.tell(visit, "complete", payload=found)).outcome == "applied"
    return await town.look(visit)


async def repairs(town: Town, *causes: str, every: timedelta = 10 * DAY) -> list[InterventionOut]:
    """One repair for each cause, so far apart, the watch looking after each."""
    done = []
    for cause in causes:
        done.append(await repaired(town, cause))
        await look(town, after=minutes(1))
        town.passes(every)
    return done


async def alarms(town: Town) -> list[Event]:
    return list(await told(town, "recurring_fault"))


async def test_the_third_like_fault_of_a_unit_is_told(town: Town) -> None:
    first, _, third = await repairs(town, "door", "door", "door")
    (alarm,) = await alarms(town)
    assert (alarm.intervention_id, alarm.customer_id) == (third.id, None)
    assert (alarm.data["cause"], alarm.data["count"], alarm.data["days"]) == ("door", 3, 90)
    (mark,) = [each for each in await marks(town, third) if each.kind.startswith("recurring")]
    assert (mark.kind, mark.party, mark.clock) == ("recurring_fault_3", None, None)
    assert not [each for each in await marks(town, first) if each.kind.startswith("recurring")]


async def test_the_fourth_and_fifth_are_not_told_again(town: Town) -> None:
    await repairs(town, *["door"] * 5)
    assert len(await alarms(town)) == 1


async def test_three_more_after_the_window_are_told_anew(town: Town) -> None:
    await repairs(town, *["door"] * 3)
    town.passes(90 * DAY)
    await repairs(town, *["door"] * 3)
    assert len(await alarms(town)) == 2


@pytest.mark.parametrize(
    "causes",
    [
        ("door", "door", "drive"),
        ("none_found", "none_found", "none_found"),
        ("other", "other", "other"),
    ],
)
async def test_faults_that_are_not_alike_are_not_told(town: Town, causes: tuple[str, ...]) -> None:
    await repairs(town, *causes)
    assert await alarms(town) == []


async def test_three_within_more_than_the_window_are_not_told(town: Town) -> None:
    await repairs(town, *["door"] * 3, every=45 * DAY)
    assert await alarms(town) == []


async def test_another_unit_does_not_count(town: Town) -> None:
    await repairs(town, "door", "door")
    await repaired(town, building=town.chalet)
    await look(town, after=minutes(1))
    assert await alarms(town) == []
