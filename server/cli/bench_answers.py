"""`palier bench sla`, `urgent`, `api`, `phone`, `board`: how fast what people wait for comes."""

from dataclasses import asdict

import click

from server.bench import api as api_bench
from server.bench import board as board_bench
from server.bench import phone as phone_bench
from server.bench import portal as portal_bench
from server.bench import sla as sla_bench
from server.bench import urgent as urgent_bench
from server.cli.benching import Measure, asked_alike, or_quickly, show


@click.command()
@or_quickly
@click.option("--scanned", type=click.IntRange(min=1), help="Cases also scanned (200, quick 50).")
@asked_alike
def sla(scanned: int | None, seed: int, *, quick: bool, as_json: bool) -> None:
    """Due instants a second on one core, against a scan of every minute; answers compared."""
    show(
        {"sla": measured_sla(scanned=scanned or (50 if quick else 200), seed=seed)}, as_json=as_json
    )


@click.command()
@or_quickly
@click.option("--technicians", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--jobs", type=click.IntRange(min=0), default=900, show_default=True)
@click.option("--calls", type=click.IntRange(min=1), help="Calls ranked (60, quick 20).")
@click.option("--http/--no-http", default=True, help="Also on a real server of that size.")
@asked_alike
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
    measure = measured_urgent(
        technicians=technicians, jobs=jobs, calls=calls, queues=queues, seed=seed, is_served=http
    )
    show({"urgent": measure}, as_json=as_json)


@click.command()
@or_quickly
@click.option(
    "--requests", type=click.IntRange(1, 200), help="For each route and condition (200, quick 24)."
)
@asked_alike
def api(requests: int | None, seed: int, *, quick: bool, as_json: bool) -> None:
    """Answer times of a demo server, idle and while a plan is being made; eight clients too."""
    show(
        {"api": measured_api(requests=requests or (24 if quick else 200), seed=seed)},
        as_json=as_json,
    )


@click.command()
@or_quickly
@click.option(
    "--times", type=click.IntRange(1, 100), help="Starts, taps and calls for each figure (9, 3)."
)
@click.option("--audits", type=click.IntRange(0, 25), help="Runs of Lighthouse (5, quick none).")
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def phone(times: int | None, audits: int | None, *, quick: bool, as_json: bool) -> None:
    """The technician's phone: a day fetched, started and tapped without net, work sent late.

    In a real Chromium, at this machine's speed and a quarter of it. For a checkout: it needs what
    `make test` installs, and for Lighthouse `make peers`.
    """
    times = times or (3 if quick else 9)
    audits = (0 if quick else 5) if audits is None else audits
    show({"phone": measured_phone(times=times, audits=audits)}, as_json=as_json)


@click.command()
@or_quickly
@click.option("--times", type=click.IntRange(1, 100), help="Calls that are followed (20, 5).")
@click.option("--audits", type=click.IntRange(0, 25), help="Runs of Lighthouse (5, quick none).")
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def portal(times: int | None, audits: int | None, *, quick: bool, as_json: bool) -> None:
    """The building manager's page: how soon it follows what the office does.

    In a real Chromium. For a checkout: it needs what `make test` installs, and for Lighthouse
    `make peers`.
    """
    times = times or (5 if quick else 20)
    audits = (0 if quick else 5) if audits is None else audits
    show({"portal": measured_portal(times=times, audits=audits)}, as_json=as_json)


@click.command()
@or_quickly
@click.option(
    "--times", type=click.IntRange(1, 100), help="Openings and calls for each figure (9, 3)."
)
@asked_alike
def board(times: int | None, seed: int, *, quick: bool, as_json: bool) -> None:
    """The dispatcher's board with 400 and 2,000 visits: opened, scrolled, dragged on, kept current.

    In a real Chromium; a colleague's call is seen while twenty dispatchers look on. For a checkout:
    it needs what `make test` installs.
    """
    show({"board": measured_board(times=times or (3 if quick else 9), seed=seed)}, as_json=as_json)


def measured_sla(*, scanned: int, seed: int) -> Measure:
    cases = max(20_000, scanned)
    return lambda progress: asdict(
        sla_bench.measure(cases=cases, scanned=scanned, seed=seed, progress=progress)
    )


def measured_urgent(
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


def measured_api(*, requests: int, seed: int) -> Measure:
    return lambda progress: asdict(
        api_bench.measure(requests=requests, seed=seed, progress=progress)
    )


def measured_phone(*, times: int, audits: int) -> Measure:
    return lambda progress: asdict(
        phone_bench.measure(times=times, audits=audits, progress=progress)
    )


def measured_portal(*, times: int, audits: int) -> Measure:
    return lambda progress: asdict(
        portal_bench.measure(times=times, audits=audits, progress=progress)
    )


def measured_board(*, times: int, seed: int) -> Measure:
    return lambda progress: asdict(board_bench.measure(times=times, seed=seed, progress=progress))
