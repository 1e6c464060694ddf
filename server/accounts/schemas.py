"""Wire shapes of accounts and sessions. Passwords come in and never leave."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from server.kit.wire import Body, Instant, Line, Out


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


def _email(given: object, parse: Callable[[object], str]) -> str:
    """Says what is expected: of a pattern nobody can tell what it asks for."""
    try:
        return parse(given)
    except ValidationError:
        raise PydanticCustomError(
            "not_an_email", "Write an e-mail address like name@example.org."
        ) from None


Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+$",
        to_lower=True,
    ),
    WrapValidator(_email),
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


class MemberOut(AccountOut):
    """Somebody among those who may come in, as the administrator sees them.

    `sessions` counts the browsers and phones they are signed in on; `invited_until` says how long
    the link by which they choose a password holds, null where none does.
    """

    last_seen_at: datetime | None
    sessions: int
    has_password: bool
    invited_until: datetime | None


class InvitationOut(Out):
    """The link by which somebody chooses their password, told this once; empty when withdrawn.

    `mailed_to` is where it was sent as well; empty where it was not.
    """

    path: str
    expires_at: datetime | None
    version: int
    mailed_to: str = ""


class WelcomeOut(Out):
    """The password holds: this is the address to sign in with."""

    email: str


class ApiKeyOut(Out):
    """`key` is told once, when it is made anew; `email` is empty where it acts for no person."""

    id: UUID
    name: str
    key: str
    email: str
    role: Role
    region_ids: list[UUID] | None
    customer_id: UUID | None
    created_at: datetime
    made_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
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
    """Send `csrf` back in the header `X-CSRF-Token` with every unsafe call.

    With `asks_reason` nothing else answers until `POST /api/session/reason` said why.
    """

    account: AccountOut
    csrf: str
    clock: ServerClockOut
    home: Literal["/board/", "/app/", "/portal/", "/admin/", "/"]
    map: MapOut | None
    asks_reason: bool = False


class ReadingReasonBody(Body):
    """Why an auditor reads, in their own words."""

    reason: Line


class ReadingReasonOut(Out):
    """What an auditor said, when."""

    id: UUID
    account_id: UUID
    account_name: str
    reason: str
    given_at: datetime


class SignInBody(Body):
    email: Email
    password: Annotated[
        str, StringConstraints(min_length=1, max_length=200, strip_whitespace=False)
    ]


Regions = Annotated[list[UUID], Field(max_length=200)]


class AccountBody(Body):
    """Without a password they come in by an invitation."""

    email: Email
    name: Line
    role: Role
    password: Password | None = None
    language: Language = Language.ENGLISH
    customer_id: UUID | None = None
    technician_id: UUID | None = None
    region_ids: Regions | None = None


class AccountChangeBody(Body):
    """Only what is named changes; `region_ids` null is every region."""

    name: Line | None = None
    role: Role | None = None
    language: Language | None = None
    customer_id: UUID | None = None
    technician_id: UUID | None = None
    region_ids: Regions | None = None
    is_disabled: bool | None = None


class InvitationBody(Body):
    """Give out a new link, or withdraw the one there is; the link can be mailed to them too."""

    is_on: bool
    is_mailed: bool = False


class WelcomeBody(Body):
    """Whoever holds the link chooses a password."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password


ProgramRole = Literal[Role.ADMIN, Role.DISPATCHER, Role.MANAGER, Role.EXPERIENCE, Role.AUDITOR]


class ApiKeyBody(Body):
    """A key for a program, with rights of its own. The key itself is asked for by a change."""

    name: Line
    role: ProgramRole
    region_ids: Regions | None = None
    customer_id: UUID | None = None
    expires_at: Instant | None = None


class ApiKeyChangeBody(Body):
    """Only what is named changes. `is_renewed` makes the key anew: the old one ends at once."""

    name: Line | None = None
    expires_at: Instant | None = None
    is_renewed: bool = False


class PreferencesBody(Body):
    """What a person may change about their own account."""

    language: Language
