"""Wire shapes of what belongs to an intervention: duplicates, ties and likely duplicates."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from server.agreements.schemas import Severity
from server.interventions.schemas import InterventionStatus, Source
from server.kit.wire import Body, Count, Out
from server.services.schemas import WorkType

CaseLink = Literal["follow_up", "repeat", "merged", "tied"]
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


class CaseMomentOut(Out):
    """Something that happened, by the kind of its event; `who` is a first name where one did it.

    `reason` is why the office closed or cancelled it, where somebody said so.
    """

    kind: str
    at: datetime
    who: str
    reason: str = ""


class CaseWorkOut(Out):
    """One intervention of a case, and by what it belongs to which other; null at the first."""

    id: UUID
    number: str
    status: InterventionStatus
    severity: Severity
    work_type: WorkType
    summary: str
    link: CaseLink | None
    to_number: str | None
    moments: list[CaseMomentOut]


class CaseOut(Out):
    """A customer's problem from its first contact on, oldest first; open while any of it is."""

    since: datetime
    is_open: bool
    work: list[CaseWorkOut]


class MergeBody(Body):
    """The intervention that goes on, and the version of the one that ends."""

    into_id: UUID
    base_version: Count


class SeparateBody(Body):
    base_version: Count


class TieBody(Body):
    other_id: UUID
