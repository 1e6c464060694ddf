"""Commands about who may come in: user and key.

Passwords are asked for, never taken from the command line, where others could read them.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
from pydantic import ValidationError
from sqlalchemy import select

from server.accounts import actions
from server.accounts.queries import by_email
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.tables import Account
from server.cli.serving import settings_or_exit
from server.kit.database import Database, Session
from server.kit.events import Actor
from server.kit.http import faults_of
from server.kit.problems import NotFound, Problem
from server.migrations import upgrade
from server.personal.records import Person, erase, kept_of

OPERATOR = Actor(None, "operator")
T = TypeVar("T")


def _within(act: Callable[[Session], Awaitable[T]]) -> T:
    """Run one action on the configured database; a refusal ends the command in one sentence."""

    async def run() -> T:
        database = Database(settings_or_exit().database_url)
        try:
            await database.run(upgrade)
            async with database.write() as session:
                return await act(session)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Problem as refusal:
        click.echo(f"palier: {refusal.detail}", err=True)
        sys.exit(1)


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="How colleagues know them.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--language", default="en", type=click.Choice([each.value for each in Language]))
@click.option("--technician", type=click.UUID, help="Which technician signs in here.")
@click.option("--customer", type=click.UUID, help="Whose buildings this manager sees.")
@click.password_option()
def add_user(email: str, password: str, **given: object) -> None:
    """Let somebody in."""
    try:
        body = AccountBody.model_validate(
            {
                "email": email,
                "password": password,
                "name": given["name"],
                "role": given["role"],
                "language": given["language"],
                "technician_id": given["technician"],
                "customer_id": given["customer"],
            }
        )
    except ValidationError as error:
        for fault in faults_of(error):
            click.echo(f"palier: {fault.path}: {fault.sentence}", err=True)
        sys.exit(2)
    made = _within(lambda session: actions.create(session, OPERATOR, body, datetime.now(UTC)))
    click.echo(f"{made.email} can sign in as {made.role.value}.")


@user.command("list")
def list_users() -> None:
    """Everybody who can sign in."""

    async def everybody(session: Session) -> list[Account]:
        return list((await session.scalars(select(Account).order_by(Account.email))).all())

    for account in _within(everybody):
        state = "disabled" if account.is_disabled else account.role
        click.echo(f"{account.email}\t{state}\t{account.name}")


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Shut an account; its sessions end at once."""
    _within(lambda session: actions.disable(session, email))
    click.echo(f"{email} can no longer sign in.")


async def _technician_of(session: Session, email: str) -> Person:
    account = await by_email(session, email)
    if account is None or account.technician_id is None:
        raise NotFound(f"No technician signs in as {email}.")
    return Person(account.technician_id, account.id)


@user.command("export")
@click.argument("email")
def export_user(email: str) -> None:
    """Print all that is kept of a technician, for them: one JSON document, by table."""

    async def kept(session: Session) -> object:
        return await kept_of(session, await _technician_of(session, email))

    click.echo(json.dumps(_within(kept), indent=1, ensure_ascii=False))


@user.command("erase")
@click.argument("email")
def erase_user(email: str) -> None:
    """Delete where a technician was and what is known of their phones.

    Of one who has left, telephone number, home and languages too. Hours and work done stay.
    """

    async def erased(session: Session) -> dict[str, int]:
        return await erase(session, await _technician_of(session, email))

    for kind, count in _within(erased).items():
        click.echo(f"{kind} of {email} deleted: {count}")


@click.group()
def key() -> None:
    """Keys by which programs call the API."""


@key.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What the key is for.")
def add_key(email: str, name: str) -> None:
    """Make a key that acts as this account; it is shown once."""
    made = _within(lambda session: actions.add_key(session, email, name, datetime.now(UTC)))
    click.echo(made)
