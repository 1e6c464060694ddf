"""Writing to the other side: managers to the office, the office to them."""

from datetime import datetime
from uuid import UUID

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.queries import agreement_row
from server.comments.queries import CUSTOMER, OFFICE, shown
from server.comments.schemas import CommentBody, CommentOut
from server.comments.tables import Comment
from server.interventions.dossier import one_dossier
from server.interventions.events import happening
from server.kit.database import Session
from server.kit.events import About, Happening, announce

COMMENTED = {CUSTOMER: "customer_commented", OFFICE: "office_commented"}


async def comment_on_intervention(
    session: Session, scope: Scope, intervention_id: UUID, data: CommentBody, now: datetime
) -> CommentOut:
    """Write about an intervention; both sides learn of it, its words stay where they are."""
    dossier = await one_dossier(session, scope, intervention_id)
    row = _comment(scope, data, now)
    row.intervention_id = dossier.intervention.id
    session.add(row)
    await session.flush()
    what = happening(now, COMMENTED[row.side], dossier, more={"comment_id": str(row.id)})
    await announce(session, scope.actor, now, what)
    return shown(row, scope)


async def comment_on_agreement(
    session: Session, scope: Scope, agreement_id: UUID, data: CommentBody, now: datetime
) -> CommentOut:
    """Write about an agreement."""
    agreement = await agreement_row(session, scope, agreement_id)
    row = _comment(scope, data, now)
    row.agreement_id = agreement.id
    session.add(row)
    await session.flush()
    facts = {
        "comment_id": str(row.id),
        "agreement_id": str(agreement.id),
        "number": agreement.number,
        "site_name": agreement.name,
    }
    about = About(customer_id=agreement.customer_id)
    await announce(session, scope.actor, now, Happening(COMMENTED[row.side], about, facts))
    return shown(row, scope)


def _comment(scope: Scope, data: CommentBody, now: datetime) -> Comment:
    return Comment(
        side=CUSTOMER if scope.role is Role.MANAGER else OFFICE,
        account_id=scope.account_id,
        author_name=scope.name,
        text=data.text,
        at=now,
    )
