"""Long readings in a process of their own: whoever asks for help meanwhile is answered as ever."""

import asyncio
import os
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_process

from server.kit.database import Database, ReadSession

P = ParamSpec("P")
T = TypeVar("T")
Reading = Callable[Concatenate[ReadSession, P], Awaitable[T]]

KINDNESS = 5  # the API comes first, a plan last


class Apart:
    """One reading after the other, in a process that starts with the first and stays.

    What a reading is given and what it answers or raises crosses over by pickle.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._one = CapacityLimiter(1)

    async def read(self, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `reading` answers with a session of its own.

        Raises:
            BrokenWorkerProcess: the process ended before it answered; the next call starts another.

        """
        return await to_process.run_sync(_read, self._url, reading, args, kwargs, limiter=self._one)


def _read(
    url: str, reading: Callable[..., Awaitable[T]], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> T:
    os.setpriority(os.PRIO_PROCESS, 0, KINDNESS)

    async def read() -> T:
        database = Database(url)
        try:
            async with database.read() as session:
                return await reading(session, *args, **kwargs)
        finally:
            await database.close()

    try:
        return asyncio.run(read())
    except Exception as raised:
        # The server's log is told where it went wrong: frames do not cross over.
        raised.add_note(traceback.format_exc())
        raise
