"""Wire shapes for people without an account.

They are shapes of their own, so that nothing internal can slip into them: a lift and its place,
what becomes of a report, and no name of anybody.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.accounts.schemas import Email, Language
from server.interventions.report_photo_schemas import Photos
from server.kit.wire import Body, Line, OptionalLine, Out
from server.sites.schemas import AssetKind

FaultKind = Literal["person_trapped", "out_of_service", "degraded"]
TrackedState = Literal[
    "reported", "planned", "on_the_way", "on_site", "interrupted", "done", "not_taken_on"
]
Words = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class LabelsBody(Body):
    """Lifts to print labels for; with `replaces` the earlier labels of these lifts end."""

    asset_ids: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    replaces: bool = False


class LabelOut(Out):
    """`path` is below the server's address, and told this once."""

    asset_id: UUID
    path: str


class LabelsOut(Out):
    labels: list[LabelOut]


class LabelPlaceOut(Out):
    """What a label stands in: a lift and its place.

    `known_since` is when what is wrong with it was reported, while somebody is still to mend it.
    `office_phone` is E.164, or empty. `tells_by_mail` where mail can be sent at all.
    """

    asset_name: str
    asset_kind: AssetKind
    site_name: str
    address: str
    zone: str
    office_phone: str
    known_since: datetime | None
    tells_by_mail: bool


class ResidentReportBody(Body):
    """A fault as somebody in the lift reports it; by `caller_email` they are told how it goes on.

    `token` is what stands behind the # of the label's address.
    """

    token: Line
    kind: FaultKind
    description: Words = ""
    caller_name: OptionalLine = ""
    caller_phone: OptionalLine = ""
    caller_email: Email | None = None
    language: Language = Language.ENGLISH
    photos: Photos = Field(default_factory=list)


class ResidentReportedOut(Out):
    """`path` is where to follow it. `is_joined` where it was known already."""

    path: str
    is_joined: bool
    office_phone: str


class TrackedOut(Out):
    """How work goes on, in plain facts: `from_at` and `to_at` are an honest range.

    `open_until` is when the link ends, known once the work is over. `may_answer` while whoever
    holds the link can still say how it was.
    """

    asset_name: str | None
    site_name: str
    zone: str
    state: TrackedState
    is_entrapment: bool
    reported_at: datetime
    from_at: datetime | None
    to_at: datetime | None
    is_late: bool
    arrived_at: datetime | None
    released_at: datetime | None
    restored_at: datetime | None
    ended_at: datetime | None
    refusal: str
    office_phone: str
    open_until: datetime | None
    may_answer: bool


class TrackedBody(Body):
    """The last part of a tracking link."""

    token: Line


class ResidentReportOut(Out):
    """What somebody said by the label, for the office."""

    id: UUID
    kind: FaultKind
    description: str
    is_joined: bool
    caller_name: str
    caller_phone: str
    wants_mail: bool
    received_at: datetime


class ResidentReportsOut(Out):
    reports: list[ResidentReportOut]
