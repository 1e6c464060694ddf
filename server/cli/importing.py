"""`palier import`: what files hold, written into the database whole or not at all.

What is checked is known to the rooms whose rows are written.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from dispatch.errors import Fault
from server.cli.exporting import BAD_INPUT, DATA, source
from server.cli.rescuing import rescue

if TYPE_CHECKING:
    from server.agreements.register_schemas import RegisterReadOut


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
    done = asyncio.run(_read_in(url, offset_seconds, file.read()))
    click.echo(f"{done.written} agreements written, {done.skipped} were there already")


async def _read_in(url: str, offset_seconds: int, given: bytes) -> "RegisterReadOut":
    from uuid import UUID  # noqa: PLC0415 - other commands start faster without these

    from pydantic import ValidationError  # noqa: PLC0415

    from server.accounts.schemas import Role  # noqa: PLC0415
    from server.accounts.scope import Scope  # noqa: PLC0415
    from server.agreements.register_reading import import_register  # noqa: PLC0415
    from server.agreements.register_schemas import RegisterBody  # noqa: PLC0415
    from server.kit.clock import Clock  # noqa: PLC0415
    from server.kit.database import Database  # noqa: PLC0415
    from server.kit.http import faults_of  # noqa: PLC0415
    from server.kit.problems import Invalid  # noqa: PLC0415

    system = Scope(account_id=UUID(int=0), name="Palier", role=Role.ADMIN)
    try:
        body = RegisterBody.model_validate_json(given)
    except ValidationError as error:
        raise NothingWritten(faults_of(error)) from None
    database = Database(url)
    try:
        async with database.write() as session:
            now = Clock(offset_seconds).now()
            return await import_register(session, system, body, now=now)
    except Invalid as invalid:
        told = invalid.facts["errors"]
        found = [Fault(each["path"], each["code"], each["detail"]) for each in told]
        raise NothingWritten(found) from None
    finally:
        await database.close()
