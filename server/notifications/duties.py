"""What reaches people by itself: pushes to phones, and word to the office where nobody answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from server.kit.database import Database
from server.kit.runner import Duty
from server.notifications.push_endpoints import PushServices
from server.notifications.push_keys import PushKeys
from server.notifications.push_outbox import PUSH
from server.notifications.push_sender import push
from server.notifications.push_service import PushService, open_services
from server.notifications.unanswered import escalate
from server.settings import Settings

UNANSWERED = "unanswered visits"
UNANSWERED_EVERY = timedelta(seconds=30)


def reaching(database: Database, settings: Settings, keys: PushKeys) -> list[Duty]:
    """The two duties, on the services and the patience of these settings."""
    services = PushServices(settings.push_hosts)
    patience = timedelta(minutes=settings.answer_minutes)

    async def tell(now: datetime) -> int:
        @asynccontextmanager
        async def opened() -> AsyncIterator[PushService]:
            pair = await keys.pair(now)
            async with open_services(services, pair, settings.push_contact) as service:
                yield service

        return await push(database, opened, now)

    return [
        Duty(PUSH, timedelta(seconds=max(1, settings.watch_seconds)), tell),
        Duty(UNANSWERED, UNANSWERED_EVERY, lambda now: escalate(database, patience, now)),
    ]
