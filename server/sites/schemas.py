"""Wire shapes of sites and the assets on them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.kit.wire import Body, Code, Line, OptionalLine, Out, Position, PositionBody, Text

AssetKind = Literal["lift", "goods_lift", "escalator", "platform", "other"]


class SiteOut(Out):
    """`position_source` says who placed the pin: a person, a geocoder or a data set."""

    id: UUID
    code: str
    region_id: UUID
    customer_id: UUID
    name: str
    street: str
    number: str
    postcode: str
    place: str
    position: Position
    position_source: str
    zone: str
    access_notes: str
    contact_name: str
    contact_phone: str
    version: int


class SiteBody(Body):
    """Without `position` the configured geocoder places the address; with it, the pin wins."""

    code: Code
    region_id: UUID
    customer_id: UUID
    name: Line
    street: OptionalLine = ""
    number: OptionalLine = ""
    postcode: OptionalLine = ""
    place: OptionalLine = ""
    position: PositionBody | None = None
    access_notes: Text = ""
    contact_name: OptionalLine = ""
    contact_phone: OptionalLine = ""


class SiteChangeBody(Body):
    """Only what is named changes."""

    name: Line | None = None
    street: OptionalLine | None = None
    number: OptionalLine | None = None
    postcode: OptionalLine | None = None
    place: OptionalLine | None = None
    position: PositionBody | None = None
    access_notes: Text | None = None
    contact_name: OptionalLine | None = None
    contact_phone: OptionalLine | None = None


class AssetOut(Out):
    id: UUID
    site_id: UUID
    code: str
    name: str
    kind: AssetKind
    levels: int | None
    maker: str
    installed_on: date | None
    version: int


class AssetBody(Body):
    site_id: UUID
    code: Code
    name: Line
    kind: AssetKind = "lift"
    levels: Annotated[int, Field(ge=1, le=300)] | None = None
    maker: OptionalLine = ""
    installed_on: date | None = None


class AssetChangeBody(Body):
    """Only what is named changes."""

    name: Line | None = None
    kind: AssetKind | None = None
    levels: Annotated[int, Field(ge=1, le=300)] | None = None
    maker: OptionalLine | None = None
    installed_on: date | None = None


class PlaceOut(Out):
    """One answer of the geocoder."""

    label: str
    position: Position
    source: str
