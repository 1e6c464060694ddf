"""Commands about mail: trying it out."""

import asyncio
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import UUID

import click
import uuid_utils.compat

from server.cli.serving import settings_or_exit
from server.mail.outbox import Handed, Outcome, Parcel
from server.mail.smtp import hand_over
from server.mail.tables import Mail
from server.mail.words import FRAMES
from server.mail.writing import TEST, written
from server.settings import Settings


@click.group()
def mail() -> None:
    """Mail to people."""


@mail.command("test")
@click.argument("address")
@click.option("--language", type=click.Choice(sorted(FRAMES)), default="en", show_default=True)
def try_out(address: str, language: str) -> None:
    """Send one message at once and say what the mail server made of it."""
    settings = settings_or_exit()
    if not settings.sends_mail:
        click.echo("palier: no mail server is named: set PALIER_SMTP_HOST", err=True)
        sys.exit(1)
    handed = asyncio.run(_sent(settings, address, language))
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    if handed.outcome is Outcome.SENT:
        click.echo(f"{where} took the message to {address}.")
        return
    click.echo(f"palier: {where} did not take it: {handed.reason}", err=True)
    sys.exit(1)


async def _sent(settings: Settings, address: str, language: str) -> Handed:
    number = UUID(int=uuid_utils.compat.uuid7().int)
    row = Mail(id=number, address=address, language=language, topic=TEST, facts={}, token="")
    message: EmailMessage = written(Parcel(number, (row,)), settings, datetime.now(UTC))
    return (await hand_over(settings, {number: message}))[number]
