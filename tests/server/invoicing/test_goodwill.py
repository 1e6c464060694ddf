"""Goodwill on a month's statement: off once, whatever the cap, and taken back by its own line."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from server.credits.months import month_at
from server.interventions.schemas import GoodwillBody, GoodwillOut, VisitOut, VisitPayload
from server.interventions.tables import Goodwill
from server.invoicing.schemas import GivenOut, StatementLineOut, StatementOut
from server.invoicing.tables import StatementGoodwill
from server.kit.problems import Problem
from tests.server.credits.owing import JULY, Ledger
from tests.server.interventions.test_authority import region_lets
from tests.server.interventions.town import TUESDAY, command
from tests.server.invoicing.test_statements import amounts, issued, read_by_customer, statement

AUGUST = JULY + timedelta(days=31)
SEPTEMBER = AUGUST + timedelta(days=31)


async def at_work(ledger: Ledger) -> VisitOut:
    """Aina is at work on the rival's lift."""
    town = ledger.town
    visit = await town.visit("S2", building=town.rivals_house)
    return await town.lead(visit, "accept", "arrive", "start_work")


def promising(euros: str) -> VisitPayload:
    return VisitPayload(goodwill=GoodwillBody(amount_eur=Decimal(euros), reason="Waited a day"))


async def promise(ledger: Ledger, visit: VisitOut, euros: str = "40.00") -> GoodwillOut:
    """Aina promises so much; what was written down."""
    told = await ledger.town.tell(visit, "note", payload=promising(euros))
    assert told.outcome == "applied"
    return (await ledger.town.look(visit)).spending.goodwill[-1]


async def withdraw(ledger: Ledger, visit: VisitOut, given: UUID) -> None:
    """The office takes it back."""
    seen = await ledger.town.look(visit)
    await ledger.town.decide(seen, "withdraw_goodwill", "Promised twice", goodwill_id=given)


def gifts(of: StatementOut) -> list[StatementLineOut]:
    return [line for line in of.lines if line.goodwill is not None]


async def test_goodwill_comes_off_the_month_it_was_promised_in_as_a_line_of_its_own(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    given = await promise(ledger, visit)
    work = await ledger.town.look(visit)
    found = await statement(ledger)
    assert found.totals == {"EUR": "210.00"}
    (line,) = gifts(found)
    assert (line.kind, line.amount, line.currency) == ("goodwill", "-40.00", "EUR")
    assert (line.agreement_number, line.interventions) == ("B-1", [work.number])
    assert line.goodwill == GivenOut(
        id=given.id,
        given_on=date(2026, 6, 2),
        withdrawn_on=None,
        by="Aina Ribera",
        reason="Waited a day",
        intervention_id=work.id,
        region_id=work.region_id,
    )


async def test_what_the_office_promised_comes_off_like_what_was_promised_on_site_and_back_alike(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    call = await ledger.town.report("S2", ledger.town.rivals_house)
    euros = Decimal("25.00")
    seen = await ledger.town.decide(call, "promise_goodwill", "Waited a week", amount_eur=euros)
    (given,) = seen.spending.goodwill
    june = await issued(ledger)
    (line,) = gifts(june)
    assert (line.kind, line.amount, line.interventions) == ("goodwill", "-25.00", [call.number])
    assert line.goodwill is not None
    assert (line.goodwill.by, line.goodwill.reason) == ("Dora", "Waited a week")
    ledger.town.now = JULY
    await ledger.town.decide(call, "withdraw_goodwill", "Promised twice", goodwill_id=given.id)
    july = await issued(ledger, "2026-07", AUGUST)
    assert amounts(gifts(july)) == {"goodwill_withdrawn": "25.00"}


async def test_goodwill_comes_off_once(ledger: Ledger) -> None:
    await ledger.agree()
    await promise(ledger, await at_work(ledger))
    assert len(gifts(await issued(ledger))) == 1
    assert gifts(await statement(ledger, "2026-07", AUGUST)) == []
    assert gifts(await statement(ledger, "2026-05")) == []


async def test_goodwill_told_after_its_month_was_issued_comes_off_the_next_with_its_day(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    first = await issued(ledger)
    await promise(ledger, visit)
    assert await statement(ledger) == first
    (line,) = gifts(await issued(ledger, "2026-07", AUGUST))
    assert line.goodwill is not None
    assert (line.amount, line.goodwill.given_on) == ("-40.00", date(2026, 6, 2))


async def test_goodwill_is_a_gift_beside_the_cap_on_credits(ledger: Ledger) -> None:
    await ledger.agree()
    await promise(ledger, await at_work(ledger))
    await ledger.miss(4)
    (note,) = await ledger.propose()
    await ledger.approve(note)
    found = await issued(ledger)
    # The cap of 15 % leaves 37.50 of the four missed promises; the gift stands beside it.
    assert amounts(found.lines) == {"flat": "250.00", "credit": "-37.50", "goodwill": "-40.00"}
    assert found.totals == {"EUR": "172.50"}


async def test_what_is_above_the_authority_is_on_no_statement(ledger: Ledger) -> None:
    await ledger.agree()
    await region_lets(ledger.town, "50.00")
    visit = await at_work(ledger)
    refused = await ledger.town.tell(visit, "note", payload=promising("50.01"))
    assert refused.code == "authority_exceeded"
    assert gifts(await statement(ledger)) == []
    await promise(ledger, visit, "50.00")
    assert amounts(gifts(await statement(ledger))) == {"goodwill": "-50.00"}


async def test_two_phones_that_send_the_same_goodwill_give_it_once(ledger: Ledger) -> None:
    await ledger.agree()
    visit, town = await at_work(ledger), ledger.town
    body = command("note", visit, town.now, payload=promising("40.00"))
    told = await asyncio.gather(
        *(
            town.tell_all(visit, body.model_copy(update={"device": device}))
            for device in ("phone", "other phone")
        )
    )
    assert sorted(result.outcome for (result,) in told) == ["applied", "duplicate"]
    assert [line.amount for line in gifts(await statement(ledger))] == ["-40.00"]


async def test_what_was_withdrawn_before_a_statement_gave_it_stands_on_none(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    given = await promise(ledger, visit)
    await withdraw(ledger, visit, given.id)
    assert gifts(await issued(ledger)) == []
    assert gifts(await statement(ledger, "2026-07", AUGUST)) == []


async def test_what_was_withdrawn_later_is_taken_back_by_one_line_of_the_next_statement(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    given = await promise(ledger, visit)
    first = await issued(ledger)
    ledger.town.now = JULY
    await withdraw(ledger, visit, given.id)
    assert await statement(ledger) == first
    july = await issued(ledger, "2026-07", AUGUST)
    (line,) = gifts(july)
    assert (line.kind, line.amount) == ("goodwill_withdrawn", "40.00")
    assert july.totals == {"EUR": "290.00"}
    assert line.goodwill is not None
    assert (line.goodwill.given_on, line.goodwill.withdrawn_on) == (
        date(2026, 6, 2),
        date(2026, 7, 1),
    )
    assert (line.goodwill.by, line.goodwill.reason) == ("Dora", "Promised twice")
    assert gifts(await statement(ledger, "2026-08", SEPTEMBER)) == []


async def test_a_withdrawal_is_on_no_statement_of_a_month_before_it(ledger: Ledger) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    given = await promise(ledger, visit)
    await issued(ledger)
    ledger.town.now = AUGUST
    await withdraw(ledger, visit, given.id)
    assert gifts(await issued(ledger, "2026-07", AUGUST)) == []
    assert len(gifts(await issued(ledger, "2026-08", SEPTEMBER))) == 1


async def test_the_customer_reads_which_work_and_when_but_nobodys_name_nor_reason(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    given = await promise(ledger, visit)
    made = await issued(ledger)
    rival, other = ledger.town.manager(ledger.town.rival), ledger.town.manager()
    (read,) = await read_by_customer(ledger, rival)
    (line,) = [each for each in read.lines if each.goodwill is not None]
    assert line.interventions == gifts(made)[0].interventions
    assert line.goodwill == GivenOut(given.id, date(2026, 6, 2), None)
    assert read.totals == made.totals
    assert await read_by_customer(ledger, other) == []


async def test_a_name_that_was_forgotten_is_on_no_statement_either(ledger: Ledger) -> None:
    await ledger.agree()
    await promise(ledger, await at_work(ledger))
    await issued(ledger)
    async with ledger.town.write() as session:
        await session.execute(update(Goodwill).values(author_name="T-1"))
    (line,) = gifts(await statement(ledger))
    assert line.goodwill is not None
    assert line.goodwill.by == "T-1"


async def test_goodwill_is_given_where_nothing_was_agreed_too(ledger: Ledger) -> None:
    await promise(ledger, await at_work(ledger))
    found = await issued(ledger)
    assert found.totals == {"EUR": "-40.00"}
    assert [line.agreement_number for line in found.lines] == [""]


async def test_goodwill_stays_promised_when_its_work_is_called_off(ledger: Ledger) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    await promise(ledger, visit)
    await ledger.town.tell(visit, "cannot_complete")
    await ledger.town.decide(await ledger.town.look(visit), "cancel", "Scaffolding")
    assert amounts(gifts(await statement(ledger))) == {"goodwill": "-40.00"}


async def test_its_day_is_the_one_of_the_place(ledger: Ledger) -> None:
    await ledger.agree()
    visit = await at_work(ledger)
    ledger.town.now = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    await promise(ledger, visit)
    assert gifts(await statement(ledger)) == []
    (line,) = gifts(await statement(ledger, "2026-07", AUGUST))
    assert line.goodwill is not None
    assert line.goodwill.given_on == date(2026, 7, 1)


async def test_the_database_keeps_which_statement_gave_it(ledger: Ledger) -> None:
    await ledger.agree()
    await promise(ledger, await at_work(ledger))
    await issued(ledger)
    for change in (
        delete(StatementGoodwill),
        update(StatementGoodwill).values(is_withdrawal=True),
    ):
        with pytest.raises(DBAPIError, match="kept_for_good"):
            async with ledger.town.write() as session:
                await session.execute(change)


async def walk(ledger: Ledger, seed: int, months: int) -> None:
    """Month after month some promise, some take back, and statements are issued meanwhile.

    However that falls together, each gift came off at most once, and all statements together
    leave the customer exactly what still stands.
    """
    chance, town = Random(seed), ledger.town
    await ledger.agree()
    visit = await at_work(ledger)
    month, made = month_at(TUESDAY, "UTC"), list[StatementOut]()
    for _ in range(months):
        town.now = datetime.combine(month.first, TUESDAY.timetz()) + timedelta(days=1)
        for _ in range(chance.randrange(4)):
            await promise(ledger, visit, f"{chance.randrange(1, 9000) / 100:.2f}")
            town.passes(timedelta(days=chance.randrange(4)))
        known = (await town.look(visit)).spending.goodwill
        back = [
            withdraw_if_it_stands(ledger, visit, each) for each in known if not chance.randrange(3)
        ]
        late = chance.random() < 1 / 4
        over = datetime.combine(month.after, JULY.timetz())
        tries: list[Any] = [issued(ledger, str(month), over), *back]
        if late:
            tries.append(issued(ledger, str(month), over))
        done = await asyncio.gather(*tries, return_exceptions=True)
        assert all(isinstance(each, Problem) for each in done if isinstance(each, BaseException))
        made += [each for each in done if isinstance(each, StatementOut)]
        month = month_at(over, "UTC")
    town.now = datetime.combine(month.first, TUESDAY.timetz())
    made.append(await issued(ledger, str(month), datetime.combine(month.after, JULY.timetz())))
    assert len(made) == months + 1
    holds(made, (await town.look(visit)).spending.goodwill)


async def withdraw_if_it_stands(ledger: Ledger, visit: VisitOut, given: GoodwillOut) -> None:
    if given.withdrawn_at is None:
        await withdraw(ledger, visit, given.id)


def holds(made: list[StatementOut], known: list[GoodwillOut]) -> None:
    lines = [line for each in made for line in gifts(each)]
    told = [(line.kind, line.goodwill.id) for line in lines if line.goodwill is not None]
    assert len(told) == len(set(told))
    given = {id_ for kind, id_ in told if kind == "goodwill"}
    back = {id_ for kind, id_ in told if kind == "goodwill_withdrawn"}
    standing = {each.id for each in known if each.withdrawn_at is None}
    assert given - back == standing
    assert back <= given
    off = sum(Decimal(line.amount) for line in lines)
    assert -off == sum(Decimal(each.amount_eur) for each in known if each.id in standing)


@pytest.mark.parametrize("seed", range(2))
async def test_all_statements_together_give_what_stands_and_nothing_twice(
    ledger: Ledger, seed: int
) -> None:
    await walk(ledger, seed, months=4)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10))
async def test_nothing_is_given_twice_whatever_is_tried(ledger: Ledger, seed: int) -> None:
    await walk(ledger, 1000 + seed, months=12)
