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


DATA = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A demo's data folder, instead of the database of the environment.",
)
OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else printed."
)


@export.command()
@click.option("--region", required=True, help="The region's code.")
@click.option(
    "--day",
    required=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The local day, as 2026-11-23.",
)
@DATA
@OUT
def problem(region: str, day: datetime, data: Path | None, out: Path | None) -> None:
    """Write a region's day as it is now as a problem for `palier solve`.

    Technicians are called by their code, jobs by the number of the intervention. What is under
    way is not in it: it only says where and when technicians are free again.
    """
    from dispatch.planning import write_problem  # noqa: PLC0415 - the optimiser loads slowly

    url, offset_seconds = source(data)
    found = asyncio.run(_read(url, offset_seconds, region=region, day=day.date()))
    give(json.dumps(write_problem(found), ensure_ascii=False), out)


@export.command()
@DATA
@OUT
@click.option("--csv", "is_table", is_flag=True, help="A table for people, not to be read back.")
def agreements(data: Path | None, out: Path | None, *, is_table: bool) -> None:
    """Write the register of agreements, signed files included, for `palier import`.

    Regions, sites, assets, calendars and customers are called by their codes.
    """
    url, _ = source(data)
    give(asyncio.run(_register(url, is_table=is_table)), out)


@export.command()
@DATA
@OUT
def parts(data: Path | None, out: Path | None) -> None:
    """Write the catalogue of parts, for `palier import`."""
    url, _ = source(data)
    give(asyncio.run(_parts(url)), out)


def give(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    except OSError as error:
        click.echo(f"palier: {out} cannot be written: {error.strerror}", err=True)
        sys.exit(1)


def source(data: Path | None) -> tuple[str, int]:
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


async def _parts(url: str) -> str:
    import msgspec  # noqa: PLC0415 - other commands start faster without these

    from server.kit.database import Database  # noqa: PLC0415
    from server.parts.queries import whole_catalogue  # noqa: PLC0415

    database = Database(url)
    try:
        async with database.read() as session:
            found = await whole_catalogue(session)
    finally:
        await database.close()
    own = {"id", "version"}
    plain = (msgspec.to_builtins(each) for each in found)
    rows = [{name: value for name, value in each.items() if name not in own} for each in plain]
    return json.dumps(rows, ensure_ascii=False, indent=1)


async def _register(url: str, *, is_table: bool) -> str:
    from server.agreements.register import export_register, register_table  # noqa: PLC0415
    from server.kit.database import Database  # noqa: PLC0415

    database = Database(url)
    try:
        async with database.read() as session:
            if is_table:
                return await register_table(session)
            register = await export_register(session)
    finally:
        await database.close()
    # One order of names and one line for each value: two exports can be compared.
    return json.dumps(register, ensure_ascii=False, indent=1, sort_keys=True)
