"""Excusing a breach takes two people; the breach itself stays."""

import pytest

from server.accounts.scope import Scope
from server.breaches import actions
from server.breaches.problems import BreachOverturned
from server.breaches.schemas import BreachOut, ExcuseBody, ExcuseDecisionBody
from server.kit.problems import AlreadyDecided, NotFound, SecondPersonNeeded
from tests.server.breaches.missed import EVA, XAVI, breaches, look, missed
from tests.server.interventions.town import Town

SNOW = ExcuseBody(reason="The pass was closed by snow")


async def propose(town: Town, breach: BreachOut, by: Scope = EVA) -> BreachOut:
    async with town.write() as session:
        return await actions.propose_excuse(session, by, breach.id, SNOW, town.now)


async def decide(
    town: Town, breach: BreachOut, decision: str = "approved", by: Scope = XAVI
) -> BreachOut:
    data = ExcuseDecisionBody(decision=decision)  # type: ignore[arg-type]
    async with town.write() as session:
        return await actions.decide_excuse(
            session, by, breach.id, breach.excuses[-1].id, data, now=town.now
        )


async def missed_one(town: Town) -> BreachOut:
    await missed(town)
    (breach,) = await breaches(town)
    return breach


async def test_a_breach_counts_until_a_second_person_approves_its_excuse(town: Town) -> None:
    breach = await missed_one(town)
    proposed = await propose(town, breach)
    assert (proposed.counts, proposed.can_propose) == (True, False)
    approved = await decide(town, proposed)
    assert approved.counts is False
    assert [each.id for each in await breaches(town, state="excused")] == [breach.id]
    assert await breaches(town, state="open") == []


async def test_an_excuse_waits_until_it_is_decided(town: Town) -> None:
    breach = await missed_one(town)
    assert await breaches(town, state="waiting") == []
    proposed = await propose(town, breach)
    assert [each.id for each in await breaches(town, state="waiting")] == [breach.id]
    await decide(town, proposed, "refused")
    assert await breaches(town, state="waiting") == []


async def test_nobody_approves_their_own_excuse(town: Town) -> None:
    proposed = await propose(town, await missed_one(town))
    with pytest.raises(SecondPersonNeeded):
        await decide(town, proposed, by=EVA)
    assert (await breaches(town))[0].counts


async def test_an_excuse_is_decided_once(town: Town) -> None:
    proposed = await propose(town, await missed_one(town))
    await decide(town, proposed, "refused")
    with pytest.raises(AlreadyDecided):
        await decide(town, proposed, "approved")
    assert (await breaches(town))[0].counts


async def test_a_refused_excuse_leaves_room_for_a_better_one(town: Town) -> None:
    breach = await missed_one(town)
    await decide(town, await propose(town, breach), "refused")
    again = await propose(town, breach)
    assert (await decide(town, again)).counts is False
    with pytest.raises(AlreadyDecided):
        await propose(town, breach)


async def test_what_was_overturned_needs_no_excuse(town: Town) -> None:
    intervention = await missed(town)
    (breach,) = await breaches(town)
    await town.decide(intervention, "rule_out_of_scope", "Vandalism")
    await look(town)
    with pytest.raises(BreachOverturned):
        await propose(town, breach)


async def test_a_breach_of_another_region_looks_unknown(town: Town) -> None:
    breach = await missed_one(town)
    elsewhere = Scope(EVA.account_id, EVA.name, EVA.role, frozenset({town.mountain.id}))
    with pytest.raises(NotFound):
        await propose(town, breach, by=elsewhere)


async def test_how_late_it_was_grows_until_somebody_comes(town: Town) -> None:
    breach = await missed_one(town)
    assert (breach.stopped_at, breach.overrun_seconds) == (None, 300)
