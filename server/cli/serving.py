"""Commands that run the server: serve, migrate, openapi.

What they start is `server.app`; settings come from the environment.
"""

import asyncio
import json
import multiprocessing
import os
import sys

import click

from server.settings import SettingRefused, Settings

STOP_WITHIN_SECONDS = 3


def settings_or_exit() -> Settings:
    """The settings of the environment; an unusable one ends the command with its name."""
    try:
        return Settings.from_environment()
    except SettingRefused as refusal:
        click.echo(f"palier: {refusal}", err=True)
        sys.exit(2)


def run_server(host: str, port: int, *, workers: int = 1) -> None:
    """Serve until told to stop; open streams do not hold it up."""
    from granian import Granian  # noqa: PLC0415 - other commands start faster without it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    # A forked process has the locks of threads it does not have, and the memory of a town's past.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "server.app:from_environment",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=workers,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, help="Processes; needs PostgreSQL.")
def serve(host: str, port: int, workers: int) -> None:
    """Run the server on the settings of the environment (PALIER_DATABASE_URL, ...)."""
    settings = settings_or_exit()
    if workers > 1 and settings.is_sqlite:
        click.echo("palier: SQLite serves one process; choose PostgreSQL for more.", err=True)
        sys.exit(2)
    run_server(host, port, workers=workers)


@click.command()
def migrate() -> None:
    """Bring the database's schema to this version."""
    settings = settings_or_exit()
    click.echo(asyncio.run(_migrate(settings.database_url)))


async def _migrate(url: str) -> str:
    from server.kit.database import Database  # noqa: PLC0415
    from server.migrations import upgrade  # noqa: PLC0415

    database = Database(url)
    try:
        return str(await database.run(upgrade))
    finally:
        await database.close()


@click.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API."""
    from server.app import create_app  # noqa: PLC0415
    from server.kit.openapi import document  # noqa: PLC0415

    os.environ.pop("PALIER_DATABASE_URL", None)
    click.echo(json.dumps(document(create_app(Settings())), indent=1, sort_keys=True))
