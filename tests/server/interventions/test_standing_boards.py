"""A board kept between events shows what a board read anew shows."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import event

from server.customers import actions as customers
from server.customers import queries as customer_queries
from server.customers.schemas import CustomerChangeBody
from server.interventions import board
from server.interventions.board_schemas import BoardOut
from server.interventions.standing_boards import StandingBoards
from tests.server.interventions.town import FOUNDER, Town, minutes


async def _board(town: Town, boards: StandingBoards | None = None) -> BoardOut:
    async with town.read() as session:
        return await board.board(
            session, town.office, region_id=town.valley.id, day=None, now=town.now, boards=boards
        )


async def test_what_is_kept_follows_every_event_and_the_time(town: Town) -> None:
    boards = StandingBoards()
    call = await town.report("S2")
    visit = await town.visit()

    async def declined() -> None:
        await town.lead(visit, "decline")

    async def renamed() -> None:
        async with town.write() as session:
            before = await customer_queries.customer(session, FOUNDER, call.customer_id)
            body = CustomerChangeBody(name="Renamed")
            await customers.change_customer(
                session, FOUNDER, before.id, body, expected=before.version, now=town.now
            )

    async def broken() -> None:
        town.passes(minutes(600))

    async def nothing() -> None:
        return None

    async def assigned() -> None:
        await town.assign(call)

    async def closed() -> None:
        await town.decide(await town.report(), "close")

    steps: list[Callable[[], Awaitable[None]]] = [
        nothing,
        declined,
        renamed,
        assigned,
        closed,
        broken,
        nothing,
    ]
    for step in steps:
        await step()
        town.passes(timedelta(seconds=30))
        assert await _board(town, boards) == await _board(town), step.__name__


async def test_a_board_that_nothing_touched_is_not_read_again(town: Town) -> None:
    await town.visit()
    boards = StandingBoards()
    await _board(town, boards)
    asked: list[str] = []
    async with town.read() as session:
        engine = session.get_bind()

        def note(*given: object) -> None:
            asked.append(str(given[2]))

        event.listen(engine, "before_cursor_execute", note)
        await _board(town, boards)
        event.remove(engine, "before_cursor_execute", note)
    assert asked
    assert not [each for each in asked if "FROM clock" in each or "FROM visit" in each]
