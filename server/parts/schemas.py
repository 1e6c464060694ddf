"""Wire shapes of the catalogue of parts."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, RootModel

from server.kit.names import NamesBody, NamesOut
from server.kit.wire import Body, Code, Money, Out

Unit = Literal["piece", "pair", "set", "m", "l", "kg"]


class PartOut(Out):
    """`price_eur` of one unit is exact text, or null where nobody has said."""

    id: UUID
    code: str
    names: NamesOut
    unit: Unit
    price_eur: str | None
    is_withdrawn: bool
    version: int


class PartBody(Body):
    code: Code
    names: NamesBody
    unit: Unit = "piece"
    price_eur: Money | None = None
    is_withdrawn: bool = False


class PartChangeBody(Body):
    """Only what is named changes; what a part is counted in stays, for what was used already."""

    names: NamesBody | None = None
    price_eur: Money | None = None
    is_withdrawn: bool | None = None


class ImportedOut(Out):
    """How many parts a file brought, changed, or told nothing new of."""

    added: int
    changed: int
    skipped: int


class CatalogueBody(RootModel[Annotated[list[PartBody], Field(min_length=1, max_length=10_000)]]):
    """A whole catalogue, as a file holds it."""
