"""What reaches people by itself: pushes, mail, and word to the office where nobody answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from server.kit.database import Database
from server.kit.runner import Duty
from server.mail.sender import send
from server.notifications.delays import DELAYED, tell_delays
from server.notifications.mailing import collect
from server.notifications.push_endpoints import PushServices
from server.notifications.push_keys import PushKeys
from server.notifications.push_outbox import PUSH
from server.notifications.push_sender import push
from server.notifications.push_service import PushService, open_services
from server.notifications.unanswered import escalate
from server.notifications.unheard import UNHEARD, raise_unheard
from server.settings import Settings

UNANSWERED = "unanswered visits"
MAIL = "mail"
UNANSWERED_EVERY = timedelta(seconds=30)


def mail_duty(database: Database, settings: Settings) -> Duty:
    """What happened goes into the outbox, and what waits there to the mail server."""

    async def mail(now: datetime) -> int:
        await collect(database, now)
        return await send(database, settings, now)

    return Duty(MAIL, timedelta(seconds=max(1, settings.watch_seconds)), mail)


def reaching(database: Database, settings: Settings, keys: PushKeys) -> list[Duty]:
    """These duties, on the services and the patience of these settings."""
    services = PushServices(settings.push_hosts)
    patience = timedelta(minutes=settings.answer_minutes)

    async def tell(now: datetime) -> int:
        @asynccontextmanager
        async def opened() -> AsyncIterator[PushService]:
            pair = await keys.pair(now)
            async with open_services(services, pair, settings.push_contact) as service:
                yield service

        return await push(database, opened, now)

    mails = [mail_duty(database, settings)] if settings.sends_mail else []
    return [
        *mails,
        Duty(UNHEARD, UNANSWERED_EVERY, lambda now: raise_unheard(database, now)),
        Duty(DELAYED, UNANSWERED_EVERY, lambda now: tell_delays(database, now)),
        Duty(PUSH, timedelta(seconds=max(1, settings.watch_seconds)), tell),
        Duty(UNANSWERED, UNANSWERED_EVERY, lambda now: escalate(database, patience, now)),
    ]
