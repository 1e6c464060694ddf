"""One answer for all who ask the same at the same moment."""

import asyncio
from datetime import UTC, datetime, timedelta

from server.kit.at_once import LASTS, AtOnce

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)


class _Work:
    def __init__(self) -> None:
        self.done = 0

    async def __call__(self) -> int:
        await asyncio.sleep(0)
        self.done += 1
        return self.done


async def test_twenty_who_ask_together_cost_one_answer() -> None:
    work, shared = _Work(), AtOnce()
    assert await asyncio.gather(*(shared.answer(7, NOON, work) for _ in range(20))) == [1] * 20


async def test_something_new_or_a_moment_later_is_worked_out_anew() -> None:
    work, shared = _Work(), AtOnce()
    later = NOON + LASTS + timedelta(milliseconds=1)
    asked = [(7, NOON), (8, NOON), (8, NOON + LASTS), (8, later), (8, NOON)]
    assert [await shared.answer(what, now, work) for what, now in asked] == [1, 2, 2, 3, 4]


async def test_one_who_goes_away_leaves_the_answer_to_the_next() -> None:
    work, shared = _Work(), AtOnce()
    first = asyncio.create_task(shared.answer(7, NOON, work))
    await asyncio.sleep(0)
    first.cancel()
    assert await shared.answer(7, NOON, work) == 1
