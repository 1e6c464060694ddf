"""Much is counted in a process of its own: the same answer, the same refusals."""

import os
from collections.abc import AsyncIterator
from datetime import date
from typing import Any, cast
from uuid import uuid4

import pytest
from anyio import BrokenWorkerProcess

from server.kit.apart import Apart
from server.kit.database import Database, ReadSession
from server.kit.events import Actor
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.measures import counting
from server.measures.cases import Wanted
from server.measures.counting import counted
from server.reports.director import director_report
from server.reports.regions import region_report
from tests.server.breaches.missed import EVA
from tests.server.interventions.town import Town, minutes
from tests.server.measures.test_technicians import ON_SITE

JUNE = date(2026, 6, 1), date(2026, 7, 1)


async def process_of(session: ReadSession) -> int:
    assert session.is_active
    return os.getpid()


async def end_of_the_process(session: ReadSession) -> int:
    assert session.is_active
    os._exit(1)


@pytest.fixture
async def work(town: Town, copied_town: tuple[Town, str]) -> AsyncIterator[Work]:
    url = copied_town[1]
    await town.lead(await town.visit("S2"), *ON_SITE, "complete")
    town.passes(minutes(30))
    database = Database(url)
    yield Work(database, Apart(url), town.now, Actor(None, ""), cast("Any", None))
    await database.close()


@pytest.fixture
def one_is_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MANY", 1)


async def test_a_little_is_counted_by_the_server_itself(work: Work) -> None:
    assert await counted(work, *JUNE, process_of) == os.getpid()


@pytest.mark.usefixtures("one_is_many")
async def test_much_is_counted_in_another_process_and_comes_to_the_same(work: Work) -> None:
    assert await counted(work, *JUNE, process_of) != os.getpid()
    async with work.read() as session:
        here = await director_report(session, EVA, Wanted(*JUNE), work.now)
    assert here.interventions == 1
    assert await counted(work, *JUNE, director_report, EVA, Wanted(*JUNE), work.now) == here


@pytest.mark.usefixtures("one_is_many")
async def test_what_is_refused_is_refused_in_the_same_words(work: Work) -> None:
    backwards = Wanted(JUNE[1], JUNE[0])
    with pytest.raises(Invalid) as refused:
        await counted(work, *JUNE, director_report, EVA, backwards, work.now)
    async with work.read() as session:
        with pytest.raises(Invalid) as refused_here:
            await director_report(session, EVA, backwards, work.now)
    assert refused.value.document() == refused_here.value.document()
    with pytest.raises(NotFound):
        await counted(work, *JUNE, region_report, EVA, uuid4(), *JUNE, now=work.now)


@pytest.mark.usefixtures("one_is_many")
async def test_the_next_one_is_counted_after_the_process_was_lost(work: Work) -> None:
    with pytest.raises(BrokenWorkerProcess):
        await counted(work, *JUNE, end_of_the_process)
    assert await counted(work, *JUNE, process_of) != os.getpid()
