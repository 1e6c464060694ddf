"""What an agreement leaves, worked out by hand from hours, ways and parts."""

from datetime import timedelta
from decimal import Decimal

import pytest

from server.credits.months import month_from
from server.interventions.schemas import PartUsedBody, VisitPayload
from server.invoicing import actions
from server.invoicing.margins import margins
from server.invoicing.queries import cost_rates
from server.invoicing.schemas import CostRatesBody, CostRatesOut, MarginOut
from server.kit.problems import Invalid, Stale
from tests.server.credits.owing import ANNA, JULY, Ledger
from tests.server.interventions.town import faults
from tests.server.invoicing.test_goodwill import at_work, promise, withdraw
from tests.server.invoicing.test_statements import put_off


async def rated(ledger: Ledger, base_number: int = 0, **parts: str) -> CostRatesOut:
    body = CostRatesBody(
        base_number=base_number,
        work_hour=Decimal("60.00"),
        travel_hour=Decimal("45.00"),
        parts={code: Decimal(cost) for code, cost in parts.items()},
    )
    async with ledger.town.write() as session:
        return await actions.set_rates(session, ANNA, body, JULY)


async def left(ledger: Ledger) -> MarginOut:
    async with ledger.town.read() as session:
        found = await margins(session, ANNA, month_from("2026-06"), JULY)
    return next(each for each in found.items if each.number == "B-1")


async def worked(ledger: Ledger) -> None:
    """Twenty minutes on the road, fifty on site, two belts and three metres of rope."""
    town = ledger.town
    visit = await town.assign(await town.report("S2", town.rivals_house))
    visit = await town.lead(visit, "accept", "start_travel")
    town.passes(timedelta(minutes=20))
    visit = await town.lead(visit, "arrive", "start_work")
    town.passes(timedelta(minutes=50))
    visit = await town.lead(visit, "back_in_service")
    parts = [
        PartUsedBody(part="BELT", quantity=Decimal(2)),
        PartUsedBody(part="ROPE", quantity=Decimal(3)),
    ]
    payload = VisitPayload(cause="door", action="New belts.", parts=parts)
    assert (await town.tell(visit, "complete", payload=payload)).outcome == "applied"


async def test_what_is_left_is_the_fee_less_credits_hours_ways_and_parts(ledger: Ledger) -> None:
    await ledger.agree()
    await worked(ledger)
    await ledger.miss()
    (note,) = await ledger.propose()
    await ledger.approve(note)
    await rated(ledger, BELT="19.99", ROPE="4.10")
    found = await left(ledger)
    assert (found.charged, found.credited) == ("250.00", "12.50")
    assert (found.visits, found.work_minutes, found.travel_minutes) == (1, 50, 20)
    # 50/60 x 60.00 + 20/60 x 45.00 + 2 x 19.99 + 3 x 4.10
    assert (found.parts_cost, found.cost) == ("52.28", "117.28")
    assert (found.margin, found.margin_percent) == ("120.22", "48.1")
    assert found.unpriced_parts == 0


async def test_what_waiting_for_a_later_day_is_worth_is_not_charged(ledger: Ledger) -> None:
    await ledger.agree()
    await put_off(ledger)
    assert (await left(ledger)).charged == "230.00"


async def test_goodwill_that_stands_is_credited_in_the_month_it_was_promised_in(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    await promise(ledger, visit, "40.00")
    taken = await promise(ledger, visit, "15.00")
    await withdraw(ledger, visit, taken.id)
    found = await left(ledger)
    assert (found.charged, found.credited) == ("250.00", "40.00")


async def test_a_part_nobody_has_priced_is_told_and_not_in_the_cost(ledger: Ledger) -> None:
    await ledger.agree()
    await worked(ledger)
    await rated(ledger, BELT="19.99")
    found = await left(ledger)
    assert (found.unpriced_parts, found.parts_cost, found.cost) == (1, "39.98", "104.98")


async def test_without_rates_the_cost_and_the_margin_are_unknown(ledger: Ledger) -> None:
    await ledger.agree()
    await worked(ledger)
    found = await left(ledger)
    assert (found.charged, found.cost, found.margin) == ("250.00", None, None)


async def test_rates_are_set_one_after_another_and_the_newest_hold(ledger: Ledger) -> None:
    first = await rated(ledger, BELT="1.00")
    with pytest.raises(Stale):
        await rated(ledger, BELT="2.00")
    await rated(ledger, first.number, BELT="3.00")
    async with ledger.town.read() as session:
        held = await cost_rates(session)
    assert (held.number, held.parts) == (2, {"BELT": "3.00"})
    with pytest.raises(Invalid) as refused:
        await rated(ledger, 2, NOTHING="1.00")
    assert faults(refused.value) == [("parts.NOTHING", "unknown")]
