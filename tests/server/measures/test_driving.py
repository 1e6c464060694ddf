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


async def test_hearing_who_comes_half_an_hour_ahead_is_among_them(town: Town) -> None:
    informed = await ended(town)  # told at once, there after 40 minutes
    town.passes(minutes(1))
    visit = await town.visit("S2")
    town.passes(minutes(10))
    surprised = await town.look(
        await town.lead(visit, "accept", "start_travel", "arrive", "start_work", "complete")
    )
    for about, csat in ((informed, 5), (surprised, 1)):
        for _ in range(15):
            await says(town, await link_to(town, about), csat=csat)
    async with town.read() as session:
        found = await satisfaction_drivers(session, EVA, PERIOD, town.now)
    told = next(each for each in found.drivers if each.trait == "told_ahead")
    assert (told.answers, told.with_it, told.without, told.points) == (30, "100", "0", "100")
    assert (told.answers_with, told.answers_without) == (15, 15)
