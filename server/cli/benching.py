"""What every benchmark of `palier bench` shares: its options, its bar, and how figures are shown.

Which there are is in `bench`; what their figures say is in `bench_words`.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ParamSpec

import click

from dispatch.errors import Refusal
from server.bench.figures import Progress, silent
from server.cli.bench_words import in_words

Figures = dict[str, Any]  # ready for JSON: each benchmark has its own keys
Given = ParamSpec("Given")
Measure = Callable[[Progress], Figures]


class Failed(click.ClickException):
    """A benchmark ended without figures; the message says why."""

    exit_code = 1


def asked_alike(command: Callable[Given, Any]) -> Callable[Given, Any]:
    return click.option("--json", "as_json", is_flag=True, help="Answer for a program.")(
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=1,
            show_default=True,
            help="Same seed, same days, calls and cases.",
        )(command)
    )


def or_quickly(command: Callable[Given, Any]) -> Callable[Given, Any]:
    return click.option("--quick", is_flag=True, help="A first look: fewer measurements.")(command)


def show(measures: Mapping[str, Measure], *, as_json: bool) -> None:
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
