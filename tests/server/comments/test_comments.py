"""The customer and the office write to each other; a word nobody answers is raised once."""

from uuid import UUID

import pytest
from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.tables import Agreement
from server.comments import actions, queries
from server.comments.schemas import CommentBody, CommentsOut
from server.comments.waiting import UNANSWERED, raise_unanswered
from server.interventions.schemas import InterventionOut
from server.kit.problems import NotFound
from server.kit.tables import Event
from server.live.queries import events
from tests.server.interventions.town import Town, minutes


async def writes(town: Town, by: Scope, about: InterventionOut, text: str) -> None:
    async with town.write() as session:
        body = CommentBody(text=text)
        await actions.comment_on_intervention(session, by, about.id, body, town.now)


async def read(town: Town, by: Scope, about: UUID) -> CommentsOut:
    async with town.read() as session:
        return await queries.of_intervention(session, by, about)


async def test_both_sides_read_each_other_and_a_manager_no_name_of_the_office(town: Town) -> None:
    about, marta = await town.report(), town.manager()
    await writes(town, marta, about, "The guests are waiting.")
    await writes(town, town.office, about, "Somebody comes at ten.")
    seen = (await read(town, marta, about.id)).comments
    assert [(each.side, each.text) for each in seen] == [
        ("customer", "The guests are waiting."),
        ("office", "Somebody comes at ten."),
    ]
    assert [each.author for each in seen] == [marta.name, ""]
    assert [each.is_own for each in seen] == [True, False]
    office = (await read(town, town.office, about.id)).comments
    assert [each.author for each in office] == [marta.name, town.office.name]


async def test_what_is_foreign_looks_unknown_and_technicians_have_no_part_in_it(
    town: Town,
) -> None:
    about = await town.report()
    for stranger in (town.manager(town.rival), town.of(town.aina)):
        with pytest.raises(NotFound):
            await writes(town, stranger, about, "Mine")
        with pytest.raises(NotFound):
            await read(town, stranger, about.id)


async def test_the_stream_says_that_somebody_wrote_and_not_what(town: Town) -> None:
    about = await town.report()
    await writes(town, town.manager(), about, "A secret of ours.")
    async with town.read() as session:
        for reader in (town.office, town.manager()):
            (told,) = [
                each
                for each in await events(session, reader, after=0)
                if each.kind == "customer_commented"
            ]
            assert told.intervention_id == about.id
            assert "secret" not in str(told)
        strangers = await events(session, town.manager(town.rival), after=0)
        assert "customer_commented" not in {each.kind for each in strangers}


async def _raised(town: Town) -> int:
    await raise_unanswered(town.database, town.now)
    async with town.read() as session:
        found = await session.scalars(select(Event).where(Event.kind == UNANSWERED))
        return len(found.all())


async def test_a_word_without_an_answer_is_raised_once_after_half_an_hour_of_service(
    town: Town,
) -> None:
    about = await town.report()
    await writes(town, town.manager(), about, "Hello?")
    town.passes(minutes(5))
    await writes(town, town.manager(), about, "Anybody?")
    assert await _raised(town) == 0
    town.passes(minutes(26))
    assert await _raised(town) == 1
    town.passes(minutes(60))
    assert await _raised(town) == 1


async def test_an_answer_in_time_is_enough_and_the_next_word_waits_anew(town: Town) -> None:
    about = await town.report()
    await writes(town, town.manager(), about, "Hello?")
    town.passes(minutes(10))
    await writes(town, town.office, about, "We are coming.")
    town.passes(minutes(60))
    assert await _raised(town) == 0
    await writes(town, town.manager(), about, "Still waiting.")
    town.passes(minutes(31))
    assert await _raised(town) == 1


async def test_an_agreement_is_written_about_by_its_own_customer_only(town: Town) -> None:
    async with town.read() as session:
        agreement = await session.scalar(
            select(Agreement).where(Agreement.customer_id == town.customer.id)
        )
    assert agreement is not None
    body = CommentBody(text="Could Saturdays be part of it?")
    async with town.write() as session:
        await actions.comment_on_agreement(session, town.manager(), agreement.id, body, town.now)
        with pytest.raises(NotFound):
            await actions.comment_on_agreement(
                session, town.manager(town.rival), agreement.id, body, town.now
            )
    async with town.read() as session:
        found = await queries.of_agreement(session, town.office, agreement.id)
    assert [each.text for each in found.comments] == [body.text]
