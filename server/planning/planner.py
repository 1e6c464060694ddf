"""Plans being made: each in turn read, solved in the child process, verified and kept.

Nobody waits for them; screens ask how far they are.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import structlog

from dispatch.day import DayProblem, to_plan
from dispatch.errors import Refusal
from dispatch.planning import Plan, parse_plan, write_plan, write_problem
from server.kit.clock import Clock
from server.kit.database import Database
from server.planning import actions
from server.planning.outcome import Outcome, outcome
from server.planning.schemas import PlanOut, PlanPointOut
from server.planning.snapshot import Snapshot, read_day
from server.planning.solver import Solver, SolverCrashed, SolverRefused
from server.planning.tables import Plan as PlanRow
from server.regions.tables import Region

log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(slots=True)
class Progress:
    """How far a search is: seconds used, and each better total with the second it was found."""

    seconds: float = 0.0
    trace: list[tuple[float, int]] = field(default_factory=list)

    def hear(self, seconds: float, total: int) -> None:
        self.seconds = seconds
        if not self.trace or total < self.trace[-1][1]:
            self.trace.append((round(seconds, 3), total))


class Planner:
    """The plans this process is making; one solves at a time, the others wait their turn."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.solver = Solver()
        self._database = database
        self._clock = clock
        self._turn = asyncio.Lock()
        self._progress: dict[UUID, Progress] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, plan_id: UUID) -> None:
        """Make a plan in the background."""
        self._progress[plan_id] = Progress()
        task = asyncio.create_task(self._make(plan_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def with_progress(self, plan: PlanOut) -> PlanOut:
        """The plan with how far it is, if it is being made here."""
        known = self._progress.get(plan.id)
        if known is None or plan.status != "running":
            return plan
        trace = [PlanPointOut(seconds=at, total=total) for at, total in known.trace]
        return msgspec.structs.replace(plan, elapsed_seconds=known.seconds, trace=trace)

    async def stop(self, plan_id: UUID) -> bool:
        """End a search nobody wants any more; says whether one was going on."""
        return await self.solver.stop(str(plan_id))

    async def settled(self) -> None:
        """Wait until no plan is being made."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop everything; what was running is found interrupted at the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.solver.close()

    async def _make(self, plan_id: UUID) -> None:
        try:
            async with self._turn:
                await self._solve(plan_id)
        except (SolverCrashed, SolverRefused, Refusal) as failure:
            await self._fail(plan_id, failure.code)
        except Exception as error:  # whatever it was, the dispatcher must not wait
            log.exception("plan_failed", plan_id=str(plan_id), reason=type(error).__name__)
            await self._fail(plan_id, "internal")
        finally:
            self._progress.pop(plan_id, None)

    async def _solve(self, plan_id: UUID) -> None:
        async with self._database.read() as session:
            row = await session.get(PlanRow, plan_id)
            if row is None or row.status != "running":
                return
            region = await session.get(Region, row.region_id)
            assert region is not None
            snapshot = await read_day(session, region, row.day, self._clock.now())
        question, task = await asyncio.to_thread(_asked, snapshot, row)
        answer = await self.solver.solve(task, self._progress[plan_id].hear)
        found, plan = await asyncio.to_thread(_answered, snapshot, question, answer)
        async with self._database.write() as writing:
            await actions.keep(writing, plan_id, found, plan.solver, self._clock.now())

    async def _fail(self, plan_id: UUID, code: str) -> None:
        async with self._database.write() as session:
            await actions.fail(session, plan_id, code, self._clock.now())


def _asked(snapshot: Snapshot, row: PlanRow) -> tuple[DayProblem, dict[str, Any]]:
    question = to_plan(snapshot.day, change_budget=row.change_budget)
    return question, {
        "id": str(row.id),
        "problem": write_problem(question.problem),
        "start": write_plan(question.current),
        "seconds": row.seconds,
        "seed": row.seed,
    }


def _answered(
    snapshot: Snapshot, question: DayProblem, answer: dict[str, Any]
) -> tuple[Outcome, Plan]:
    plan = parse_plan(answer)
    return outcome(snapshot, question, plan), plan
