"""What a finished month owes: proposed once, and worked out anew until somebody checks it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from server.agreements.schemas import AgreementKind, PenaltyRuleBody, TierBody
from server.breaches import actions as excuses
from server.breaches.schemas import ExcuseBody, ExcuseDecisionBody
from server.breaches.watch import watch
from server.credits.duties import nightly_credits
from server.credits.problems import MonthNotOver
from tests.server.breaches.missed import EVA, XAVI, breaches
from tests.server.credits.owing import FIVE_EACH, JULY, Ledger
from tests.server.interventions.town import Town, minutes


async def excuse_all(town: Town) -> None:
    for breach in await breaches(town):
        async with town.write() as session:
            proposed = await excuses.propose_excuse(
                session, EVA, breach.id, ExcuseBody(reason="Snow"), town.now
            )
        async with town.write() as session:
            await excuses.decide_excuse(
                session,
                XAVI,
                breach.id,
                proposed.excuses[0].id,
                ExcuseDecisionBody(decision="approved"),
                now=town.now,
            )


async def test_each_missed_promise_gives_back_its_share_of_the_fee(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss(2)
    (note,) = await ledger.propose()
    assert (note.status, note.number, note.month) == ("proposed", None, "2026-06")
    assert (note.fee, note.amount, note.currency) == ("250.00", "25.00", "EUR")
    assert [(line.kind, line.amount) for line in note.lines] == [("per_breach", "25.00")]
    assert sorted(note.breach_ids) == sorted(each.id for each in await breaches(ledger.town))


async def test_the_cap_holds(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss(4)
    (note,) = await ledger.propose()
    assert note.amount == "37.50"


@pytest.mark.parametrize("kind", ["internal", "supplier"])
async def test_what_a_division_or_a_supplier_missed_is_written_down_and_never_invoiced(
    ledger: Ledger, kind: AgreementKind
) -> None:
    await ledger.agree(kind=kind)
    await ledger.miss(2)
    assert kind in {each.party for each in await breaches(ledger.town)}
    assert await ledger.propose() == []
    assert await ledger.notes() == []


async def test_a_month_that_is_not_over_where_the_agreement_holds_is_refused(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    with pytest.raises(MonthNotOver):
        await ledger.propose(at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    assert await ledger.propose(at=datetime(2026, 6, 30, 22, tzinfo=UTC)) == []


async def test_asked_twice_nothing_is_proposed_twice(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    first = await ledger.propose()
    assert len(first) == 1
    assert await ledger.propose() == []
    assert [note.id for note in await ledger.notes()] == [first[0].id]


async def test_a_month_without_a_breach_owes_nothing(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    assert await ledger.propose("2026-05") == []
    assert await ledger.notes() == []


async def test_a_proposal_follows_what_is_excused_meanwhile(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    (note,) = await ledger.propose()
    await excuse_all(ledger.town)
    assert await ledger.propose() == []
    assert (await ledger.look(note)).status == "dropped"


async def test_what_somebody_has_checked_is_not_worked_out_again(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    (note,) = await ledger.propose()
    await ledger.do(note, "check")
    await excuse_all(ledger.town)
    assert await ledger.propose() == []
    kept = await ledger.look(note)
    assert (kept.status, kept.amount) == ("checked", "12.50")


async def test_what_a_person_dropped_is_not_proposed_again(ledger: Ledger) -> None:
    await ledger.agree()
    await ledger.miss()
    (note,) = await ledger.propose()
    await ledger.do(note, "drop", reason="Settled otherwise")
    assert await ledger.propose() == []


async def test_the_fee_is_owed_for_the_days_in_force(ledger: Ledger) -> None:
    await ledger.agree(valid_from=date(2026, 6, 2), monthly_fee=Decimal(300))
    await ledger.miss()
    (note,) = await ledger.propose()
    assert (note.fee, note.amount) == ("290.00", "14.50")


async def test_a_fee_for_each_lift_charges_the_lift_that_was_missed(ledger: Ledger) -> None:
    await ledger.agree(unit="asset")
    await ledger.miss()
    (note,) = await ledger.propose()
    lift = ledger.town.rivals_house.lift
    assert (note.unit, note.unit_id, note.unit_name) == ("asset", lift.id, lift.name)


async def test_a_lift_that_stood_too_long_is_credited_by_its_availability(
    ledger: Ledger,
) -> None:
    tiers = [TierBody(below=Decimal(99), percent=Decimal(10))]
    await ledger.agree(unit="asset", rules=[PenaltyRuleBody(kind="tier", tiers=tiers)])
    town = ledger.town
    visit = await town.assign(await town.report("S2", town.rivals_house))
    await town.lead(visit, "accept", "start_travel", "arrive")
    town.passes(timedelta(hours=9))
    await town.lead((await town.look(visit)).visits[0], "start_work", "back_in_service")
    (note,) = await ledger.propose()
    (line,) = note.lines
    assert (line.kind, line.amount, line.availability) == ("tier", "25.00", "98.75")
    # All of June was agreed, round the clock.
    assert (line.agreed_minutes, line.down_minutes) == (43_200, 540)
    assert note.breach_ids == []


async def test_a_promise_to_every_customer_gives_back_to_the_one_it_was_missed_to(
    ledger: Ledger,
) -> None:
    await ledger.agree(number="ALL", is_corporate=True)
    await ledger.miss()
    (note,) = await ledger.propose()
    rival = ledger.town.rival
    assert (note.customer_id, note.unit_name, note.amount) == (rival.id, rival.name, "12.50")
    assert await ledger.propose() == []
    await excuse_all(ledger.town)
    assert await ledger.propose() == []
    assert (await ledger.look(note)).status == "dropped"


async def test_what_was_missed_is_given_back_once_by_the_customers_own_agreement(
    ledger: Ledger,
) -> None:
    await ledger.agree(number="ALL", is_corporate=True)
    await ledger.agree(monthly_fee=Decimal(100))
    await ledger.miss()
    (note,) = await ledger.propose()
    assert (note.agreement_number, note.amount) == ("B-1", "5.00")


async def test_the_largest_rule_is_owed_and_never_the_sum(ledger: Ledger) -> None:
    chronic = PenaltyRuleBody(kind="chronic", count=2, percent=Decimal(12))
    await ledger.agree(rules=[*FIVE_EACH, chronic])
    await ledger.miss(2)
    (note,) = await ledger.propose()
    assert ([line.amount for line in note.lines], note.amount) == (["25.00", "30.00"], "30.00")


async def test_what_was_kept_after_all_is_not_paid_for(ledger: Ledger) -> None:
    await ledger.agree()
    town = ledger.town
    intervention = await town.report("S2", town.rivals_house)
    town.passes(minutes(125))
    await watch(town.database, town.now)
    await town.decide(intervention, "rule_out_of_scope", "Vandalism")
    await watch(town.database, town.now)
    assert await ledger.propose() == []


async def test_every_night_the_month_before_is_proposed_without_being_asked(
    ledger: Ledger,
) -> None:
    await ledger.agree()
    await ledger.miss()
    assert await nightly_credits(ledger.town.database, JULY)
    assert not await nightly_credits(ledger.town.database, JULY + minutes(1))
    (note,) = await ledger.notes()
    assert (note.month, note.proposed_by) == ("2026-06", "Palier")
