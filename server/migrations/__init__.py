"""Schema changes, one file each, the same scripts on SQLite and PostgreSQL.

Applied at start in embedded mode and by `palier migrate` in production.
"""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

ONE_MIGRATOR_AT_A_TIME = 7002


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here so that no ini file can disagree with it."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


@cache
def newest() -> str | None:
    """The revision that the code of this process was written for."""
    return ScriptDirectory.from_config(config()).get_current_head()


def upgrade(connection: Connection) -> str:
    """Bring the schema to the newest revision; says what was done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"select pg_advisory_xact_lock({ONE_MIGRATOR_AT_A_TIME})"))
    current = MigrationContext.configure(connection).get_current_revision()
    if current == newest():
        return f"schema is at {current}"
    command.upgrade(config(connection), "head")
    return f"schema moved from {current or 'nothing'} to {newest()}"
