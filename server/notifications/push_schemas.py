"""Wire shapes of push messages and of the phones that get them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from server.kit.hosts import LONGEST
from server.kit.wire import Body, Code, Line, OptionalLine, Out

Permission = Literal["granted", "denied", "default", "absent"]
Endpoint = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
# An uncompressed point of P-256 and 16 random bytes, as browsers write them.
Point = Annotated[str, StringConstraints(pattern=r"^B[A-Za-z0-9_-]{86}=?$")]
Secret = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}(==)?$")]


class PushOut(Out):
    """What a browser needs in order to subscribe."""

    public_key: str


class PushKeysBody(Body):
    p256dh: Point
    auth: Secret


class SubscriptionBody(Body):
    """Where the browser's push service takes messages for this phone, and how to encrypt them."""

    endpoint: Endpoint
    keys: PushKeysBody
    device: Code


class SubscriptionOut(Out):
    """The endpoint is told to nobody."""

    id: UUID
    version: int


class PushTestOut(Out):
    """On how many phones the message is to appear."""

    phones: int


class DeviceBody(Body):
    """A phone as it describes itself; `notifications` is absent where the browser has none."""

    device: Code
    is_installed: bool
    is_persisted: bool
    notifications: Permission
    version: OptionalLine = ""
    platform: Line


class DeviceOut(Out):
    """`is_reachable`: a push finds it now, in the hours of work."""

    id: UUID
    technician_id: UUID
    technician_name: str
    is_installed: bool
    is_persisted: bool
    notifications: Permission
    is_reachable: bool
    version: str
    platform: str
    heard_at: datetime
