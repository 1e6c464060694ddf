"""The ledger of one lift: how long it stood still, by what, and what came back."""

from datetime import date, timedelta

import pytest

from server.interventions.schemas import VisitPayload
from server.kit.problems import NotFound
from server.measures.out_of_service import out_of_service
from server.measures.schemas import OutOfServiceOut
from tests.server.breaches.missed import EVA
from tests.server.interventions.town import Town, minutes


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
