"""A phone's day: everything at first, afterwards only what changed since the last cursor.

The cursor names the last event seen and the local day it was seen on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_, select

from dispatch.interventions import OPEN_STATUSES, VisitStatus
from server.accounts.scope import Scope
from server.interventions.board import phone_shift
from server.interventions.dossier import all_dossiers
from server.interventions.phone_schemas import PhoneShiftOut, SyncOut, VisitDetailOut
from server.interventions.queries import day_bounds
from server.interventions.shown import shown_detail
from server.interventions.standing import part_of
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.regions.tables import Region
from server.roster.tables import Shift, Technician

CURSOR = re.compile(r"(\d{1,18})\.(\d{4}-\d{2}-\d{2})")
TELLABLE_OPEN = frozenset(status.value for status in OPEN_STATUSES - {VisitStatus.PROPOSED})
# A visit that is over stays on the phone for the rest of its day.
OVER = frozenset({"completed", "partially_completed", "cannot_complete"})
TWO_DAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Today and tomorrow where the technician works."""

    today: date
    start: datetime
    end: datetime

    def holds(self, visit: Visit) -> bool:
        """Whether a visit belongs on the phone: what is open and due, and today's that is over."""
        if visit.status in TELLABLE_OPEN:
            return visit.starts_at < self.end
        return visit.status in OVER and self.start <= visit.starts_at < self.end


async def sync(session: AnySession, scope: Scope, *, cursor: str | None, now: datetime) -> SyncOut:
    """What a technician's phone does not know yet."""
    technician, zone = await _technician(session, scope)
    # Read first: what comes later may be told twice, but nothing is left out.
    newest = await newest_settled(session)
    span = _span(zone, now)
    since = _since(cursor, span.today, newest)
    rows = await _visits(session, technician.id, span, since)
    return SyncOut(
        cursor=f"{newest}.{span.today}",
        is_full=since is None,
        now=now,
        technician_id=technician.id,
        technician_name=technician.name,
        shifts=await _shifts(session, technician.id, span),
        visits=await _details(session, scope, [row for row in rows if span.holds(row)], now),
        gone=[] if since is None else [row.id for row in rows if not span.holds(row)],
    )


async def _technician(session: AnySession, scope: Scope) -> tuple[Technician, str]:
    query = (
        select(Technician, Region.zone)
        .join(Region, Region.id == Technician.region_id)
        .where(Technician.id == scope.technician_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _span(zone: str, now: datetime) -> Span:
    today = now.astimezone(ZoneInfo(zone)).date()
    start, _ = day_bounds(today, zone)
    _, end = day_bounds(today + TWO_DAYS, zone)
    return Span(today, start.astimezone(UTC), end.astimezone(UTC))


def _since(cursor: str | None, today: date, newest: int) -> int | None:
    """The last event the phone has seen; None when it had better start anew."""
    read = CURSOR.fullmatch(cursor or "")
    if read is None or read[2] != today.isoformat() or int(read[1]) > newest:
        return None
    return int(read[1])


async def _visits(
    session: AnySession, technician_id: UUID, span: Span, since: int | None
) -> Sequence[Visit]:
    query = select(Visit).where(
        Visit.technician_id == technician_id, Visit.status != VisitStatus.PROPOSED.value
    )
    if since is None:
        query = query.where(
            or_(
                Visit.status.in_(TELLABLE_OPEN),
                and_(Visit.starts_at >= span.start, Visit.starts_at < span.end),
            )
        )
    else:
        query = query.where(Visit.intervention_id.in_(_touched(technician_id, since)))
    return (await session.scalars(query.order_by(Visit.starts_at, Visit.id))).all()


def _touched(technician_id: UUID, since: int) -> Select[UUID]:
    """Interventions of this technician of which something was told since, or of whose site."""
    return (
        select(Visit.intervention_id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(
            Event,
            or_(
                Event.intervention_id == Intervention.id,
                and_(Event.intervention_id.is_(None), Event.site_id == Intervention.site_id),
            ),
        )
        .where(Visit.technician_id == technician_id, Event.seq > since)
    )


async def _details(
    session: AnySession, scope: Scope, rows: Sequence[Visit], now: datetime
) -> list[VisitDetailOut]:
    ids = {row.intervention_id for row in rows}
    found = await session.scalars(select(Intervention).where(Intervention.id.in_(ids)))
    by_id = {made.intervention.id: made for made in await all_dossiers(session, found.all())}
    part = part_of(scope)
    return [shown_detail(by_id[row.intervention_id], row, part, now) for row in rows]


async def _shifts(session: AnySession, technician_id: UUID, span: Span) -> list[PhoneShiftOut]:
    query = (
        select(Shift)
        .where(
            Shift.technician_id == technician_id,
            Shift.starts_at < span.end,
            Shift.ends_at > span.start,
        )
        .order_by(Shift.starts_at)
    )
    return [phone_shift(row) for row in await session.scalars(query)]
