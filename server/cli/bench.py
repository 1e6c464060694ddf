"""`palier bench`: how fast and how good, measured here and now, and against what.

What is measured is in `server.bench`; here sizes are chosen and figures shown.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, ParamSpec

import click
from click.core import ParameterSource

from dispatch.errors import Refusal
from server.bench import api as api_bench
from server.bench import dispatch as dispatch_bench
from server.bench import sla as sla_bench
from server.bench import urgent as urgent_bench
from server.bench.figures import Progress, silent
from server.cli.bench_words import in_words

Figures = dict[str, Any]  # ready for JSON: each benchmark has its own keys
Given = ParamSpec("Given")
Measure = Callable[[Progress], Figures]

TYPED = ParameterSource.COMMANDLINE
BRIEFLY, AT_LENGTH = 5.0, 20.0  # CPU seconds of search for each day


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
                "urgent": _urgent(technicians=200, jobs=900, calls=12, seed=seed),
                "dispatch": _dispatch(days=1, seconds=BRIEFLY, seed=seed),
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
@_shown_as
def urgent(
    technicians: int, jobs: int, calls: int | None, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Rank all technicians for an urgent call at midday: milliseconds for half and 95 of 100."""
    calls = calls or (20 if quick else 60)
    measure = _urgent(technicians=technicians, jobs=jobs, calls=calls, seed=seed)
    _show({"urgent": measure}, as_json=as_json)


@bench.command()
@_quickly
@click.option("--days", type=click.IntRange(min=1), help="Days of each size (3, quick 1).")
@click.option(
    "--seconds", type=click.FloatRange(min=0), help="CPU seconds of search a day (20, quick 5)."
)
@_shown_as
def dispatch(
    days: int | None, seconds: float | None, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Plan whole days of 14 technicians and 90 jobs, 60 and 400: construction, then search."""
    if seconds is None:
        seconds = BRIEFLY if quick else AT_LENGTH
    measure = _dispatch(days=days or (1 if quick else 3), seconds=seconds, seed=seed)
    _show({"dispatch": measure}, as_json=as_json)


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


def _urgent(*, technicians: int, jobs: int, calls: int, seed: int) -> Measure:
    return lambda progress: asdict(
        urgent_bench.measure(
            technicians=technicians, jobs=jobs, calls=calls, seed=seed, progress=progress
        )
    )


def _dispatch(*, days: int, seconds: float, seed: int) -> Measure:
    def measure(progress: Progress) -> Figures:
        found = dispatch_bench.measure(days=days, seconds=seconds, seed=seed, progress=progress)
        return {"days": [asdict(day) for day in found]}

    return measure


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
