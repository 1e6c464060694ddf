"""The morning brief: what the day before left behind, and what threatens today."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.experience.actions import give_feedback
from server.experience.schemas import FeedbackBody
from server.interventions.schemas import VisitOut
from server.kit.problems import NotFound
from server.planning.brief import brief
from server.planning.brief_schemas import BriefOut
from tests.server.breaches.missed import look
from tests.server.experience.test_feedback import DONE
from tests.server.interventions.town import Town, minutes

ONE_DAY = timedelta(days=1)


async def _brief(town: Town) -> BriefOut:
    async with town.read() as session:
        return await brief(session, town.office, town.valley.id, None, town.now)


async def said(town: Town, *, csat: int, of: VisitOut | None = None, **more: bool) -> str:
    """A repair done in time unless told, and what its manager said about it; its number."""
    visit = of or await town.visit("S2")
    town.passes(minutes(40))
    about = await town.look(await town.lead(visit, *DONE))
    body = FeedbackBody(intervention_id=about.id, csat=csat, comment="Dirty hall", **more)
    async with town.write() as session:
        await give_feedback(session, town.manager(), body, town.now)
    return about.number


async def test_whoever_is_unhappy_though_every_promise_was_kept_is_a_watermelon(town: Town) -> None:
    red = await said(town, csat=1)
    await said(town, csat=5)
    assert (await _brief(town)).watermelons == []
    town.passes(ONE_DAY)
    (found,) = (await _brief(town)).watermelons
    assert (found.number, found.csat, found.comment) == (red, 1, "Dirty hall")
    town.passes(ONE_DAY)
    assert (await _brief(town)).watermelons == []


async def test_irritations_and_missed_promises_of_the_day_before_are_told(town: Town) -> None:
    irritated = await said(town, csat=5, is_irritated=True)
    late = await town.report("S1")
    await look(town, after=minutes(180))
    town.passes(ONE_DAY)
    found = await _brief(town)
    assert [each.number for each in found.irritations] == [irritated]
    assert {each.number for each in found.breaches} == {late.number}
    assert {each.clock for each in found.breaches} >= {"response"}


async def test_only_the_regions_own_office_reads_it(town: Town) -> None:
    narrow = replace(town.office, region_ids=frozenset({town.mountain.id}))
    async with town.read() as session:
        with pytest.raises(NotFound):
            await brief(session, narrow, town.valley.id, None, town.now)
