"""`palier export`: what the company holds, as files others can use.

What a planning problem is stands in `dispatch.planning`; here one is read from the database.
"""

import asyncio
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.serving import settings_or_exit

if TYPE_CHECKING:
    from dispatch.planning import Problem

BAD_INPUT = 2


class Declined(click.ClickException):
    """Why nothing was exported, for whoever asked."""

    exit_code = BAD_INPUT


@click.group()
def export() -> None:
    """Write what the company holds to files."""


@export.command()
@click.option("--region", required=True, help="The region's code.")
@click.option(
    "--day",
    required=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The local day, as 2026-11-23.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A demo's data folder, instead of the database of the environment.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else printed."
)
def problem(region: str, day: datetime, data: Path | None, out: Path | None) -> None:
    """Write a region's day as it is now as a problem for `palier solve`.

    Technicians are called by their code, jobs by the number of the intervention. What is under
    way is not in it: it only says where and when technicians are free again.
    """
    from dispatch.planning import write_problem  # noqa: PLC0415 - the optimiser loads slowly

    url, offset_seconds = _source(data)
    found = asyncio.run(_read(url, offset_seconds, region=region, day=day.date()))
    text = json.dumps(write_problem(found), ensure_ascii=False)
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        click.echo(f"palier: {out} cannot be written: {error.strerror}", err=True)
        sys.exit(1)


def _source(data: Path | None) -> tuple[str, int]:
    """The database, and by how far its clock is shifted."""
    if data is None:
        settings = settings_or_exit()
        return settings.database_url, settings.demo_offset_seconds
    file = data.resolve() / "palier.db"
    if not file.exists():
        raise Declined(f"{data} holds no palier.db.")
    try:
        stored = json.loads((data / "demo.json").read_text(encoding="utf-8"))
        return f"sqlite+aiosqlite:///{file}", int(stored["offset_seconds"])
    except FileNotFoundError:
        return f"sqlite+aiosqlite:///{file}", 0


async def _read(url: str, offset_seconds: int, *, region: str, day: date) -> "Problem":
    from sqlalchemy import select  # noqa: PLC0415 - other commands start faster without it

    from dispatch.day import to_plan  # noqa: PLC0415
    from server.kit.clock import Clock  # noqa: PLC0415
    from server.kit.database import Database  # noqa: PLC0415
    from server.planning.snapshot import read_day  # noqa: PLC0415
    from server.regions.tables import Region  # noqa: PLC0415

    database = Database(url)
    try:
        async with database.read() as session:
            row = await session.scalar(select(Region).where(Region.code == region))
            if row is None:
                codes = await session.scalars(select(Region.code).order_by(Region.code))
                raise Declined(f"There is no region {region!r}, only {', '.join(codes) or 'none'}.")
            snapshot = await read_day(session, row, day, Clock(offset_seconds).now())
    finally:
        await database.close()
    return to_plan(snapshot.day).problem
