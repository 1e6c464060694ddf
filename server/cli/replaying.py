"""`palier replay`: a kept plan made again from its own question, to see how it came about.

What is kept of a plan is `server.planning.keeping`'s; searching is `dispatch.planning`'s.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

import click

from server.cli.exporting import DATA, OUT, Declined, give, source
from server.cli.preparing import prepare_for

if TYPE_CHECKING:
    from dispatch.planning import Plan
    from server.planning.tables import Plan as PlanRow

DIFFERENT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it is kept: how it was searched, its question and its answer in JSON."""

    row: "PlanRow"
    problem: bytes
    start: bytes
    result: bytes | None

    @property
    def is_exact(self) -> bool:
        """Whether the same question must give the same plan: so many steps, one thread."""
        return self.row.iterations_wanted is not None and (
            self.row.iterations == self.row.iterations_wanted
        )


@click.command()
@click.argument("plan_id", type=click.UUID)
@DATA
@OUT
def replay(plan_id: UUID, data: Path | None, out: Path | None) -> None:
    """Search PLAN_ID again: same question, start, seed and limits; write the plan to --out.

    A plan asked for with a number of iterations comes out the same: exit code 1 if it does not.
    One asked for by seconds depends on the machine; then both totals are told.
    """
    url, _ = source(data)
    kept = asyncio.run(_kept(url, plan_id))
    found = _searched(kept)
    told, is_as_kept = _compared(kept, found)
    if out is not None:
        from dispatch.planning import write_plan  # noqa: PLC0415 - the optimiser loads slowly

        give(json.dumps(write_plan(found), ensure_ascii=False, indent=1), out)
    click.echo(told)
    if kept.is_exact and not is_as_kept:
        sys.exit(DIFFERENT)


async def _kept(url: str, plan_id: UUID) -> Kept:
    from server.kit.database import Database  # noqa: PLC0415
    from server.planning.keeping import unpacked  # noqa: PLC0415
    from server.planning.tables import Plan, PlanFiles  # noqa: PLC0415

    database = Database(url)
    try:
        async with database.read() as session:
            row = await session.get(Plan, plan_id)
            files = await session.get(PlanFiles, plan_id)
    finally:
        await database.close()
    if row is None:
        raise Declined(f"There is no plan {plan_id}.")
    if files is None:
        raise Declined(f"What plan {plan_id} was made of is not kept any more.")
    result = None if files.result is None else unpacked(files.result)
    return Kept(row, unpacked(files.problem), unpacked(files.start), result)


def _searched(kept: Kept) -> "Plan":
    from dispatch.planning import Limits, parse_plan, parse_problem, solve  # noqa: PLC0415

    problem, wanted = parse_problem(kept.problem), kept.row.iterations_wanted
    prepare_for(problem)
    return solve(
        problem,
        limits=Limits(kept.row.seconds if wanted is None else None, wanted),
        seed=kept.row.seed,
        clock=monotonic,
        start=parse_plan(kept.start),
        workers=kept.row.workers,
    )


def _compared(kept: Kept, found: "Plan") -> tuple[str, bool]:
    """What to tell of both plans, and whether they are the same."""
    from dispatch.planning import parse_plan  # noqa: PLC0415

    total = found.cost.total
    if kept.result is None:
        return f"Total {total}. No plan was kept to compare it with ({kept.row.status}).", True
    before = parse_plan(kept.result)
    if (before.routes, before.cost) == (found.routes, found.cost):
        return f"The same plan as was kept, total {total}.", True
    made_by = f"by Palier {kept.row.release}" if kept.row.release else "then"
    return f"Another plan: total {total}, {before.cost.total} {made_by}.", False
