"""Wire shapes of accounts and sessions. Passwords come in and never leave."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import Body, Line, Out


class Role(StrEnum):
    """What a person may do here."""

    ADMIN = "admin"
    DISPATCHER = "dispatcher"
    TECHNICIAN = "technician"
    MANAGER = "manager"
    EXPERIENCE = "experience"
    AUDITOR = "auditor"


class Language(StrEnum):
    FRENCH = "fr"
    ENGLISH = "en"
    SPANISH = "es"
    DUTCH = "nl"


Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+$",
        to_lower=True,
    ),
]
Password = Annotated[str, StringConstraints(min_length=8, max_length=200, strip_whitespace=False)]


class AccountOut(Out):
    """`region_ids` null means every region; the others are null where they do not apply."""

    id: UUID
    email: str
    name: str
    role: Role
    language: Language
    customer_id: UUID | None
    technician_id: UUID | None
    region_ids: list[UUID] | None
    is_disabled: bool
    version: int


class ServerClockOut(Out):
    """The server's clock. A demo outside working hours runs shifted, and says so."""

    now: datetime
    kind: Literal["real", "demo"]
    offset_seconds: int


class MapOut(Out):
    """The base map: one PMTiles archive of our own, or an operator's tile address."""

    kind: Literal["pmtiles", "raster"]
    url: str
    attribution: str


class SessionOut(Out):
    """Send `csrf` back in the header `X-CSRF-Token` with every unsafe call."""

    account: AccountOut
    csrf: str
    clock: ServerClockOut
    home: Literal["/board/", "/app/", "/portal/", "/admin/", "/"]
    map: MapOut | None


class SignInBody(Body):
    email: Email
    password: Annotated[
        str, StringConstraints(min_length=1, max_length=200, strip_whitespace=False)
    ]


class AccountBody(Body):
    email: Email
    name: Line
    role: Role
    password: Password
    language: Language = Language.ENGLISH
    customer_id: UUID | None = None
    technician_id: UUID | None = None
    region_ids: Annotated[list[UUID], Field(max_length=200)] | None = None


class PreferencesBody(Body):
    """What a person may change about their own account."""

    language: Language
