"""A missed promise with an excuse that waits, and a credit note, written straight to the database.

How they come about through the product is tested with breaches and credits.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from server.agreements.documents import stored
from server.agreements.schemas import ChoicesBody
from server.agreements.tables import AgreementVersion
from server.breaches.tables import Breach, Excuse
from server.credits.tables import CreditNote
from server.interventions.tables import Intervention
from server.kit.database import Session
from tests.server.api.door import Door
from tests.server.company import FOUNDER, Branch


async def missed_promise(door: Door, branch: Branch, intervention_id: str) -> dict[str, str]:
    """A breach of this intervention that nobody has told of yet, and its excuse."""
    now = door.company.now
    breach = Breach(
        intervention_id=UUID(intervention_id),
        party="customer",
        clock="response",
        round=next(door.numbers),
        severity="S2",
        region_id=branch.site.region_id,
        customer_id=branch.customer.id,
        site_id=branch.site.id,
        asset_id=branch.lift.id,
        occurred_at=now,
        recorded_at=now,
    )
    async with door.database.write() as session:
        session.add(breach)
        await session.flush()
        return {"breach_id": str(breach.id), "excuse_id": await _excuse(session, door, breach)}


async def unexcused(door: Door, branch: Branch, intervention_id: str) -> str:
    """A breach for which an excuse was refused: another one may be proposed; its id."""
    ids = await missed_promise(door, branch, intervention_id)
    async with door.database.write() as session:
        excuse = await session.get_one(Excuse, UUID(ids["excuse_id"]))
        excuse.decision = "refused"
    return ids["breach_id"]


async def ended(door: Door, intervention_id: str) -> str:
    """The same intervention, its work just done."""
    async with door.database.write() as session:
        row = await session.get_one(Intervention, UUID(intervention_id))
        row.decided, row.decided_at, row.status = "closed", door.company.now, "closed"
    return intervention_id


async def may_wait(door: Door, intervention_id: str, ids: Mapping[str, str]) -> str:
    """The same intervention, under the branch's agreement, which lets the customer choose."""
    choices = ChoicesBody(severities=["S3"], most_days=7, parts=[[480, 720]])
    async with door.database.write() as session:
        version = await session.get_one(AgreementVersion, UUID(ids["version_id"]))
        version.terms = version.terms | {"choices": stored(choices)}
        row = await session.get_one(Intervention, UUID(intervention_id))
        row.agreement_version_id = version.id
    return intervention_id


async def _excuse(session: Session, door: Door, breach: Breach) -> str:
    excuse = Excuse(
        breach_id=breach.id,
        reason="Snow",
        proposed_by=FOUNDER.account_id,
        proposed_by_name=FOUNDER.name,
        proposed_at=door.company.now,
    )
    session.add(excuse)
    await session.flush()
    return str(excuse.id)


async def credited_customer(door: Door, customer_id: str, ids: Mapping[str, str]) -> None:
    """An approved note of a new customer, that is on no statement yet."""
    note = _note(door, UUID(customer_id), ids)
    note.status, note.number, note.approved_at = "approved", f"CN-{note.id}", door.company.now
    async with door.database.write() as session:
        session.add(note)


async def credit_note(door: Door, branch: Branch, ids: Mapping[str, str]) -> str:
    """A proposed note of the branch's agreement; its id."""
    note = _note(door, branch.customer.id, ids)
    async with door.database.write() as session:
        session.add(note)
    return str(note.id)


def _note(door: Door, customer_id: UUID, ids: Mapping[str, str]) -> CreditNote:
    return CreditNote(
        id=uuid4(),
        status="proposed",
        customer_id=customer_id,
        agreement_version_id=UUID(ids["version_id"]),
        unit="agreement",
        unit_id=UUID(ids["agreement_id"]),
        month=date(2026, 1, 1),
        currency="EUR",
        fee=Decimal("250.00"),
        amount=Decimal("12.50"),
        lines=[{"kind": "per_breach", "amount": "12.50"}],
        breach_ids=[ids["breach_id"]],
        proposed_at=door.company.now,
        proposed_by_name=FOUNDER.name,
    )
