"""What missed promises cost by the cause of the trouble: the sums are those of the credit notes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from sqlalchemy import select

from server.breaches.tables import Breach
from server.credits.tables import CreditNote
from server.interventions.tables import Visit
from server.kit.database import AnySession
from server.reports.schemas import PenaltyCauseOut

CENT = Decimal("0.01")
AVAILABILITY = "availability"


async def penalties_by_cause(
    session: AnySession, notes: Sequence[CreditNote]
) -> list[PenaltyCauseOut]:
    """Each note shared out to the causes behind its breaches; what took most first.

    A note about availability alone rests on no breach: that is its cause. An empty cause was not
    found yet.
    """
    causes = await _causes(session, [UUID(each) for note in notes for each in note.breach_ids])
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for note in notes:
        behind = [causes.get(UUID(each), "") for each in note.breach_ids] or [AVAILABILITY]
        for cause, amount in shared(note.amount, behind).items():
            sums[cause, note.currency] += amount
        for cause in behind:
            counts[cause, note.currency] += bool(note.breach_ids)
    ordered = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    return [
        PenaltyCauseOut(cause=key[0], currency=key[1], amount=str(total), breaches=counts[key])
        for key, total in ordered
    ]


def shared(amount: Decimal, causes: Sequence[str]) -> Mapping[str, Decimal]:
    """An amount in equal parts, to the cent; what is left over goes to the first.

    >>> found = shared(Decimal("10.00"), ["door", "door", "drive"])
    >>> str(found["door"]), str(found["drive"])
    ('6.67', '3.33')
    """
    part = (amount / len(causes)).quantize(CENT, ROUND_DOWN)
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cause in causes:
        found[cause] += part
    found[causes[0]] += amount - part * len(causes)
    return found


async def _causes(session: AnySession, breach_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The cause that was found for each, the last one where several visits found one."""
    query = (
        select(Breach.id, Visit.cause)
        .join(Visit, Visit.intervention_id == Breach.intervention_id)
        .where(Breach.id.in_(breach_ids), Visit.cause.is_not(None))
        .order_by(Visit.starts_at, Visit.id)
    )
    return {id_: cause or "" for id_, cause in (await session.execute(query)).all()}
