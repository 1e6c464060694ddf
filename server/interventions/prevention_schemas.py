"""Wire shapes of what falls due for prevention."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from server.kit.wire import Out
from server.services.schemas import WorkType


class DueOut(Out):
    """Work on one lift that falls due on a local day.

    `by` is the number of the agreement whose interval asks for it, or the name of the certificate
    that ends. It is to be done within the window; `number` is of work that goes on already.
    """

    asset_id: UUID
    asset_name: str
    site_id: UUID
    site_name: str
    service: str
    work_type: WorkType
    due_on: date
    because: Literal["interval", "certificate"]
    by: str
    is_overdue: bool
    window_from: datetime
    window_to: datetime
    intervention_id: UUID | None
    number: str | None


class DueListOut(Out):
    """What is due within two months or overdue, soonest first."""

    region_id: UUID
    day: date
    items: list[DueOut]
