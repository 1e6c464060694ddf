"""What the demo's months came to: goodwill, credits two people looked at, statements.

The newest month is left as it is at its beginning: proposals to be looked at, nothing issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.cli.demo_goodwill import Gifts
from server.cli.town import FOUNDER, OTHER_FOUNDER
from server.credits.actions import command_credit
from server.credits.months import Month
from server.credits.proposing import propose
from server.credits.schemas import CreditCommandBody
from server.credits.tables import CreditNote
from server.customers.tables import Customer
from server.invoicing.actions import issue
from server.invoicing.queries import drafted
from server.invoicing.schemas import IssueBody
from server.kit.database import Session

LOOKED_AT = time(10, 0)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Money:
    """The months that are over on `day`, from the one `first_day` lies in on."""

    session: Session
    zone: ZoneInfo
    first_day: date
    day: date

    async def write(self) -> None:
        over, gifts = [*self._over()], Gifts(self.session, self.zone)
        for month in over:
            await gifts.promise(month)
            now = datetime.combine(month.after, LOOKED_AT, self.zone).astimezone(UTC)
            notes = await propose(self.session, FOUNDER.actor, month, now)
            if month != over[-1]:
                for note in notes:
                    await self._approve(note, now + ONE_DAY)
                await self._issue(month, now + 2 * ONE_DAY)
                await gifts.take_back(month, now + 3 * ONE_DAY)

    def _over(self) -> Iterator[Month]:
        month = Month(self.first_day.replace(day=1))
        while month.after <= self.day:
            yield month
            month = Month(month.after)

    async def _approve(self, note: CreditNote, now: datetime) -> None:
        """One person checks a note, another one approves it."""
        for kind, scope in (("check", FOUNDER), ("approve", OTHER_FOUNDER)):
            body = CreditCommandBody.model_validate({"kind": kind, "base_version": note.version})
            await command_credit(self.session, scope, note.id, body, now)

    async def _issue(self, month: Month, now: datetime) -> None:
        for customer in await self.session.scalars(select(Customer).order_by(Customer.code)):
            if (await drafted(self.session, customer, month, now)).lines:
                body = IssueBody(customer_id=customer.id, month=str(month))
                await issue(self.session, FOUNDER, body, now)
