"""Wire shapes of working days and positions."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, Tag

from server.kit.device_commands import DeviceCommandBody
from server.kit.wire import (
    Body,
    Count,
    Instant,
    Out,
    Position,
    PositionBody,
    how_many,
)
from server.regions.schemas import ArrivalBy

DutyState = Literal["off", "on_shift", "on_break", "on_call", "sick"]
DutyKind = Literal[
    "start_shift", "end_shift", "start_break", "end_break", "report_sick", "report_fit"
]
Outcome = Literal["applied", "duplicate", "conflict", "rejected"]
Metres = Annotated[int, Field(ge=0, le=100_000)]


class DutyOut(Out):
    """Where a working day stands; `until` is when it changes by itself, as far as known."""

    technician_id: UUID
    state: DutyState
    since: datetime | None
    until: datetime | None
    version: int
    allowed: list[DutyKind]


class DutyPayload(Body):
    """`until`: when somebody sick is back; unless said, the end of the day and its last shift."""

    until: Instant | None = None


class DutyCommandBody(DeviceCommandBody):
    """What a technician says of their working day."""

    kind: DutyKind
    payload: DutyPayload = Field(default_factory=DutyPayload)


class DutyCommandsBody(
    RootModel[
        Annotated[
            Annotated[DutyCommandBody, Tag("command")]
            | Annotated[
                list[DutyCommandBody], Field(min_length=1, max_length=200), Tag("commands")
            ],
            Discriminator(how_many),
        ]
    ]
):
    """One command, or several in the order they were given."""


class DutyResultOut(Out):
    """What became of one command, and the working day as it stands after it."""

    id: str
    outcome: Outcome
    code: str | None
    facts: dict[str, Any]
    duty: DutyOut


class DutyResultsOut(Out):
    results: list[DutyResultOut]


class LocationOut(Out):
    """Whether the caller may be located, and what they agreed to.

    `allowed_until` is until when it may happen now; null while nobody may. Positions are kept for
    `keeps_days`; 0 keeps the last one only.
    """

    is_offered: bool
    is_on: bool
    notice_version: int
    accepted_version: int | None
    keeps_days: int
    allowed_until: datetime | None


class LocationBody(Body):
    """Switch it on, having read this notice, or off."""

    is_on: bool
    notice_version: Count


class SeenBody(PositionBody):
    """Where the phone was, by the server's clock."""

    at: Instant
    accuracy_m: Metres


class PositionsBody(Body):
    positions: Annotated[list[SeenBody], Field(min_length=1, max_length=200)]


class KeptPositionsOut(Out):
    """How many were kept. What falls outside a shift or was not allowed is forgotten at once."""

    kept: int
    refused: int


class SeenOut(Out):
    at: datetime
    position: Position
    accuracy_m: int


class SeenPositionsOut(Out):
    items: list[SeenOut]


class ArrivalOut(Out):
    """How arriving is recorded where the technician works: how, and how near counts as there."""

    by: ArrivalBy
    radius_m: int
