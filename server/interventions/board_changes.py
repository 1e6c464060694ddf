"""What happened on a board since it was read: the rows and calls it touched, as they are now.

So that a board on screen follows without being read again whole, however many look at it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.accounts.guards import DISPATCH
from server.accounts.scope import Scope
from server.interventions.board import Days, local_days, queue_of, rows_with, shown_part
from server.interventions.board_news import News, news_since
from server.interventions.board_schemas import BoardChangesOut, BoardTechnicianOut
from server.interventions.standing_boards import StandingBoards
from server.kit.database import AnySession
from server.kit.settled import newest_settled
from server.presence.location import USUAL, Keeping
from server.regions.queries import region_row


@dataclass(frozen=True, slots=True)
class Since:
    """Which board, and up to which event its reader knows it."""

    region_id: UUID
    day: date | None
    days: Days
    cursor: int


async def changes(
    session: AnySession,
    scope: Scope,
    since: Since,
    *,
    now: datetime,
    keeping: Keeping = USUAL,
    boards: StandingBoards | None = None,
) -> BoardChangesOut:
    """The same as of a board, for what events name since then."""
    region = await region_row(session, scope, since.region_id)
    cursor = await newest_settled(session)
    told = BoardChangesOut(
        max(cursor, since.cursor), now, is_whole=False, interventions=[], technicians=[], queue=[]
    )
    if cursor <= since.cursor:
        return told
    shown = shown_part(region, local_days(region, since.day, since.days, now), now)
    standing = (boards or StandingBoards()).of(shown)

    async def read() -> tuple[News, list[BoardTechnicianOut]]:
        news = await news_since(session, region.id, since.cursor)
        if news.is_whole or news.is_empty:
            return news, []
        await standing.follow(session, cursor, now)
        drawn, people = standing.drawn(now, news.technicians), news.technicians
        return news, await rows_with(
            session, scope, shown, drawn, keeping=keeping, now=now, only=people
        )

    # Rows are told alike to all who plan, and to all who only look on.
    asked = since.cursor, cursor, scope.role in DISPATCH
    news, told.technicians = await standing.changes.answer(asked, now, read)
    told.is_whole, told.interventions = news.is_whole, sorted(news.interventions)
    told.queue = queue_of(standing.waiting(news.interventions), scope, now)
    return told
