"""Work is followed by a link: honest times, plain states, no name, and an end."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from server.experience import links
from server.experience.problems import FeedbackLinkEnded
from server.experience.schemas import FeedbackByLinkBody
from server.experience.tables import Feedback
from server.residents import tracking
from server.residents.problems import TrackingEnded
from server.residents.schemas import ResidentReportedOut
from server.residents.tables import TrackingLink
from tests.server.experience.test_feedback import DONE
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town, minutes
from tests.server.residents.scene import follows, label_in, says
from tests.server.residents.test_labels import newest


async def _survey(town: Town, told: ResidentReportedOut) -> str:
    async with town.write() as session:
        made = await tracking.survey(session, told.path.rsplit("/", 1)[-1], town.now)
    return made.path.rsplit("/", 1)[-1]


async def _answers(town: Town, token: str, csat: int) -> None:
    async with town.write() as session:
        await links.answer(session, FeedbackByLinkBody(token=token, csat=csat), town.now)


async def test_each_step_is_told_in_a_plain_state(town: Town) -> None:
    told = await says(town, await label_in(town))
    assert (await follows(town, told)).state == "reported"
    visit = await town.assign(await newest(town))
    seen = [(await follows(town, told)).state]
    for step in DONE:
        visit = await town.lead(visit, step)
        seen.append((await follows(town, told)).state)
        town.passes(minutes(1))
    assert seen == ["planned", "planned", "on_the_way", "on_site", "on_site", "done"]


async def test_the_range_is_honest_and_no_name_is_told(town: Town) -> None:
    told = await says(town, await label_in(town), caller_name="Nil", caller_phone="+376 1")
    visit = await town.assign(await newest(town))
    shown = await follows(town, told)
    assert shown.from_at is not None
    assert shown.to_at is not None
    assert shown.from_at <= visit.starts_at <= shown.to_at
    assert shown.to_at - shown.from_at >= minutes(30)
    text = msgspec.json.encode(shown).decode()
    for internal in (town.aina.name.split()[0], "Nil", "+376 1", visit.status, "internal", "S2"):
        assert f'"{internal}"' not in text
        assert f'"{internal} ' not in text


async def test_of_what_was_merged_the_other_one_is_followed(town: Town) -> None:
    told = await says(town, await label_in(town), "degraded")
    double = await newest(town)
    kept = await town.report("S2")
    await merged(town, kept=kept, double=double)
    await town.assign(await town.look(kept))
    assert (await follows(town, told)).state == "planned"


async def test_a_link_ends_thirty_days_after_the_work_and_a_false_one_says_the_same(
    town: Town,
) -> None:
    told = await says(town, await label_in(town))
    town.passes(timedelta(days=40))
    assert (await follows(town, told)).open_until is None
    await town.lead(await town.assign(await newest(town)), *DONE)
    shown = await follows(town, told)
    assert shown.ended_at is not None
    assert shown.open_until == shown.ended_at + timedelta(days=30)
    town.passes(timedelta(days=31))
    for path in (told.path, "/t/nobody-was-given-this"):
        with pytest.raises(TrackingEnded):
            await follows(town, path)


async def test_of_a_link_only_a_hash_is_kept(town: Town) -> None:
    told = await says(town, await label_in(town))
    async with town.read() as session:
        row = (await session.scalars(select(TrackingLink))).one()
        assert told.path.rsplit("/", 1)[-1] not in str(vars(row))


async def test_a_resident_answers_once_within_thirty_days_and_apart_from_the_manager(
    town: Town,
) -> None:
    told = await says(town, await label_in(town), caller_name="Nil", caller_email="nil@example.org")
    with pytest.raises(FeedbackLinkEnded):
        await _survey(town, told)
    await town.lead(await town.assign(await newest(town)), *DONE)
    assert (await follows(town, told)).may_answer
    unused, used = await _survey(town, told), await _survey(town, told)
    with pytest.raises(FeedbackLinkEnded):
        await _answers(town, unused, 1)
    await _answers(town, used, 4)
    assert not (await follows(town, told)).may_answer
    with pytest.raises(FeedbackLinkEnded):
        await _survey(town, told)
    async with town.read() as session:
        given = (await session.scalars(select(Feedback))).one()
    assert (given.role, given.channel, given.csat) == ("resident", "qr", 4)
    assert not any(word in str(vars(given)) for word in ("Nil", "nil@"))
