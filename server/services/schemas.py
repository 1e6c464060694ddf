"""Wire shapes of the catalogue of services."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from dispatch.agreements import Severity
from server.kit.names import NamesBody, NamesOut
from server.kit.wire import Body, Code, Line, OptionalLine, Out
from server.sites.schemas import AssetKind

ItemKind = Literal["check", "text", "reading", "choice", "photo", "signature"]
WorkType = Literal["repair", "maintenance", "inspection", "request"]
Durations = dict[Severity, Annotated[int, Field(ge=60, le=86_400)]]
Skills = Annotated[dict[Code, Annotated[int, Field(ge=1, le=5)]], Field(max_length=20)]


class ChecklistItemBody(Body):
    """Something to be done, read off, photographed or signed before the work is complete.

    `choices` are what a choice is made from. They are not stored where there are none: what
    was signed before there were choices still reads word for word.
    """

    key: Code
    label: Line
    kind: ItemKind = "check"
    is_mandatory: bool = True
    unit: OptionalLine = ""
    low: Annotated[Decimal, Field(max_digits=12, decimal_places=4)] | None = None
    high: Annotated[Decimal, Field(max_digits=12, decimal_places=4)] | None = None
    choices: Annotated[list[Line], Field(max_length=20, exclude_if=lambda given: not given)] = []


Checklist = Annotated[list[ChecklistItemBody], Field(max_length=50)]


class ChecklistItemOut(Out):
    """`low` and `high` bound a reading, as exact decimals; null where unbounded."""

    key: str
    label: str
    kind: ItemKind
    is_mandatory: bool
    unit: str
    low: str | None
    high: str | None
    choices: list[str] = []


class NeededPartOut(Out):
    """A part of the catalogue by its code, and how much of it."""

    part: str
    quantity: str


class NeededPartBody(Body):
    """A part of the catalogue by its code, and how much of it."""

    part: Code
    quantity: Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=3)]


NeededParts = Annotated[list[NeededPartBody], Field(max_length=50)]


class ServiceOut(Out):
    """`asset_kind` null means any kind for which there is no service of its own.

    `duration_seconds` holds what is said for a severity, `usual_duration_seconds` what holds
    where nothing is said; `asks_for_review` null means as is usual for the kind of work.
    """

    id: UUID
    code: str
    names: NamesOut
    work_type: WorkType
    asset_kind: AssetKind | None
    duration_seconds: dict[str, int]
    usual_duration_seconds: dict[str, int]
    skills: dict[str, int]
    checklist: list[ChecklistItemOut]
    parts: list[NeededPartOut]
    asks_for_review: bool | None
    is_usually_reviewed: bool
    version: int


class ServiceBody(Body):
    code: Code
    names: NamesBody
    work_type: WorkType
    asset_kind: AssetKind | None = None
    duration_seconds: Durations = {}
    skills: Skills = {}
    checklist: Checklist = []
    parts: NeededParts = []
    asks_for_review: bool | None = None


class ServiceChangeBody(Body):
    """Names, and what such work takes from the next call on; what a service is, agreements say."""

    names: NamesBody | None = None
    duration_seconds: Durations | None = None
    skills: Skills | None = None
    checklist: Checklist | None = None
    parts: NeededParts | None = None
    asks_for_review: bool | None = None
