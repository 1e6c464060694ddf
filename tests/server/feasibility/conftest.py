"""The town of the planning tests: Aina and Bruno on duty, lifts along a street."""

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
