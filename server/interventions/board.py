"""A region's days as the dispatcher sees them: who is where, what is planned, what still waits.

A handful of statements whatever the size of the day. Bars are in `board_bars`, what is kept of a
board between events in `standing_boards`, what happened since a board was read in `board_changes`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.accounts.scope import Scope
from server.interventions.board_bars import FAR, Shown
from server.interventions.board_people import Presence, presence_of
from server.interventions.board_schemas import (
    BoardDayOut,
    BoardOut,
    BoardTechnicianOut,
    BoardVisitOut,
)
from server.interventions.clocks import next_due
from server.interventions.dossier import Dossier
from server.interventions.phone_schemas import PhoneShiftOut
from server.interventions.queries import day_bounds
from server.interventions.schemas import InterventionOut
from server.interventions.shown import shown_intervention
from server.interventions.standing_boards import StandingBoards
from server.kit.database import AnySession
from server.kit.settled import newest_settled
from server.kit.wire import Position
from server.presence.location import USUAL, Keeping
from server.presence.schemas import SeenOut
from server.regions.queries import region_row
from server.regions.tables import Region
from server.roster.as_known import shifts_known
from server.roster.queries import shown_shift
from server.roster.tables import Shift, Technician

Days = Literal[1, 3, 7]


async def board(
    session: AnySession,
    scope: Scope,
    *,
    region_id: UUID,
    day: date | None,
    now: datetime,
    days: Days = 1,
    keeping: Keeping = USUAL,
    boards: StandingBoards | None = None,
) -> BoardOut:
    """The day, today unless another is asked for, or several from it on."""
    region = await region_row(session, scope, region_id)
    # Read first: what comes later may be told twice, but nothing is left out.
    cursor = await newest_settled(session)
    shown_days = local_days(region, day, days, now)
    shown = shown_part(region, shown_days, now)
    standing = (boards or StandingBoards()).of(shown)
    await standing.follow(session, cursor, now)
    return BoardOut(
        region_id=region_id,
        day=shown_days[0].day,
        days=shown_days,
        zone=region.zone,
        day_starts_at=shown.starts_at,
        day_ends_at=shown.ends_at,
        now=now,
        cursor=cursor,
        technicians=await rows_with(
            session, scope, shown, standing.drawn(now), keeping=keeping, now=now
        ),
        queue=queue_of(standing.waiting(), scope, now),
    )


def local_days(region: Region, day: date | None, days: Days, now: datetime) -> list[BoardDayOut]:
    """So many days of the region, from this one on or from its today."""
    first = day or now.astimezone(ZoneInfo(region.zone)).date()
    shown = []
    for each in (first + timedelta(days=step) for step in range(days)):
        start, end = (bound.astimezone(UTC) for bound in day_bounds(each, region.zone))
        shown.append(BoardDayOut(each, start, end))
    return shown


def shown_part(region: Region, days: Sequence[BoardDayOut], now: datetime) -> Shown:
    start, end = days[0].starts_at, days[-1].ends_at
    return Shown(region.id, start, end, is_now=start <= now < end)


async def rows_with(
    session: AnySession,
    scope: Scope,
    shown: Shown,
    drawn: Mapping[UUID, list[BoardVisitOut]],
    *,
    keeping: Keeping,
    now: datetime,
    only: Collection[UUID] | None = None,
    is_past: bool = False,
) -> list[BoardTechnicianOut]:
    """The rows of a board with these bars on them; in the past with the roster as it was known."""
    technicians = await _technicians(session, shown, drawn, only)
    people = await presence_of(
        session,
        scope,
        [each.id for each, _ in technicians],
        (shown.starts_at, shown.ends_at),
        keeping=keeping,
        now=now,
        is_past=is_past,
    )
    shifts = await _shifts(session, people, shown, then=now if is_past else None)
    return [
        _row(each, region, shifts[each.id], drawn.get(each.id, []), people[each.id])
        for each, region in technicians
    ]


async def _technicians(
    session: AnySession, shown: Shown, lent: Collection[UUID], only: Collection[UUID] | None
) -> Sequence[tuple[Technician, str]]:
    """Everybody of the region who works here, then who is lent to it, with their region's name."""
    query = (
        select(Technician, Region.name)
        .join(Region, Region.id == Technician.region_id)
        .where(
            (Technician.region_id == shown.region_id) | Technician.id.in_(lent),
            Technician.is_active.is_(True),
        )
        .order_by(Technician.region_id != shown.region_id, Technician.name, Technician.id)
    )
    if only is not None:
        query = query.where(Technician.id.in_(only))
    return [(row[0], row[1]) for row in (await session.execute(query)).all()]


async def _shifts(
    session: AnySession,
    technician_ids: Collection[UUID],
    shown: Shown,
    *,
    then: datetime | None,
) -> Mapping[UUID, list[Shift]]:
    query = (
        select(Shift)
        .where(
            Shift.technician_id.in_(technician_ids),
            Shift.starts_at < shown.ends_at,
            Shift.ends_at > shown.starts_at,
        )
        .order_by(Shift.starts_at)
    )
    found: dict[UUID, list[Shift]] = {each: [] for each in technician_ids}
    if then is None:
        rows = (await session.scalars(query)).all()
    else:
        rows = await shifts_known(session, technician_ids, (shown.starts_at, shown.ends_at), then)
    for shift in rows:
        found[shift.technician_id].append(shift)
    return found


def queue_of(waiting: Iterable[Dossier], scope: Scope, now: datetime) -> list[InterventionOut]:
    """What breaks first comes first, then the graver, then who waits longest."""
    return [shown_intervention(each, scope, now) for each in sorted(waiting, key=by_breach)]


def by_breach(each: Dossier) -> tuple[datetime, str, datetime]:
    """What breaks first, then the graver, then who waits longest."""
    row = each.intervention
    return next_due(each) or FAR, row.severity, row.reported_at


def _row(
    technician: Technician,
    region_name: str,
    shifts: Sequence[Shift],
    visits: list[BoardVisitOut],
    presence: Presence,
) -> BoardTechnicianOut:
    home = Position(lat=technician.home_lat, lon=technician.home_lon)
    return BoardTechnicianOut(
        id=technician.id,
        name=technician.name,
        region_id=technician.region_id,
        region_name=region_name,
        phone=technician.phone,
        home=home,
        position=_last_seen(visits, presence.seen) or home,
        skills=technician.skills,
        shifts=[phone_shift(shift) for shift in shifts],
        visits=visits,
        duty=presence.shown_duty,
        absences=presence.absences,
        seen=presence.seen,
    )


def _last_seen(visits: Sequence[BoardVisitOut], seen: SeenOut | None) -> Position | None:
    """The site arrived at last that day, or where their phone was since."""
    places = [(bar.visit.arrived_at, bar.position) for bar in visits if bar.visit.arrived_at]
    if seen is not None:
        places.append((seen.at, seen.position))
    return max(places, key=lambda each: each[0])[1] if places else None


def phone_shift(row: Shift) -> PhoneShiftOut:
    shift = shown_shift(row)
    return PhoneShiftOut(shift.kind, shift.starts_at, shift.ends_at, shift.lunch)
