"""Recurring duties: a failing one is tried again and holds up none of the others."""

import asyncio
from datetime import datetime, timedelta

from server.kit.clock import Clock
from server.kit.runner import Duty, on_duty

SOON = timedelta(milliseconds=1)


async def test_a_failing_duty_is_tried_again_and_others_go_on() -> None:
    tries: list[datetime] = []
    enough = asyncio.Event()

    async def fail(now: datetime) -> None:
        tries.append(now)
        raise RuntimeError

    async def work(now: datetime) -> None:
        del now
        if len(tries) > 1:
            enough.set()

    async with on_duty([Duty("fail", SOON, fail), Duty("work", SOON, work)], Clock()):
        await enough.wait()
    assert len(tries) > 1


async def test_duties_end_with_the_server() -> None:
    begun = asyncio.Event()

    async def wait(now: datetime) -> None:
        del now
        begun.set()
        await asyncio.Event().wait()

    async with on_duty([Duty("wait", SOON, wait)], Clock()):
        await begun.wait()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "wait"]


async def test_duties_run_on_the_servers_own_clock() -> None:
    seen: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()

    async def look(now: datetime) -> None:
        if not seen.done():
            seen.set_result(now)

    clock = Clock(offset_seconds=3600)
    before = clock.now()
    async with on_duty([Duty("look", SOON, look)], clock):
        assert before <= await seen <= clock.now()
