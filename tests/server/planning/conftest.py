"""The town of the interventions' tests with shifts and streets, so that a day can be planned."""

import pytest

from tests.server.interventions.conftest import (
    copied_town,
    postgresql_copy,
    postgresql_town,
    sqlite_copy,
    sqlite_town,
    town,
)
from tests.server.interventions.town import Town
from tests.server.planning.office import Office, open_office

__all__ = [
    "copied_town",
    "postgresql_copy",
    "postgresql_town",
    "sqlite_copy",
    "sqlite_town",
    "town",
]


@pytest.fixture
async def office(town: Town) -> Office:
    """A dispatcher's office: Aina and Bruno are on duty until five."""
    return await open_office(town)
