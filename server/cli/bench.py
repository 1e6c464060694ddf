"""`palier bench`: how fast and how good, measured here and now, and against what.

What is measured is in `server.bench`; here sizes are chosen and figures shown.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, ParamSpec

import click
from click.core import ParameterSource

from dispatch.errors import Refusal
from server.bench import api as api_bench
from server.bench import bound as bound_bench
from server.bench import dispatch as dispatch_bench
from server.bench import scale as scale_bench
from server.bench import sla as sla_bench
from server.bench import urgent as urgent_bench
from server.bench import vrptw as vrptw_bench
from server.bench.contest import PEERS
from server.bench.dispatch import SIZES
from server.bench.figures import Progress, silent
from server.bench.refusals import UnknownPeer
from server.bench.stopping import AT_LENGTH as ALL_STOPPED
from server.bench.stopping import BRIEFLY as BRIEFLY_STOPPED
from server.cli.bench_words import in_words

Figures = dict[str, Any]  # ready for JSON: each benchmark has its own keys
Given = ParamSpec("Given")
Measure = Callable[[Progress], Figures]

TYPED = ParameterSource.COMMANDLINE
BRIEFLY, AT_LENGTH = 2.0, 5.0  # CPU seconds of each optimiser for a small day
BUILT_IN = ("ortools-routing",)  # the peer that needs nothing more to be installed


class Failed(click.ClickException):
    """A benchmark ended without figures; the message says why."""

    exit_code = 1


def _shown_as(command: Callable[Given, Any]) -> Callable[Given, Any]:
    return click.option("--json", "as_json", is_flag=True, help="Answer for a program.")(
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=1,
            show_default=True,
            help="Same seed, same days, calls and cases.",
        )(command)
    )


def _quickly(command: Callable[Given, Any]) -> Callable[Given, Any]:
    return click.option("--quick", is_flag=True, help="A first look: fewer measurements.")(command)


@click.group(invoke_without_command=True)
@_shown_as
@click.pass_context
def bench(ctx: click.Context, seed: int, *, as_json: bool) -> None:
    """Measure Palier on this machine; without a name, everything, briefly (under two minutes).

    Days, calls and cases are drawn from a seed. Exit code 1 if something cannot be measured.
    """
    if ctx.invoked_subcommand is None:
        _show(
            {
                "sla": _sla(scanned=50, seed=seed),
                "urgent": _urgent(technicians=200, jobs=900, calls=12, queues=4, seed=seed),
                "dispatch": _dispatch(
                    sizes=SIZES[:2], days=1, seconds=BRIEFLY, peers=BUILT_IN, seed=seed
                ),
                "api": _api(requests=24, seed=seed),
            },
            as_json=as_json,
        )
    elif any(ctx.get_parameter_source(name) is TYPED for name in ctx.params):
        raise click.UsageError(f"write the options after {ctx.invoked_subcommand!r}")


@bench.command()
@_quickly
@click.option("--scanned", type=click.IntRange(min=1), help="Cases also scanned (200, quick 50).")
@_shown_as
def sla(scanned: int | None, seed: int, *, quick: bool, as_json: bool) -> None:
    """Due instants a second on one core, against a scan of every minute; answers compared."""
    _show({"sla": _sla(scanned=scanned or (50 if quick else 200), seed=seed)}, as_json=as_json)


@bench.command()
@_quickly
@click.option("--technicians", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--jobs", type=click.IntRange(min=0), default=900, show_default=True)
@click.option("--calls", type=click.IntRange(min=1), help="Calls ranked (60, quick 20).")
@click.option("--http/--no-http", default=True, help="Also on a real server of that size.")
@_shown_as
def urgent(
    technicians: int,
    jobs: int,
    calls: int | None,
    seed: int,
    *,
    http: bool,
    quick: bool,
    as_json: bool,
) -> None:
    """Urgent calls at midday: everybody ranked, ten assigned together, and asked over HTTP.

    Milliseconds for half and 95 of 100. Exit code 1 if together is ever dearer than in turn.
    """
    calls, queues = calls or (20 if quick else 60), 10 if quick else 40
    measure = _urgent(
        technicians=technicians, jobs=jobs, calls=calls, queues=queues, seed=seed, is_served=http
    )
    _show({"urgent": measure}, as_json=as_json)


@bench.command()
@_quickly
@click.option("--days", type=click.IntRange(min=1), help="Days of each size and load (3, quick 1).")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="CPU seconds each for a day of 20 technicians, larger days get more (5, quick 2).",
)
@click.option("--vs", default=",".join(PEERS), show_default=True, help="Who to compare with.")
@_shown_as
def dispatch(
    days: int | None, seconds: float | None, vs: str, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Plan ordinary and overloaded days: Palier against peers, at no more CPU than any of them.

    20 technicians with 120 jobs, 60 with 400 and, unless quick, 200 with 1500. At length this takes
    about half an hour of CPU, quick two minutes. The peers come with `pip install palier[bench]`.
    """
    if seconds is None:
        seconds = BRIEFLY if quick else AT_LENGTH
    measure = _dispatch(
        sizes=SIZES[:2] if quick else SIZES,
        days=days or (1 if quick else 3),
        seconds=seconds,
        peers=_named(vs),
        seed=seed,
    )
    _show({"dispatch": measure}, as_json=as_json)


@bench.command()
@_quickly
@click.option("--days", type=click.IntRange(min=1), help="Days of each load and size (3, quick 1).")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="CPU seconds of search and proof for a day (60, quick 30).",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@_shown_as
def bound(
    days: int | None, seconds: float | None, workers: int, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Prove what no plan can beat: the gap on days of 20 technicians, the optimum of small ones.

    Two thirds of the time search for the plan. At length this takes six minutes of CPU, quick one.
    """
    measure = _bound(
        days=days or (1 if quick else 3),
        seconds=(30.0 if quick else 60.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
    )
    _show({"bound": measure}, as_json=as_json)


@bench.command()
@_quickly
@click.option(
    "--seconds", type=click.FloatRange(min=0), help="CPU seconds of each thread (60, quick 10)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@_shown_as
def vrptw(seconds: float | None, workers: int, seed: int, *, quick: bool, as_json: bool) -> None:
    """Gaps to the best known distances of classic instances with time windows.

    Eight of 100 to 400 customers take eight minutes on two idle cores, quick four 40 seconds.
    """
    measure = _vrptw(
        names=vrptw_bench.BRIEF if quick else vrptw_bench.ALL,
        seconds=(10.0 if quick else 60.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
    )
    _show({"vrptw": measure}, as_json=as_json)


@bench.command()
@_quickly
@click.option("--technicians", type=click.IntRange(min=1), help="(1,000, quick 300).")
@click.option("--jobs", type=click.IntRange(min=1), help="(8,000, quick 2,400).")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="CPU seconds of each thread (60, quick 10)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@_shown_as
def scale(
    technicians: int | None,
    jobs: int | None,
    seconds: float | None,
    workers: int,
    seed: int,
    *,
    quick: bool,
    as_json: bool,
) -> None:
    """Plan one very large day: the first plan, the last, its memory; stop others. Two minutes."""
    measure = _scale(
        technicians=technicians or (300 if quick else 1000),
        jobs=jobs or (2400 if quick else 8000),
        seconds=(10.0 if quick else 60.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
        stopped=BRIEFLY_STOPPED if quick else ALL_STOPPED,
    )
    _show({"scale": measure}, as_json=as_json)


def _named(vs: str) -> list[str]:
    names = [name.strip() for name in vs.split(",") if name.strip()]
    for name in names:
        if name not in PEERS:
            raise click.UsageError(str(UnknownPeer(name, PEERS)))
    return names


@bench.command()
@_quickly
@click.option(
    "--requests", type=click.IntRange(1, 200), help="For each route and condition (200, quick 24)."
)
@_shown_as
def api(requests: int | None, seed: int, *, quick: bool, as_json: bool) -> None:
    """Answer times of a demo server, idle and while a plan is being made; eight clients too."""
    _show({"api": _api(requests=requests or (24 if quick else 200), seed=seed)}, as_json=as_json)


def _sla(*, scanned: int, seed: int) -> Measure:
    cases = max(20_000, scanned)
    return lambda progress: asdict(
        sla_bench.measure(cases=cases, scanned=scanned, seed=seed, progress=progress)
    )


def _urgent(
    *,
    technicians: int,
    jobs: int,
    calls: int,
    queues: int,
    seed: int,
    is_served: bool = False,
) -> Measure:
    return lambda progress: asdict(
        urgent_bench.measure(
            technicians=technicians,
            jobs=jobs,
            calls=calls,
            queues=queues,
            seed=seed,
            is_served=is_served,
            progress=progress,
        )
    )


def _dispatch(
    *,
    sizes: Sequence[tuple[int, int]],
    days: int,
    seconds: float,
    peers: Sequence[str],
    seed: int,
) -> Measure:
    return lambda progress: asdict(
        dispatch_bench.measure(
            sizes=sizes, days=days, seconds=seconds, peers=peers, seed=seed, progress=progress
        )
    )


def _bound(*, days: int, seconds: float, workers: int, seed: int) -> Measure:
    return lambda progress: asdict(
        bound_bench.measure(
            days=days, seconds=seconds, workers=workers, seed=seed, progress=progress
        )
    )


def _vrptw(*, names: Sequence[str], seconds: float, workers: int, seed: int) -> Measure:
    return lambda progress: asdict(
        vrptw_bench.measure(
            names=names, seconds=seconds, workers=workers, seed=seed, progress=progress
        )
    )


def _scale(
    *,
    technicians: int,
    jobs: int,
    seconds: float,
    workers: int,
    seed: int,
    stopped: Sequence[tuple[int, int]],
) -> Measure:
    return lambda progress: asdict(
        scale_bench.measure(
            technicians=technicians,
            jobs=jobs,
            seconds=seconds,
            workers=workers,
            seed=seed,
            stopped=stopped,
            progress=progress,
        )
    )


def _api(*, requests: int, seed: int) -> Measure:
    return lambda progress: asdict(
        api_bench.measure(requests=requests, seed=seed, progress=progress)
    )


def _show(measures: Mapping[str, Measure], *, as_json: bool) -> None:
    figures: Figures = {"machine": _machine()}
    for name, measure in measures.items():
        try:
            with _watched(name) as progress:
                figures[name] = measure(progress)
        except Refusal as refusal:
            raise Failed(f"{name}: {refusal}") from refusal
    click.echo(json.dumps(figures, indent=1) if as_json else in_words(figures))


@contextmanager
def _watched(name: str) -> Iterator[Progress]:
    """A bar for a person; nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=100, label=f"Measuring {name}", file=sys.stderr) as bar:
        yield lambda share: bar.update(round(share * 100) - bar.pos)


def _machine() -> dict[str, str | int]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
    }
