"""A phone's day: everything at first, afterwards only what changed since the last cursor.

The cursor names the last event seen, the local day it was seen on, and the catalogue of parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from dispatch.interventions import OPEN_STATUSES, VisitStatus
from server.accounts.scope import Scope
from server.interventions.board import phone_shift
from server.interventions.left_visits import left_visits
from server.interventions.phone_schemas import OfficeOut, PhoneShiftOut, SyncOut
from server.interventions.queries import day_bounds
from server.interventions.tables import Intervention, Visit
from server.interventions.visit_details import visit_details
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.kit.wire import money
from server.parts.queries import catalogue_print, whole_catalogue
from server.presence.location import USUAL, Keeping, location_of
from server.presence.queries import duty_of
from server.presence.schemas import ArrivalOut
from server.regions.tables import Region
from server.roster.queries import AUTHORITY
from server.roster.tables import Shift, Technician

CURSOR = re.compile(r"(\d{1,18})\.(\d{4}-\d{2}-\d{2})\.([0-9a-f]{16})")
TELLABLE_OPEN = frozenset(status.value for status in OPEN_STATUSES - {VisitStatus.PROPOSED})
# A visit that is over stays on the phone for the rest of its day.
OVER = frozenset({"completed", "partially_completed", "cannot_complete"})
TWO_DAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a phone has: events up to `seq`, and the catalogue with this print."""

    seq: int
    parts: str


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


async def sync(
    session: AnySession,
    scope: Scope,
    *,
    cursor: str | None,
    now: datetime,
    keeping: Keeping = USUAL,
) -> SyncOut:
    """What a technician's phone does not know yet."""
    technician, region, authority = await _technician(session, scope)
    # Read first: what comes later may be told twice, but nothing is left out.
    newest = await newest_settled(session)
    span = _span(region.zone, now)
    since = _since(cursor, span.today, newest)
    parts = await catalogue_print(session)
    rows = await _visits(session, technician.id, span, None if since is None else since.seq)
    gone = [row for row in rows if not span.holds(row)]
    return SyncOut(
        cursor=f"{newest}.{span.today}.{parts}",
        is_full=since is None,
        now=now,
        technician_id=technician.id,
        technician_name=technician.name,
        shifts=await _shifts(session, technician.id, span),
        visits=await visit_details(session, scope, [row for row in rows if span.holds(row)], now),
        gone=[] if since is None else [row.id for row in gone],
        left=await left_visits(session, gone),
        parts=None if since and since.parts == parts else await whole_catalogue(session),
        duty=await duty_of(session, technician.id, now),
        location=await location_of(session, technician.id, keeping, now),
        arrival=ArrivalOut(region.arrival_by, region.arrival_radius_m),  # type: ignore[arg-type]
        office=OfficeOut(region.name, region.dispatch_phone, region.zone),
        authority_eur=money(authority),
    )


async def _technician(
    session: AnySession, scope: Scope
) -> tuple[Technician, Region, Decimal | None]:
    query = (
        select(Technician, Region, AUTHORITY)
        .join(Region, Region.id == Technician.region_id)
        .where(Technician.id == scope.technician_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


def _span(zone: str, now: datetime) -> Span:
    today = now.astimezone(ZoneInfo(zone)).date()
    start, _ = day_bounds(today, zone)
    _, end = day_bounds(today + TWO_DAYS, zone)
    return Span(today, start.astimezone(UTC), end.astimezone(UTC))


def _since(cursor: str | None, today: date, newest: int) -> Cursor | None:
    """What the phone has; None when it had better start anew."""
    read = CURSOR.fullmatch(cursor or "")
    if read is None or read[2] != today.isoformat() or int(read[1]) > newest:
        return None
    return Cursor(int(read[1]), read[3])


async def _visits(
    session: AnySession, technician_id: UUID, span: Span, since: int | None
) -> Sequence[Visit]:
    own = and_(Visit.technician_id == technician_id, Visit.status != VisitStatus.PROPOSED.value)
    on_the_phone = or_(
        Visit.status.in_(TELLABLE_OPEN),
        and_(Visit.starts_at >= span.start, Visit.starts_at < span.end),
    )
    query = select(Visit).join(Intervention, Intervention.id == Visit.intervention_id)
    if since is None:
        query = query.where(own, on_the_phone)
    else:
        # What happens to the site, or in other work there, is about those on the phone too.
        news = select(Event).where(Event.seq > since).subquery()
        at_site = Intervention.site_id.in_(select(news.c.site_id))
        in_itself = Intervention.id.in_(select(news.c.intervention_id))
        query = query.where(own, or_(in_itself, and_(on_the_phone, at_site)))
    return (await session.scalars(query.order_by(Visit.starts_at, Visit.id))).all()


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
