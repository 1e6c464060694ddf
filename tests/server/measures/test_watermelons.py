"""Promises kept and people unhappy: told by intervention, site and customer, never on too few."""

from datetime import date, timedelta

from server.measures.cases import Wanted
from server.measures.schemas import WatermelonsOut
from server.measures.watermelons import watermelons
from tests.server.breaches.missed import EVA
from tests.server.experience.test_feedback import ended, give
from tests.server.experience.test_irritations import noted
from tests.server.interventions.town import Town

PERIOD = Wanted(date(2026, 6, 1), date(2026, 7, 1))


async def found(town: Town) -> WatermelonsOut:
    async with town.read() as session:
        return await watermelons(session, EVA, PERIOD, town.now)


async def test_a_complaint_on_a_job_that_kept_everything_makes_a_watermelon(town: Town) -> None:
    content, silent = await ended(town), await ended(town)
    await give(town, content, csat=5)
    assert (await found(town)).jobs == []
    await noted(town, silent, town.office, "They called the owner about it.")
    jobs = (await found(town)).jobs
    assert [(job.number, job.words) for job in jobs] == [
        (silent.number, "They called the owner about it.")
    ]


async def test_a_site_is_unknown_under_five_answers_and_then_red_or_green(town: Town) -> None:
    for csat in (1, 2, 5, 2):
        await give(town, await ended(town), csat=csat)
        town.passes(timedelta(days=1))
    (site,) = (await found(town)).sites
    assert (site.is_watermelon, site.csat, site.answers, site.attainment) == (None, None, 4, "100")
    await give(town, await ended(town), csat=4)
    told = await found(town)
    assert [(each.is_watermelon, each.csat) for each in told.sites] == [(True, "40")]
    assert [each.name for each in told.customers] == [town.customer.name]
