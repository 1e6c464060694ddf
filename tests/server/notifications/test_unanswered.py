"""Urgent work nobody answers: the office hears of it, once, and only when it can be helped."""

from datetime import datetime, timedelta

import pytest

from server.agreements.schemas import Severity
from server.interventions.board_bars import Shown, bars
from server.interventions.not_answered import NOT_ANSWERED
from server.notifications.unanswered import escalate
from tests.server.interventions.town import Town, minutes
from tests.server.notifications.phones import Phones

PATIENCE = minutes(5)


async def told(town: Town, *, after: timedelta = PATIENCE) -> int:
    town.passes(after)
    return await escalate(town.database, PATIENCE, town.now)


@pytest.mark.usefixtures("phones")
async def test_the_office_hears_once_of_urgent_work_nobody_answered(town: Town) -> None:
    await town.visit("S2")
    assert await told(town, after=minutes(4)) == 0
    assert await told(town, after=minutes(1)) == 1
    assert await told(town, after=minutes(30)) == 0
    assert (await town.kinds()).count(NOT_ANSWERED) == 1


async def _on_the_bar(town: Town) -> datetime | None:
    shown = Shown(town.valley.id, town.now - minutes(60), town.now + minutes(600), is_now=True)
    async with town.read() as session:
        ((drawn,),) = (await bars(session, shown)).values()
    return drawn.bar.not_answered_at


@pytest.mark.usefixtures("phones")
async def test_the_board_marks_it_until_it_is_answered(town: Town) -> None:
    visit = await town.visit("S2")
    await told(town)
    marked = (await town.look(visit)).visits[0]
    assert (marked.not_answered_at, await _on_the_bar(town)) == (town.now, town.now)
    answered = await town.lead(marked, "accept")
    assert (answered.not_answered_at, await _on_the_bar(town)) == (None, None)


@pytest.mark.usefixtures("phones")
@pytest.mark.parametrize("kind", ["accept", "decline"])
async def test_an_answer_in_time_is_an_answer(town: Town, kind: str) -> None:
    visit = await town.visit("S1")
    await town.tell(visit, kind)  # type: ignore[arg-type]
    assert await told(town) == 0


@pytest.mark.usefixtures("phones")
@pytest.mark.parametrize("severity", ["S3", "S4"])
async def test_other_work_may_wait_for_its_answer(town: Town, severity: Severity) -> None:
    await town.visit(severity)
    assert await told(town) == 0


async def test_minutes_count_from_the_beginning_of_the_shift(town: Town, phones: Phones) -> None:
    town.passes(timedelta(hours=9))
    tomorrow = town.now.replace(hour=6, minute=0) + timedelta(days=1)
    await phones.on_shift(tomorrow, hours=9)
    await town.assign(await town.report("S2"), after=timedelta(hours=15))
    assert await told(town, after=timedelta(hours=1)) == 0
    town.now = tomorrow
    assert await told(town, after=minutes(4)) == 0
    assert await told(town, after=minutes(1)) == 1


async def test_whoever_is_off_and_needed_now_has_to_be_called(town: Town) -> None:
    await town.visit("S1")
    assert await told(town) == 1


async def test_patience_may_be_endless(town: Town) -> None:
    await town.visit("S1")
    town.passes(PATIENCE)
    assert await escalate(town.database, timedelta(), town.now) == 0
