"""What goes with satisfied and unhappy people; nothing is told under thirty answers."""

from server.measures.driving import satisfaction_drivers
from tests.server.breaches.missed import EVA
from tests.server.experience.test_feedback import ended, give
from tests.server.experience.test_links import link_to, says
from tests.server.interventions.town import Town, minutes
from tests.server.measures.test_watermelons import PERIOD


async def test_being_late_is_told_from_thirty_answers_on(town: Town) -> None:
    punctual = await ended(town)
    town.passes(minutes(1))
    visit = await town.visit("S2")
    town.passes(minutes(180))
    late = await town.look(
        await town.lead(visit, "accept", "start_travel", "arrive", "start_work", "complete")
    )
    for about, csat, times in ((punctual, 5, 15), (late, 1, 14)):
        for _ in range(times):
            await says(town, await link_to(town, about), csat=csat)
    for answers in (29, 30):
        async with town.read() as session:
            found = await satisfaction_drivers(session, EVA, PERIOD, town.now)
        by_trait = {each.trait: each for each in found.drivers}
        assert found.answers == by_trait["late"].answers == answers
        assert by_trait["late"].points == (None if answers < 30 else "-100")
        await give(town, late, csat=1)
