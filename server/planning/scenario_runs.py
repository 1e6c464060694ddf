"""Scenarios being worked out: the day supposed, solved in the child process, compared and kept."""

import asyncio
from uuid import UUID

import structlog

from dispatch.day import DayProblem, Diff, diff, is_invented, supposing, to_plan
from dispatch.errors import Refusal
from dispatch.planning import Plan, check, parse_plan, write_plan, write_problem
from dispatch.planning.refusals import NoLegalPlan
from server.kit.clock import Clock
from server.kit.database import AnySession, Database
from server.kit.problems import Problem
from server.planning import scenarios
from server.planning.money import money_of
from server.planning.outcome import measured, real_outcome, stored_steps
from server.planning.planner import Planner
from server.planning.scenario_schemas import ScenarioFiguresOut, ScenarioResultOut
from server.planning.scenario_tables import Scenario
from server.planning.snapshot import Snapshot, read_day
from server.planning.solver import SolverCrashed, SolverRefused
from server.planning.supposing import supposed
from server.regions.tables import Region

log: structlog.stdlib.BoundLogger = structlog.get_logger()


class ScenarioRuns:
    """The scenarios this process works out, one after another, in turn with its plans."""

    def __init__(self, database: Database, clock: Clock, planner: Planner) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, scenario_id: UUID) -> None:
        """Work a scenario out in the background."""
        task = asyncio.create_task(self._make(scenario_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is being worked out."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _make(self, scenario_id: UUID) -> None:
        try:
            await self._work_out(scenario_id)
        except (SolverCrashed, SolverRefused, Refusal, Problem) as failure:
            await self._fail(scenario_id, failure.code)
        except Exception as error:  # whatever it was, the dispatcher must not wait
            log.exception(
                "scenario_failed", scenario_id=str(scenario_id), reason=type(error).__name__
            )
            await self._fail(scenario_id, "internal")

    async def _work_out(self, scenario_id: UUID) -> None:
        async with self._database.read() as session:
            row = await session.get(Scenario, scenario_id)
            if row is None or row.status != "running":
                return
            region = await session.get(Region, row.region_id)
            assert region is not None
            snapshot = await read_day(session, region, row.day, self._clock.now())
            bodies = scenarios.read_supposed(row)
            asked = await supposed(session, snapshot, bodies, seed=row.seed)
            seconds, seed = row.seconds, row.seed
        real, question = await asyncio.to_thread(
            lambda: (to_plan(snapshot.day), to_plan(supposing(snapshot.day, asked)))
        )
        answer = await self._planner.answer(
            {
                "kind": "solve",
                "id": str(scenario_id),
                "problem": write_problem(question.problem),
                "start": write_plan(question.current),
                "seconds": seconds,
                "iterations": None,
                "seed": seed,
                "workers": 1,
            }
        )
        plan = parse_plan(answer["plan"])
        await self._keep(scenario_id, snapshot, real, question, plan)

    async def _keep(
        self,
        scenario_id: UUID,
        snapshot: Snapshot,
        real: DayProblem,
        question: DayProblem,
        plan: Plan,
    ) -> None:
        found = await asyncio.to_thread(_compared, real, question, plan)
        real_diff, steps = await asyncio.to_thread(real_outcome, snapshot, found[2].diff)
        async with self._database.read() as session:
            figures = [
                await self._figures(session, snapshot, each, day)
                for each, day in zip(found, (real, question, question), strict=True)
            ]
        result = ScenarioResultOut(
            in_force=figures[0],
            untouched=figures[1],
            planned=figures[2],
            calls=sum(is_invented(work.id) for work in question.day.work),
            diff=real_diff,
        )
        async with self._database.write() as writing:
            await scenarios.keep(
                writing, scenario_id, result, stored_steps(steps), self._clock.now()
            )

    async def _figures(
        self, session: AnySession, snapshot: Snapshot, compared: "Compared", day: DayProblem
    ) -> ScenarioFiguresOut:
        return ScenarioFiguresOut(
            measures=measured(compared.diff.after),
            money=await money_of(session, snapshot, day, compared.plan),
            moved=sum(change.before is not None for change in compared.diff.changes),
            told=compared.diff.announced_moved,
        )

    async def _fail(self, scenario_id: UUID, code: str) -> None:
        async with self._database.write() as session:
            await scenarios.fail(session, scenario_id, code, self._clock.now())


class Compared:
    """A plan of a day, and how it differs from the day as it stands."""

    def __init__(self, question: DayProblem, plan: Plan) -> None:
        self.plan = plan
        self.diff: Diff = diff(question, plan)


def _compared(
    real: DayProblem, question: DayProblem, plan: Plan
) -> tuple[Compared, Compared, Compared]:
    """The real day as it stands, the supposed one as it stands, and the supposed one planned."""
    verdict = check(question.problem, plan)
    if not verdict.is_legal:
        raise NoLegalPlan(verdict.faults)
    return (
        Compared(real, real.current),
        Compared(question, question.current),
        Compared(question, plan),
    )
