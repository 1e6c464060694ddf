"""Wire shapes of notices: what a person should know, as a code with its facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.wire import Body, EventNumber, Out


class NoticeOut(Out):
    """The pages put `code` and `facts` into words."""

    seq: int
    at: datetime
    code: str
    facts: dict[str, Any]
    site_id: UUID | None
    intervention_id: UUID | None
    is_read: bool


class ReadBody(Body):
    """Everything up to this notice has been seen."""

    up_to: EventNumber
