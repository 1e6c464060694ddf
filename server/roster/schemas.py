"""Wire shapes of technicians, their shifts and their absences."""

from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import (
    Body,
    Code,
    Instant,
    Line,
    Money,
    OptionalLine,
    Out,
    Position,
    PositionBody,
    Seconds,
)

Tongue = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Level = Annotated[int, Field(ge=1, le=5)]
ShiftKind = Literal["shift", "on_call"]
AbsenceKind = Literal["sick", "leave", "training", "other"]
AbsenceState = Literal["requested", "approved", "refused"]
Rank = Annotated[int, Field(ge=1, le=9)]


class CertificateOut(Out):
    name: str
    valid_until: date


class UsualLunchOut(Out):
    earliest: time
    latest: time
    duration_seconds: int


class UsualDutyOut(Out):
    """The same hours on some weekdays, 0 for Monday; ending no later than it starts, overnight."""

    weekdays: list[int]
    starts: time
    ends: time
    kind: ShiftKind
    overtime_max_seconds: int
    lunch: UsualLunchOut | None
    rank: int | None


class TechnicianOut(Out):
    """`skills` maps a skill to its level, 1 and up.

    `authority_eur` is what they may decide alone on one intervention, parts and goodwill together,
    as exact text; null is what holds in their region.
    """

    id: UUID
    code: str
    region_id: UUID
    name: str
    phone: str
    home: Position
    languages: list[str]
    skills: dict[str, int]
    certificates: list[CertificateOut]
    is_active: bool
    has_calendar_feed: bool
    usual_week: list[UsualDutyOut]
    authority_eur: str | None
    version: int


class CertificateBody(Body):
    name: Line
    valid_until: date


class TechnicianBody(Body):
    code: Code
    region_id: UUID
    name: Line
    phone: OptionalLine = ""
    home: PositionBody
    languages: Annotated[list[Tongue], Field(max_length=20)] = []
    skills: Annotated[dict[Code, Level], Field(max_length=100)] = {}
    certificates: Annotated[list[CertificateBody], Field(max_length=100)] = []
    authority_eur: Money | None = None


class TechnicianChangeBody(Body):
    """Only what is named changes."""

    region_id: UUID | None = None
    name: Line | None = None
    phone: OptionalLine | None = None
    home: PositionBody | None = None
    languages: Annotated[list[Tongue], Field(max_length=20)] | None = None
    skills: Annotated[dict[Code, Level], Field(max_length=100)] | None = None
    certificates: Annotated[list[CertificateBody], Field(max_length=100)] | None = None
    is_active: bool | None = None
    authority_eur: Money | None = None


class LunchOut(Out):
    """Lunch starts no earlier than `earliest_at` and no later than `latest_at`."""

    earliest_at: datetime
    latest_at: datetime
    duration_seconds: int


class ShiftOut(Out):
    """`rank` says who on call is asked first; null where nobody says."""

    id: UUID
    technician_id: UUID
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    overtime_max_seconds: int
    lunch: LunchOut | None
    rank: int | None
    version: int


class LunchBody(Body):
    earliest_at: Instant
    latest_at: Instant
    duration_seconds: Seconds


class ShiftBody(Body):
    technician_id: UUID
    kind: ShiftKind = "shift"
    starts_at: Instant
    ends_at: Instant
    overtime_max_seconds: Seconds = 0
    lunch: LunchBody | None = None
    rank: Rank | None = None


class ShiftChangeBody(Body):
    """Only what is named changes."""

    starts_at: Instant | None = None
    ends_at: Instant | None = None
    overtime_max_seconds: Seconds | None = None
    lunch: LunchBody | None = None
    rank: Rank | None = None


class AbsenceOut(Out):
    """Only what is `approved` counts; `answer` is what whoever decided said about it."""

    id: UUID
    technician_id: UUID
    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    note: str
    state: AbsenceState
    recorded_by: str
    recorded_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str
    version: int


class AbsenceBody(Body):
    technician_id: UUID
    kind: AbsenceKind
    starts_at: Instant
    ends_at: Instant
    note: OptionalLine = ""


class AbsenceRequestBody(Body):
    """What a technician asks for themselves; being sick is said, not asked for."""

    kind: Literal["leave", "training", "other"]
    starts_at: Instant
    ends_at: Instant
    note: OptionalLine = ""


class AbsenceDecisionBody(Body):
    """A refusal says why."""

    decision: Literal["approved", "refused"]
    answer: OptionalLine = ""
