"""Alarms ring for what a dispatcher must decide, for everybody until they have seen it."""

from dataclasses import replace

import pytest

from server.accounts import actions as accounts
from server.accounts.schemas import AccountBody, Role
from server.accounts.scope import Scope
from server.kit.problems import NotFound
from server.notifications import alarms
from server.notifications.alarm_schemas import AlarmOut
from tests.server.company import PASSWORD
from tests.server.interventions.town import FOUNDER, Town, minutes


async def _ringing(town: Town, by: Scope | None = None) -> list[AlarmOut]:
    async with town.read() as session:
        found = await alarms.alarms(
            session, by or town.office, region_id=town.valley.id, now=town.now
        )
    return found.alarms


async def _see(town: Town, alarm: str, by: Scope | None = None) -> list[AlarmOut]:
    async with town.write() as session:
        found = await alarms.see(
            session, by or town.office, region_id=town.valley.id, name=alarm, now=town.now
        )
    return found.alarms


async def _member(town: Town, name: str) -> Scope:
    """A dispatcher with an account."""
    body = AccountBody(
        email=f"{name.lower()}@example.org", name=name, role=Role.DISPATCHER, password=PASSWORD
    )
    async with town.write() as session:
        made = await accounts.create(session, FOUNDER.actor, body, town.now)
    return replace(town.office, account_id=made.id, name=name)


async def test_a_trapped_person_rings_until_somebody_goes(town: Town) -> None:
    call = await town.report("S1")
    await town.report("S4")
    (alarm,) = await _ringing(town)
    assert (alarm.kind, alarm.number) == ("entrapment", call.number)
    await town.assign(call)
    assert await _ringing(town) == []


async def test_somebody_trapped_comes_before_what_rings_for_longer(town: Town) -> None:
    visit = await town.assign(await town.report("S1"))
    town.passes(minutes(2))
    await town.tell(visit, "decline", payload={"reason": "Too far."})
    town.passes(minutes(30))
    await town.report("S1")
    assert [each.kind for each in await _ringing(town)] == ["entrapment", "declined"]


async def test_urgent_work_that_was_declined_rings_again(town: Town) -> None:
    call = await town.report("S1")
    dora = await _member(town, "Dora")
    (first,) = await _ringing(town, dora)
    await _see(town, first.alarm, dora)
    visit = await town.assign(call)
    town.passes(minutes(2))
    await town.tell(visit, "decline", payload={"reason": "Too far."})
    (alarm,) = await _ringing(town, dora)
    assert (alarm.kind, alarm.is_seen) == ("declined", False)


async def test_who_has_seen_it_is_told_and_it_rings_on_for_the_others(town: Town) -> None:
    await town.report("S1")
    dora, colleague = await _member(town, "Dora"), await _member(town, "Joan")
    (alarm,) = await _ringing(town)
    (seen,) = await _see(town, alarm.alarm, dora)
    assert (seen.is_seen, [each.name for each in seen.seen_by]) == (True, ["Dora"])
    (theirs,) = await _ringing(town, colleague)
    assert (theirs.is_seen, [each.name for each in theirs.seen_by]) == (False, ["Dora"])


async def test_what_does_not_ring_cannot_be_seen(town: Town) -> None:
    with pytest.raises(NotFound):
        await _see(town, "entrapment:nothing")
