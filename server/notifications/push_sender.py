"""The duty that pushes: collects what happened, and hands over what may be told now.

Push is never the only channel: phones sync by themselves, and the office hears of urgent work that
nobody answered (`unanswered`).
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

import structlog

from server.kit.database import Database
from server.kit.turns import turn
from server.notifications.push_outbox import (
    PUSH,
    Mailbox,
    collect,
    drop,
    forget,
    mailboxes,
    settle,
)
from server.notifications.push_parcels import Parcel, sort_out
from server.notifications.push_service import Answer, Outcome, PushService
from server.notifications.reach import spells

log: structlog.stdlib.BoundLogger = structlog.get_logger()
OpenServices = Callable[[], AbstractAsyncContextManager[PushService]]


async def push(database: Database, opened: OpenServices, now: datetime) -> int:
    """Tell everything that may be told by now; how many parcels went out.

    Of several processes one does it at a time: the others find nothing left to do.
    """
    async with turn(database, PUSH) as is_ours:
        if not is_ours:
            return 0
        await collect(database, now)
        parcels = await _ready(database, now)
        if not parcels:
            return 0
        async with opened() as service, asyncio.TaskGroup() as handing_over:
            for each in parcels:
                handing_over.create_task(_hand_over(database, service, each, now))
        return len(parcels)


async def _hand_over(
    database: Database, service: PushService, what: tuple[Mailbox, Parcel], now: datetime
) -> None:
    """Hand one over and write down at once what became of it: what is not, is sent again."""
    box, parcel = what
    try:
        answer = await service.send(parcel, box.address)
    except Exception:
        # One that cannot be sent keeps no other waiting.
        log.exception("push_failed", subscription=str(box.subscription_id))
        answer = Answer(Outcome.LATER)
    async with database.write() as session:
        await settle(session, box, parcel, answer, now)


async def _ready(database: Database, now: datetime) -> Sequence[tuple[Mailbox, Parcel]]:
    """What goes out now; what nobody needs to hear is written off."""
    async with database.read() as session:
        boxes = await mailboxes(session, now)
        hours = await spells(session, {box.technician_id for box in boxes}, now)
    sorted_out = [
        (box, sort_out(box.waiting, box.language, hours.get(box.technician_id), now))
        for box in boxes
    ]
    needless = [each for _, sorted_ in sorted_out for each in sorted_.needless]
    if needless:
        async with database.write() as session:
            await drop(session, needless, "overtaken", now)
            await forget(session, now)
    return [(box, parcel) for box, sorted_ in sorted_out for parcel in sorted_.parcels]
