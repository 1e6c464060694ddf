"""`palier solve`, `check`, `recommend` and `assign`: the optimiser on files, without a server.

Planning is done in `dispatch.planning`; here files are opened and written and options read.
"""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import FrameType

import click

from dispatch.planning import (
    ENGINES,
    Limits,
    Plan,
    Problem,
    Progress,
    Standing,
    Verdict,
    parse_plan,
    parse_problem,
    prove,
    write_plan,
)
from dispatch.planning import assign as serve_together
from dispatch.planning import check as verify
from dispatch.planning import recommend as rank
from dispatch.planning import solve as plan_day
from dispatch.planning.leaving_out import SearchWithout
from dispatch.planning.plan_file import written_cost
from dispatch.planning.recommendation import written_recommendation
from server.cli.documents import BadInput, Declined, File, declining, read_document
from server.cli.planning_words import bill_in_words, plan_in_words, recommendation_in_words
from server.cli.preparing import prepare_for

DEFAULT_SECONDS = 10.0
USUAL_TOP = 5  # candidates a person is shown
WORTH_A_BAR = 2.0  # seconds of work from which a person likes to see it advance


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for a plan."""

    limits: Limits
    seed: int
    engine: str
    start: Plan | None
    workers: int
    bound: float | None = None  # seconds to prove one afterwards
    pool: bool = False


@click.command()
@click.argument("problem", type=File)
@click.option("--seconds", type=click.FloatRange(min=0), help="How long it may take (10).")
@click.option("--iterations", type=click.IntRange(min=0), help="How many steps to search at most.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same plan.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Searches side by side (1).")
@click.option("--pool", is_flag=True, help="At the end, put the routes seen together anew.")
@click.option("--engine", default=ENGINES[0], show_default=True, help="Who searches.")
@click.option("--start", type=File, help="A plan to better; the answer is never worse.")
@click.option(
    "--bound", type=click.FloatRange(min=0), help="Then prove this long what no plan can beat."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def solve(  # noqa: PLR0917 - click names them
    problem: Path,
    seconds: float | None,
    iterations: int | None,
    seed: int,
    workers: int,
    engine: str,
    start: Path | None,
    bound: float | None,
    out: Path | None,
    *,
    pool: bool,
) -> None:
    """Plan the day in PROBLEM: who goes where and when, at the least cost found in time.

    The plan goes to --out, or to standard output. The same seed, one worker and a number of
    iterations give the same plan. With --bound the plan also says what every plan costs at least;
    a day of up to 15 jobs is then planned at its optimum. Exit code 1 if no legal plan is found, 2
    for a wrong file.
    """
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise BadInput(f"no engine is called {engine!r}; choose one of {known}")
    if seconds is None and iterations is None:
        seconds = DEFAULT_SECONDS
    begun = monotonic()
    question = read_document(problem, parse_problem)
    first = None if start is None else read_document(start, parse_plan)
    if seconds is not None:  # reading a large file is part of what the caller waits for
        seconds = max(0.0, seconds - (monotonic() - begun))
    search = Search(Limits(seconds, iterations), seed, engine, first, workers, bound, pool)
    _give(question, _found(question, search), out)


@click.command()
@click.argument("problem", type=File)
@click.argument("plan", type=File)
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def check(problem: Path, plan: Path, *, as_json: bool) -> None:
    """Verify PLAN against PROBLEM: legal, or every fault; and the bill as it really is.

    Exit code 1 if the plan is illegal or states wrong times or costs, 2 for a wrong file.
    """
    question, answer = read_document(problem, parse_problem), read_document(plan, parse_plan)
    verdict = verify(question, answer)
    click.echo(json.dumps(_mapping(verdict), indent=1) if as_json else _told(verdict))
    if not verdict.is_legal:
        sys.exit(Declined.exit_code)


@click.command()
@click.argument("problem", type=File)
@click.argument("plan", type=File)
@click.option("--job", required=True, help="The job nobody serves yet.")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    help="How many candidates to show (5; for a program everybody).",
)
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def recommend(problem: Path, plan: Path, *, job: str, top: int | None, as_json: bool) -> None:
    """Rank who should take a job that PLAN leaves out, what that displaces, and why not the others.

    Exit code 2 for a wrong file or a job that is not waiting.
    """
    question, answer = read_document(problem, parse_problem), read_document(plan, parse_plan)
    begun = monotonic()
    with declining():
        found = rank(question, answer, job, top=USUAL_TOP if top is None and not as_json else top)
    elapsed = round((monotonic() - begun) * 1000)
    if as_json:
        mapping = written_recommendation(found) | {"elapsed_ms": elapsed}
        click.echo(json.dumps(mapping, ensure_ascii=False, indent=1))
    else:
        click.echo(recommendation_in_words(question, found))


@click.command()
@click.argument("problem", type=File)
@click.argument("plan", type=File)
@click.option("--job", "jobs", multiple=True, help="A job nobody serves yet (all of them).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def assign(problem: Path, plan: Path, jobs: tuple[str, ...], out: Path | None) -> None:
    """Serve jobs that PLAN leaves out together, moving nobody's other work to somebody else.

    Never dearer than the jobs one after the other. What is not worth its cost stays left out, with
    the reasons. The plan goes to --out, or to standard output. Exit code 2 for a wrong file or a
    job that is not waiting.
    """
    question, answer = read_document(problem, parse_problem), read_document(plan, parse_plan)
    waiting = jobs or [each.job for each in answer.unassigned]
    with declining():
        prepare_for(question)
        found = serve_together(question, answer, waiting)
    _give(question, found, out)


def _give(problem: Problem, plan: Plan, out: Path | None) -> None:
    """Write the plan and say in words what it does, or print it for a program."""
    text = json.dumps(write_plan(plan), ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    _write(out, f"{text}\n")
    click.echo(plan_in_words(problem, plan))


def _found(problem: Problem, search: Search) -> Plan:
    with declining():
        prepare_for(problem, is_proven=search.bound is not None)
        with _interruptible() as stop:
            plan = _watched(problem, search, stop)
            return plan if search.bound is None else _proven(problem, plan, search, stop)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C ends the work with the best so far, a second one whatever is going on."""
    stopped: list[int] = []
    earlier = signal.getsignal(signal.SIGINT)

    def stop(number: int, _: FrameType | None) -> None:
        stopped.append(number)
        signal.signal(signal.SIGINT, earlier)

    signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(stopped)
    finally:
        signal.signal(signal.SIGINT, earlier)


def _watched(problem: Problem, search: Search, stop: Callable[[], bool]) -> Plan:
    """Search in this process, with a bar for a person."""
    limit = search.limits.seconds
    if limit is None or limit < WORTH_A_BAR or not sys.stderr.isatty():
        return _searched(problem, search, stop=stop)
    with click.progressbar(length=round(limit * 10), label="Planning", file=sys.stderr) as bar:

        def show(now: Standing) -> None:
            kept = f"{now.on_time} on time, {now.late} late, {now.unassigned} left out"
            bar.label = f"Planning, total {now.total}, {kept}"
            bar.update(min(round(now.seconds * 10), round(limit * 10)) - bar.pos)

        return _searched(problem, search, stop=stop, progress=show)


def _proven(problem: Problem, plan: Plan, search: Search, stop: Callable[[], bool]) -> Plan:
    """Prove what no plan can beat; a better plan may come of it."""
    found = prove(
        problem,
        plan,
        limits=Limits(search.bound),
        clock=monotonic,
        should_stop=stop,
        workers=search.workers,
        better=SearchWithout(problem, search.seed, monotonic, stop, search.workers),
    )
    return found.plan


def _searched(
    problem: Problem,
    search: Search,
    *,
    stop: Callable[[], bool] = bool,
    progress: Progress | None = None,
) -> Plan:
    return plan_day(
        problem,
        limits=search.limits,
        seed=search.seed,
        clock=monotonic,
        start=search.start,
        should_stop=stop,
        progress=progress,
        engine=search.engine,
        workers=search.workers,
        pool=search.pool,
    )


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Declined(f"{path} cannot be written: {error.strerror}") from error


def _mapping(verdict: Verdict) -> dict[str, object]:
    return {
        "legal": verdict.is_legal,
        "faults": [fault.to_mapping() for fault in verdict.faults],
        "cost": written_cost(verdict.cost),
    }


def _told(verdict: Verdict) -> str:
    lines = ["The plan is legal." if verdict.is_legal else "The plan is not legal:"]
    for fault in verdict.faults:
        concerned = " ".join(name for name in (fault.job, fault.technician) if name)
        lines.append(f"  {fault.code:<18} {concerned}: {fault.detail}".replace(" : ", " "))
    return "\n".join([*lines, bill_in_words(verdict.cost)])
