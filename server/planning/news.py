"""Which work of a region may have changed since an event, as far as events tell.

Reading it again is in `day_reading`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.kit.database import AnySession
from server.kit.tables import Event

MOST = 100  # interventions: reading more one by one takes as long as reading the day
# About no intervention, and nothing of a day comes of them. What a plan changes is told of each.
OF_NO_DAY = (
    "account_",
    "agreement_owner_gone",
    "agreement_review_overdue",
    "asset_changed",
    "asset_created",
    "credit_",
    "customer_created",
    "document_",
    "improvement_",
    "location_switched",
    "notifications_",
    "part_",
    "plan_",
    "positions_read",
    "site_created",
    "trial_",
    "webhook_",
)


async def changed_since(session: AnySession, seq: int) -> set[UUID] | None:
    """The interventions that events after this one are about; none where anything may be new."""
    columns = (Event.kind, Event.intervention_id, Event.data)
    rows = (await session.execute(select(*columns).where(Event.seq > seq).limit(MOST * 4))).all()
    about = {intervention for _, intervention, _ in rows if intervention is not None}
    others = [(kind, data) for kind, intervention, data in rows if intervention is None]
    is_known = all(_is_of_no_day(kind, data) for kind, data in others)
    return about if is_known and len(about) <= MOST and len(rows) < MOST * 4 else None


def _is_of_no_day(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether nothing of a day comes of it: a break or a shift begun changes no hours."""
    if kind == "duty_changed":
        return not data["changes_hours"]
    return kind.startswith(OF_NO_DAY)
