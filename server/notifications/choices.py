"""What of all that concerns a person reaches them, by which channel and when. Values in and out.

What was chosen is stored elsewhere; the right to disconnect of technicians is in `reach`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dispatch.agreements import Severity
from server.accounts.schemas import Language, Role
from server.notifications.codes import codes_of
from server.notifications.push_words import WORDS

Choices = Mapping[str, Mapping[str, bool]]
"""By code, then by channel; what is missing is as it is without a choice."""


class Channel(StrEnum):
    BELL = "bell"
    PUSH = "push"
    EMAIL = "email"


# A manager waits beside the lift; whoever works at a desk has it before their eyes all day.
MAILED: Mapping[Role, frozenset[str]] = {
    Role.MANAGER: frozenset(codes_of(Role.MANAGER).values())
    - {"planned", "completed", "severity_changed", "in_scope"},
    Role.DISPATCHER: frozenset({"promise_escalated", "message_unanswered", "comment_unanswered"}),
    Role.ADMIN: frozenset({"promise_escalated", "review_overdue", "change_asked", "owner_gone"}),
    Role.EXPERIENCE: frozenset(
        {"promise_escalated", "review_overdue", "change_asked", "owner_gone"}
    ),
}


def channels_of(role: Role) -> tuple[Channel, ...]:
    """Technicians are reached on their phone, in their hours; no other browser takes pushes."""
    return (Channel.PUSH,) if role is Role.TECHNICIAN else (Channel.BELL, Channel.EMAIL)


def topics_of(role: Role) -> tuple[str, ...]:
    """What this role can choose about, in the order in which it usually happens."""
    if role is Role.TECHNICIAN:
        return tuple(WORDS[Language.ENGLISH].titles)
    return tuple(dict.fromkeys(codes_of(role).values()))


def usual(role: Role, topic: str, channel: Channel) -> bool:
    """What holds where nobody has chosen anything."""
    return channel is not Channel.EMAIL or topic in MAILED.get(role, ())


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which no mail is sent, in minutes of the day; they may pass midnight."""

    begins: int
    ends: int
    zone: ZoneInfo

    def over(self, at: datetime) -> datetime:
        """When the quiet hours around this instant end; the instant itself outside of them.

        >>> night = Quiet(22 * 60, 7 * 60, ZoneInfo("Europe/Andorra"))
        >>> print(night.over(datetime.fromisoformat("2026-11-23T23:30:00+01:00")))
        2026-11-24 07:00:00+01:00
        >>> print(night.over(datetime.fromisoformat("2026-11-23T12:00:00+01:00")))
        2026-11-23 12:00:00+01:00
        """
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        passes_midnight = self.begins > self.ends
        is_late = minute >= self.begins
        within = (
            is_late or minute < self.ends if passes_midnight else is_late and minute < self.ends
        )
        if not within:
            return at
        day = local.date() + timedelta(days=1 if passes_midnight and is_late else 0)
        hours, minutes = divmod(self.ends, 60)
        return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=self.zone)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one person hears: their own choices over those of their role over what is usual."""

    role: Role
    of_role: Choices
    own: Choices
    quiet: Quiet | None = None
    lets_trapped_through: bool = True
    is_mail_stopped: bool = False

    def wants(self, topic: str, channel: Channel) -> bool:
        """Whether this reaches them by this channel at all."""
        if channel not in channels_of(self.role) or self._is_stopped(channel):
            return False
        return self.chosen(topic, channel)

    def chosen(self, topic: str, channel: Channel) -> bool:
        """What is ticked, stopped or not."""
        own = self.own.get(topic, {}).get(channel.value)
        return self.without_own(topic, channel) if own is None else own

    def without_own(self, topic: str, channel: Channel) -> bool:
        """What would hold if this person had chosen nothing."""
        of_role = self.of_role.get(topic, {}).get(channel.value)
        return usual(self.role, topic, channel) if of_role is None else of_role

    def kinds(self, channel: Channel) -> Collection[str]:
        """The kinds of event that reach them so; a bell that offers no choice rings for all."""
        codes = codes_of(self.role)
        if channel not in channels_of(self.role):
            return codes
        return [kind for kind, code in codes.items() if self.wants(code, channel)]

    def mail_at(self, severity: str | None, at: datetime) -> datetime:
        """When a mail of now may go: somebody trapped waits for no morning."""
        is_let_through = severity == Severity.ENTRAPMENT.value and self.lets_trapped_through
        return at if self.quiet is None or is_let_through else self.quiet.over(at)

    def _is_stopped(self, channel: Channel) -> bool:
        return channel is Channel.EMAIL and self.is_mail_stopped
