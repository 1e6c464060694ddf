"""Missed promises in the town of the interventions' tests, and what was told of them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.breaches import queries
from server.breaches.queries import WantedBreaches
from server.breaches.schemas import BreachOut, MarkOut
from server.breaches.watch import watch
from server.interventions.schemas import InterventionOut
from server.kit.tables import Event
from tests.server.interventions.town import Town, minutes

EVA = Scope(account_id=UUID(int=11), name="Eva", role=Role.EXPERIENCE)
XAVI = Scope(account_id=UUID(int=12), name="Xavi", role=Role.EXPERIENCE)


async def look(town: Town, *, after: timedelta = timedelta()) -> int:
    """Let time pass and the watch look; how many things it told."""
    town.passes(after)
    return await watch(town.database, town.now)


async def missed(town: Town) -> InterventionOut:
    """A stopped lift to which nobody came within the two hours promised."""
    intervention = await town.report("S2")
    await look(town, after=minutes(125))
    return intervention


async def breaches(town: Town, **wanted: object) -> list[BreachOut]:
    async with town.read() as session:
        asked = WantedBreaches(**wanted)  # type: ignore[arg-type]
        found = await queries.breaches(session, EVA, asked, now=town.now, limit=None, cursor=None)
    return found.items


async def marks(town: Town, intervention: InterventionOut) -> list[MarkOut]:
    async with town.read() as session:
        return await queries.marks(session, town.office, intervention.id)


async def told(town: Town, *kinds: str) -> Sequence[Event]:
    """Events of these kinds, in the order they were told."""
    query = select(Event).where(Event.kind.in_(kinds)).order_by(Event.seq)
    async with town.read() as session:
        return (await session.scalars(query)).all()
