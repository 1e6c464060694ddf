"""Wire shapes of webhooks. A secret is told once, in the answer to the change that made it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from server.accounts.schemas import Regions
from server.kit.hosts import LONGEST
from server.kit.wire import Body, Line, Out
from server.webhooks.messages import KINDS

DeliveryState = Literal["waiting", "sent", "failed"]


def _offered(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError("Nobody is told of this kind of event.")
    return kind


Kind = Annotated[str, StringConstraints(max_length=64), AfterValidator(_offered)]
Kinds = Annotated[list[Kind], Field(min_length=1, max_length=len(KINDS))]
Url = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class WebhookOut(Out):
    """`stopped` is `gone` where the receiver said that it wants no more; else empty."""

    id: UUID
    name: str
    url: str
    kinds: list[str]
    region_ids: list[UUID] | None
    secret: str
    is_active: bool
    stopped: str
    waiting: int
    failed: int
    created_at: datetime
    made_by: str
    version: int


class WebhooksOut(Out):
    """`hosts` are those this server may call; `kinds` are the events it can tell of."""

    items: list[WebhookOut]
    hosts: list[str]
    kinds: list[str]


class DeliveryOut(Out):
    """`status` is what the receiver answered last; `reason` why there was no answer."""

    id: UUID
    kind: str
    event_seq: int | None
    state: DeliveryState
    tries: int
    status: int | None
    reason: str
    created_at: datetime
    try_at: datetime
    done_at: datetime | None


class WebhookBody(Body):
    """Where to call, and of what. The secret is asked for by a change with `is_renewed`."""

    name: Line
    url: Url
    kinds: Kinds
    region_ids: Regions | None = None


class WebhookChangeBody(Body):
    """Only what is named changes. `is_renewed` makes the secret anew; the old one ends at once."""

    name: Line | None = None
    url: Url | None = None
    kinds: Kinds | None = None
    region_ids: Regions | None = None
    is_active: bool | None = None
    is_renewed: bool = False
