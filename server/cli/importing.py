"""`palier import`: what files hold, written into the database whole or not at all.

What is checked is known to the rooms whose rows are written.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import click

from dispatch.errors import Fault
from server.cli.exporting import BAD_INPUT, DATA, source
from server.cli.rescuing import rescue

if TYPE_CHECKING:
    from datetime import datetime

    from server.accounts.scope import Scope
    from server.agreements.register_schemas import RegisterReadOut
    from server.imports.schemas import ImportOut
    from server.kit.database import Session
    from server.parts.schemas import ImportedOut

T = TypeVar("T")


class NothingWritten(click.ClickException):
    """The faults of a file, one a line, each by its row and its place in the row."""

    exit_code = BAD_INPUT

    def __init__(self, faults: Iterable[Fault]) -> None:
        lines = (f"{each.path or 'file'}: {each.sentence} ({each.code})" for each in faults)
        super().__init__("\n".join(["nothing was written, because of this:", *lines]))


@click.group("import")
def import_() -> None:
    """Read what others wrote into the database."""


import_.add_command(rescue)


@import_.command()
@click.argument("file", type=click.File("rb"))
@DATA
def agreements(file: BinaryIO, data: Path | None) -> None:
    """Read a register of agreements, as `palier export agreements` writes it.

    All rows are checked before any is written. An agreement that stands there already, word for
    word, is passed over; another one with its number is refused.
    """
    url, offset_seconds = source(data)
    done = asyncio.run(_read_register(url, offset_seconds, file.read()))
    click.echo(f"{done.written} agreements written, {done.skipped} were there already")


@import_.command()
@click.argument("file", type=click.File("rb"))
@DATA
def parts(file: BinaryIO, data: Path | None) -> None:
    """Read a catalogue of parts, as `palier export parts` writes it.

    New parts are added, known ones renamed or withdrawn as the file says; those it does not name
    stay as they are. What a known part is counted in cannot change.
    """
    url, offset_seconds = source(data)
    done = asyncio.run(_read_parts(url, offset_seconds, file.read()))
    told = f"{done.added} parts added, {done.changed} changed, {done.skipped} as they were"
    click.echo(told)


@import_.command("table")
@click.argument("kind", type=click.Choice(["customers", "sites", "assets", "technicians", "parts"]))
@click.argument("file", type=click.File("rb"))
@click.option("--write", is_flag=True, help="Write it; without this it is only looked at.")
@DATA
def table(kind: str, file: BinaryIO, data: Path | None, *, write: bool) -> None:
    """Look at a CSV table of customers, sites, assets, technicians or parts, or write it.

    Rows are known by their code: new ones are added, known ones changed where they differ, those
    the file leaves out stay. A fault anywhere, told by row and column, and nothing is written.
    """
    url, offset_seconds = source(data)
    done = asyncio.run(_read_table(url, offset_seconds, kind, file.read(), is_written=write))
    told = f"{done.added} added, {done.changed} changed, {done.unchanged} as they were"
    click.echo(told if done.is_written else f"{told}; nothing was written, add --write to do it")


async def _read_table(
    url: str, offset_seconds: int, kind: str, given: bytes, *, is_written: bool
) -> "ImportOut":
    from base64 import b64encode  # noqa: PLC0415 - other commands start faster without these

    from server.imports.actions import import_table  # noqa: PLC0415
    from server.imports.schemas import ImportBody  # noqa: PLC0415

    async def read(session: "Session", system: "Scope", now: "datetime") -> "ImportOut":
        body = {"kind": kind, "content": b64encode(given)}
        looked = await import_table(session, system, ImportBody.model_validate(body), now)
        if looked.fault_count:
            found = looked.faults
            raise NothingWritten(
                Fault(f"row {each.row}, {each.column}", each.code, f"{each.value!r}: {each.detail}")
                for each in found
            )
        if not is_written:
            return looked
        body["confirms"] = looked.fingerprint
        return await import_table(session, system, ImportBody.model_validate(body), now)

    return await _read_in(url, offset_seconds, read)


async def _read_register(url: str, offset_seconds: int, given: bytes) -> "RegisterReadOut":
    from server.agreements.register_reading import import_register  # noqa: PLC0415 - see below
    from server.agreements.register_schemas import RegisterBody  # noqa: PLC0415

    async def read(session: "Session", system: "Scope", now: "datetime") -> "RegisterReadOut":
        body = RegisterBody.model_validate_json(given)
        return await import_register(session, system, body, now=now)

    return await _read_in(url, offset_seconds, read)


async def _read_parts(url: str, offset_seconds: int, given: bytes) -> "ImportedOut":
    from server.parts.actions import import_parts  # noqa: PLC0415 - see below
    from server.parts.schemas import CatalogueBody  # noqa: PLC0415

    async def read(session: "Session", system: "Scope", now: "datetime") -> "ImportedOut":
        body = CatalogueBody.model_validate_json(given)
        return await import_parts(session, system, body, now)

    return await _read_in(url, offset_seconds, read)


async def _read_in(
    url: str, offset_seconds: int, read: "Callable[[Session, Scope, datetime], Awaitable[T]]"
) -> T:
    """Whole or not at all; the faults of the file come as one refusal."""
    from uuid import UUID  # noqa: PLC0415 - other commands start faster without these

    from pydantic import ValidationError  # noqa: PLC0415

    from server.accounts.schemas import Role  # noqa: PLC0415
    from server.accounts.scope import Scope  # noqa: PLC0415
    from server.kit.clock import Clock  # noqa: PLC0415
    from server.kit.database import Database  # noqa: PLC0415
    from server.kit.http import faults_of  # noqa: PLC0415
    from server.kit.problems import Invalid  # noqa: PLC0415

    system = Scope(account_id=UUID(int=0), name="Palier", role=Role.ADMIN)
    database = Database(url)
    try:
        async with database.write() as session:
            return await read(session, system, Clock(offset_seconds).now())
    except ValidationError as error:
        raise NothingWritten(faults_of(error)) from None
    except Invalid as invalid:
        told = invalid.facts["errors"]
        found = [Fault(each["path"], each["code"], each["detail"]) for each in told]
        raise NothingWritten(found) from None
    finally:
        await database.close()
