"""The schema: what migrations make is what the tables say, up and down, on both databases."""

from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, select

from server.kit.database import Database
from server.metadata import METADATA
from server.migrations import config, newest, upgrade

# Kept by PostgreSQL alone, to read events in the order they were committed.
POSTGRESQL_ONLY = {("event", "xid")}


def _ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:  # noqa: FBT001
    return not (kind == "column" and ("event", name) in POSTGRESQL_ONLY)


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": _ours}
    )
    return list(compare_metadata(context, METADATA))


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
async def test_migrations_and_tables_say_the_same(database: Database) -> None:
    assert await database.run(_differences) == []


async def test_every_migration_can_be_undone_and_done_again(database: Database) -> None:
    await database.run(lambda connection: command.downgrade(config(connection), "base"))
    left = await database.run(lambda connection: inspect(connection).get_table_names())
    assert set(left) <= {"alembic_version"}
    assert await database.run(upgrade) == f"schema moved from nothing to {newest()}"


async def test_a_schema_that_is_up_to_date_is_left_alone(database: Database) -> None:
    assert await database.run(upgrade) == f"schema is at {newest()}"


async def test_a_new_company_writes_its_own_catalogue(database: Database) -> None:
    query = select(func.count()).select_from(METADATA.tables["service"])
    assert await database.run(lambda connection: connection.scalar(query)) == 0
