"""Reading what was written about an intervention or an agreement."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.queries import agreement_row
from server.comments.schemas import CommentOut, CommentsOut
from server.comments.tables import Comment
from server.interventions.dossier import sees
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.problems import NotFound

OFFICE, CUSTOMER = "office", "customer"


async def of_intervention(session: AnySession, scope: Scope, intervention_id: UUID) -> CommentsOut:
    """What was written about an intervention of the caller's."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    query = select(Comment).where(Comment.intervention_id == row.id)
    return _shown((await session.scalars(query.order_by(Comment.id))).all(), scope)


async def of_agreement(session: AnySession, scope: Scope, agreement_id: UUID) -> CommentsOut:
    """What was written about an agreement of the caller's."""
    row = await agreement_row(session, scope, agreement_id)
    query = select(Comment).where(Comment.agreement_id == row.id)
    return _shown((await session.scalars(query.order_by(Comment.id))).all(), scope)


def _shown(rows: Sequence[Comment], scope: Scope) -> CommentsOut:
    return CommentsOut([shown(row, scope) for row in rows])


def shown(row: Comment, scope: Scope) -> CommentOut:
    is_told = scope.role is not Role.MANAGER or row.side == CUSTOMER
    return CommentOut(
        id=row.id,
        side=row.side,  # type: ignore[arg-type]
        author=row.author_name if is_told else "",
        is_own=row.account_id == scope.account_id,
        text=row.text,
        at=row.at,
    )
