"""What happens again and again opens an improvement by itself, once."""

from datetime import timedelta

from server.improvements.rules import open_by_rule
from tests.server.breaches.missed import breaches, look, missed
from tests.server.breaches.test_recurring import repairs
from tests.server.improvements.test_improvements import kept, told
from tests.server.interventions.town import Town


async def test_the_third_promise_missed_in_thirty_days_opens_one_and_no_second(town: Town) -> None:
    opened = 0
    for _ in range(4):
        await missed(town)
        counted = [each for each in await breaches(town) if each.counts]
        opened += await open_by_rule(town.database, town.now)
        assert opened == (len(counted) >= 3)
        assert await open_by_rule(town.database, town.now) == 0


async def test_after_it_is_over_counting_begins_anew(town: Town) -> None:
    while not await open_by_rule(town.database, town.now):
        await missed(town)
    (row,) = await kept(town, state="open")
    assert (row.origin, row.owner_name, row.measure) == ("breaches", "", "sla_attainment")
    assert row.agreement_id is not None
    await told(town, row, "complete", note="Two people on call.")
    assert await open_by_rule(town.database, town.now) == 0
    town.passes(timedelta(days=1))
    for _ in range(3):
        await missed(town)
    assert await open_by_rule(town.database, town.now) == 1


async def test_a_lift_with_the_same_fault_three_times_proposes_one_visit(town: Town) -> None:
    await repairs(town, "door", "door", "door", "door")
    await look(town)
    assert await open_by_rule(town.database, town.now) == 1
    (row,) = [each for each in await kept(town) if each.origin == "recurring_fault"]
    assert (row.facts["cause"], row.facts["count"]) == ("door", 3)
    assert row.facts["asset_name"] == town.hotel.lift.name
    assert await open_by_rule(town.database, town.now) == 0
