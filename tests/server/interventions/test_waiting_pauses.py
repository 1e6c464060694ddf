"""Pauses that wait for a second person, in one list across interventions."""

from uuid import UUID

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import pause_actions, pause_queries, queries
from server.interventions.schemas import PauseBody, PauseDecisionBody, WaitingPauseOut
from tests.server.interventions.town import VERIFIER, Town, minutes


async def _waiting(town: Town, scope: Scope) -> list[WaitingPauseOut]:
    async with town.read() as session:
        found = await pause_queries.pauses(
            session, scope, is_waiting=True, region_id=None, limit=None, cursor=None
        )
    return found.items


async def _written_late(town: Town) -> UUID:
    """The house was locked for half an hour, and nobody wrote it down before now."""
    called = await town.report()
    began, town.now = town.now + minutes(10), town.now + minutes(120)
    late = PauseBody(
        reason="no_access",
        evidence="Concierge called.",
        from_at=began,
        to_at=began + minutes(30),
    )
    async with town.write() as session:
        await pause_actions.record(session, town.office, called.id, late, town.now)
    return called.id


async def test_a_pause_written_late_waits_until_somebody_else_decides(town: Town) -> None:
    called = await _written_late(town)
    [mine] = await _waiting(town, town.office)
    [theirs] = await _waiting(town, VERIFIER)
    assert (mine.intervention_id, mine.pause.author) == (called, "Dora")
    assert not mine.pause.can_decide
    assert theirs.pause.can_decide
    async with town.write() as session:
        decision = PauseDecisionBody(decision="refused")
        await pause_actions.decide(session, VERIFIER, theirs.pause.id, decision, town.now)
    assert await _waiting(town, VERIFIER) == []


async def test_nobody_sees_what_waits_in_another_region(town: Town) -> None:
    await _written_late(town)
    elsewhere = Scope(
        account_id=UUID(int=9),
        name="Olga",
        role=Role.DISPATCHER,
        region_ids=frozenset({town.mountain.id}),
    )
    assert await _waiting(town, elsewhere) == []


async def test_a_value_names_the_version_it_was_written_in(town: Town) -> None:
    called = await town.report()
    async with town.read() as session:
        trails = (await queries.trail(session, town.office, called.id, town.now)).trails
    origins = [origin for trail in trails for origin in trail.origins]
    assert {origin.version_number for origin in origins} == {1}
    assert all(origin.agreement_id is not None for origin in origins)
