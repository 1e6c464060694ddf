"""Wire shapes of what belongs to an intervention: duplicates, ties and likely duplicates."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from server.agreements.schemas import Severity
from server.interventions.schemas import InterventionStatus, Source
from server.kit.wire import Body, Count, Out

LikenessKind = Literal["same_asset", "asset_unknown", "same_site"]


class RelatedReportOut(Out):
    """A report in brief, in the words of whoever made it; `version` is for merging it."""

    id: UUID
    number: str
    status: InterventionStatus
    severity: Severity
    source: Source
    summary: str
    description: str
    caller_name: str
    caller_phone: str
    asset_name: str | None
    reported_at: datetime
    version: int


class LikelyOut(Out):
    """A report that may be about the same trouble, and why; the likeliest comes first."""

    report: RelatedReportOut
    likeness: LikenessKind


class RelatedOut(Out):
    """`merged` ended in favour of this one; this one ended in favour of `merged_into`."""

    intervention_id: UUID
    merged_into: RelatedReportOut | None
    merged: list[RelatedReportOut]
    tied: list[RelatedReportOut]
    likely: list[LikelyOut]


class MergeBody(Body):
    """The intervention that goes on, and the version of the one that ends."""

    into_id: UUID
    base_version: Count


class SeparateBody(Body):
    base_version: Count


class TieBody(Body):
    other_id: UUID
