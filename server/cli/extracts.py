"""`palier extract`: whether a signed extract of performance is genuine, without asking anybody.

How extracts are signed is in `server.reports.signing`; here files are opened and it is told.
"""

import json
from typing import BinaryIO

import click


@click.group()
def extract() -> None:
    """Signed extracts of performance, as their receivers hold them."""


@extract.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--key",
    "key_file",
    type=click.File("rb"),
    required=True,
    help="The public key of whoever signed it, as PEM.",
)
def verify(file: BinaryIO, key_file: BinaryIO) -> None:
    """Tell whether FILE was signed with this key and not changed since.

    A dash reads standard input. The exit code is 0 when it is genuine, 1 when it is not, and 2 when
    FILE or the key cannot be read.
    """
    from server.reports.extracts import signed_bytes  # noqa: PLC0415 - other commands start faster
    from server.reports.signing import is_genuine, key_id, public_key  # noqa: PLC0415

    try:
        key = public_key(key_file.read())
    except ValueError as error:
        raise click.UsageError(f"The key cannot be read: {error}") from error
    try:
        given = json.load(file)
        signed, told = signed_bytes(given["extract"]), str(given["signature"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise click.UsageError("FILE is no signed extract.") from error
    if not is_genuine(key, signed, told):
        click.echo("Not genuine: it was changed, or signed with another key.")
        raise SystemExit(1)
    click.echo(f"Genuine, signed with key {key_id(key)}.")
