"""The pack for a meeting: what happened since the last, for customers and for suppliers alike."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.schemas import ReviewBody
from server.agreements.tables import Agreement
from server.experience.irritation_actions import raise_irritation
from server.experience.irritation_queries import WantedIrritations, irritations
from server.experience.irritation_schemas import IrritationBody
from server.meetings.actions import hold
from server.meetings.pack import review_pack
from server.meetings.schemas import ReviewPackOut
from tests.server.breaches.missed import EVA, look
from tests.server.interventions.town import HOUR, Town, minutes, repair


async def agreement_id(town: Town, number: str) -> UUID:
    async with town.read() as session:
        return (await session.scalars(select(Agreement.id).where(Agreement.number == number))).one()


async def pack(town: Town, number: str, scope: Scope = EVA) -> ReviewPackOut:
    about = await agreement_id(town, number)
    async with town.read() as session:
        return await review_pack(session, scope, about, town.now)


async def test_the_pack_tells_what_was_kept_and_missed_of_a_customer_and_of_a_supplier(
    town: Town,
) -> None:
    await town.also_promises("supplier", repair("S2", "response", HOUR, town.always))
    await town.lead(await town.visit("S2"), "accept", "start_travel", "arrive")
    late = await town.report("S2")
    await look(town, after=minutes(125))
    theirs = await pack(town, "A-1")
    async with town.read() as session:
        number = await session.scalar(select(Agreement.number).where(Agreement.kind == "supplier"))
    assert number is not None
    ours = await pack(town, number)
    for found in (theirs, ours):
        response = next(each for each in found.clocks if each.clock == "response")
        assert (response.kept, response.missed, found.interventions) == (1, 1, 2)
        assert [each.intervention_id for each in found.missed] == [late.id]
    assert theirs.missed[0].occurred_at - ours.missed[0].occurred_at == timedelta(hours=1)


async def test_the_pack_begins_at_the_last_meeting(town: Town) -> None:
    await town.report("S2")
    await look(town, after=minutes(125))
    assert (await pack(town, "A-1")).interventions == 1
    about = await agreement_id(town, "A-1")
    town.passes(timedelta(days=2))
    async with town.write() as session:
        held = ReviewBody(held_on=town.now.date(), outcome="reached")
        await hold(session, EVA, about, held, now=town.now)
    found = await pack(town, "A-1")
    assert (found.interventions, found.missed, found.from_day) == (0, [], town.now.date())


async def test_a_manager_reads_the_same_pack(town: Town) -> None:
    await town.report("S2")
    await look(town, after=minutes(125))
    assert await pack(town, "A-1", town.manager()) == await pack(town, "A-1")


async def test_an_irritation_is_on_the_agenda_of_the_supplier_who_was_to_come(town: Town) -> None:
    await town.also_promises("supplier", repair("S2", "response", HOUR, town.always))
    about = await town.report("S2")
    async with town.write() as session:
        body = IrritationBody(intervention_id=about.id, text="Nobody said who comes.")
        await raise_irritation(session, EVA, body, town.now)
        kinds = select(Agreement.id).where(Agreement.kind == "supplier")
        wanted = WantedIrritations(agreement_id=(await session.scalars(kinds)).one())
        found = await irritations(session, EVA, wanted, limit=None, cursor=None)
    assert [each.text for each in found.items] == ["Nobody said who comes."]
