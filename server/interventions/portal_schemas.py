"""Wire shapes of the building manager's portal.

They are shapes of their own, so that nothing internal can slip into them.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from server.agreements.schemas import ClockKind, PromiseOut, Severity
from server.interventions.report_photo_schemas import Photos
from server.interventions.schemas import SpanKind
from server.kit.wire import Body, Out, Text
from server.sites.schemas import AssetKind

AssetState = Literal[
    "working", "person_trapped", "out_of_service", "degraded", "attended", "request_open"
]
PromiseState = Literal["on_time", "at_risk", "paused", "missed", "kept", "none"]
PortalVisitState = Literal["expected", "on_the_way", "on_site", "interrupted"]


class PortalPromiseOut(Out):
    """What was promised: someone on site by `due_at`."""

    state: PromiseState
    due_at: datetime | None
    target_seconds: int | None


class PortalVisitOut(Out):
    """Who comes and when, as an honest range; `is_late` once they said that it will be later."""

    technician_first_name: str
    state: PortalVisitState
    from_at: datetime | None
    to_at: datetime | None
    is_late: bool


class PortalInterventionOut(Out):
    """One intervention in a building manager's words.

    One that was reported twice goes on as `merged_into`, whose story this then tells. `refusal` is
    why it was not taken on.
    """

    id: UUID
    number: str
    site_id: UUID
    site_name: str
    asset_id: UUID | None
    asset_name: str | None
    severity: Severity
    summary: str
    reported_at: datetime
    arrived_at: datetime | None
    released_at: datetime | None
    restored_at: datetime | None
    ended_at: datetime | None
    is_open: bool
    is_planned: bool
    outcome: str
    visit: PortalVisitOut | None
    promise: PortalPromiseOut
    merged_into: str | None = None
    refusal: str = ""


class PortalTrailOut(Out):
    """A deadline explained to a building manager: the promise made to them, nothing internal."""

    kind: ClockKind
    severity: Severity
    state: PromiseState
    promise: PromiseOut
    started_at: datetime
    due_at: datetime | None
    original_due_at: datetime | None
    stopped_at: datetime | None
    ends_at: datetime
    zone: str
    spans: list["PortalSpanOut"]


class PortalSpanOut(Out):
    """One stretch: counted or not, and why; who wrote a pause down stays inside the house."""

    kind: SpanKind
    from_at: datetime
    to_at: datetime
    seconds: int
    note: str


class PortalTrailsOut(Out):
    now: datetime
    is_out_of_scope: bool
    out_of_scope_reason: str
    trails: list[PortalTrailOut]


class PortalAssetOut(Out):
    id: UUID
    code: str
    name: str
    kind: AssetKind
    state: AssetState
    since: datetime | None
    intervention: PortalInterventionOut | None


class PortalSiteOut(Out):
    id: UUID
    name: str
    address: str
    zone: str
    assets: list[PortalAssetOut]


class PortalReportBody(Body):
    """A fault as a building manager reports it."""

    asset_id: UUID
    kind: Literal["person_trapped", "out_of_service", "degraded", "request"]
    description: Text = ""
    photos: Photos = Field(default_factory=list)
