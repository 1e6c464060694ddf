"""Wire shapes of what people and roles chose to hear of."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from server.accounts.schemas import Role
from server.kit.wire import Body, Out, Zone
from server.notifications.choices import Channel

MOST_TOPICS = 100
Topic = Annotated[str, Field(min_length=1, max_length=64)]
Chosen = Annotated[dict[Topic, dict[Channel, bool]], Field(max_length=MOST_TOPICS)]
MinuteOfDay = Annotated[int, Field(ge=0, lt=24 * 60)]


class TopicOut(Out):
    """`channels` is what holds, `usual` what would hold without a choice of one's own."""

    topic: str
    channels: dict[str, bool]
    usual: dict[str, bool]


class OwnNotificationsOut(Out):
    """Quiet hours are minutes of the day in `zone`; null where there are none.

    `is_mail_sent` is whether this server sends any mail; `is_mail_stopped` whether a link in one
    asked for no more.
    """

    role: str
    channels: list[str]
    topics: list[TopicOut]
    quiet_from: int | None
    quiet_to: int | None
    zone: str
    lets_trapped_through: bool
    is_mail_stopped: bool
    is_mail_sent: bool
    version: int


class OwnNotificationsBody(Body):
    """Only what is named changes; of the choices, only the topics and channels named."""

    choices: Chosen | None = None
    quiet_from: MinuteOfDay | None = None
    quiet_to: MinuteOfDay | None = None
    zone: Zone | None = None
    lets_trapped_through: bool | None = None
    is_mail_stopped: bool | None = None


class RoleNotificationsOut(Out):
    """What holds for whoever of this role has not chosen for themselves."""

    role: str
    channels: list[str]
    topics: list[TopicOut]
    version: int


class RoleNotificationsBody(Body):
    role: Role
    choices: Chosen


class WouldHearOut(Out):
    """One thing that happened: by which channels it reaches the caller, and until when it waits.

    `held_until` is when quiet hours let the mail go; null where nothing holds it.
    """

    seq: int
    at: datetime
    code: str
    topic: str
    facts: dict[str, Any]
    site_id: UUID | None
    channels: list[str]
    held_until: datetime | None


class YesterdayOut(Out):
    """The day before today in `zone`, oldest first; `more` counts what is left out."""

    day: str
    zone: str
    items: list[WouldHearOut]
    more: int


class MailStandingOut(Out):
    """Whether mail is sent, from whom, how much waits and what failed last."""

    is_on: bool
    sender: str
    waiting: int
    failed: int
    reason: str
