"""A technician who says to be late is expected later, by the office and by the customer."""

import pytest

from server.interventions import portal
from server.interventions.portal_schemas import PortalVisitOut
from server.interventions.schemas import VisitOut, VisitPayload
from tests.server.interventions.town import TUESDAY, Town, minutes


async def _expected(town: Town, visit: VisitOut) -> PortalVisitOut:
    async with town.read() as session:
        seen = await portal.portal_intervention(
            session, town.manager(), visit.intervention_id, town.now
        )
    assert seen.visit is not None
    return seen.visit


async def _late(town: Town, visit: VisitOut, by: int) -> VisitOut:
    result = await town.tell(visit, "running_late", payload=VisitPayload(minutes=by))
    assert result.outcome == "applied"
    return result.visit


async def test_the_customer_is_told_the_later_time_and_that_it_is_late(town: Town) -> None:
    visit = await town.lead(await town.visit(building=town.chalet), "accept")
    planned = await _expected(town, visit)
    late = await _late(town, visit, 30)
    told = await _expected(town, late)
    assert late.late_by_seconds == 1800
    assert planned.from_at is not None
    assert planned.to_at is not None
    assert (told.from_at, told.to_at) == (
        planned.from_at + minutes(30),
        planned.to_at + minutes(30),
    )
    assert (planned.is_late, told.is_late) == (False, True)
    assert (await town.kinds())[-1] == "visit_running_late"


async def test_who_is_on_the_way_is_not_expected_before_what_they_said(town: Town) -> None:
    visit = await town.lead(await town.visit(building=town.chalet), "accept", "start_travel")
    told = await _expected(town, await _late(town, visit, 60))
    assert told.to_at is not None
    assert told.to_at >= TUESDAY + minutes(90)


async def test_what_was_said_last_counts_and_a_new_plan_forgets_it(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept")
    await _late(town, visit, 30)
    assert (await _late(town, visit, 5)).late_by_seconds == 300
    moved = await town.move(visit, after=minutes(240), overrules=True)
    assert moved.late_by_seconds == 0


@pytest.mark.parametrize("way", [("accept", "arrive"), ("accept", "arrive", "start_work")])
async def test_who_is_there_is_not_late_any_more(town: Town, way: tuple[str, ...]) -> None:
    visit = await town.lead(await town.visit(), *way)  # type: ignore[arg-type]
    assert (await _late(town, visit, 30)).late_by_seconds == 0
    assert "visit_running_late" not in await town.kinds()
