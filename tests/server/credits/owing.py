"""The rival's agreement prices missed promises: 250 euros a month, 5 % each, at most 15 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import (
    AgreementKind,
    PenaltiesBody,
    PenaltyRuleBody,
    PricingBody,
    ServiceRowBody,
    TermsBody,
)
from server.agreements.tables import Agreement, AgreementVersion
from server.breaches.watch import watch
from server.credits import actions, queries
from server.credits.queries import WantedCredits
from server.credits.schemas import CreditCommandBody, CreditNoteOut, ProposeBody
from server.regions.tables import Calendar
from tests.server.interventions.town import HOUR, Town, in_force, minutes, repair

ANNA = Scope(account_id=UUID(int=21), name="Anna", role=Role.ADMIN)
BEN = Scope(account_id=UUID(int=22), name="Ben", role=Role.EXPERIENCE)
JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
FIVE_EACH = [PenaltyRuleBody(kind="per_breach", percent=Decimal(5))]


@dataclass(slots=True)
class Ledger:
    """The town, its rival's agreement, and what people do with credit notes."""

    town: Town

    async def agree(
        self,
        *,
        valid_from: date = date(2026, 1, 1),
        number: str = "B-1",
        is_corporate: bool = False,
        kind: AgreementKind = "customer",
        pricing: PricingBody | None = None,
        **more: Any,
    ) -> None:
        """Two hours for a stopped lift; anything named replaces the usual penalties."""
        async with self.town.write() as session:
            query = select(Calendar.id).where(Calendar.code == "ALWAYS")
            always = (await session.scalars(query)).one()
            penalties: dict[str, Any] = {
                "monthly_fee": Decimal(250),
                "rules": FIVE_EACH,
                "cap_percent": Decimal(15),
                **more,
            }
            terms = TermsBody(
                services=[
                    ServiceRowBody(
                        service="REPAIR",
                        availability_calendar_id=always,
                        availability_percent=Decimal(99),
                    ),
                ],
                clauses=[repair("S2", "response", 2 * HOUR, always)],
                penalties=PenaltiesBody(**penalties),
                pricing=pricing,
            )
            customer_id = None if is_corporate else self.town.rival.id
            party = "" if kind == "customer" else "Valls"
            await in_force(
                session,
                number,
                terms,
                customer_id=customer_id,
                kind=kind,
                party=party,
                valid_from=valid_from,
            )

    async def miss(self, times: int = 1) -> None:
        """So many calls at the rival's to which nobody comes in two hours."""
        for _ in range(times):
            await self.town.report("S2", self.town.rivals_house)
        self.town.passes(minutes(125))
        await watch(self.town.database, self.town.now)

    async def propose(self, month: str = "2026-06", at: datetime = JULY) -> list[CreditNoteOut]:
        self.town.now = max(self.town.now, at)
        async with self.town.write() as session:
            data = ProposeBody(month=month)
            return (await actions.propose(session, ANNA, data, self.town.now)).proposed

    async def do(
        self, note: CreditNoteOut, kind: str, by: Scope = ANNA, reason: str = ""
    ) -> CreditNoteOut:
        """One command on the note as it stands now."""
        current = await self.look(note)
        body = CreditCommandBody(
            kind=kind,  # type: ignore[arg-type]
            base_version=current.version,
            reason=reason,
        )
        async with self.town.write() as session:
            return await actions.command_credit(session, by, note.id, body, self.town.now)

    async def approve(self, note: CreditNoteOut) -> CreditNoteOut:
        """Anna checks, Ben approves."""
        await self.do(note, "check", ANNA)
        return await self.do(note, "approve", BEN)

    async def look(self, note: CreditNoteOut) -> CreditNoteOut:
        async with self.town.read() as session:
            return await queries.credit_note(session, ANNA, note.id)

    async def notes(self, **wanted: Any) -> Sequence[CreditNoteOut]:
        """All notes asked for, in the order they were made."""
        async with self.town.read() as session:
            found = await queries.credit_notes(
                session, ANNA, WantedCredits(**wanted), limit=200, cursor=None
            )
        return found.items[::-1]

    async def version_id(self, number: str = "B-1") -> UUID:
        query = select(AgreementVersion.id).join_from(
            AgreementVersion, Agreement, Agreement.id == AgreementVersion.agreement_id
        )
        async with self.town.read() as session:
            return (await session.scalars(query.where(Agreement.number == number))).one()
