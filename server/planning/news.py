"""Which work of a region may have changed since an event, as far as events tell.

Reading it again is in `day_reading`.
"""

from uuid import UUID

from sqlalchemy import select

from server.kit.database import AnySession
from server.kit.tables import Event

MOST = 100  # interventions: reading more one by one takes as long as reading the day
# About no intervention, and nothing of a day comes of them. What a plan changes is told of each.
OF_NO_DAY = (
    "account_created",
    "agreement_review_overdue",
    "asset_changed",
    "asset_created",
    "credit_",
    "customer_created",
    "plan_",
    "site_created",
    "trial_",
)


async def changed_since(session: AnySession, seq: int) -> set[UUID] | None:
    """The interventions that events after this one are about; none where anything may be new."""
    query = select(Event.kind, Event.intervention_id).where(Event.seq > seq).limit(MOST * 4)
    rows = (await session.execute(query)).all()
    about = {intervention for _, intervention in rows if intervention is not None}
    others = [kind for kind, intervention in rows if intervention is None]
    is_known = all(kind.startswith(OF_NO_DAY) for kind in others)
    return about if is_known and len(about) <= MOST and len(rows) < MOST * 4 else None
