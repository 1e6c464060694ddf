"""Wire shapes of feedback."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from dispatch.measures.satisfaction import BEST_EFFORT, BEST_SATISFACTION, LOWEST
from server.kit.wire import Body, Line, Out, Text

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


class FeedbackByLinkBody(Body):
    """The same without saying about what: the link knows, whose last part is the token."""

    token: Line
    csat: Satisfied | None = None
    effort: Easy | None = None
    comment: Text = ""
    is_irritated: bool = False


class FeedbackLinkBody(Body):
    """How the link reaches whoever answers; by `portal` managers answer themselves."""

    channel: Literal["link", "mail", "qr", "portal"] = "link"


class FeedbackLinkOut(Out):
    """`path` is below the server's address, and told this once."""

    path: str
    expires_at: datetime


class FeedbackSaidOut(Out):
    csat: int | None
    effort: int | None
    comment: str
    is_irritated: bool


class FeedbackAskedOut(Out):
    """What is asked about, in words for whoever lives there; nothing of who came or why.

    `said` is what this link has said so far; it may be completed until `open_until`.
    """

    site_name: str
    asset_name: str | None
    work_type: str
    ended_at: datetime
    zone: str
    said: FeedbackSaidOut | None
    open_until: datetime


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
