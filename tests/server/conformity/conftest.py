"""The office that writes agreements, and the town of the interventions' tests."""

from tests.server.agreements.conftest import office
from tests.server.interventions.conftest import (
    copied_town,
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
