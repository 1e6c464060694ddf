"""The town of the interventions' tests with shifts and streets, so that a day can be planned."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from server.kit.clock import Clock
from server.planning.planner import Planner
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


@pytest.fixture
async def planner(office: Office) -> AsyncIterator[Planner]:
    """A planner with its real child process, on the office's clock.

    It begins in the middle of the office's minute: plans start at whole ones, and a test that
    takes a second more or less is to be given the same.
    """
    offset = office.now + timedelta(seconds=30) - datetime.now(UTC)
    made = Planner(office.town.database, Clock(round(offset.total_seconds())))
    yield made
    await made.close()
