"""Recurring duties of a running server: each at its interval, one failing without the others.

What the duties are is put together in `server.app`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from server.kit.clock import Clock

log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again; it decides itself whether there is anything to do."""

    name: str
    every: timedelta
    act: Callable[[datetime], Awaitable[object]]


@asynccontextmanager
async def on_duty(duties: Sequence[Duty], clock: Clock) -> AsyncIterator[None]:
    """Keep doing these until the block ends."""
    tasks = [asyncio.create_task(_keep_doing(duty, clock), name=duty.name) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_doing(duty: Duty, clock: Clock) -> None:
    while True:
        await attempt(duty, clock.now())
        await asyncio.sleep(duty.every.total_seconds())


async def attempt(duty: Duty, now: datetime) -> bool:
    """Do it once; a failure is logged and waits for the next time."""
    try:
        await duty.act(now)
    except Exception:
        log.exception("duty_failed", duty=duty.name)
        return False
    return True
