"""What a month comes to: four ways to charge for it, and credits that say what they rest on."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import ChargeBody, PenaltyRuleBody, PricingBody, TierBody
from server.credits.months import month_from
from server.credits.problems import MonthNotOver
from server.interventions.choosing import choices_for
from server.interventions.numbering import NEXT
from server.interventions.schemas import InterventionOut
from server.invoicing import actions, queries
from server.invoicing.problems import AlreadyIssued
from server.invoicing.schemas import (
    IssueBody,
    PortalStatementOut,
    StatementLineOut,
    StatementOut,
)
from server.invoicing.tables import Statement
from server.kit.problems import Invalid, NotFound
from tests.server.credits.owing import ANNA, JULY, Ledger
from tests.server.experience.test_feedback import DONE, ended, give
from tests.server.interventions.test_choosing import at, may_choose
from tests.server.interventions.town import Town, faults

JUNE = "2026-06"
FOUR = PricingBody(
    prices=[
        ChargeBody(kind="flat", amount=Decimal("250.00")),
        ChargeBody(kind="per_resolved_job", amount=Decimal("40.50")),
        ChargeBody(kind="per_asset_month", amount=Decimal("95.00")),
        ChargeBody(
            kind="outcome_bonus",
            amount=Decimal("100.00"),
            measure="csat_top2",
            at_least=Decimal(80),
        ),
    ]
)


async def statement(ledger: Ledger, month: str = JUNE, at: datetime = JULY) -> StatementOut:
    """The rival's, as the office sees it."""
    async with ledger.town.read() as session:
        found = await queries.statements(session, ANNA, month_from(month), at)
    return next(each for each in found.items if each.customer_id == ledger.town.rival.id)


async def issued(ledger: Ledger, month: str = JUNE, at: datetime = JULY) -> StatementOut:
    body = IssueBody(customer_id=ledger.town.rival.id, month=month)
    async with ledger.town.write() as session:
        return await actions.issue(session, ANNA, body, at)


async def read_by_customer(ledger: Ledger, by: Scope) -> list[PortalStatementOut]:
    async with ledger.town.read() as session:
        return (await queries.portal_statements(session, by)).items


async def resolved(ledger: Ledger, times: int, csat: int = 5) -> list[str]:
    """So many calls dealt with in the rival's house, and what its manager said of each."""
    town = ledger.town
    numbers = []
    for _ in range(times):
        done = await ended(town, town.rivals_house)
        await give(town, done, by=town.manager(town.rival), csat=csat)
        numbers.append(done.number)
        town.passes(timedelta(hours=2))
    return numbers


async def choose_time(town: Town, about: InterventionOut, number: int) -> datetime:
    """The rival chooses the so-manieth time that is offered; when it begins."""
    rival = town.manager(town.rival)
    async with town.read() as session:
        slot = (await choices_for(session, rival, about.id, town.now)).items[number]
    await at(town, about, slot.from_at, slot.to_at, rival)
    town.passes(timedelta(minutes=1))
    return slot.from_at


async def put_off(ledger: Ledger, *numbers: int) -> InterventionOut:
    """A call the rival lets wait for the next morning, or for these times; then it is done."""
    town = ledger.town
    await may_choose(town)
    about = await town.report("S3", town.rivals_house)
    for number in numbers or (1,):
        begins = await choose_time(town, about, number)
    town.now = begins + timedelta(minutes=10)
    visit = await town.assign(await town.look(about))
    return await town.look(await town.lead(visit, *DONE))


def amounts(lines: list[StatementLineOut]) -> dict[str, str]:
    return {line.kind: line.amount for line in lines}


async def test_a_month_is_charged_in_all_four_ways_by_its_days_in_force(ledger: Ledger) -> None:
    await ledger.agree(valid_from=date(2026, 6, 2), pricing=FOUR)
    numbers = await resolved(ledger, 5)
    found = await statement(ledger)
    # 29 of 30 days: 250 x 29/30, 5 x 40.50, 95 x 29/30, 100 x 29/30, each half up to the cent.
    assert amounts(found.lines) == {
        "flat": "241.67",
        "per_resolved_job": "202.50",
        "per_asset_month": "91.83",
        "outcome_bonus": "96.67",
    }
    assert found.totals == {"EUR": "632.67"}
    flat, jobs, _, bonus = found.lines
    assert (flat.price, flat.quantity, flat.days) == ("250.00", "0.9667", 29)
    assert (jobs.quantity, jobs.interventions) == ("5", numbers)
    assert (bonus.measure, bonus.at_least, bonus.value) == ("csat_top2", "80", "100")
    assert bonus.standing == "reached"


@pytest.mark.parametrize(("answers", "csat", "standing"), [(4, 5, "unknown"), (5, 2, "missed")])
async def test_no_bonus_without_the_outcome_or_on_too_few_answers(
    ledger: Ledger, answers: int, csat: int, standing: str
) -> None:
    await ledger.agree(pricing=FOUR)
    await resolved(ledger, answers, csat)
    bonus = (await statement(ledger)).lines[-1]
    assert (bonus.amount, bonus.standing) == ("0.00", standing)


async def test_work_reopened_and_done_again_is_charged_once(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    town = ledger.town
    done = await ended(town, town.rivals_house)
    town.passes(timedelta(hours=1))
    await town.decide(done, "reopen", "It stopped again")
    visit = await town.assign(await town.look(done))
    town.passes(timedelta(minutes=40))
    await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    await town.lead((await town.look(done)).visits[-1], "back_in_service", "complete")
    jobs = (await statement(ledger)).lines[1]
    assert (jobs.interventions, jobs.amount) == ([done.number], "40.50")


async def test_without_prices_the_fee_is_charged_that_penalties_are_shares_of(
    ledger: Ledger,
) -> None:
    await ledger.agree(unit="asset")
    (line,) = (await statement(ledger)).lines
    assert (line.kind, line.price, line.amount) == ("per_asset_month", "250.00", "250.00")


async def test_a_lift_is_charged_until_the_day_it_is_retired(ledger: Ledger) -> None:
    await ledger.agree(unit="asset", monthly_fee=Decimal(300))
    town = ledger.town
    town.hotel, town.rivals_house = town.rivals_house, town.hotel
    await town.retires(date(2026, 6, 16))
    (line,) = (await statement(ledger)).lines
    assert (line.quantity, line.amount) == ("0.5", "150.00")


async def test_a_credit_comes_off_the_next_statement_with_the_breaches_it_rests_on(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    await ledger.miss(2)
    (note,) = await ledger.propose()
    assert amounts((await statement(ledger)).lines) == {"flat": "250.00"}
    approved = await ledger.approve(note)
    first = await issued(ledger)
    credit = first.lines[-1]
    assert credit.credit is not None
    assert (credit.kind, credit.amount, credit.credit.number) == (
        "credit",
        "-25.00",
        approved.number,
    )
    assert [each.id for each in credit.credit.breaches] == note.breach_ids
    assert first.totals == {"EUR": "225.00"}
    later = await statement(ledger, "2026-07", JULY + timedelta(days=31))
    assert amounts(later.lines) == {"flat": "250.00"}


async def test_a_note_approved_too_late_comes_off_the_month_after(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    (note,) = await ledger.propose()
    await issued(ledger)
    await ledger.approve(note)
    july = await issued(ledger, "2026-07", JULY + timedelta(days=31))
    assert july.totals == {"EUR": "237.50"}


@pytest.mark.parametrize("copied_town", ["postgresql"], indirect=True)
async def test_a_note_approved_while_the_statement_is_drawn_up_comes_off_the_next(
    ledger: Ledger,
) -> None:
    """SQLite writes one thing at a time; on PostgreSQL others go on meanwhile."""
    await ledger.agree()
    await ledger.miss()
    (note,) = await ledger.propose()
    async with ledger.town.write() as others:
        await others.scalar(NEXT, {"name": "statement-2026"})
        drawing_up = asyncio.create_task(issued(ledger))
        await somebody_waits(ledger)
        await ledger.approve(note)
    assert [line.kind for line in (await drawing_up).lines] == ["flat"]
    july = await issued(ledger, "2026-07", JULY + timedelta(days=31))
    assert [line.kind for line in july.lines] == ["flat", "credit"]


async def somebody_waits(ledger: Ledger) -> None:
    """Until a transaction waits for what another one holds; each look is one of its own."""
    waiting = text(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    is_waiting = False
    while not is_waiting:
        async with ledger.town.read() as session:
            is_waiting = bool(await session.scalar(waiting))


async def test_a_credit_for_availability_rests_on_minutes_of_the_ledger(ledger: Ledger) -> None:
    tiers = [TierBody(below=Decimal(99), percent=Decimal(10))]
    await ledger.agree(unit="asset", rules=[PenaltyRuleBody(kind="tier", tiers=tiers)])
    town = ledger.town
    visit = await town.assign(await town.report("S2", town.rivals_house))
    await town.lead(visit, "accept", "start_travel", "arrive")
    town.passes(timedelta(hours=9))
    await town.lead((await town.look(visit)).visits[0], "start_work", "back_in_service")
    (note,) = await ledger.propose()
    await ledger.approve(note)
    credit = (await issued(ledger)).lines[-1].credit
    assert credit is not None
    assert credit.breaches == []
    assert (credit.agreed_minutes, credit.down_minutes) == (43_200, 540)


async def test_every_credit_rests_on_a_breach_or_on_lost_minutes(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    for note in await ledger.propose():
        assert note.breach_ids or any(line.down_minutes for line in note.lines)


async def test_what_was_issued_stands_whatever_happens_afterwards(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    await resolved(ledger, 1)
    first = await issued(ledger)
    assert (first.number, first.issued_by) == ("ST-2026-0001", "Anna")
    with pytest.raises(AlreadyIssued):
        await issued(ledger)
    assert await statement(ledger) == first
    for change in (delete(Statement), update(Statement).values(number="ST-0")):
        with pytest.raises(DBAPIError, match="kept_for_good"):
            async with ledger.town.write() as session:
                await session.execute(change)


async def test_a_month_is_issued_once_it_is_over_and_comes_to_something(ledger: Ledger) -> None:
    await ledger.agree()
    with pytest.raises(MonthNotOver):
        await issued(ledger, at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    with pytest.raises(Invalid) as refused:
        await issued(ledger, "2025-12")
    assert faults(refused.value) == [("month", "nothing_to_issue")]


async def test_a_customer_reads_what_was_issued_to_them_and_nothing_else(ledger: Ledger) -> None:
    await ledger.agree()
    town = ledger.town
    rival, other = town.manager(town.rival), town.manager()
    assert await read_by_customer(ledger, rival) == []
    made = await issued(ledger)
    (read,) = await read_by_customer(ledger, rival)
    assert (read.number, read.lines, read.totals) == (made.number, made.lines, made.totals)
    assert await read_by_customer(ledger, other) == []


async def test_a_customer_without_a_site_in_ones_regions_looks_unknown(ledger: Ledger) -> None:
    await ledger.agree()
    town = ledger.town
    elsewhere = Scope(ANNA.account_id, "Anna", Role.EXPERIENCE, frozenset({town.mountain.id}))
    async with town.write() as session:
        body = IssueBody(customer_id=town.rival.id, month=JUNE)
        with pytest.raises(NotFound):
            await actions.issue(session, elsewhere, body, JULY)


@pytest.mark.parametrize(
    ("prices", "named"),
    [
        (
            [{"kind": "outcome_bonus", "amount": "5"}],
            ("terms.pricing.prices.0.measure", "no_outcome"),
        ),
        (
            [{"kind": "flat", "amount": "5", "measure": "csat_top2", "at_least": "80"}],
            ("terms.pricing.prices.0.measure", "no_outcome"),
        ),
        ([{"kind": "flat", "amount": "5"}] * 2, ("terms.pricing.prices.1.kind", "charged_twice")),
        (
            [{"kind": "outcome_bonus", "amount": "5", "measure": "csat_mean", "at_least": "6"}],
            ("terms.pricing.prices.0.at_least", "off_the_scale"),
        ),
    ],
)
async def test_what_cannot_be_charged_is_named(
    ledger: Ledger, prices: list[dict[str, Any]], named: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        await ledger.agree(pricing=PricingBody.model_validate({"prices": prices}))
    assert [
        (path.removeprefix("first_version."), code) for path, code in faults(refused.value)
    ] == [named]


async def test_a_promise_to_everybody_and_one_of_our_own_are_never_invoiced(ledger: Ledger) -> None:
    for more in ({"is_corporate": True}, {"kind": "internal"}):
        with pytest.raises(Invalid) as refused:
            await ledger.agree(pricing=FOUR, **more)
        assert faults(refused.value)[0][1] == "never_invoiced"


async def test_what_waiting_for_a_later_day_is_worth_comes_off_the_month_it_was_done_in(
    ledger: Ledger,
) -> None:
    await ledger.agree(pricing=FOUR)
    done = await put_off(ledger)
    found = await statement(ledger)
    off = found.lines[-1]
    assert (off.kind, off.amount, off.interventions) == ("later_day", "-20.00", [done.number])
    assert off.done_on == date(2026, 6, 3)
    assert Decimal(found.totals["EUR"]) == sum(Decimal(each.amount) for each in found.lines)


async def test_what_waiting_is_worth_comes_off_once(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    await put_off(ledger)
    assert "later_day" in amounts((await issued(ledger)).lines)
    later = await statement(ledger, "2026-07", JULY + timedelta(days=31))
    assert "later_day" not in amounts(later.lines)


async def test_who_chose_today_in_the_end_is_given_nothing_for_a_later_day(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    await put_off(ledger, 1, 0)
    assert "later_day" not in amounts((await statement(ledger)).lines)


async def test_nothing_is_given_for_waiting_before_somebody_came(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    town = ledger.town
    await may_choose(town)
    about = await town.report("S3", town.rivals_house)
    await choose_time(town, about, 1)
    assert "later_day" not in amounts((await statement(ledger)).lines)


async def test_work_told_after_its_month_was_issued_is_on_the_next_statement_with_its_day(
    ledger: Ledger,
) -> None:
    await ledger.agree(pricing=FOUR)
    town = ledger.town
    in_time = (await resolved(ledger, 1))[0]
    visit = await town.visit("S2", building=town.rivals_house)
    first = await issued(ledger)
    late = await town.look(await town.lead(visit, *DONE))
    assert first.lines[1].interventions == [in_time]
    august = JULY + timedelta(days=31)
    found = await statement(ledger, "2026-07", august)
    told = [each for each in found.lines if each.done_on is not None]
    assert [(each.kind, each.amount, each.price, each.quantity) for each in told] == [
        ("per_resolved_job", "40.50", "40.50", "1")
    ]
    assert (told[0].interventions, told[0].done_on) == ([late.number], date(2026, 6, 2))
    assert (await issued(ledger, "2026-07", august)).lines == found.lines
    september = await statement(ledger, "2026-08", august + timedelta(days=31))
    assert [each for each in september.lines if each.done_on is not None] == []


async def test_work_of_a_month_nobody_ever_issued_is_not_charged_later(ledger: Ledger) -> None:
    await ledger.agree(pricing=FOUR)
    await resolved(ledger, 1)
    found = await statement(ledger, "2026-07", JULY + timedelta(days=31))
    assert [each for each in found.lines if each.done_on is not None] == []
