"""What many screens ask at the same moment is worked out by the first of them, for all."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar, cast

T = TypeVar("T")
LASTS = timedelta(seconds=1)


class AtOnce:
    """The last answer to one kind of question, while nothing has happened and no second passed."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._told: tuple[Hashable, datetime, object] | None = None

    async def answer(self, what: Hashable, now: datetime, make: Callable[[], Awaitable[T]]) -> T:
        """`what` is all that the answer hangs on but the time, the newest event included."""
        async with self._turn:
            told = self._told
            if told is None or told[0] != what or abs(now - told[1]) > LASTS:
                told = self._told = (what, now, await make())
            return cast("T", told[2])
