"""Wire shapes of figures and their definitions."""

from datetime import date
from typing import Any
from uuid import UUID

from server.kit.wire import Out


class DefinitionOut(Out):
    """How a measure is defined; `text` is plain English, pages translate by `id`."""

    id: str
    version: int
    unit: str
    direction: str
    text: str


class DefinitionsOut(Out):
    items: list[DefinitionOut]


class FigureOut(Out):
    """One figure, shown as text with its exact parts beside it; null where nothing was measured.

    `outside` counts what the definition leaves out, by reason.
    """

    measure: str
    definition_version: int
    clock: str | None
    value: str | None
    unit: str
    numerator: int | None
    denominator: int | None
    outside: dict[str, int]
    facts: dict[str, Any]


class FiguresOut(Out):
    """Figures about interventions reported on local days `[from_day, to_day)`."""

    from_day: date
    to_day: date
    region_id: UUID | None
    customer_id: UUID | None
    figures: list[FigureOut]


class AssetAvailabilityOut(Out):
    """How available one unit was on local days `[from_day, to_day)`, as far as they have passed.

    Seconds are of the time agreed, planned maintenance taken off; null where there was none.
    """

    asset_id: UUID
    from_day: date
    to_day: date
    agreed_seconds: int
    downtime_seconds: int
    percent: str | None
    target_percent: str | None
    is_met: bool | None
    definition_version: int
