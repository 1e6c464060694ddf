"""Calls between the event and the receiver: one row each, written once, kept for a month."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select

from server.breaches.tables import WatchRun
from server.kit.database import AnySession, Database, Session
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.webhooks.messages import Message, message_of, trial_of
from server.webhooks.tables import Webhook, WebhookDelivery

WEBHOOKS = "webhooks"
WAITING, SENT, FAILED = "waiting", "sent", "failed"
# Over about two days: whoever repairs the receiver on Monday still hears of Saturday.
PAUSES = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 7200, 18_000, 36_000))
LATER = (timedelta(hours=14), timedelta(hours=20))
MOST_AT_ONCE = 20  # to each: one that hardly answers keeps no other waiting for long
KEPT = timedelta(days=30)
GONE = 410
REFUSED = 300


@dataclass(frozen=True, slots=True)
class Call:
    """One message that is due, and where to."""

    delivery_id: UUID
    url: str
    secret: str
    message: Message


@dataclass(frozen=True, slots=True)
class Answered:
    """`status` is what came back; None where nothing did, and `reason` says why."""

    status: int | None
    reason: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and self.status < REFUSED


async def collect(database: Database, now: datetime) -> int:
    """A row for each webhook that is to hear of what happened since the last look.

    The place in the log moves on in the same transaction, so each event is taken once.
    """
    async with database.read() as session:
        newest, seen = await newest_settled(session), await session.get(WatchRun, WEBHOOKS)
    if seen is not None and newest <= seen.found:
        return 0
    async with database.write() as session:
        # Whoever starts to tell does not begin with the past.
        found = [] if seen is None else await _to_tell(session, after=seen.found, until=newest)
        session.add_all(
            WebhookDelivery(webhook_id=to, event_seq=seq, kind=kind, created_at=now, try_at=now)
            for seq, kind, to in found
        )
        await session.merge(WatchRun(duty=WEBHOOKS, done_at=now, found=newest))
    return len(found)


async def _to_tell(session: AnySession, *, after: int, until: int) -> list[tuple[int, str, UUID]]:
    hooks = (await session.scalars(select(Webhook).where(Webhook.is_active.is_(True)))).all()
    if not hooks:
        return []
    kinds = {kind for hook in hooks for kind in hook.kinds}
    query = (
        select(Event.seq, Event.kind, Event.region_id, Event.at)
        .where(Event.seq > after, Event.seq <= until, Event.kind.in_(kinds))
        .order_by(Event.seq)
    )
    return [
        (seq, kind, hook.id)
        for seq, kind, region_id, at in await session.execute(query)
        for hook in hooks
        if kind in hook.kinds
        and at >= hook.created_at
        and (hook.region_ids is None or str(region_id) in hook.region_ids)
    ]


async def due(session: AnySession, now: datetime) -> list[Call]:
    """What is to be sent now, to each the oldest first."""
    is_due = (WebhookDelivery.state == WAITING) & (WebhookDelivery.try_at <= now)
    query = (
        select(Webhook)
        .where(Webhook.is_active.is_(True))
        .where(exists().where(WebhookDelivery.webhook_id == Webhook.id, is_due))
    )
    calls = []
    for hook in (await session.scalars(query)).all():
        waiting = (
            select(WebhookDelivery, Event)
            .outerjoin(Event, Event.seq == WebhookDelivery.event_seq)
            .where(WebhookDelivery.webhook_id == hook.id, is_due)
            .order_by(WebhookDelivery.id)
            .limit(MOST_AT_ONCE)
        )
        calls += [
            Call(row.id, hook.url, hook.secret, _message(row, event))
            for row, event in await session.execute(waiting)
        ]
    return calls


def _message(row: WebhookDelivery, event: Event | None) -> Message:
    return trial_of(row.id, row.created_at) if event is None else message_of(row.id, event)


async def settle(session: Session, call: Call, answer: Answered, now: datetime) -> None:
    """Write down what became of a call; what was not taken is tried again, later each time."""
    row = await session.get(WebhookDelivery, call.delivery_id)
    if row is None:
        return
    row.tries += 1
    row.status, row.reason = answer.status, answer.reason
    pauses = (*PAUSES, *LATER)
    if answer.is_taken:
        row.state, row.done_at = SENT, now
    elif answer.status == GONE:
        row.state, row.done_at = FAILED, now
        hook = await session.get_one(Webhook, row.webhook_id)
        hook.is_active, hook.stopped = False, "gone"
    elif row.tries > len(pauses):
        row.state, row.done_at = FAILED, now
    else:
        row.try_at = now + pauses[row.tries - 1]


async def forget(session: Session, now: datetime) -> None:
    """The log of calls is no archive."""
    await session.execute(delete(WebhookDelivery).where(WebhookDelivery.created_at < now - KEPT))
