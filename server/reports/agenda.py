"""What happened with a customer and is to be talked over at the review with them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from dispatch.agreements import AgreementKind
from server.accounts.scope import Scope
from server.breaches.queries import WantedBreaches, breaches
from server.breaches.schemas import BreachOut
from server.experience.irritation_queries import WantedIrritations, irritations
from server.experience.irritation_schemas import IrritationOut
from server.improvements.queries import WantedImprovements, improvements
from server.improvements.schemas import ImprovementOut
from server.kit.database import AnySession
from server.kit.paging import MOST
from server.kit.wire import Page
from server.measures.cases import Wanted, regions_of, span_of

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Agenda:
    """Promises missed on the days asked about, and what is open now; the newest first.

    `zones` are those of the regions, by id.
    """

    breaches: Sequence[BreachOut]
    voices: Sequence[IrritationOut]
    improvements: Sequence[ImprovementOut]
    zones: Mapping[UUID, str]


async def agenda_of(session: AnySession, scope: Scope, wanted: Wanted, now: datetime) -> Agenda:
    """Of the customer asked about, in the caller's regions."""
    regions = await regions_of(session, scope, wanted)
    missed: list[BreachOut] = []
    for region in regions:
        start, end = span_of(region, wanted)
        of_region = WantedBreaches(
            region_id=region.id,
            customer_id=wanted.customer_id,
            from_at=start,
            to_at=end,
            party=AgreementKind.CUSTOMER.value,
        )
        missed += await _every(partial(breaches, session, scope, of_region, now=now))
    voices = WantedIrritations(state="open", customer_id=wanted.customer_id)
    better = WantedImprovements(state="open", customer_id=wanted.customer_id)
    return Agenda(
        breaches=sorted(missed, key=lambda each: each.occurred_at, reverse=True),
        voices=await _every(partial(irritations, session, scope, voices)),
        improvements=await _every(partial(improvements, session, scope, better, now=now)),
        zones={each.id: each.zone for each in regions},
    )


async def _every(ask: Callable[..., Awaitable[Page[Item]]]) -> list[Item]:
    """All pages of a list."""
    found = await ask(limit=MOST, cursor=None)
    items = [*found.items]
    while found.next_cursor is not None:
        found = await ask(limit=MOST, cursor=found.next_cursor)
        items += found.items
    return items
