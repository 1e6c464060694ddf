"""One long-lived child process that solves, so that neither a crash nor a search touches the API.

What it is asked and what becomes of the answer is in `planner`.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

LONGEST_LINE = 256 * 1024 * 1024
STOP_WITHIN_SECONDS = 2.0
COMMAND = (sys.executable, "-m", "server.planning.child")

Heard = Callable[[float, int], None]


class SolverCrashed(Exception):
    """The child process ended before it answered."""

    code = "solver_crashed"


class SolverRefused(Exception):
    """The solver declined the problem; carries the code of its refusal."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Solver:
    """Starts the child when it is first needed, and again after it died; one task at a time.

    `at_work` is set while the child searches.
    """

    def __init__(self) -> None:
        self.at_work = asyncio.Event()
        self._process: Process | None = None
        self._task_id: str | None = None

    @property
    def process_id(self) -> int | None:
        """The child's process, while one runs."""
        return None if self._process is None else self._process.pid

    async def wake(self) -> None:
        """Start the child ahead of the first plan: it loads for seconds, and nobody need wait."""
        await self._running()

    async def solve(self, task: Mapping[str, Any], heard: Heard) -> dict[str, Any]:
        """Ask for a plan; tells `heard` seconds and total on the way."""
        process = await self._running()
        self._task_id = task["id"]
        try:
            await self._send({"kind": "solve", **task})
            self.at_work.set()
            return await self._answer(process, heard)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise SolverCrashed from error
        finally:
            self._task_id = None
            self.at_work.clear()

    async def stop(self, task_id: str) -> bool:
        """End a search early; its answer comes at once. Says whether there was one."""
        if self._task_id != task_id:
            return False
        with suppress(BrokenPipeError, ConnectionResetError):
            await self._send({"kind": "stop", "id": task_id})
        return True

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

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            await self.close()
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
            )
        return self._process

    async def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        line = await asyncio.to_thread(json.dumps, message)
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()

    async def _answer(self, process: Process, heard: Heard) -> dict[str, Any]:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            message: dict[str, Any] = await asyncio.to_thread(json.loads, line)
            if message["id"] != self._task_id:
                continue
            match message["kind"]:
                case "progress":
                    heard(message["seconds"], message["total"])
                case "plan":
                    plan: dict[str, Any] = message["plan"]
                    return plan
                case _:
                    raise SolverRefused(message["code"])
        await process.wait()
        raise SolverCrashed
