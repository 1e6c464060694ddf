"""Plans being made: each in turn read, solved in the child process, verified and kept.

Nobody waits for them; screens ask how far they are.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
import structlog

from dispatch.day import DayProblem, to_plan
from dispatch.errors import Refusal
from dispatch.planning import Plan, parse_plan, write_plan, write_problem
from server.kit.clock import Clock
from server.kit.database import Database, ReadSession
from server.planning import actions
from server.planning.keeping import keep_answer, keep_question, packed
from server.planning.money import money_of
from server.planning.outcome import Outcome, outcome
from server.planning.schemas import PlanOut, PlanPointOut
from server.planning.snapshot import Snapshot, read_day, works_of
from server.planning.solver import Message, Solver, SolverCrashed, SolverRefused
from server.planning.tables import Plan as PlanRow
from server.regions.tables import Region

log: structlog.stdlib.BoundLogger = structlog.get_logger()

Point = tuple[float, int, int | None, int | None, int | None]

MOST_PROVEN_JOBS = 1_000
REST_SECONDS = 0.3  # enough to rank everybody


@dataclass(slots=True)
class Progress:
    """How far a search is: seconds used, and each better plan with the second it was found.

    Of each plan: its total, how many jobs are in time, how many nobody does, how many are late.
    """

    seconds: float = 0.0
    trace: list[Point] = field(default_factory=list)

    def hear(self, message: Message) -> None:
        self.seconds = message["seconds"]
        if not self.trace or message["total"] < self.trace[-1][1]:
            at = round(self.seconds, 3)
            counts = (message["on_time"], message["unassigned"], message["late"])
            self.trace.append((at, message["total"], *counts))

    def beside(self, trace: Sequence[tuple[float, int]]) -> list[Point]:
        """The whole trace of the search, with what was heard about the plans of the same total."""
        heard = {total: counts for _, total, *counts in self.trace}
        unheard = [None, None, None]
        return [_point(at, total, heard.get(total, unheard)) for at, total in trace]


def _point(at: float, total: int, counts: Sequence[int | None]) -> Point:
    in_time, left, late = counts
    return at, total, in_time, left, late


@dataclass(frozen=True, slots=True)
class _Question:
    """A day as it was read, and what is asked about it as the child and the files have it."""

    snapshot: Snapshot
    problem: DayProblem
    task: Message


class Planner:
    """The plans this process is making; one solves at a time, the others wait their turn.

    A search runs on `workers` threads: as many as there are cores but one, which is the API's.
    After it, for `proof_seconds`, a bound is sought that no plan can beat.
    """

    def __init__(
        self, database: Database, clock: Clock, *, workers: int = 0, proof_seconds: int = 0
    ) -> None:
        self.solver = Solver()
        self._database = database
        self._clock = clock
        self._workers = workers or max(1, (os.cpu_count() or 1) - 1)
        self._proof_seconds = proof_seconds
        self._turn = asyncio.Lock()
        self._line: dict[UUID, Progress] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._proving: str | None = None

    def begin(self, plan_id: UUID) -> None:
        """Make a plan in the background, after those that were asked for before."""
        self._line[plan_id] = Progress()
        task = asyncio.create_task(self._make(plan_id))
        self._tasks[plan_id] = task
        task.add_done_callback(lambda _: self._leave(plan_id))

    def with_progress(self, plan: PlanOut) -> PlanOut:
        """The plan with how far it is, if it is being made here."""
        known = self._line.get(plan.id)
        if known is None or plan.status != "running":
            return plan
        return msgspec.structs.replace(
            plan,
            elapsed_seconds=known.seconds,
            trace=[PlanPointOut(*point) for point in known.trace],
            queue_position=list(self._line).index(plan.id),
        )

    async def answer(self, task: Message) -> Message:
        """Have a task of somebody else's answered, in turn with the plans."""
        async with self._turn:
            return await self.solver.ask(task, lambda _: None)

    async def stop(self, plan_id: UUID) -> None:
        """End a search nobody wants any more, or take it out of the line."""
        if await self.solver.stop(str(plan_id)):
            return
        if (task := self._tasks.get(plan_id)) is not None:
            task.cancel()

    async def make_way(self) -> None:
        """Leave the machine for a moment to a dispatcher who asks whom to send."""
        await self.solver.rest(REST_SECONDS)

    async def standing(self, _: ReadSession) -> dict[str, object]:
        """Whether the solver is ready, and how many plans are being made or wait their turn."""
        return {"solver": self.solver.readiness.value, "plans": len(self._line)}

    async def settled(self) -> None:
        """Wait until no plan is being made."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop everything; what was running is found interrupted at the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.solver.close()

    def _leave(self, plan_id: UUID) -> None:
        self._line.pop(plan_id, None)
        self._tasks.pop(plan_id, None)

    async def _make(self, plan_id: UUID) -> None:
        if self._proving is not None:
            # How good a plan is can wait; the next plan cannot.
            await self.solver.stop(self._proving)
        try:
            async with self._turn:
                await self._solve(plan_id)
        except (SolverCrashed, SolverRefused, Refusal) as failure:
            await self._fail(plan_id, failure.code)
        except Exception as error:  # whatever it was, the dispatcher must not wait
            log.exception("plan_failed", plan_id=str(plan_id), reason=type(error).__name__)
            await self._fail(plan_id, "internal")

    async def _solve(self, plan_id: UUID) -> None:
        question = await self._question(plan_id)
        if question is None:
            return
        answer = await self.solver.ask(question.task, self._line[plan_id].hear)
        found, plan, file = await asyncio.to_thread(_answered, question, answer["plan"])
        async with self._database.read() as session:
            day, problem = question.snapshot, question.problem
            found.diff.before.money = await money_of(session, day, problem, problem.current)
            found.diff.after.money = await money_of(session, day, problem, plan)
        trace = self._line[plan_id].beside(plan.solver.trace)
        async with self._database.write() as writing:
            await keep_answer(writing, plan_id, file)
            is_kept = await actions.keep(
                writing, plan_id, found, plan.solver, self._clock.now(), trace=trace
            )
        if is_kept:
            await self._prove(plan_id, question, answer["plan"])

    async def _prove(self, plan_id: UUID, question: _Question, plan: Message) -> None:
        """Find how far the plan can be from the best, unless somebody else waits for the solver."""
        self._line.pop(plan_id, None)
        is_small = len(question.problem.problem.jobs) <= MOST_PROVEN_JOBS
        if self._line or not (self._proof_seconds and is_small):
            return
        self._proving = str(plan_id)
        task = {
            "kind": "prove",
            "id": self._proving,
            "problem": question.task["problem"],
            "plan": plan,
            "seconds": self._proof_seconds,
        }
        try:
            answer = await self.solver.ask(task, lambda _: None)
        except (SolverCrashed, SolverRefused) as failure:
            # The plan is there all the same: only how good it is stays unknown.
            log.warning("bound_missing", plan_id=str(plan_id), reason=failure.code)
            return
        finally:
            self._proving = None
        async with self._database.write() as session:
            await actions.keep_bound(session, plan_id, answer["bound"], self._clock.now())

    async def _question(self, plan_id: UUID) -> _Question | None:
        """Read the day, and keep what will be asked about it; none if nobody wants it any more."""
        async with self._database.read() as session:
            row = await session.get(PlanRow, plan_id)
            if row is None or row.status != "running":
                return None
            region = await session.get(Region, row.region_id)
            assert region is not None
            snapshot = await read_day(session, region, row.day, self._clock.now())
        # Threads share what they find when they find it: only one alone can be done again.
        workers = self._workers if row.iterations_wanted is None else 1
        question, files = await asyncio.to_thread(_asked, snapshot, row, workers)
        async with self._database.write() as writing:
            await keep_question(
                writing, plan_id, problem=files[0], start=files[1], now=self._clock.now()
            )
        return question

    async def _fail(self, plan_id: UUID, code: str) -> None:
        async with self._database.write() as session:
            await actions.fail(session, plan_id, code, self._clock.now())


def _asked(snapshot: Snapshot, row: PlanRow, workers: int) -> tuple[_Question, tuple[bytes, bytes]]:
    only = None if row.only is None else works_of(snapshot, map(UUID, row.only))
    question = to_plan(snapshot.day, change_budget=row.change_budget, only=only)
    problem, start = write_problem(question.problem), write_plan(question.current)
    task: Message = {
        "kind": "solve",
        "id": str(row.id),
        "problem": problem,
        "start": start,
        "seconds": row.seconds,
        "iterations": row.iterations_wanted,
        "seed": row.seed,
        "workers": workers,
    }
    return _Question(snapshot, question, task), (packed(problem), packed(start))


def _answered(question: _Question, answer: Message) -> tuple[Outcome, Plan, bytes]:
    plan = parse_plan(answer)
    return outcome(question.snapshot, question.problem, plan), plan, packed(answer)
