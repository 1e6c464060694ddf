"""What an intervention comes to by parts and goodwill, and what a technician may decide alone.

The rule is in `dispatch.interventions.authority`; parts are written down in `parts_used`.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from dispatch.interventions import Authority
from server.interventions.dossier import Dossier
from server.interventions.schemas import GoodwillBody, GoodwillOut, PartUsedBody, SpendingOut
from server.interventions.standing import lowest_authority
from server.interventions.tables import Goodwill, Visit
from server.kit.database import Session
from server.kit.wire import money

ZERO = Decimal(0)


def authority(dossier: Dossier, visit: Visit) -> Authority:
    """What the technician of a visit may decide on this intervention."""
    return Authority(dossier.authority[visit.technician_id], dossier.intervention.approved_eur)


def spent(dossier: Dossier) -> Decimal:
    """What has been put in and promised on site so far, by the prices of then; EUR.

    What the office promised takes nothing off what a technician may decide.
    """
    parts = ((row.price_eur or ZERO) * row.quantity for row in dossier.parts)
    promised = (row.amount_eur for row in standing_goodwill(dossier) if row.visit_id is not None)
    return sum(parts, ZERO) + sum(promised, ZERO)


def standing_goodwill(dossier: Dossier) -> list[Goodwill]:
    """What was promised and not withdrawn since."""
    return [row for row in dossier.goodwill if row.withdrawn_at is None]


def price_of(
    dossier: Dossier, parts: Iterable[PartUsedBody], goodwill: GoodwillBody | None
) -> Decimal:
    """What more parts and goodwill would add, by the prices of now; EUR."""
    known = (each for each in parts if each.part in dossier.catalogue)
    prices = ((dossier.catalogue[each.part].price_eur or ZERO) * each.quantity for each in known)
    return sum(prices, ZERO) + (ZERO if goodwill is None else goodwill.amount_eur)


def keep_goodwill(
    session: Session,
    dossier: Dossier,
    visit: Visit | None,
    goodwill: GoodwillBody,
    *,
    command_id: str,
    at: datetime,
    author: str,
) -> None:
    """Write down what was promised the customer, on a visit or by the office without one."""
    row = Goodwill(
        intervention_id=dossier.intervention.id,
        visit_id=None if visit is None else visit.id,
        amount_eur=goodwill.amount_eur,
        reason=goodwill.reason,
        at=at,
        author_name=author,
        command_id=command_id,
    )
    session.add(row)
    dossier.goodwill.append(row)


def shown_spending(dossier: Dossier, visit: Visit | None = None) -> SpendingOut:
    """What it has come to; for the technician of a visit, or for the office."""
    row = dossier.intervention
    own = lowest_authority(dossier) if visit is None else dossier.authority[visit.technician_id]
    goodwill = dossier.goodwill if visit is None else standing_goodwill(dossier)
    return SpendingOut(
        spent_eur=f"{spent(dossier):.2f}",
        authority_eur=money(own),
        approved_eur=money(row.approved_eur),
        approved_reason=row.approved_reason,
        approved_by=row.approved_by_name,
        goodwill=[
            GoodwillOut(
                id=each.id,
                visit_id=each.visit_id,
                amount_eur=f"{each.amount_eur:.2f}",
                reason=each.reason,
                at=each.at,
                author=each.author_name,
                withdrawn_at=each.withdrawn_at,
                withdrawn_by=each.withdrawn_by_name,
                withdrawn_reason=each.withdrawn_reason,
            )
            for each in goodwill
        ],
    )
