"""What the board says follows if a visit takes longer than planned."""

from datetime import timedelta

import pytest

from server.interventions.problems import VisitFrozen
from server.kit.problems import NotFound
from server.planning.overruns import cascade_of
from tests.server.planning.office import Office


async def test_the_next_visit_slips_and_ended_or_unknown_ones_are_refused(office: Office) -> None:
    town = office.town
    first, second = await office.call("NEAR", 2), await office.call("NEXT", 3)
    going = await office.send(first, await office.card(first, town.aina))
    after = await office.send(second, await office.card(second, town.aina))
    async with town.read() as session:
        calm = await cascade_of(session, town.office, going.id, 0, office.now)
        found = await cascade_of(session, town.office, going.id, 45, office.now)
        with pytest.raises(NotFound):
            await cascade_of(session, town.office, first.id, 45, office.now)
    assert calm.moves == []
    (slipped,) = found.moves
    assert (slipped.visit_id, slipped.start_before) == (after.id, after.starts_at)
    assert abs(slipped.start_after - after.starts_at - timedelta(minutes=45)) < timedelta(minutes=2)
    await town.lead(going, "accept", "start_travel", "arrive", "start_work", "complete")
    async with town.read() as session:
        with pytest.raises(VisitFrozen):
            await cascade_of(session, town.office, going.id, 45, office.now)
