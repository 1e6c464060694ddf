"""The outbox: mail is put here with the change it tells of, and leaves when its time has come."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from server.kit.database import AnySession, Session
from server.mail.tables import Mail

WAITING, SENT, FAILED = "waiting", "sent", "failed"
# Over about a day: whoever repairs the mail server in the morning still hears of the night.
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 480, 720))
MOST_AT_ONCE = 50  # messages
KEPT = timedelta(days=30)


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Handed:
    """What the mail server made of a message; `reason` is a word of ours, or its number."""

    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to tell somebody; the same `key` to the same address is told once."""

    address: str
    language: str
    topic: str
    key: str
    account_id: UUID | None = None
    about: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message: everything about the same matter that waits for the same reader."""

    id: UUID
    rows: tuple[Mail, ...]

    @property
    def first(self) -> Mail:
        return self.rows[0]


async def post(session: Session, letter: Letter, now: datetime, try_at: datetime) -> bool:
    """Put it into the outbox unless it was told before."""
    if await was_told(session, letter.address, letter.key):
        return False
    session.add(
        Mail(
            account_id=letter.account_id,
            address=letter.address,
            language=letter.language,
            topic=letter.topic,
            key=letter.key,
            about=letter.about,
            facts=letter.facts,
            secret=letter.secret,
            token=secrets.token_urlsafe(24),
            created_at=now,
            try_at=try_at,
        )
    )
    await session.flush()
    return True


async def was_told(session: AnySession, address: str, key: str) -> bool:
    """Whether this was put into the outbox for this address before."""
    known = select(Mail.id).where(Mail.address == address, Mail.key == key)
    return await session.scalar(known) is not None


async def is_due(session: AnySession, now: datetime) -> bool:
    """Whether anything is to be sent now."""
    query = select(Mail.id).where(Mail.state == WAITING, Mail.try_at <= now).limit(1)
    return await session.scalar(query) is not None


async def pack(session: Session, now: datetime) -> list[Parcel]:
    """The messages that are due. What one holds is settled here, so that a second try is the same.

    What is about the same matter and only waits for more to come goes along.
    """
    due = select(Mail.address, Mail.topic, Mail.about).where(
        Mail.state == WAITING, Mail.try_at <= now
    )
    matters = {tuple(row) for row in await session.execute(due)}
    query = (
        select(Mail)
        .where(Mail.state == WAITING, Mail.address.in_({address for address, _, _ in matters}))
        .order_by(Mail.id)
    )
    rows = [
        row
        for row in await session.scalars(query)
        if (row.address, row.topic, row.about) in matters
        and (row.try_at <= now or (row.parcel is None and row.about))
    ]
    parcels = []
    for _, group in groupby(sorted(rows, key=_message_of), key=_message_of):
        held = tuple(group)
        parcel = held[0].parcel or held[0].id
        for row in held:
            row.parcel = parcel
        parcels.append(Parcel(parcel, held))
    return parcels[:MOST_AT_ONCE]


def _message_of(row: Mail) -> tuple[str, str, str]:
    """Together is what was together before, or what is about the same matter."""
    alone = row.about or str(row.id)
    return row.address, row.topic, str(row.parcel) if row.parcel else alone


async def settle(session: Session, parcel: Parcel, handed: Handed, now: datetime) -> None:
    """Write down what became of a message; what was not taken is tried again, later each time."""
    tries = parcel.first.tries + 1
    changed: dict[str, Any] = {"tries": tries, "reason": handed.reason}
    if handed.outcome is Outcome.SENT:
        changed |= {"state": SENT, "done_at": now, "secret": "", "facts": {}}
    elif handed.outcome is Outcome.REFUSED or tries > len(PAUSES):
        changed |= {"state": FAILED, "done_at": now, "secret": ""}
    else:
        changed["try_at"] = now + PAUSES[tries - 1]
    ids = [row.id for row in parcel.rows]
    await session.execute(update(Mail).where(Mail.id.in_(ids)).values(**changed))


async def forget(session: Session, now: datetime) -> None:
    """The outbox is no archive."""
    await session.execute(delete(Mail).where(Mail.created_at < now - KEPT))


@dataclass(frozen=True, slots=True)
class Standing:
    """How much waits, how much failed within a month, and why the last one did."""

    waiting: int
    failed: int
    reason: str


async def standing(session: AnySession) -> Standing:
    count = select(Mail.state, func.count()).group_by(Mail.state)
    counts: dict[str, int] = dict((await session.execute(count)).all())
    last = select(Mail.reason).where(Mail.reason != "", Mail.state != SENT)
    reason = await session.scalar(last.order_by(Mail.id.desc()).limit(1))
    return Standing(counts.get(WAITING, 0), counts.get(FAILED, 0), reason or "")


async def by_token(session: AnySession, token: str) -> Mail | None:
    """The mail whose link this is."""
    return (await session.scalars(select(Mail).where(Mail.token == token))).one_or_none()
