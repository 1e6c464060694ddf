"""Wire shapes of the catalogue of services."""

from typing import Literal
from uuid import UUID

from server.kit.wire import Body, Code, Line, Out
from server.sites.schemas import AssetKind

WorkType = Literal["repair", "maintenance", "inspection", "request"]


class NamesOut(Out):
    """A name in each language we speak."""

    en: str
    fr: str
    es: str
    nl: str


class NamesBody(Body):
    """A name in each language we speak."""

    en: Line
    fr: Line
    es: Line
    nl: Line


class ServiceOut(Out):
    """`asset_kind` null means any kind for which there is no service of its own."""

    id: UUID
    code: str
    names: NamesOut
    work_type: WorkType
    asset_kind: AssetKind | None
    version: int


class ServiceBody(Body):
    code: Code
    names: NamesBody
    work_type: WorkType
    asset_kind: AssetKind | None = None


class ServiceChangeBody(Body):
    """Only names change: what a service is stands in agreements."""

    names: NamesBody | None = None
