"""`palier import rescue`: what a phone could not send, carried out from the file it saved.

Every command keeps its id, so what the server has already judged is not judged again.
"""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal
from uuid import UUID

import click
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from server.cli.exporting import BAD_INPUT, DATA, source

if TYPE_CHECKING:
    from server.accounts.scope import Scope
    from server.kit.database import Database


class NotReadIn(click.ClickException):
    """Why the file was not taken up at all."""

    exit_code = BAD_INPUT


class _Saved(BaseModel):
    """Parts of the file; what a newer app adds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Target(_Saved):
    kind: str
    id: UUID


class _Command(_Saved):
    target: _Target
    command: dict[str, Any]


class _File(_Saved):
    """A photo or a signature; its bytes are null where the phone had lost them."""

    id: UUID
    kind: str
    visit_id: UUID = Field(alias="visitId")
    content: Base64Bytes | None = Field(alias="bytes")


class Rescued(_Saved):
    """The file as a phone writes it."""

    kind: Literal["palier-rescue"]
    version: Literal[1]
    account: UUID
    commands: list[_Command]
    files: list[_File] = []


@click.command()
@click.argument("file", type=click.File("rb"))
@DATA
def rescue(file: BinaryIO, data: Path | None) -> None:
    """Carry out what a phone saved because it could not send it, and keep its photos.

    Says of every command and file what became of it; the same file may be read in again.
    """
    try:
        rescued = Rescued.model_validate_json(file.read())
    except ValidationError:
        raise NotReadIn("this is no file that a phone saved.") from None
    url, offset_seconds = source(data)
    for line in asyncio.run(_take_in(url, offset_seconds, rescued)):
        click.echo(line)


async def _take_in(url: str, offset_seconds: int, rescued: Rescued) -> list[str]:
    from server.kit.clock import Clock  # noqa: PLC0415 - other commands start faster without these
    from server.kit.database import Database  # noqa: PLC0415

    database = Database(url)
    try:
        scope = await _author(database, rescued.account)
        now = Clock(offset_seconds).now()
        told = [await _told(database, scope, each, now) for each in rescued.commands]
        return [*told, *[await _kept(database, scope, each, now) for each in rescued.files]]
    finally:
        await database.close()


async def _author(database: "Database", account_id: UUID) -> "Scope":
    """Whoever worked with the phone, also when that account is closed by now."""
    from server.accounts.queries import scope_of  # noqa: PLC0415
    from server.accounts.tables import Account  # noqa: PLC0415

    async with database.read() as session:
        account = await session.get(Account, account_id)
    if account is None or account.technician_id is None:
        raise NotReadIn("the technician whose phone saved this file is not known here.")
    return scope_of(account)


async def _told(database: "Database", scope: "Scope", saved: _Command, now: datetime) -> str:
    name = f"{saved.command.get('kind')} {saved.target.kind} {saved.target.id}"
    return f"{name}: {await _outcome(database, scope, saved, now)}"


async def _outcome(database: "Database", scope: "Scope", saved: _Command, now: datetime) -> str:
    """Each in a transaction of its own: one that cannot be read keeps no other from counting."""
    from server.interventions.schemas import (  # noqa: PLC0415
        VisitCommandBody,
        VisitCommandResultsOut,
    )
    from server.interventions.visit_actions import command_visit  # noqa: PLC0415
    from server.kit.problems import Problem  # noqa: PLC0415
    from server.presence.actions import command_duty  # noqa: PLC0415
    from server.presence.schemas import DutyCommandBody, DutyResultsOut  # noqa: PLC0415

    answer: VisitCommandResultsOut | DutyResultsOut
    try:
        async with database.write() as session:
            if saved.target.kind == "visit":
                body = VisitCommandBody.model_validate(saved.command)
                answer = await command_visit(session, scope, saved.target.id, [body], now)
            else:
                said = DutyCommandBody.model_validate(saved.command)
                answer = await command_duty(session, scope, saved.target.id, [said], now)
    except ValidationError:
        return "rejected (invalid)"
    except Problem as problem:
        return f"rejected ({problem.code})"
    (result,) = answer.results
    return result.outcome if result.code is None else f"{result.outcome} ({result.code})"


async def _kept(database: "Database", scope: "Scope", file: _File, now: datetime) -> str:
    from server.kit.problems import Problem  # noqa: PLC0415

    name = f"{file.kind} {file.id}"
    if not file.content:
        return f"{name}: the phone had lost it"
    try:
        return f"{name}: {await _sent(database, scope, file, file.content, now)}"
    except Problem as problem:
        return f"{name}: rejected ({problem.code})"


async def _sent(
    database: "Database", scope: "Scope", file: _File, content: bytes, now: datetime
) -> str:
    """Piece after piece, as the phone would have sent it; how the file stands then."""
    from server.files.chunks import LARGEST_CHUNK  # noqa: PLC0415
    from server.interventions import evidence_uploads as uploads  # noqa: PLC0415

    key = (file.visit_id, file.id)
    async with database.read() as session:
        begun = await uploads.status(session, scope, key)
    state: str = begun.state
    for offset in range(begun.received_size, len(content), LARGEST_CHUNK):
        given = uploads.Piece(key, offset, content[offset : offset + LARGEST_CHUNK])
        async with database.read() as session:
            given = await uploads.piece(session, scope, given, uploads.CHUNK_TYPE, now)
        arrived = await uploads.looked_at(database.read, given)
        async with database.write() as session:
            state = (await uploads.keep(session, scope, given, arrived, now)).state
    return state
