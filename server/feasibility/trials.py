"""Trials being lived: each in turn in a child process of its own, which ends when it is stopped.

Nobody waits for them; screens ask how far they are.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
import structlog

from server.feasibility import actions
from server.feasibility.schemas import TrialOut
from server.feasibility.tables import Trial
from server.kit.clock import Clock
from server.kit.database import Database

log: structlog.stdlib.BoundLogger = structlog.get_logger()

COMMAND = (sys.executable, "-m", "server.feasibility.child")
CRASHED = "trial_crashed"


class Trials:
    """The trials this process was asked for: one lives its days at a time, the others wait."""

    def __init__(self, database: Database, database_url: str, clock: Clock) -> None:
        self._database = database
        self._database_url = database_url
        self._clock = clock
        self._turn = asyncio.Lock()
        self._progress: dict[UUID, float] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}

    def begin(self, trial_id: UUID) -> None:
        """Live a trial in the background, after those that were asked for before."""
        self._progress[trial_id] = 0.0
        task = asyncio.create_task(self._make(trial_id))
        self._tasks[trial_id] = task
        task.add_done_callback(lambda _: self._leave(trial_id))

    def with_progress(self, trial: TrialOut) -> TrialOut:
        """The trial with how far it is, if it is lived here."""
        known = self._progress.get(trial.id)
        if known is None or trial.status != "running":
            return trial
        return msgspec.structs.replace(
            trial, progress=known, queue_position=list(self._progress).index(trial.id)
        )

    def stop(self, trial_id: UUID) -> None:
        """End a trial nobody wants any more."""
        if (task := self._tasks.get(trial_id)) is not None:
            task.cancel()

    async def settled(self) -> None:
        """Wait until no trial is being lived."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop everything; what was running is found interrupted at the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _leave(self, trial_id: UUID) -> None:
        self._progress.pop(trial_id, None)
        self._tasks.pop(trial_id, None)

    async def _make(self, trial_id: UUID) -> None:
        try:
            async with self._turn:
                await self._live(trial_id)
        except Exception as error:  # whatever it was, nobody must wait for it
            log.exception("trial_failed", trial_id=str(trial_id), reason=type(error).__name__)
            await self._fail(trial_id, "internal")

    async def _live(self, trial_id: UUID) -> None:
        task = await self._task(trial_id)
        if task is None:
            return
        # In a group of its own: Ctrl-C is the server's to hear, which then ends the trial.
        process = await asyncio.create_subprocess_exec(
            *COMMAND, stdin=PIPE, stdout=PIPE, process_group=0
        )
        try:
            last = await self._heard(trial_id, process, task)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if "answer" not in last:
            await self._fail(trial_id, last.get("refused", CRASHED))
            return
        async with self._database.write() as session:
            await actions.keep(session, trial_id, last["answer"], self._clock.now())

    async def _heard(self, trial_id: UUID, process: Process, task: bytes) -> dict[str, Any]:
        """Ask the child and hear it to its end; its last word."""
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(task)
            await process.stdin.drain()
        last: dict[str, Any] = {}
        while line := await process.stdout.readline():
            last = json.loads(line)
            self._progress[trial_id] = last.get("progress", 1.0)
        return last

    async def _task(self, trial_id: UUID) -> bytes | None:
        """What the child is asked; nothing if nobody wants it any more."""
        async with self._database.read() as session:
            row = await session.get(Trial, trial_id)
        if row is None or row.status != "running":
            return None
        task = {
            "database_url": self._database_url,
            "trial_id": str(row.id),
            "region_id": str(row.region_id),
            "severity": row.severity,
            "within_seconds": row.within_seconds,
            "is_always": row.is_always,
            "first_day": row.first_day.isoformat(),
            "weeks": row.weeks,
            "seed": row.seed,
            "now": row.requested_at.isoformat(),
        }
        return json.dumps(task).encode() + b"\n"

    async def _fail(self, trial_id: UUID, code: str) -> None:
        async with self._database.write() as session:
            await actions.fail(session, trial_id, code, self._clock.now())
