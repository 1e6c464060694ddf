"""Being located: the technician's own switch, the positions kept while it is on, who reads them.

When a position may be kept is in `dispatch.roster.location`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import aliased

from dispatch.roster import DutyState
from dispatch.roster.location import Choice, locatable
from server.accounts.scope import Scope
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.wire import Position
from server.presence import queries
from server.presence.problems import LocationNotOffered, NoticeOutdated
from server.presence.schemas import (
    KeptPositionsOut,
    LocationBody,
    LocationOut,
    SeenBody,
    SeenOut,
    SeenPositionsOut,
)
from server.presence.tables import LocationChoice, SeenPosition
from server.roster.queries import technician_row
from server.roster.tables import Technician
from server.settings import POSITION_DAYS, Settings

# Raised whenever the notice says something new: everybody is asked again.
NOTICE = 1
READ_AT_MOST = 5_000
NOT_HELD = {"synchronize_session": False}  # no position is held by whoever deletes some


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whether positions are asked for at all, and for how many days they are kept."""

    is_offered: bool = True
    days: int = POSITION_DAYS

    def since(self, now: datetime) -> datetime:
        """The oldest moment of which a position is kept."""
        return now - timedelta(days=self.days or 1)


USUAL = Keeping()


def keeping_of(settings: Settings) -> Keeping:
    """What the operator chose about positions."""
    return Keeping(settings.offers_location, settings.position_days)


async def location_of(
    session: AnySession, technician_id: UUID, keeping: Keeping, now: datetime
) -> LocationOut:
    """Whether a technician may be located, and until when now."""
    choices = await _choices(session, technician_id)
    last = choices[-1] if choices else None
    is_on = keeping.is_offered and last is not None and last.is_on and last.notice == NOTICE
    duty = (await queries.log_of(session, technician_id, now)).at(now)
    accepted = [each.notice for each in choices if each.is_on]
    return LocationOut(
        is_offered=keeping.is_offered,
        is_on=is_on,
        notice_version=NOTICE,
        accepted_version=accepted[-1] if accepted else None,
        keeps_days=keeping.days,
        allowed_until=duty.until if is_on and duty.state is DutyState.ON_SHIFT else None,
    )


async def switch(
    session: Session, scope: Scope, data: LocationBody, keeping: Keeping, now: datetime
) -> LocationOut:
    """Switch being located on or off; from this moment on, and written down for good."""
    technician = await _own(session, scope)
    if data.is_on and not keeping.is_offered:
        raise LocationNotOffered
    if data.is_on and data.notice_version != NOTICE:
        raise NoticeOutdated(notice_version=NOTICE)
    choices = await _choices(session, technician.id)
    if not choices or choices[-1] != Choice(choices[-1].at, data.is_on, data.notice_version):
        session.add(
            LocationChoice(
                technician_id=technician.id,
                at=now,
                is_on=data.is_on,
                notice_version=data.notice_version,
            )
        )
        await session.flush()
        about = About(region_id=technician.region_id, technician_id=technician.id)
        happened = Happening("location_switched", about, {"is_on": data.is_on})
        await announce(session, scope.actor, now, happened)
    return await location_of(session, technician.id, keeping, now)


async def keep(
    session: Session,
    scope: Scope,
    positions: Sequence[SeenBody],
    keeping: Keeping,
    now: datetime,
) -> KeptPositionsOut:
    """Keep what may be kept of these positions, each judged by its own time; forget the rest."""
    technician = await _own(session, scope)
    await session.execute(
        select(Technician.id).where(Technician.id == technician.id).with_for_update(key_share=True)
    )
    seen = {each.at.astimezone(UTC): each for each in positions if each.at >= keeping.since(now)}
    log = await queries.log_of(session, technician.id, now, since=min(seen, default=now))
    choices = await _choices(session, technician.id) if keeping.is_offered else []
    judged = locatable(log, choices, seen, notice=NOTICE, now=now)
    kept = [at for at, may in zip(seen, judged, strict=True) if may]
    known = await session.scalars(
        select(SeenPosition.at).where(
            SeenPosition.technician_id == technician.id, SeenPosition.at.in_(kept)
        )
    )
    session.add_all(_row(technician.id, at, seen[at]) for at in set(kept) - set(known))
    await session.flush()
    if not keeping.days:
        await session.execute(delete(SeenPosition).where(_is_not_last()), NOT_HELD)
    return KeptPositionsOut(kept=len(kept), refused=len(positions) - len(kept))


async def history(
    session: Session,
    scope: Scope,
    technician_id: UUID,
    span: tuple[datetime, datetime],
    *,
    reason: str,
    now: datetime,
) -> SeenPositionsOut:
    """Where a technician was, oldest first; that it was read, and why, is written down."""
    technician = await technician_row(session, scope, technician_id)
    since, until = span
    query = (
        select(SeenPosition)
        .where(
            SeenPosition.technician_id == technician.id,
            SeenPosition.at >= since,
            SeenPosition.at < until,
        )
        .order_by(SeenPosition.at)
        .limit(READ_AT_MOST)
    )
    rows = (await session.scalars(query)).all()
    about = About(region_id=technician.region_id, technician_id=technician.id)
    data = {
        "reason": reason,
        "from_at": since.isoformat(),
        "to_at": until.isoformat(),
    }
    await announce(session, scope.actor, now, Happening("positions_read", about, data))
    return SeenPositionsOut([shown_position(row) for row in rows])


async def last_seen(
    session: AnySession, technician_ids: Collection[UUID], keeping: Keeping, now: datetime
) -> dict[UUID, SeenOut]:
    """Where technicians were seen last; of those who switched it off, nothing."""
    newest = (
        select(SeenPosition.technician_id, func.max(SeenPosition.at).label("at"))
        .where(
            SeenPosition.technician_id.in_(technician_ids), SeenPosition.at >= keeping.since(now)
        )
        .group_by(SeenPosition.technician_id)
        .subquery()
    )
    query = select(SeenPosition).join(
        newest,
        (newest.c.technician_id == SeenPosition.technician_id) & (newest.c.at == SeenPosition.at),
    )
    switched_on = await _switched_on(session, technician_ids)
    return {
        row.technician_id: shown_position(row)
        for row in await session.scalars(query)
        if row.technician_id in switched_on
    }


def shown_position(row: SeenPosition) -> SeenOut:
    return SeenOut(row.at, Position(lat=row.lat, lon=row.lon), row.accuracy_m)


async def forget(session: Session, keeping: Keeping, now: datetime) -> int:
    """Delete the positions nobody may keep any longer; how many they were."""
    too_old = SeenPosition.at < keeping.since(now)
    gone = delete(SeenPosition).where(too_old if keeping.days else too_old | _is_not_last())
    return int((await session.execute(gone, NOT_HELD)).rowcount)  # type: ignore[attr-defined]


async def _own(session: AnySession, scope: Scope) -> Technician:
    assert scope.technician_id is not None
    return await technician_row(session, scope, scope.technician_id)


async def _choices(session: AnySession, technician_id: UUID) -> list[Choice]:
    query = (
        select(LocationChoice)
        .where(LocationChoice.technician_id == technician_id)
        .order_by(LocationChoice.at, LocationChoice.id)
    )
    rows = await session.scalars(query)
    return [Choice(row.at, row.is_on, row.notice_version) for row in rows]


async def _switched_on(session: AnySession, technician_ids: Collection[UUID]) -> set[UUID]:
    query = (
        select(LocationChoice.technician_id, LocationChoice.is_on)
        .where(LocationChoice.technician_id.in_(technician_ids))
        .order_by(LocationChoice.at, LocationChoice.id)
    )
    last = {row.technician_id: row.is_on for row in await session.execute(query)}
    return {each for each, is_on in last.items() if is_on}


def _row(technician_id: UUID, at: datetime, seen: SeenBody) -> SeenPosition:
    return SeenPosition(
        technician_id=technician_id,
        at=at,
        lat=seen.lat,
        lon=seen.lon,
        accuracy_m=seen.accuracy_m,
    )


def _is_not_last() -> ColumnElement[bool]:
    newer = aliased(SeenPosition)
    return exists().where(
        newer.technician_id == SeenPosition.technician_id, newer.at > SeenPosition.at
    )
