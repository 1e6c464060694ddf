"""Views of the board that people keep under names of their own: nobody else sees them."""

from sqlalchemy import delete, func, select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.interventions.board_schemas import BoardViewBody, BoardViewOut, BoardViewsOut
from server.interventions.tables import BoardView
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid

MOST = 50


async def views(session: AnySession, scope: Scope) -> BoardViewsOut:
    """One's own, in the order of their names."""
    query = select(BoardView).where(BoardView.account_id == scope.account_id)
    rows = await session.scalars(query.order_by(func.lower(BoardView.name), BoardView.name))
    return BoardViewsOut([BoardViewOut(row.name, row.look) for row in rows])


async def keep(session: Session, scope: Scope, data: BoardViewBody) -> BoardViewsOut:
    """Keep a view in place of the one of that name, or no more; gives what there is then."""
    own = BoardView.account_id == scope.account_id
    await session.execute(delete(BoardView).where(own, BoardView.name == data.name))
    if data.look is not None:
        known = await session.scalar(select(func.count()).select_from(BoardView).where(own))
        if (known or 0) >= MOST:
            raise Invalid([Fault("name", "too_many", f"Up to {MOST} views can be kept.")])
        session.add(BoardView(account_id=scope.account_id, name=data.name, look=data.look))
    await session.flush()
    return await views(session, scope)
