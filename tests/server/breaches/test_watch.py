"""The watch: what clocks have to say is told once, at its own instant, to whom it concerns."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from server.accounts.schemas import Role
from server.agreements.schemas import ServiceRowBody, TermsBody
from server.breaches.tables import Breach, Mark
from server.breaches.watch import watch
from server.interventions.schemas import InterventionOut
from server.interventions.tables import Promise
from server.kit.database import Database
from server.kit.tables import Event
from server.live.queries import within
from server.regions.tables import Calendar
from tests.server.breaches.missed import breaches, look, marks, missed, told
from tests.server.interventions.merged import merged, separated
from tests.server.interventions.town import HOUR, Town, command, in_force, minutes, repair

RESPONSE_OF_TWO_HOURS = {
    "at_risk_50": 60,
    "at_risk_75": 90,
    "escalated_1": 96,
    "at_risk_90": 108,
    "breached": 120,
    "escalated_2": 130,
}
ALL_KINDS = (
    "clock_at_risk",
    "breach_predicted",
    "promise_breached",
    "promise_escalated",
    "breach_overturned",
)


async def response_marks(town: Town, intervention: InterventionOut) -> dict[str, datetime]:
    found = await marks(town, intervention)
    return {mark.kind: mark.at for mark in found if mark.clock == "response"}


async def test_every_step_towards_a_breach_is_told_at_its_own_instant(town: Town) -> None:
    intervention = await town.report("S2")
    reported_at = town.now
    for _ in range(14):
        await look(town, after=minutes(10))
    assert await response_marks(town, intervention) == {
        kind: reported_at + minutes(after) for kind, after in RESPONSE_OF_TWO_HOURS.items()
    }


async def test_after_an_outage_everything_is_told_with_the_instant_it_happened(
    town: Town,
) -> None:
    intervention = await town.report("S2")
    reported_at = town.now
    await look(town, after=minutes(180))
    assert await response_marks(town, intervention) == {
        kind: reported_at + minutes(after) for kind, after in RESPONSE_OF_TWO_HOURS.items()
    }
    assert {mark.recorded_at for mark in await marks(town, intervention)} == {town.now}
    (breach,) = await breaches(town)
    assert (breach.occurred_at, breach.recorded_at) == (reported_at + minutes(120), town.now)


async def test_nothing_is_told_twice_not_even_after_a_restart(
    town: Town, copied_town: tuple[Town, str]
) -> None:
    await missed(town)
    before = await town.rows()
    assert await look(town) == 0
    restarted = Database(copied_town[1])
    assert await watch(restarted, town.now) == 0
    await restarted.close()
    after = await town.rows()
    assert {name: after[name] for name in ("mark", "breach", "event")} == {
        name: before[name] for name in ("mark", "breach", "event")
    }


async def test_one_that_cannot_be_told_of_keeps_no_other_waiting(town: Town) -> None:
    broken, sound = await town.report("S2"), await town.report("S2")
    async with town.write() as session:
        beyond = update(Promise).where(Promise.intervention_id == broken.id)
        await session.execute(beyond.values(terms={"promise": "long ago"}))
    await look(town, after=minutes(180))
    found = await breaches(town, party="customer")
    assert {(breach.number, breach.clock) for breach in found} >= {(sound.number, "response")}
    assert broken.number not in {breach.number for breach in found}


async def test_two_processes_at_once_tell_everything_once(
    town: Town, copied_town: tuple[Town, str]
) -> None:
    for _ in range(3):
        await town.report("S2")
    town.passes(minutes(180))
    other = Database(copied_town[1])
    await asyncio.gather(watch(town.database, town.now), watch(other, town.now))
    await look(town)
    await other.close()
    async with town.read() as session:
        kinds = list(await session.scalars(select(Mark.kind).where(Mark.clock == "response")))
    assert sorted(kinds) == sorted([*RESPONSE_OF_TWO_HOURS] * 3)
    assert len(await breaches(town)) == 3
    assert len(await told(town, "promise_breached")) == 3


async def test_a_promise_that_is_kept_tells_nothing_more(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(65))
    await town.lead(visit, "accept", "start_travel", "arrive")
    await look(town, after=minutes(120))
    intervention = await town.look(visit)
    assert list(await response_marks(town, intervention)) == ["at_risk_50"]
    assert await breaches(town) == []


async def test_somebody_planned_too_late_is_predicted_to_break_the_promise_once(
    town: Town,
) -> None:
    intervention = await town.report("S2")
    visit = await town.assign(intervention, after=minutes(150))
    await look(town, after=minutes(1))
    await town.move(visit, after=minutes(160))
    await look(town, after=minutes(1))
    (event,) = await told(town, "breach_predicted")
    assert event.data["clock"] == "response"


async def test_a_plan_that_keeps_the_promise_predicts_nothing(town: Town) -> None:
    await town.visit()
    await look(town, after=minutes(1))
    assert await told(town, "breach_predicted") == []


async def test_evidence_that_comes_late_overturns_the_breach_and_keeps_it(town: Town) -> None:
    visit = await town.visit()
    visit = await town.lead(visit, "accept", "start_travel")
    arrived_at = town.now + minutes(110)
    await look(town, after=minutes(125))
    assert len(await breaches(town, state="open")) == 1
    (result,) = await town.tell_all(visit, command("arrive", visit, arrived_at))
    assert result.outcome == "applied", result
    await look(town)
    (breach,) = await breaches(town, state="overturned")
    assert (breach.counts, breach.overturned_at) == (False, town.now)
    assert breach.overturned_because == "arrival"
    (event,) = await told(town, "breach_overturned")
    assert event.data["because"] == "arrival"
    assert await breaches(town, state="open") == []


async def test_work_ruled_out_of_scope_was_never_late(town: Town) -> None:
    intervention = await missed(town)
    await town.decide(intervention, "rule_out_of_scope", "Vandalism")
    await look(town)
    (breach,) = await breaches(town, state="overturned")
    assert breach.intervention_id == intervention.id
    await town.decide(intervention, "bring_in_scope", "It was the door after all")
    await look(town)
    assert [each.counts for each in await breaches(town)] == [True]


async def test_the_customer_learns_of_their_missed_promise_and_of_nothing_else(
    town: Town,
) -> None:
    await missed(town)
    await look(town, after=minutes(10))
    query = select(Event.kind).where(within(town.manager()), Event.kind.in_(ALL_KINDS))
    async with town.read() as session:
        assert list(await session.scalars(query)) == ["promise_breached"]


async def test_what_we_promise_ourselves_is_told_apart_and_never_to_the_customer(
    town: Town,
) -> None:
    async with town.write() as session:
        query = select(Calendar.id).where(Calendar.code == "ALWAYS")
        always = (await session.scalars(query)).one()
        terms = TermsBody(
            services=[ServiceRowBody(service="REPAIR")],
            clauses=[repair("S2", "response", HOUR, always)],
        )
        await in_force(session, "OLA-1", terms, kind="internal", party="Valls")
    await town.report("S2")
    await look(town, after=minutes(65))
    (breach,) = await breaches(town)
    assert breach.party == "internal"
    (event,) = await told(town, "promise_breached")
    assert event.customer_id is None


async def test_an_escalation_names_whom_it_is_for(town: Town) -> None:
    await missed(town)
    await look(town, after=minutes(10))
    events = await told(town, "promise_escalated")
    assert [(event.data["level"], event.data["role"]) for event in events] == [
        (1, Role.DISPATCHER.value),
        (2, Role.ADMIN.value),
    ]


@pytest.mark.parametrize("table", [Mark, Breach], ids=["marks", "breaches"])
async def test_the_database_deletes_nothing_that_was_told(
    town: Town, table: type[Mark] | type[Breach]
) -> None:
    await missed(town)
    with pytest.raises(IntegrityError):
        async with town.write() as session:
            await session.execute(delete(table))
    async with town.read() as session:
        assert await session.scalar(select(func.count()).select_from(table))


async def test_what_a_report_and_its_double_both_missed_counts_once(town: Town) -> None:
    kept = await missed(town)
    double = await missed(town)
    assert [each.counts for each in await breaches(town, party="customer")] == [True, True]
    await merged(town, double, kept)
    await look(town)
    assert {
        each.number: (each.counts, each.overturned_because)
        for each in await breaches(town, party="customer")
    } == {kept.number: (True, ""), double.number: (False, "merged")}
    await separated(town, double)
    await look(town)
    assert [each.counts for each in await breaches(town, party="customer")] == [True, True]


async def test_what_only_the_double_missed_still_counts(town: Town) -> None:
    """Somebody came in time for what goes on; the promise given with the other report is missed."""
    double = await town.report("S2")
    town.passes(minutes(60))
    kept = await town.report("S2")
    visit = await town.assign(kept)
    await look(town, after=minutes(70))
    await town.lead(visit, "accept", "start_travel", "arrive", "start_work", "back_in_service")
    await merged(town, double, kept)
    await look(town)
    (breach,) = await breaches(town, party="customer")
    assert (breach.number, breach.counts) == (double.number, True)
