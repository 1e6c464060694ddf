"""Money at risk: what the next two hours cost if nothing changes, by promise, dearest first."""

from decimal import Decimal

import pytest

from server.agreements.schemas import PenaltyRuleBody
from server.credits.risk import at_risk, cost_of_missing
from server.credits.schemas import MoneyAtRiskOut
from server.kit.problems import NotFound
from tests.server.breaches.missed import EVA
from tests.server.credits.owing import FIVE_EACH, Ledger
from tests.server.interventions.town import minutes


async def risk(ledger: Ledger) -> MoneyAtRiskOut:
    town = ledger.town
    async with town.read() as session:
        return await at_risk(session, EVA, town.valley.id, town.now)


async def call(ledger: Ledger, count: int = 1) -> None:
    for _ in range(count):
        await ledger.town.report("S2", ledger.town.rivals_house)
        ledger.town.passes(minutes(1))


async def test_a_promise_nobody_is_planned_for_costs_what_its_breach_would_add(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    await call(ledger)
    found = await risk(ledger)
    (item,) = found.items
    assert (item.amount, item.currency, item.clock) == ("12.50", "EUR", "response")
    assert found.totals == {"EUR": "12.50"}


async def test_a_promise_to_every_customer_is_priced_for_the_one_who_waits(
    ledger: Ledger,
) -> None:
    await ledger.agree(number="ALL", is_corporate=True)
    await ledger.miss()
    await call(ledger)
    assert (await risk(ledger)).totals == {"EUR": "12.50"}


async def test_a_promise_the_plan_keeps_costs_nothing(ledger: Ledger) -> None:
    await ledger.agree()
    town = ledger.town
    visit = await town.assign(await town.report("S2", town.rivals_house))
    assert (await risk(ledger)).items == []
    await town.move(visit, after=minutes(150))
    (item,) = (await risk(ledger)).items
    assert item.expected_at == town.now + minutes(150)


async def test_the_cap_is_not_paid_twice(ledger: Ledger) -> None:
    await ledger.agree(cap_percent=Decimal(10))
    await call(ledger, 3)
    found = await risk(ledger)
    assert [item.amount for item in found.items] == ["12.50", "12.50", "0.00"]
    assert found.totals == {"EUR": "25.00"}


async def test_breaches_of_this_month_count_towards_a_repeated_one(ledger: Ledger) -> None:
    chronic = PenaltyRuleBody(kind="chronic", count=3, percent=Decimal(30))
    await ledger.agree(rules=[*FIVE_EACH, chronic], cap_percent=Decimal(50))
    await ledger.miss(2)
    await call(ledger)
    (item,) = (await risk(ledger)).items
    assert item.amount == "50.00"


async def test_what_falls_due_later_is_not_at_risk_yet(ledger: Ledger) -> None:
    await ledger.agree()
    await call(ledger)
    await ledger.town.report("S2")
    found = await risk(ledger)
    assert len(found.items) == 1


async def test_the_money_of_another_region_is_not_shown(ledger: Ledger) -> None:
    await ledger.agree()
    town = ledger.town
    town.office = type(EVA)(EVA.account_id, "Dora", EVA.role, frozenset({town.mountain.id}))
    async with town.read() as session:
        with pytest.raises(NotFound):
            await at_risk(session, town.office, town.valley.id, town.now)


async def test_what_a_plan_misses_is_priced_alike_and_only_until_the_day_ends(
    ledger: Ledger,
) -> None:
    await ledger.agree(cap_percent=Decimal(10))
    town = ledger.town
    calls = [(await town.report("S2", town.rivals_house)).id for _ in range(3)]
    async with town.read() as session:
        told = await cost_of_missing(session, calls, town.now, town.now + minutes(600))
        early = await cost_of_missing(session, calls, town.now, town.now + minutes(1))
    assert told == {"EUR": "25.00"}
    assert early == {}
