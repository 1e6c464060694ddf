"""Messages between the event and the phone: one row for each, written once, kept until settled.

Who sends them is `push_sender`; what of them is sent when is `push_parcels`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update

from server.accounts.schemas import Language, Role
from server.accounts.tables import Account
from server.breaches.tables import WatchRun
from server.interventions.tables import Visit
from server.kit.database import AnySession, Database, Session
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.notifications.choices import Channel
from server.notifications.choosing_queries import rules_of_all
from server.notifications.push_parcels import Message, Parcel, Told
from server.notifications.push_queries import is_signed_in
from server.notifications.push_service import Address, Answer, Outcome
from server.notifications.push_words import URGENT, WORDS
from server.notifications.tables import PushMessage, PushSubscription
from server.regions.tables import Region

PUSH = "push"
# Their own phone sent it, perhaps with no page open: what came of it is news all the same.
OF_OWN_DOING = "visit_conflict"
KINDS = frozenset(WORDS[Language.ENGLISH].titles)
WAITING, SENT, DROPPED = "waiting", "sent", "dropped"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
MOST_TRIES = 12
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One phone and everything that waits for it, oldest first."""

    subscription_id: UUID
    address: Address
    technician_id: UUID
    language: Language
    waiting: tuple[Message, ...]


async def collect(database: Database, now: datetime) -> int:
    """Put a message in the box of each phone that is to hear of what happened since the last look.

    The place in the log moves on in the same transaction, so each event is taken once.
    """
    async with database.read() as session:
        newest, seen = await newest_settled(session), await session.get(WatchRun, PUSH)
    if seen is not None and newest <= seen.found:
        return 0
    async with database.write() as session:
        # Whoever starts to push does not begin with the past.
        found = [] if seen is None else await _to_tell(session, after=seen.found, until=newest)
        session.add_all(
            PushMessage(subscription_id=to, event_seq=seq, created_at=now, try_at=now)
            for seq, to in found
        )
        await session.merge(WatchRun(duty=PUSH, done_at=now, found=newest))
    return len(found)


async def _to_tell(session: AnySession, *, after: int, until: int) -> list[tuple[int, UUID]]:
    """What each phone is to hear: of visits its technician knew of, and hardly their own doing.

    What is urgent reaches them whatever they chose.
    """
    query = (
        select(Event.seq, Event.kind, Event.data, PushSubscription.id, Account.id)
        .join(Account, Account.technician_id == Event.technician_id)
        .join(PushSubscription, PushSubscription.account_id == Account.id)
        .where(Event.seq > after, Event.seq <= until, Event.kind.in_(KINDS))
        .where(Event.visit_id.is_not(None))
        .where(Event.actor_id.is_distinct_from(Account.id) | (Event.kind == OF_OWN_DOING))
        .order_by(Event.seq)
    )
    rows = (await session.execute(query)).all()
    rules = await rules_of_all(session, {row[4]: Role.TECHNICIAN for row in rows})
    return [
        (seq, to)
        for seq, kind, data, to, account in rows
        if data.get("is_announced")
        and (data.get("severity") in URGENT or rules[account].wants(kind, Channel.PUSH))
    ]


async def mailboxes(session: AnySession, now: datetime) -> list[Mailbox]:
    """The phones for which something waits, of people who are still let in."""
    query = (
        select(PushSubscription, Account, PushMessage, Event, Visit.status, Region.zone)
        .join(PushMessage, PushMessage.subscription_id == PushSubscription.id)
        .join(Account, Account.id == PushSubscription.account_id)
        .outerjoin(Event, Event.seq == PushMessage.event_seq)
        .outerjoin(Visit, Visit.id == Event.visit_id)
        .outerjoin(Region, Region.id == Event.region_id)
        .where(PushMessage.state == WAITING, Account.is_disabled.is_(False), is_signed_in(now))
        .where(Account.technician_id.is_not(None))
        .order_by(PushSubscription.id, PushMessage.event_seq, PushMessage.id)
    )
    rows = (await session.execute(query)).all()
    boxes = []
    for _, group in groupby(rows, key=lambda row: row[0].id):
        held = list(group)
        subscription, account = held[0][0], held[0][1]
        assert account.technician_id is not None  # the query asks for it
        boxes.append(
            Mailbox(
                subscription.id,
                Address(subscription.endpoint, subscription.p256dh, subscription.auth),
                account.technician_id,
                Language(account.language),
                tuple(_message(*row[2:]) for row in held),
            )
        )
    return boxes


def _message(row: PushMessage, event: Event | None, status: str, zone: str) -> Message:
    if event is None or event.visit_id is None:
        return Message(row.id, row.try_at, None)
    told = Told(event.kind, event.visit_id, status, event.data, ZoneInfo(zone))
    return Message(row.id, row.try_at, told)


async def drop(session: Session, ids: Iterable[UUID], reason: str, now: datetime) -> None:
    """These are not sent any more."""
    await session.execute(
        update(PushMessage)
        .where(PushMessage.id.in_(list(ids)))
        .values(state=DROPPED, reason=reason, done_at=now)
    )


async def settle(
    session: Session, box: Mailbox, parcel: Parcel, answer: Answer, now: datetime
) -> None:
    """Write down what became of a parcel; a phone that is gone takes what waits for it along."""
    match answer.outcome:
        case Outcome.GONE:
            gone = delete(PushSubscription).where(PushSubscription.id == box.subscription_id)
            await session.execute(gone)
        case Outcome.REFUSED:
            await drop(session, parcel.messages, "refused", now)
        case Outcome.SENT:
            await session.execute(
                update(PushMessage)
                .where(PushMessage.id.in_(parcel.messages))
                .values(state=SENT, done_at=now)
            )
        case Outcome.LATER:
            await _put_off(session, parcel, answer, now)


async def _put_off(session: Session, parcel: Parcel, answer: Answer, now: datetime) -> None:
    """Try again, each time after twice as long; at some time it is no news any more."""
    query = select(PushMessage).where(PushMessage.id.in_(parcel.messages))
    for row in await session.scalars(query):
        row.tries += 1
        if row.tries >= MOST_TRIES:
            row.state, row.reason, row.done_at = DROPPED, "failed", now
        pause = min(FIRST_PAUSE * 2**row.tries, LONGEST_PAUSE)
        row.try_at = now + max(pause, answer.pause or pause)


async def forget(session: Session, now: datetime) -> None:
    """Messages are no archive."""
    await session.execute(delete(PushMessage).where(PushMessage.created_at < now - KEPT))
