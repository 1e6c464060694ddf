"""What customers of the demo were promised because work was late: on site and by the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.breaches.tables import Breach
from server.cli.demo_day import NAMES, OFFICE, scope_of
from server.credits.months import Month, bounds
from server.customers.tables import Customer
from server.interventions.decisions import decide
from server.interventions.schemas import GoodwillBody, InterventionCommandBody, VisitCommandBody
from server.interventions.tables import Goodwill, Intervention, Visit
from server.interventions.visit_actions import command_visit
from server.kit.database import Session
from server.roster.tables import Technician

CALLED_AT = time(9, 30)
ONE_DAY = timedelta(days=1)
ON_SITE = GoodwillBody(amount_eur=Decimal("30.00"), reason="The caretaker waited for hours")
BY_OFFICE = GoodwillBody(amount_eur=Decimal("45.00"), reason="Late, and nobody had called")
TWICE = GoodwillBody(amount_eur=Decimal("60.00"), reason="A day without the lift")
TAKEN_BACK = "Promised twice"


@dataclass(frozen=True, slots=True)
class Gifts:
    """For the first three late jobs of each customer in a month; the third is taken back later."""

    session: Session
    zone: ZoneInfo

    async def promise(self, month: Month) -> None:
        for customer_id in await self.session.scalars(select(Customer.id).order_by(Customer.code)):
            for late, gift in zip(
                await self._late(customer_id, month), (ON_SITE, BY_OFFICE, TWICE), strict=False
            ):
                await (self._on_site if gift is ON_SITE else self._by_office)(*late, gift)

    async def take_back(self, month: Month, now: datetime) -> None:
        """What a month's statements gave and should not have."""
        start, end = bounds(month.first, month.after, self.zone.key)
        query = select(Goodwill.id, Goodwill.intervention_id).where(
            Goodwill.reason == TWICE.reason, Goodwill.at >= start, Goodwill.at < end
        )
        for goodwill_id, intervention_id in (await self.session.execute(query)).all():
            said = {"goodwill_id": goodwill_id, "reason": TAKEN_BACK}
            await self._decide(intervention_id, "withdraw_goodwill", said, now)

    async def _late(self, customer_id: UUID, month: Month) -> Iterable[tuple[Intervention, Visit]]:
        """Work that was done that month after what we had promised, in its order."""
        start, end = bounds(month.first, month.after - 2 * ONE_DAY, self.zone.key)
        missed = select(Breach.intervention_id).where(
            Breach.customer_id == customer_id, Breach.party == "customer"
        )
        query = (
            select(Intervention, Visit)
            .join(Visit, Visit.intervention_id == Intervention.id)
            .where(
                Intervention.id.in_(missed),
                Visit.status == "completed",
                Visit.finished_at >= start,
                Visit.finished_at < end,
            )
            .order_by(Visit.finished_at)
            .limit(3)
        )
        return [(work, visit) for work, visit in await self.session.execute(query)]

    async def _on_site(self, work: Intervention, visit: Visit, gift: GoodwillBody) -> None:
        """The technician promised it when the work was done."""
        assert visit.finished_at is not None
        technician = await self.session.get_one(Technician, visit.technician_id)
        said = VisitCommandBody.model_validate(
            {
                "id": uuid5(NAMES, f"{work.number} goodwill").hex,
                "kind": "note",
                "at": visit.finished_at,
                "base_version": visit.version,
                "device": "demo",
                "payload": {"goodwill": gift},
            }
        )
        await command_visit(self.session, scope_of(technician), visit.id, [said], visit.finished_at)

    async def _by_office(self, work: Intervention, visit: Visit, gift: GoodwillBody) -> None:
        """Somebody rang the customer the next morning."""
        assert visit.finished_at is not None
        day = visit.finished_at.astimezone(self.zone).date() + ONE_DAY
        said = {"amount_eur": gift.amount_eur, "reason": gift.reason}
        await self._decide(
            work.id, "promise_goodwill", said, datetime.combine(day, CALLED_AT, self.zone)
        )

    async def _decide(
        self, intervention_id: UUID, kind: str, said: dict[str, Any], at: datetime
    ) -> None:
        work = await self.session.get_one(Intervention, intervention_id)
        body = InterventionCommandBody.model_validate(
            {
                "id": uuid5(NAMES, f"{work.number} {kind}").hex,
                "kind": kind,
                "at": at,
                "base_version": work.version,
                "payload": said,
            }
        )
        await decide(self.session, OFFICE, work.id, body, at.astimezone(UTC))
