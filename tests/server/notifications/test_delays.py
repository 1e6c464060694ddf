"""A customer hears before the due that it takes longer, with the new time and why, once."""

from datetime import timedelta

import pytest

from server.notifications.delays import DELAYED, PATIENCE, tell_delays
from tests.server.interventions.town import Town, minutes


async def told(town: Town) -> int:
    town.passes(PATIENCE)
    return await tell_delays(town.database, town.now)


@pytest.mark.parametrize(("after", "is_late"), [(minutes(30), False), (timedelta(hours=30), True)])
async def test_whoever_waits_hears_once_that_nobody_comes_in_time(
    town: Town, after: timedelta, *, is_late: bool
) -> None:
    await told(town)
    await town.assign(await town.report("S2"), after=after)
    assert await tell_delays(town.database, town.now) == 0
    assert await told(town) == int(is_late)
    assert await told(town) == 0
    assert (await town.kinds()).count(DELAYED) == int(is_late)
