"""Whether a person may be disturbed now: in a shift or on call, and at no other time.

Nothing is sent outside these hours (the right to disconnect); it waits for the next ones.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.roster import DutyLog, DutyState
from dispatch.roster.duty import latest_end
from server.kit.database import AnySession
from server.presence.queries import logs


@dataclass(frozen=True, slots=True)
class Spell:
    """From when until when somebody may be reached; in a break by what is urgent alone."""

    since: datetime
    until: datetime
    is_break: bool = False


async def spells(
    session: AnySession, technician_ids: Collection[UUID], now: datetime
) -> Mapping[UUID, Spell]:
    """The hours each of these is in now; who may not be reached is missing."""
    if not technician_ids:
        return {}
    found = await logs(session, technician_ids, now)
    return {each: _spell(log, now) for each, log in found.items() if log.may_be_reached(now)}


def _spell(log: DutyLog, now: datetime) -> Spell:
    """A shift's planned hours, as far as they last; then its overtime."""
    duty = log.at(now)
    within = [each for each in log.shifts if each.starts_at <= now < latest_end(each)]
    since = [each.starts_at for each in within]
    ends = [each.ends_at if now < each.ends_at else latest_end(each) for each in within]
    return Spell(
        min(since, default=duty.since or now),
        max(ends, default=duty.until or now),
        is_break=duty.state is DutyState.ON_BREAK,
    )
