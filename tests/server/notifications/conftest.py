"""A town whose technicians carry phones, and the push service their browsers belong to."""

from collections.abc import AsyncIterator

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
from tests.server.notifications.phones import Phones
from tests.server.notifications.push_twin import PushTwin

__all__ = [
    "copied_town",
    "postgresql_copy",
    "postgresql_town",
    "sqlite_copy",
    "sqlite_town",
    "town",
]


@pytest.fixture
async def twin() -> AsyncIterator[PushTwin]:
    async with PushTwin.opened() as running:
        yield running


@pytest.fixture
async def phones(town: Town, twin: PushTwin) -> Phones:
    """Aina is on shift from 8 to 17 and has a phone; pushes begin now."""
    made = Phones(town, twin)
    await made.on_shift(town.now.replace(hour=6, minute=0), hours=9)
    await made.subscribe()
    await made.push()
    return made
