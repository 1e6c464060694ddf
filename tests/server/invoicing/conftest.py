"""The town of the interventions' tests: where promises are made and missed."""

import pytest

from tests.server.credits.owing import Ledger
from tests.server.interventions.conftest import (
    copied_town,
    postgresql_copy,
    postgresql_town,
    sqlite_copy,
    sqlite_town,
    town,
)
from tests.server.interventions.town import Town

__all__ = [
    "copied_town",
    "postgresql_copy",
    "postgresql_town",
    "sqlite_copy",
    "sqlite_town",
    "town",
]


@pytest.fixture
def ledger(town: Town) -> Ledger:
    return Ledger(town)
