"""What is told of an asset beside a visit: what it is, and what was done there last."""

from datetime import date, timedelta

import pytest

from server.interventions import queries
from server.interventions.schemas import AssetCardOut, VisitOut
from tests.server.interventions.town import Town


async def _card(town: Town, visit: VisitOut) -> AssetCardOut:
    async with town.read() as session:
        found = await queries.visit(session, town.technician_of(visit), visit.id, town.now)
    assert found.asset_card is not None
    return found.asset_card


async def _done(town: Town) -> VisitOut:
    way = ("accept", "arrive", "start_work", "complete")
    done = await town.lead(await town.visit(), *way)  # type: ignore[arg-type]
    town.passes(timedelta(hours=3))
    return done


async def test_the_last_five_visits_come_newest_first(town: Town) -> None:
    done = [await _done(town) for _ in range(6)]
    numbers = [(await town.look(visit)).number for visit in done]
    card = await _card(town, await town.visit())
    assert [each.number for each in card.last_visits] == numbers[:0:-1]
    newest = card.last_visits[0]
    assert (newest.status, newest.cause, newest.action) == (
        "completed",
        "door",
        "Door shoe replaced.",
    )
    assert newest.technician_first_name == "Aina"


async def test_a_visit_is_not_among_its_own_last_visits(town: Town) -> None:
    first, second = await _done(town), await _done(town)
    assert len((await _card(town, second)).last_visits) == 1
    assert len((await _card(town, first)).last_visits) == 1


async def test_what_was_done_elsewhere_or_never_begun_is_not_told(town: Town) -> None:
    await town.lead(await town.visit(building=town.chalet), "accept", "arrive", "cannot_complete")
    await town.tell(await town.visit(), "cancel", town.office)
    assert (await _card(town, await town.visit())).last_visits == []


@pytest.mark.parametrize(
    ("day", "is_retired"),
    [(None, False), (date(2026, 6, 3), False), (date(2026, 6, 2), True)],
)
async def test_an_asset_is_retired_from_its_day_on(
    town: Town, day: date | None, *, is_retired: bool
) -> None:
    visit = await town.visit()
    await town.retires(day, maker="Ascenda", levels=6)
    card = await _card(town, visit)
    assert (card.is_retired, card.maker, card.levels) == (is_retired, "Ascenda", 6)
