"""`palier demo`: a whole working company on this machine, ready to look at.

Founds a town on the first start, keeps it for the next, and starts anew when its day is over.
"""

import asyncio
import json
import os
import shlex
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from fixtures import town as town_folder
from server.cli.demo_clock import CLOSES, DemoTime, demo_time
from server.cli.demo_options import DAYS, INSTANT, TOWN, town_zone
from server.cli.serving import run_server
from server.kit.http import quiet_logs

TECHNICIAN, REGION, CUSTOMER = "ARIBERA", "VALLS", "FINQUES-VALIRA"
FASTEST = 120
ENDS_WITHIN_SECONDS = 5
BILLED = timedelta(days=60)  # back: at least one month is over and its statement out
ROLES = ("admin", "dispatcher", "technician", "manager", "experience", "auditor")

Answer = TypeVar("Answer")


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("palier-data/demo"),
    show_default=True,
    help="Where the demo keeps its data.",
)
@click.option("--fresh", is_flag=True, help="Forget what was done in the demo and start anew.")
@click.option("--now", "wanted", type=INSTANT, help="Start the demo's clock at this instant.")
@click.option("--history", type=DAYS, default=None, help="Give the company a past, such as 90d.")
@click.option("--live", is_flag=True, help="People call and technicians work while you watch.")
@click.option(
    "--speed",
    default=1,
    show_default=True,
    type=click.IntRange(1, FASTEST),
    help="With --live: how many times as fast time passes.",
)
@click.option("--prepare", is_flag=True, help="Print the server's settings instead of starting it.")
def demo(
    port: int,
    data: Path,
    wanted: datetime | None,
    *,
    history: int | None,
    live: bool,
    speed: int,
    fresh: bool,
    prepare: bool,
) -> None:
    """Run a whole company: real buildings, rosters, agreements, a day of calls, a plan."""
    if speed > 1 and not live:
        raise click.UsageError("--speed needs --live: a town that stands still has no pace")
    quiet_logs()
    if not prepare:
        _require_free(port)
    data.mkdir(parents=True, exist_ok=True)
    kept = None if fresh or wanted else _kept(data, history)
    when = kept or demo_time(datetime.now(UTC), town_zone(), _holidays(), wanted)
    if kept is None:
        click.echo("Founding the company and playing its morning …", err=True)
        _forget(data)
        asyncio.run(_found(data, when, history or 0))
        kept_as = asdict(when) | {"history": history or 0}
        (data / "demo.json").write_text(json.dumps(kept_as, default=str), encoding="utf-8")
    environment = {
        "PALIER_DATABASE_URL": _url(data),
        "PALIER_DEMO": "1",
        "PALIER_DEMO_OFFSET_SECONDS": str(when.offset_seconds),
        "PALIER_MAP_FILE": str(town_folder(TOWN) / "andorra.pmtiles"),
    }
    if prepare:
        click.echo("\n".join(f"{name}={shlex.quote(value)}" for name, value in environment.items()))
        return
    stop = threading.Event()
    living = _living(data, port, when, speed, stop) if live else None
    if living is not None:
        environment |= {"PALIER_DEMO_SPEED": str(speed), "PALIER_DEMO_SINCE": str(living.since)}
        living.thread.start()
    os.environ |= environment
    threading.Thread(target=_greet, args=(port, when), daemon=True).start()
    try:
        run_server("127.0.0.1", port)
    finally:
        stop.set()
        if living is not None:
            living.thread.join(ENDS_WITHIN_SECONDS)


class Living(NamedTuple):
    """The life beside the server, and the real second from which its time passes faster."""

    thread: threading.Thread
    since: int


def _living(data: Path, port: int, when: DemoTime, speed: int, stop: threading.Event) -> Living:
    """Let the town live beside the server, on the same clock, until told to stop.

    What is lived faster than real time lies in its future: the next start founds the town anew.
    """
    from server.cli.demo_awake import cast, keep_alive  # noqa: PLC0415 - as above
    from server.kit.clock import Clock  # noqa: PLC0415

    since = int(time.time())
    clock = Clock(when.offset_seconds, speed, since)
    if speed > 1:
        (data / "demo.json").unlink(missing_ok=True)
    people = asyncio.run(_with_database(_url(data), lambda database: cast(database, clock)))

    def live() -> None:
        _wait_for(f"http://127.0.0.1:{port}", stop)
        keep_alive(town_folder(TOWN), people, port=port, day=when.day, clock=clock, stop=stop)

    return Living(threading.Thread(target=live, daemon=True), since)


async def _with_database(url: str, act: Callable[[Any], Awaitable[Answer]]) -> Answer:
    from server.kit.database import Database  # noqa: PLC0415

    database = Database(url)
    try:
        return await act(database)
    finally:
        await database.close()


async def _found(data: Path, when: DemoTime, history: int) -> None:
    from server.cli.demo_day import Day  # noqa: PLC0415 - the optimiser takes a second to load
    from server.cli.demo_money import Money  # noqa: PLC0415
    from server.cli.demo_partnership import Partnership  # noqa: PLC0415
    from server.cli.history import History  # noqa: PLC0415
    from server.cli.town import found, let_in  # noqa: PLC0415
    from server.kit.clock import Clock  # noqa: PLC0415
    from server.kit.database import Database  # noqa: PLC0415
    from server.migrations import upgrade  # noqa: PLC0415

    folder, now = town_folder(TOWN), Clock(when.offset_seconds).now()
    database = Database(_url(data))
    try:
        await database.run(upgrade)
        async with database.write() as session:
            # Before its day begins: looked at again, the morning has its roster.
            begun = min(
                now, datetime.combine(when.day, datetime.min.time(), town_zone()).astimezone(UTC)
            )
            town = await found(session, folder, first_day=when.day, now=begun)
            await let_in(
                session,
                now,
                technician=town.technicians[TECHNICIAN],
                region=town.regions[REGION],
                customer=town.customers[CUSTOMER],
            )
            await Partnership(session, town, when.day).write(folder)
            first_day = when.day - timedelta(days=history)
            if history:
                click.echo(f"Living through {history} days …", err=True)
                lived = await History(session, town, folder, first_day, history).write()
                click.echo(f"{lived} interventions.", err=True)
            billed_from = min(first_day, when.day - BILLED)
            await Money(session, town_zone(), billed_from, when.day).write()
            await Day(session, town, when.day).play(folder, now)
    finally:
        await database.close()


def _kept(data: Path, history: int | None) -> DemoTime | None:
    """The time of the demo that is there, while its working day lasts and its past is as long."""
    try:
        stored = json.loads((data / "demo.json").read_text(encoding="utf-8"))
        when = DemoTime(date.fromisoformat(stored["day"]), int(stored["offset_seconds"]))
    except (OSError, ValueError, KeyError):
        return None
    if history is not None and stored.get("history", 0) != history:
        return None
    ends = datetime.combine(when.day, CLOSES, town_zone()).timestamp()
    return when if time.time() + when.offset_seconds < ends else None


def _forget(data: Path) -> None:
    for name in ("demo.json", "palier.db", "palier.db-wal", "palier.db-shm"):
        (data / name).unlink(missing_ok=True)


def _url(data: Path) -> str:
    return f"sqlite+aiosqlite:///{data.resolve() / 'palier.db'}"


def _holidays() -> set[date]:
    content = json.loads((town_folder(TOWN) / "calendars.json").read_text(encoding="utf-8"))
    return {date.fromisoformat(day) for each in content["calendars"] for day in each["holidays"]}


def _require_free(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            click.echo(f"palier: port {port} is taken; choose another with --port.", err=True)
            sys.exit(1)


def _greet(port: int, when: DemoTime) -> None:
    """Say where to go once the server answers."""
    address = f"http://127.0.0.1:{port}"
    _wait_for(address)
    click.echo(f"Palier ready on {address}")
    for role in ROLES:
        click.echo(f"  {role}@demo.palier  password palier-demo")
    if when.offset_seconds:
        local = datetime.fromtimestamp(time.time() + when.offset_seconds, town_zone())
        click.echo(f"It is {local:%A %d %B, %H:%M} in the demo.")
    sys.stdout.flush()


def _wait_for(address: str, stop: threading.Event | None = None) -> None:
    while not (stop is not None and stop.is_set()) and not _answers(address):
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False
