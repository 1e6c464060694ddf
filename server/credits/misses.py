"""What one more missed promise would add to this month's credits, by the penalties agreed.

What a credit is worked out of stands in `owed`; which promises will be missed is asked elsewhere.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ServiceMonth, money_at_risk
from server.agreements.tables import Agreement, AgreementVersion
from server.credits.months import month_at
from server.credits.owed import Billed, billed, standing_of, standings, unit_of
from server.interventions.tables import Intervention
from server.kit.database import AnySession

Party = tuple[UUID, UUID]
"""A version of an agreement, and the customer it is billed to."""


@dataclass(frozen=True, slots=True)
class Owed:
    """An amount of money and its currency."""

    amount: Decimal
    currency: str


@dataclass(slots=True)
class Misses:
    """Promises to be missed, priced one after another: of one unit each costs what it adds."""

    now: datetime
    prices: Mapping[Party, tuple[Billed, dict[UUID, ServiceMonth]]]
    _before: Counter[tuple[UUID, UUID]] = field(default_factory=Counter)

    def next(self, row: Intervention) -> Owed | None:
        """What missing a promise of this work adds to those before it; none where nothing is."""
        version_id = row.agreement_version_id
        if version_id is None or (version_id, row.customer_id) not in self.prices:
            return None
        price, months = self.prices[version_id, row.customer_id]
        unit_id = unit_of(price, row.site_id, row.asset_id)
        if unit_id is None:
            return None
        month = months.get(unit_id) or _clean(price, unit_id, self.now)
        unit = (price.version.id, unit_id)
        so_far = _more(price, month, self._before[unit])
        self._before[unit] += 1
        return Owed(_more(price, month, self._before[unit]) - so_far, price.currency)


async def misses(session: AnySession, rows: Sequence[Intervention], now: datetime) -> Misses:
    """Read what this work's agreements pay back for a miss, and how this month stands."""
    concerned = {(row.agreement_version_id, row.customer_id) for row in rows}
    query = (
        select(Agreement, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(AgreementVersion.id.in_({version_id for version_id, _ in concerned}))
    )
    found = [
        billed(agreement, version, customer_id)
        for agreement, version in (await session.execute(query)).all()
        for version_id, customer_id in concerned
        if version_id == version.id
    ]
    prices = {
        (each.version.id, each.customer_id): (each, await _months(session, each, now))
        for each in found
        if each is not None
    }
    return Misses(now, prices)


async def _months(session: AnySession, price: Billed, now: datetime) -> dict[UUID, ServiceMonth]:
    month = month_at(now, price.version.zone)
    return {each.unit_id: each.month for each in await standings(session, price, month, now)}


def _clean(price: Billed, unit_id: UUID, now: datetime) -> ServiceMonth:
    """The month of a unit with no breach so far."""
    return standing_of(price, month_at(now, price.version.zone), unit_id, (), None).month


def _more(price: Billed, month: ServiceMonth, count: int) -> Decimal:
    return money_at_risk(price.fee, price.penalties, month, more=count)
