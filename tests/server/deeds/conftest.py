"""The dispatcher's office of the planning tests."""

from tests.server.planning.conftest import (
    copied_town,
    office,
    postgresql_copy,
    postgresql_town,
    sqlite_copy,
    sqlite_town,
    town,
)

__all__ = [
    "copied_town",
    "office",
    "postgresql_copy",
    "postgresql_town",
    "sqlite_copy",
    "sqlite_town",
    "town",
]
