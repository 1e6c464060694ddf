"""What of all that waits for one phone is sent now, what is held back, and what is not needed.

Values in, values out: what waits is read in `push_outbox`, sent in `push_sender`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.interventions import VisitStatus
from server.accounts.schemas import Language
from server.notifications import push_words as words
from server.notifications.reach import Spell

# More than this at once is one message that says how many, or the day begins with a drum roll.
MOST_AT_ONCE = 3
LONGEST_WAIT = timedelta(hours=4)
SHORTEST_WAIT = timedelta(minutes=1)
DAY = "day"
TO_COME = frozenset({VisitStatus.DISPATCHED.value, VisitStatus.ACCEPTED.value})
WORTH_TELLING = {
    "visit_dispatched": frozenset({VisitStatus.DISPATCHED.value}),
    "visit_moved": TO_COME,
}
"""Where a visit must still stand; of what it no longer is, nobody need hear."""


@dataclass(frozen=True, slots=True)
class Told:
    """The event a message tells of, and where its visit stands by now."""

    kind: str
    visit_id: UUID
    visit_status: str
    facts: Mapping[str, Any]
    zone: ZoneInfo

    @property
    def is_urgent(self) -> bool:
        return self.facts.get("severity") in words.URGENT


@dataclass(frozen=True, slots=True)
class Message:
    """One that waits; `told` is None for one somebody asked for to try it out."""

    id: UUID
    try_at: datetime
    told: Told | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out in one piece; `topic` replaces what the push service still keeps under it."""

    messages: tuple[UUID, ...]
    payload: Mapping[str, str]
    topic: str
    is_urgent: bool
    keep: timedelta


@dataclass(frozen=True, slots=True)
class Sorted:
    parcels: tuple[Parcel, ...]
    needless: tuple[UUID, ...]


def sort_out(
    waiting: Sequence[Message], language: Language, spell: Spell | None, now: datetime
) -> Sorted:
    """Everything that waits for one phone, oldest first: what is sent now, what nobody needs."""
    tried = [_tried(each, language) for each in waiting if each.told is None and each.try_at <= now]
    newest = {each.told.visit_id: each for each in waiting if each.told}
    wanted = [each for each in newest.values() if _is_worth_telling(each.told)]
    kept = {each.id for each in wanted}
    needless = tuple(each.id for each in waiting if each.told and each.id not in kept)
    if spell is None:
        return Sorted(tuple(tried), needless)
    keep = max(SHORTEST_WAIT, min(LONGEST_WAIT, spell.until - now))
    due = [
        (each.id, each.told)
        for each in wanted
        if each.told and each.try_at <= now and (each.told.is_urgent or not spell.is_break)
    ]
    return Sorted((*tried, *_parcels(due, language, keep, now)), needless)


def _is_worth_telling(told: Told | None) -> bool:
    return told is not None and told.visit_status in WORTH_TELLING.get(
        told.kind, {told.visit_status}
    )


def _parcels(
    due: Sequence[tuple[UUID, Told]], language: Language, keep: timedelta, now: datetime
) -> Iterable[Parcel]:
    usual = [each for each in due if not each[1].is_urgent]
    together = usual if len(usual) > MOST_AT_ONCE else []
    for message_id, told in due:
        if (message_id, told) not in together:
            yield _one(message_id, told, language, keep=keep, now=now)
    if together:
        title, body = words.many(language, [told.facts for _, told in together])
        ids = tuple(message_id for message_id, _ in together)
        yield Parcel(ids, _payload(title, body, DAY, "/app/", DAY), DAY, False, keep)


def _one(
    message_id: UUID, told: Told, language: Language, *, keep: timedelta, now: datetime
) -> Parcel:
    title, body = words.one(language, told.kind, told.facts, told.zone, now)
    path, topic = f"/app/visits/{told.visit_id}", told.visit_id.hex
    payload = _payload(title, body, topic, path, told.kind)
    return Parcel((message_id,), payload, topic, told.is_urgent, keep)


def _tried(message: Message, language: Language) -> Parcel:
    title, body = words.WORDS[language].tried
    payload = _payload(title, body, "test", "/app/", "test")
    return Parcel((message.id,), payload, "test", True, SHORTEST_WAIT)


def _payload(title: str, body: str, tag: str, path: str, kind: str) -> Mapping[str, str]:
    return {"title": title, "body": body, "tag": tag, "path": path, "kind": kind}
