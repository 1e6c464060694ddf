"""What a customer wrote and nobody answered: raised once, after some service hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from dispatch.hours import elapsed, read_calendar
from server.comments.queries import CUSTOMER, OFFICE
from server.comments.tables import Comment
from server.interventions.dossier import all_dossiers, lock_interventions
from server.interventions.events import happening
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Database
from server.kit.events import Actor, announce
from server.kit.runner import Duty
from server.kit.tables import Event
from server.kit.turns import turn
from server.regions.queries import hours_as_json
from server.regions.tables import Calendar, Region

UNANSWERED = "comment_unanswered"
SYSTEM = Actor(None, "Palier")
LOOKED_BACK = timedelta(days=14)
EVERY = timedelta(seconds=30)


def raising_unanswered(database: Database) -> Duty:
    return Duty("unanswered comments", EVERY, lambda now: raise_unanswered(database, now))


async def raise_unanswered(database: Database, now: datetime) -> int:
    """Tell of each comment that waits too long for a word; how many those were."""
    async with turn(database, UNANSWERED) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            waiting = await _waiting(session, now)
        for comment in waiting:
            assert comment.intervention_id is not None
            async with database.write() as session:
                rows = await lock_interventions(session, [comment.intervention_id])
                (dossier,) = await all_dossiers(session, rows)
                more = {"comment_id": str(comment.id)}
                what = happening(now, UNANSWERED, dossier, more=more)
                await announce(session, SYSTEM, now, what)
        return len(waiting)


async def _waiting(session: AnySession, now: datetime) -> Sequence[Comment]:
    """The first unanswered word of each conversation about work, once it has waited too long."""
    other = aliased(Comment)
    same = other.intervention_id == Comment.intervention_id
    is_answered = exists().where(same, other.side == OFFICE, other.id > Comment.id)
    is_told = exists().where(
        Event.intervention_id == Comment.intervention_id,
        Event.kind == UNANSWERED,
        Event.at >= Comment.at,
    )
    query = (
        select(Comment, Region.unanswered_minutes, Calendar)
        .join(Intervention, Intervention.id == Comment.intervention_id)
        .join(Region, Region.id == Intervention.region_id)
        .join(Calendar, Calendar.id == Region.calendar_id)
        .where(Comment.side == CUSTOMER, Comment.at > now - LOOKED_BACK)
        .where(~is_answered, ~is_told, Region.unanswered_minutes > 0)
        .order_by(Comment.id)
    )
    first: dict[object, Comment] = {}
    for row, minutes, hours in await session.execute(query):
        waited = elapsed(read_calendar(hours_as_json(hours)), row.at, now)
        if waited >= minutes * 60:
            first.setdefault(row.intervention_id, row)
    return list(first.values())
