"""One long-lived child process that solves, so that neither a crash nor a search touches the API.

What it is asked and what becomes of the answer is in `planner`.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_LINE = 256 * 1024 * 1024
STOP_WITHIN_SECONDS = 2.0
COMMAND = (sys.executable, "-m", "server.planning.child")

Message = dict[str, Any]
Heard = Callable[[Message], None]


class SolverCrashed(Exception):
    """The child process ended before it answered."""

    code = "solver_crashed"


class SolverRefused(Exception):
    """The solver declined the problem; carries the code of its refusal."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Readiness(StrEnum):
    """How far the child is: not needed yet, loading or compiling the engine, or ready."""

    ASLEEP = "asleep"
    COMPILING = "compiling"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the child is at: whose task, who hears of its progress, where the answer goes."""

    id: str
    heard: Heard
    answer: asyncio.Future[Message]


class Solver:
    """Starts the child when it is first needed, and again after it died; one task at a time.

    `at_work` is set while the child searches, `is_ready` once a child has its engine compiled.
    """

    def __init__(self) -> None:
        self.at_work = asyncio.Event()
        self.is_ready = asyncio.Event()
        self.readiness = Readiness.ASLEEP
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._asked: _Asked | None = None

    @property
    def process_id(self) -> int | None:
        """The child's process, while one runs."""
        return None if self._process is None else self._process.pid

    async def wake(self) -> None:
        """Start the child ahead of the first plan: it loads for seconds, and nobody need wait."""
        await self._running()

    async def ask(self, task: Mapping[str, Any], heard: Heard) -> Message:
        """Give the child a task and wait for its answer; `heard` gets the progress on the way."""
        await self._running()
        asked = _Asked(task["id"], heard, asyncio.get_running_loop().create_future())
        self._asked = asked
        try:
            await self._send(await asyncio.to_thread(json.dumps, task))
            self.at_work.set()
            return await asked.answer
        except (BrokenPipeError, ConnectionResetError) as error:
            raise SolverCrashed from error
        finally:
            self._asked = None
            self.at_work.clear()

    def is_at(self, task_id: str) -> bool:
        """Whether the child is at this task right now."""
        return self._asked is not None and self._asked.id == task_id

    async def stop(self, task_id: str) -> bool:
        """End a task early; its answer comes at once. Says whether the child was at it."""
        if not self.is_at(task_id):
            return False
        await self._tell({"kind": "stop", "id": task_id})
        return True

    async def rest(self, seconds: float) -> None:
        """Let the search stand still for a moment: somebody needs the machine more."""
        if self._asked is not None:
            await self._tell({"kind": "rest", "seconds": seconds})

    async def close(self) -> None:
        """End the child: it goes when its input does, or is made to."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
        if self._reader is not None:
            await self._reader
        self.readiness = Readiness.ASLEEP

    async def _running(self) -> None:
        if self._process is None or self._process.returncode is not None:
            await self.close()
            # In a group of its own: Ctrl-C is the server's to hear, which then ends the input.
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, process_group=0
            )
            self.readiness = Readiness.COMPILING
            self._reader = asyncio.create_task(self._listen(self._process))

    async def _tell(self, message: Mapping[str, Any]) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            await self._send(json.dumps(message))

    async def _send(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()

    async def _listen(self, process: Process) -> None:
        """Hear the child until it ends; whoever waits for it then is told so."""
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self._hear(await asyncio.to_thread(json.loads, line))
        await process.wait()
        self.readiness = Readiness.ASLEEP
        if self._asked is not None and not self._asked.answer.done():
            self._asked.answer.set_exception(SolverCrashed())

    def _hear(self, message: Message) -> None:
        if message["kind"] == "ready":
            self.readiness = Readiness.READY
            self.is_ready.set()
            return
        asked = self._asked
        if asked is None or message["id"] != asked.id or asked.answer.done():
            return
        match message["kind"]:
            case "progress":
                asked.heard(message)
            case "refused":
                asked.answer.set_exception(SolverRefused(message["code"]))
            case _:
                asked.answer.set_result(message)
