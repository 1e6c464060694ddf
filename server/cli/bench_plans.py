"""`palier bench dispatch`, `bound`, `vrptw` and `scale`: how good plans are, and how soon."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from server.bench import bound as bound_bench
from server.bench import dispatch as dispatch_bench
from server.bench import scale as scale_bench
from server.bench import vrptw as vrptw_bench
from server.bench.contest import PEERS
from server.bench.dispatch import SIZES
from server.bench.refusals import UnknownPeer
from server.bench.stopping import AT_LENGTH as ALL_STOPPED
from server.bench.stopping import BRIEFLY as BRIEFLY_STOPPED
from server.cli.benching import Measure, asked_alike, or_quickly, show

BRIEFLY, AT_LENGTH = 2.0, 5.0  # CPU seconds of each optimiser for a small day


@click.command()
@or_quickly
@click.option("--days", type=click.IntRange(min=1), help="Days of each size and load (3, quick 1).")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="CPU seconds each for a day of 20 technicians, larger days get more (5, quick 2).",
)
@click.option("--vs", default=",".join(PEERS), show_default=True, help="Who to compare with.")
@asked_alike
def dispatch(
    days: int | None, seconds: float | None, vs: str, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Plan ordinary and overloaded days: Palier against peers, at no more CPU than any of them.

    20 technicians with 120 jobs, 60 with 400 and, unless quick, 200 with 1500. At length this takes
    about half an hour of CPU, quick two minutes. The peers come with `pip install palier[bench]`.
    """
    if seconds is None:
        seconds = BRIEFLY if quick else AT_LENGTH
    measure = measured_dispatch(
        sizes=SIZES[:2] if quick else SIZES,
        days=days or (1 if quick else 3),
        seconds=seconds,
        peers=_named(vs),
        seed=seed,
    )
    show({"dispatch": measure}, as_json=as_json)


def _named(vs: str) -> list[str]:
    names = [name.strip() for name in vs.split(",") if name.strip()]
    for name in names:
        if name not in PEERS:
            raise click.UsageError(str(UnknownPeer(name, PEERS)))
    return names


@click.command()
@or_quickly
@click.option("--days", type=click.IntRange(min=1), help="Days of each load and size (3, quick 1).")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="CPU seconds of search and proof together for a day (120, quick 30).",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@asked_alike
def bound(
    days: int | None, seconds: float | None, workers: int, seed: int, *, quick: bool, as_json: bool
) -> None:
    """Prove what no plan can beat: the gap on days of 20 technicians, the optimum of small ones.

    A fifth of the time searches, the rest proves, and searches once more without the jobs the proof
    would leave out. A day's 120 CPU seconds are a minute of two threads on a machine of their own.
    At length this takes twelve minutes of CPU, quick one.
    """
    measure = measured_bound(
        days=days or (1 if quick else 3),
        seconds=(30.0 if quick else 120.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
    )
    show({"bound": measure}, as_json=as_json)


@click.command()
@or_quickly
@click.option(
    "--seconds", type=click.FloatRange(min=0), help="CPU seconds of each thread (60, quick 10)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@asked_alike
def vrptw(seconds: float | None, workers: int, seed: int, *, quick: bool, as_json: bool) -> None:
    """Gaps to the best known distances of classic instances with time windows.

    Eight of 100 to 400 customers take eight minutes on two idle cores, quick four 40 seconds.
    """
    measure = measured_vrptw(
        names=vrptw_bench.BRIEF if quick else vrptw_bench.ALL,
        seconds=(10.0 if quick else 60.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
    )
    show({"vrptw": measure}, as_json=as_json)


@click.command()
@or_quickly
@click.option("--technicians", type=click.IntRange(min=1), help="(1,000, quick 300).")
@click.option("--jobs", type=click.IntRange(min=1), help="(8,000, quick 2,400).")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="CPU seconds of each thread (60, quick 10)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@asked_alike
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
    measure = measured_scale(
        technicians=technicians or (300 if quick else 1000),
        jobs=jobs or (2400 if quick else 8000),
        seconds=(10.0 if quick else 60.0) if seconds is None else seconds,
        workers=workers,
        seed=seed,
        stopped=BRIEFLY_STOPPED if quick else ALL_STOPPED,
    )
    show({"scale": measure}, as_json=as_json)


def measured_dispatch(
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


def measured_bound(*, days: int, seconds: float, workers: int, seed: int) -> Measure:
    return lambda progress: asdict(
        bound_bench.measure(
            days=days, seconds=seconds, workers=workers, seed=seed, progress=progress
        )
    )


def measured_vrptw(*, names: Sequence[str], seconds: float, workers: int, seed: int) -> Measure:
    return lambda progress: asdict(
        vrptw_bench.measure(
            names=names, seconds=seconds, workers=workers, seed=seed, progress=progress
        )
    )


def measured_scale(
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
