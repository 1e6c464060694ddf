"""Wire shapes of signed extracts of performance."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.kit.wire import Body, Out


class ExtractBody(Body):
    """Local days `[from_day, to_day)`, of one region or of all the caller's."""

    from_day: date
    to_day: date
    region_id: UUID | None = None


class ExtractFigureOut(Out):
    """A figure with its exact parts; `value` as text, as it is shown."""

    measure: str
    definition_version: int
    clock: str | None
    unit: str
    value: str
    numerator: int
    denominator: int


class ExtractOut(Out):
    """What was kept and felt, in sums alone; nobody is named, no customer, site or technician.

    Figures that rest on fewer than `fewest` promises, answers or units are left out.
    """

    kind: str
    format: int
    from_day: date
    to_day: date
    region: str | None
    issued_at: datetime
    interventions: int
    fewest: int
    figures: list[ExtractFigureOut]


class SignedExtractOut(Out):
    """`signature` (base64) is over `extract` as JSON: keys in order, no spaces, UTF-8."""

    extract: ExtractOut
    algorithm: str
    key_id: str
    signature: str


class ExtractKeyOut(Out):
    """The public key as PEM; null before anything was signed."""

    algorithm: str
    key_id: str | None
    public_key: str | None


class VerifyBody(Body):
    """An extract as it was received."""

    extract: dict[str, Any]
    signature: str
    algorithm: str = ""
    key_id: str = ""


class VerifiedOut(Out):
    """Whether this house signed exactly that; `key_id` is of the key it was held against."""

    is_genuine: bool
    key_id: str | None
