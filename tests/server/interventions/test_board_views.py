"""Views of the board under people's own names for them."""

import pytest

from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.interventions import board_views
from server.interventions.board_schemas import BoardViewBody
from server.kit.problems import Invalid
from tests.server.interventions.town import FOUNDER, Town


async def _office(town: Town) -> Scope:
    """Somebody with an account."""
    person = {"name": "Aina", "role": "dispatcher", "language": "en", "password_hash": ""}
    async with town.write() as session:
        row = Account(id=FOUNDER.account_id, email="a@example.test", **person)
        await session.merge(row)
    return FOUNDER


async def _keep(town: Town, name: str, look: str | None) -> list[tuple[str, str]]:
    scope = await _office(town)
    async with town.write() as session:
        kept = await board_views.keep(session, scope, BoardViewBody(name=name, look=look))
    return [(each.name, each.look) for each in kept.items]


async def test_a_view_is_kept_replaced_by_its_name_and_forgotten(town: Town) -> None:
    await _keep(town, "Week", "days=7")
    assert await _keep(town, "late ones", "state=late") == [
        ("late ones", "state=late"),
        ("Week", "days=7"),
    ]
    assert await _keep(town, "Week", "days=7&group=skill") == [
        ("late ones", "state=late"),
        ("Week", "days=7&group=skill"),
    ]
    assert await _keep(town, "late ones", None) == [("Week", "days=7&group=skill")]


async def test_nobody_else_sees_a_view(town: Town) -> None:
    await _keep(town, "Week", "days=7")
    async with town.read() as session:
        assert (await board_views.views(session, town.office)).items == []


async def test_so_many_views_are_enough(town: Town) -> None:
    for number in range(board_views.MOST):
        await _keep(town, f"View {number}", "")
    with pytest.raises(Invalid):
        await _keep(town, "One more", "")
    assert len(await _keep(town, "View 0", "days=3")) == board_views.MOST
