"""Who looks at a region's board: told softly, forgotten soon, never across regions."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from server.accounts.scope import Scope
from server.kit.problems import NotFound
from server.live import looks
from server.live.schemas import LookBody, LooksOut
from tests.server.interventions.town import Town


async def look(town: Town, who: Scope, page: str = "one", **more: object) -> LooksOut:
    body = LookBody.model_validate({"page": page, "region_id": town.valley.id, **more})
    async with town.write() as session:
        return await looks.look(session, who, body, town.now)


async def test_colleagues_see_each_other_and_what_is_open(town: Town, eva: Scope) -> None:
    call = await town.report()
    assert (await look(town, town.office, intervention_id=call.id)).others == []
    (other,) = (await look(town, eva)).others
    assert (other.name, other.intervention_ids) == ("Dora", [call.id])
    (back,) = (await look(town, town.office, intervention_id=call.id)).others
    assert (back.name, back.intervention_ids) == ("Eva", [])


async def test_somebody_with_two_pages_is_told_once(town: Town, eva: Scope) -> None:
    first, second = await town.report(), await town.report()
    await look(town, town.office, "one", intervention_id=first.id)
    await look(town, town.office, "two", intervention_id=second.id)
    (other,) = (await look(town, eva)).others
    assert other.intervention_ids == [first.id, second.id]


async def test_a_page_that_closes_or_is_silent_for_a_minute_is_gone(town: Town, eva: Scope) -> None:
    await look(town, town.office)
    await look(town, town.office, is_leaving=True)
    assert (await look(town, eva)).others == []
    await look(town, town.office)
    town.passes(timedelta(seconds=59))
    assert len((await look(town, eva)).others) == 1
    town.passes(timedelta(seconds=1))
    assert (await look(town, eva)).others == []


async def test_another_regions_board_is_another_board(town: Town, eva: Scope) -> None:
    call = await town.report()
    await look(town, town.office, region_id=town.mountain.id, intervention_id=call.id)
    assert (await look(town, eva)).others == []
    (other,) = (await look(town, eva, region_id=town.mountain.id)).others
    assert other.intervention_ids == []


async def test_a_foreign_regions_board_looks_unknown(town: Town, eva: Scope) -> None:
    stranger = replace(eva, region_ids=frozenset({town.mountain.id}))
    with pytest.raises(NotFound):
        await look(town, stranger)


@pytest.fixture
async def eva(town: Town) -> Scope:
    """A second dispatcher of both regions."""
    return replace(town.office, account_id=UUID(int=1), name="Eva")
