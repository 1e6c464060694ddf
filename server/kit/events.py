"""Announcing what happened: one event row in the transaction of the change itself.

Who reads events (stream, notices, phones) lives elsewhere.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.database import Session
from server.kit.tables import Event


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about; readers see it when one of these is theirs."""

    region_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    intervention_id: UUID | None = None
    visit_id: UUID | None = None
    technician_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; the id is null for the system itself."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Happening:
    kind: str
    about: About
    data: dict[str, Any] = field(default_factory=dict)


async def announce(session: Session, actor: Actor, at: datetime, what: Happening) -> Event:
    """Write the event now, so that its number follows the order of the changes."""
    row = event_row(actor, at, what)
    session.add(row)
    await session.flush()
    session.info["newest_event"] = max(int(session.info["newest_event"]), row.seq)
    return row


def event_row(actor: Actor, at: datetime, what: Happening) -> Event:
    """The event as it is stored; its number is given when it is written."""
    return Event(**event_values(actor, at, what))


def event_values(actor: Actor, at: datetime, what: Happening) -> dict[str, Any]:
    """The same by column, for whoever writes thousands."""
    return {
        "at": at,
        "kind": what.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "region_id": what.about.region_id,
        "customer_id": what.about.customer_id,
        "site_id": what.about.site_id,
        "intervention_id": what.about.intervention_id,
        "visit_id": what.about.visit_id,
        "technician_id": what.about.technician_id,
        "data": what.data,
    }
