"""Somebody in the building says how it was by a link: once, without an account or a name."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.accounts.scope import Scope
from server.experience import links
from server.experience.problems import FeedbackClosed, FeedbackLinkEnded
from server.experience.schemas import FeedbackAskedOut, FeedbackByLinkBody, FeedbackLinkBody
from server.experience.tables import Feedback, FeedbackLink
from server.kit.problems import Invalid, NotFound
from tests.server.experience.test_feedback import ended, give, seen
from tests.server.experience.test_irritations import listed
from tests.server.interventions.town import Town, minutes


async def link_to(town: Town, about: Any, by: Scope | None = None, channel: Any = "link") -> str:
    body = FeedbackLinkBody(channel=channel)
    async with town.write() as session:
        made = await links.make_link(session, by or town.office, about.id, body, town.now)
    assert made.path.startswith("/portal/#/feedback/")
    return made.path.split("/")[-1]


async def says(town: Town, token: str, **said: Any) -> FeedbackAskedOut:
    async with town.write() as session:
        return await links.answer(session, FeedbackByLinkBody(token=token, **said), town.now)


async def test_one_tap_answers_and_the_rest_may_follow_for_half_an_hour(town: Town) -> None:
    token = await link_to(town, await ended(town))
    first = await says(town, token, csat=2)
    assert (first.site_name, first.open_until) == (
        town.hotel.site.name,
        town.now + minutes(30),
    )
    town.passes(minutes(2))
    await says(town, token, effort=3, comment="Nobody said hello.", is_irritated=True)
    (given,) = await seen(town, town.office)
    assert (given.role, given.channel) == ("resident", "link")
    assert (given.csat, given.effort, given.comment) == (2, 3, "Nobody said hello.")
    assert [row.role for row in await listed(town, town.manager())] == ["resident"]
    town.passes(minutes(28))
    with pytest.raises(FeedbackLinkEnded):
        await says(town, token, csat=5)


async def test_each_link_is_one_answer_and_stands_beside_the_manager_s(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=5)
    for csat in (1, 4):
        await says(town, await link_to(town, about), csat=csat, is_irritated=True)
    assert sorted(row.csat or 0 for row in await seen(town, town.office)) == [1, 4, 5]
    assert len(await listed(town, town.office)) == 2


async def test_a_link_ends_with_the_thirty_days_and_a_false_one_says_the_same(town: Town) -> None:
    about = await ended(town)
    token = await link_to(town, about, town.manager())
    town.passes(timedelta(days=30))
    for each in (token, "nobody-was-given-this"):
        async with town.read() as session:
            with pytest.raises(FeedbackLinkEnded):
                await links.asked(session, each, town.now)
    with pytest.raises(FeedbackClosed):
        await link_to(town, about)


async def test_only_who_sees_the_work_hands_links_out_and_none_is_kept(town: Town) -> None:
    about = await ended(town)
    with pytest.raises(NotFound):
        await link_to(town, about, town.manager(town.rival))
    token = await link_to(town, about)
    async with town.read() as session:
        kept = (await session.scalars(select(FeedbackLink))).one()
        assert token not in str(vars(kept))
        assert (await session.scalars(select(Feedback))).all() == []


async def test_a_manager_who_answers_in_the_portal_answers_as_manager_and_once(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=2)
    await says(town, await link_to(town, about, town.manager(), "portal"), csat=5)
    assert [(row.role, row.csat) for row in await seen(town, town.office)] == [("manager", 5)]
    with pytest.raises(Invalid):
        await link_to(town, about, town.office, "portal")
