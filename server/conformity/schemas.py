"""Wire shapes of what keeps agreements from being in order."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from server.agreements.schemas import ClockKind, Severity
from server.kit.wire import Out

ConformityCode = Literal["slower_than_customer", "overlaps", "capacity_short"]
GapCode = Literal[
    "owner_missing",
    "backup_missing",
    "review_missing",
    "review_overdue",
    "calendar_missing",
    "exclusions_missing",
    "feedback_missing",
    "meetings_unplanned",
    "meetings_missed",
    "focus_missing",
    "outcome_unmeasured",
]


class ConformityItemOut(Out):
    """What was found about an agreement in force, and since which night.

    `capacity_short`: work in a region outgrows the hours of those who do it. Of the others `facts`
    are those of a contradiction.
    """

    id: UUID
    agreement_id: UUID
    agreement_number: str
    agreement_name: str
    code: ConformityCode
    other_number: str
    service: str
    severity: Severity | None
    clock: ClockKind | None
    region_id: UUID | None
    region_name: str
    facts: dict[str, str]
    found_at: datetime


class ConformityOut(Out):
    """By agreement; `checked_at` is the last night's run, null before the first."""

    checked_at: datetime | None
    items: list[ConformityItemOut]


class GapOut(Out):
    """Something an agreement in order would have, and how many points it lacks for it."""

    code: GapCode
    points: int


class HygieneOut(Out):
    """How far an agreement is in order: 100 less the points of its gaps."""

    score: int
    gaps: list[GapOut]
