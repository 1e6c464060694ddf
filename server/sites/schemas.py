"""Wire shapes of sites and the assets on them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.kit.wire import Body, Code, Line, OptionalLine, Out, Position, PositionBody, Text

AssetKind = Literal["lift", "goods_lift", "escalator", "platform", "other"]


Hazards = Annotated[list[Line], Field(max_length=20)]


class ContactOut(Out):
    """Somebody to call about a site; `role` is what they are there, such as caretaker."""

    name: str
    phone: str
    role: str


class ContactBody(Body):
    name: Line
    phone: OptionalLine = ""
    role: OptionalLine = ""


Contacts = Annotated[list[ContactBody], Field(max_length=20)]


class AccessHoursOut(Out):
    """On these weekdays, Monday 0, from one minute after local midnight up to another.

    `note` says how one gets in then, such as only with the caretaker.
    """

    days: list[int]
    from_minute: int
    to_minute: int
    note: str


class AccessHoursBody(Body):
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    from_minute: Annotated[int, Field(ge=0, le=1439)]
    to_minute: Annotated[int, Field(ge=1, le=1440)]
    note: OptionalLine = ""


AccessWeek = Annotated[list[AccessHoursBody], Field(max_length=20)]


class CriticalWindowOut(Out):
    """On these weekdays, Monday 0, the site's business must not stop.

    With days it is an event on the local days `[from_day, to_day]`, else hours of every week; one
    that ends before it begins crosses midnight. `availability_percent` is its own target, if any.
    """

    name: str
    days: list[int]
    from_minute: int
    to_minute: int
    from_day: date | None
    to_day: date | None
    availability_percent: str | None


class CriticalWindowBody(Body):
    name: Line
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    from_minute: Annotated[int, Field(ge=0, le=1439)]
    to_minute: Annotated[int, Field(ge=1, le=1440)]
    from_day: date | None = None
    to_day: date | None = None
    availability_percent: (
        Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)] | None
    ) = None


CriticalWindows = Annotated[list[CriticalWindowBody], Field(max_length=20)]


class SiteOut(Out):
    """`position_source` says who placed the pin: a person, a geocoder or a data set.

    `contact_name` and `contact_phone` are the first of `contacts`. Visits begin within
    `access_hours`, except to somebody trapped; without any, at any time.
    """

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
    hazards: list[str]
    contacts: list[ContactOut]
    access_hours: list[AccessHoursOut]
    critical_windows: list[CriticalWindowOut]
    version: int


class SiteBody(Body):
    """Without `position` the configured geocoder places the address; with it, the pin wins.

    Without `region_id` it is the region in whose outline the site lies.
    `contact_name` and `contact_phone` alone are a list of one contact.
    """

    code: Code
    region_id: UUID | None = None
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
    hazards: Hazards = []
    key_box: OptionalLine = ""
    contacts: Contacts = []
    access_hours: AccessWeek = []
    critical_windows: CriticalWindows = []


class SiteChangeBody(Body):
    """Only what is named changes; `contact_name` and `contact_phone` change the first contact."""

    name: Line | None = None
    street: OptionalLine | None = None
    number: OptionalLine | None = None
    postcode: OptionalLine | None = None
    place: OptionalLine | None = None
    position: PositionBody | None = None
    access_notes: Text | None = None
    contact_name: OptionalLine | None = None
    contact_phone: OptionalLine | None = None
    hazards: Hazards | None = None
    key_box: OptionalLine | None = None
    contacts: Contacts | None = None
    access_hours: AccessWeek | None = None
    critical_windows: CriticalWindows | None = None


class KeyBoxOut(Out):
    """Where the key is and how to get at it: for those who go there and those who send them."""

    key_box: str


class AssetOut(Out):
    id: UUID
    site_id: UUID
    code: str
    name: str
    kind: AssetKind
    levels: int | None
    maker: str
    installed_on: date | None
    retired_on: date | None
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
    """Only what is named changes; with `site_id` the asset moves."""

    site_id: UUID | None = None
    name: Line | None = None
    kind: AssetKind | None = None
    levels: Annotated[int, Field(ge=1, le=300)] | None = None
    maker: OptionalLine | None = None
    installed_on: date | None = None
    retired_on: date | None = None


class PlaceOut(Out):
    """One answer of the geocoder."""

    label: str
    position: Position
    source: str
