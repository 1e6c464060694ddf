"""What is kept of one technician, in every table: handed to them, or deleted as they ask.

Nothing is listed by hand: a table that names a technician or an account is part of it from the day
it exists.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    Uuid,
    delete,
    false,
    or_,
    select,
    update,
)

from server.accounts.tables import Account
from server.interventions.tables import Arrival, Visit
from server.kit.database import AnySession, Session
from server.metadata import METADATA
from server.notifications.tables import Device, PushMessage, PushSubscription
from server.presence.tables import SeenPosition
from server.roster.tables import Technician

# What opens a door is nobody's to read, not even theirs.
SECRET = {
    "password_hash",
    "token_hash",
    "session_hash",
    "csrf",
    "key_hash",
    "invite_hash",
    "p256dh",
    "auth",
    "secret",
    "token",
}
NOWHERE = {"phone": "", "languages": [], "home_lat": 0.0, "home_lon": 0.0}


@dataclass(frozen=True, slots=True)
class Person:
    """A technician and the account they sign in with."""

    technician_id: UUID
    account_id: UUID


async def kept_of(session: AnySession, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row about a technician or by them, by table; the bytes of files stay where they are."""
    found = {}
    for table in METADATA.sorted_tables:
        conditions = _about(table, person)
        if not conditions:
            continue
        columns = [each for each in table.columns if _is_told(each)]
        query = select(*columns).where(or_(false(), *conditions)).order_by(*table.primary_key)
        rows = (await session.execute(query)).mappings()
        found[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return found


async def erase(session: Session, person: Person) -> dict[str, int]:
    """Delete where a technician was and what is known of their phones; how many rows that were.

    Of somebody who has left, the telephone number, the languages and where they live go too.
    Working hours and the name on what was done to a lift stay: the law asks for both.
    """
    left = update(Technician).where(
        Technician.id == person.technician_id, Technician.is_active.is_(False)
    )
    acts = {
        "positions": delete(SeenPosition).where(SeenPosition.technician_id == person.technician_id),
        "phones": delete(Device).where(Device.account_id == person.account_id),
        "subscriptions": delete(PushSubscription).where(
            PushSubscription.account_id == person.account_id
        ),
        "addresses": left.values(NOWHERE),
    }
    return {
        name: int((await session.execute(act)).rowcount)  # type: ignore[attr-defined]
        for name, act in acts.items()
    }


def _about(table: Table, person: Person) -> list[ColumnElement[bool]]:
    """Which rows of a table are about this person; empty where none can be."""
    if table is Technician.__table__:
        return [Technician.id == person.technician_id]
    if table is Account.__table__:
        return [Account.id == person.account_id]
    if table is Arrival.__table__:
        visits = select(Visit.id).where(Visit.technician_id == person.technician_id)
        return [Arrival.visit_id.in_(visits)]
    if table is PushMessage.__table__:
        reached = select(PushSubscription.id).where(
            PushSubscription.account_id == person.account_id
        )
        return [PushMessage.subscription_id.in_(reached)]
    return [
        column == (person.technician_id if column.name == "technician_id" else person.account_id)
        for column in table.columns
        if names_a_person(column)
    ]


def names_a_person(column: Column[Any]) -> bool:
    """Whether a column says who: a technician, or somebody with an account."""
    return isinstance(column.type, Uuid) and (
        column.name in {"technician_id", "account_id", "actor_id", "author_id"}
        or column.name.endswith(("_by", "_by_id"))
    )


def _is_told(column: Column[Any]) -> bool:
    return column.name not in SECRET and not isinstance(column.type, LargeBinary)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
