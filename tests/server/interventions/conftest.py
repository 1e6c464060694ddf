"""A town on a real, migrated database of each kind, built once and copied for every test."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from server.kit.database import Database
from server.migrations import upgrade
from tests.server.conftest import fresh_database
from tests.server.interventions.town import Town, build


async def _built(url: str) -> Town:
    database = Database(url)
    await database.run(upgrade)
    town = await build(database)
    await database.close()
    return town


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Path]:
    file = tmp_path_factory.mktemp("town") / "town.db"
    return asyncio.run(_built(f"sqlite+aiosqlite:///{file}")), file


@pytest.fixture(scope="session")
def postgresql_town(postgres: str) -> Iterator[tuple[Town, str]]:
    url, drop = fresh_database(postgres)
    yield asyncio.run(_built(url)), make_url(url).database or ""
    drop()


@pytest.fixture
def sqlite_copy(sqlite_town: tuple[Town, Path], tmp_path: Path) -> tuple[Town, str]:
    town, file = sqlite_town
    copy = tmp_path / "palier.db"
    shutil.copyfile(file, copy)
    return town, f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
def postgresql_copy(postgresql_town: tuple[Town, str], postgres: str) -> Iterator[tuple[Town, str]]:
    town, template = postgresql_town
    url, drop = fresh_database(postgres, template)
    yield town, url
    drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def copied_town(request: pytest.FixtureRequest) -> tuple[Town, str]:
    copied: tuple[Town, str] = request.getfixturevalue(f"{request.param}_copy")
    return copied


@pytest.fixture
async def town(copied_town: tuple[Town, str]) -> AsyncIterator[Town]:
    built, url = copied_town
    database = Database(url)
    yield replace(built, database=database)
    await database.close()
