"""Somebody is irritated although every promise was kept: taken up, or closed with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from server.accounts.scope import Scope
from server.experience import irritation_actions as actions
from server.experience import irritation_queries as queries
from server.experience.irritation_queries import WantedIrritations
from server.experience.irritation_schemas import (
    CloseIrritationBody,
    IrritationBody,
    IrritationOut,
)
from server.experience.problems import IrritationSettled
from server.kit.problems import Invalid, NotFound, Stale
from tests.server.experience.test_feedback import ended, give
from tests.server.interventions.town import Town


async def noted(town: Town, about: Any, by: Scope, text: str = "Left it dirty.") -> IrritationOut:
    async with town.write() as session:
        return await actions.raise_irritation(
            session, by, IrritationBody(intervention_id=about.id, text=text), town.now
        )


async def listed(town: Town, by: Scope, **wanted: Any) -> list[IrritationOut]:
    async with town.read() as session:
        found = await queries.irritations(
            session, by, WantedIrritations(**wanted), limit=None, cursor=None
        )
    return found.items


async def closed(town: Town, row: IrritationOut, reason: str = "Talked.") -> IrritationOut:
    body = CloseIrritationBody(base_version=row.version, reason=reason)
    async with town.write() as session:
        return await actions.close_irritation(session, town.office, row.id, body, town.now)


async def test_anybody_who_has_to_do_with_it_says_so_and_is_known_by_role_only(town: Town) -> None:
    about = await ended(town)
    for by in (town.manager(), town.office, town.of(town.aina)):
        row = await noted(town, about, by)
        assert (row.role, row.state, row.number) == (by.role.value, "open", about.number)
        assert by.name not in str(row)


async def test_a_manager_reads_what_their_own_side_said_and_nobody_else_s(town: Town) -> None:
    about = await ended(town)
    own, _ = await noted(town, about, town.manager()), await noted(town, about, town.office)
    assert await listed(town, town.manager()) == [own]
    assert await listed(town, town.manager(town.rival)) == []
    assert len(await listed(town, town.office, state="open")) == 2


async def test_of_what_one_has_nothing_to_do_with_one_says_nothing(town: Town) -> None:
    about = await ended(town)
    for by in (town.manager(town.rival), town.of(town.clara)):
        with pytest.raises(Invalid):
            await noted(town, about, by)
    row = await noted(town, about, town.manager())
    stranger = Scope(town.office.account_id, "Else", town.office.role, frozenset())
    async with town.read() as session:
        with pytest.raises(NotFound):
            await queries.irritation_row(session, stranger, row.id)


async def test_an_answer_that_asks_to_be_talked_about_waits_once_however_often_it_is_given(
    town: Town,
) -> None:
    about = await ended(town)
    await give(town, about, csat=4, comment="Nobody said hello.", is_irritated=True)
    town.passes(timedelta(days=1))
    await give(town, about, csat=4, comment="Nobody said goodbye either.", is_irritated=True)
    assert [row.text for row in await listed(town, town.office)] == ["Nobody said goodbye either."]
    await give(town, about, csat=5)
    assert len(await listed(town, town.office)) == 1


async def test_it_is_closed_with_a_reason_once_and_on_the_version_that_was_seen(town: Town) -> None:
    row = await noted(town, await ended(town), town.manager())
    with pytest.raises(ValueError, match="reason"):
        CloseIrritationBody(base_version=row.version, reason=" ")
    with pytest.raises(Stale):
        await closed(town, structs.replace(row, version=7))
    over = await closed(town, row)
    assert (over.state, over.closed_reason, over.closed_by) == ("closed", "Talked.", "Dora")
    with pytest.raises(IrritationSettled):
        await closed(town, over)
