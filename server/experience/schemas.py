"""Wire shapes of feedback."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from dispatch.measures.satisfaction import BEST_EFFORT, BEST_SATISFACTION, LOWEST
from server.kit.wire import Body, Out, Text

Channel = Literal["portal", "link", "mail", "qr", "phone"]
EffortWording = Literal["made_it_easy"]
Satisfied = Annotated[int, Field(ge=LOWEST, le=BEST_SATISFACTION)]
Easy = Annotated[int, Field(ge=LOWEST, le=BEST_EFFORT)]


class FeedbackBody(Body):
    """`csat` from 1 to 5; `effort` how easy it was made, from 1 to 7, 7 the easiest.

    Say at least one thing. `is_irritated` tells that something about it must be talked about.
    """

    intervention_id: UUID
    csat: Satisfied | None = None
    effort: Easy | None = None
    comment: Text = ""
    is_irritated: bool = False


class FeedbackOut(Out):
    """What was said about an intervention, and by whom only as far as their role."""

    id: UUID
    intervention_id: UUID
    number: str
    site_id: UUID
    site_name: str
    customer_id: UUID
    region_id: UUID
    role: str
    channel: Channel
    csat: int | None
    effort: int | None
    effort_wording: EffortWording | Literal[""]
    comment: str
    is_irritated: bool
    given_at: datetime
