"""The two ends of the wire: bodies come in as pydantic models, answers leave as msgspec structs.

Bodies name every fault at once and refuse unknown fields; answers are small.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

import msgspec
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from server.kit.span import SENTENCE, is_known

T = TypeVar("T")


class Out(msgspec.Struct):
    """An answer."""


class Body(BaseModel):
    """A request body: unknown fields are refused by name, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Page(msgspec.Struct, Generic[T]):
    """One page of a list; `next_cursor` is null on the last page."""

    items: list[T]
    next_cursor: str | None = None


class Position(Out):
    """A place on earth, degrees WGS 84."""

    lat: float
    lon: float


class PositionBody(Body):
    """A pin dropped on the map, degrees WGS 84."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


def _known(instant: datetime) -> datetime:
    if not is_known(instant):
        raise ValueError(SENTENCE)
    return instant


_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Instant = Annotated[AwareDatetime, AfterValidator(_known)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_NO_CONTROLS)]
OptionalLine = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=_NO_CONTROLS)]
CommandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=64)]
EventNumber = Annotated[int, Field(ge=0, lt=2**63)]
Count = Annotated[int, Field(ge=0, lt=2**31)]
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Seconds = Annotated[int, Field(ge=0, le=366 * 86_400)]


def money(amount: Decimal | None) -> str | None:
    """An amount as exact text with its cents; null where there is none."""
    return None if amount is None else f"{amount:.2f}"


def how_many(given: object) -> str:
    """Tell one command from several first: faults are named for the shape that was meant."""
    return "commands" if isinstance(given, list) else "command"
