"""One region's day as the dispatcher sees it: who is where, what is planned, what still waits.

A handful of statements whatever the size of the day.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import false, or_, select

from dispatch.agreements import ClockKind
from dispatch.interventions import InterventionStatus, VisitStatus
from server.accounts.scope import Scope
from server.interventions.board_people import Presence, presence_of
from server.interventions.board_schemas import BoardOut, BoardTechnicianOut, BoardVisitOut
from server.interventions.clocks import clock_row, next_due, open_clocks
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.phone_schemas import PhoneShiftOut
from server.interventions.queries import day_bounds
from server.interventions.schemas import ClockOut
from server.interventions.shown import shown_intervention, shown_visit
from server.interventions.shown_clocks import shown_clock
from server.interventions.standing import OPEN, part_of
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.kit.settled import newest_settled
from server.kit.wire import Position
from server.presence.location import USUAL, Keeping
from server.presence.schemas import SeenOut
from server.regions.queries import region_row
from server.roster.queries import shown_shift
from server.roster.tables import Shift, Technician
from server.sites.tables import Site

WAITING = (InterventionStatus.DRAFT.value, InterventionStatus.QUALIFIED.value)
# Bars of visits that give the time back are not drawn.
GIVEN_BACK = (
    VisitStatus.DECLINED.value,
    VisitStatus.UNASSIGNED.value,
    VisitStatus.CANCELLED.value,
)
FAR = datetime.max.replace(tzinfo=UTC)


async def board(
    session: AnySession,
    scope: Scope,
    *,
    region_id: UUID,
    day: date | None,
    now: datetime,
    keeping: Keeping = USUAL,
) -> BoardOut:
    """The day, today unless another is asked for."""
    region = await region_row(session, scope, region_id)
    # Read first: what comes later may be told twice, but nothing is left out.
    cursor = await newest_settled(session)
    day = day or now.astimezone(ZoneInfo(region.zone)).date()
    start, end = (bound.astimezone(UTC) for bound in day_bounds(day, region.zone))
    bars = await _bars(session, region_id, start, end, is_today=start <= now < end)
    technicians = await _technicians(session, region_id, bars, start, end)
    people = await presence_of(
        session,
        scope,
        [each.id for each in technicians],
        (start, end),
        keeping=keeping,
        now=now,
    )
    queue = await _queue(session, region_id, end)
    found = {
        made.intervention.id: made
        for made in await all_dossiers(session, await _needed(session, bars, queue))
    }
    return BoardOut(
        region_id=region_id,
        day=day,
        zone=region.zone,
        day_starts_at=start,
        day_ends_at=end,
        now=now,
        cursor=cursor,
        technicians=[
            _row(
                each,
                shifts,
                [_bar(found[v.intervention_id], v, scope, now) for v in own],
                people[each.id],
            )
            for each, shifts, own in _by_technician(technicians, bars)
        ],
        queue=[shown_intervention(each, scope, now) for each in _by_breach(queue, found)],
    )


async def _technicians(
    session: AnySession, region_id: UUID, bars: Sequence[Visit], start: datetime, end: datetime
) -> dict[Technician, list[Shift]]:
    """Everybody of the region who works here, and who is lent to it, with that day's shifts."""
    lent = {visit.technician_id for visit in bars}
    people = await session.scalars(
        select(Technician)
        .where(
            (Technician.region_id == region_id) | Technician.id.in_(lent),
            Technician.is_active.is_(True),
        )
        .order_by(Technician.region_id != region_id, Technician.name, Technician.id)
    )
    found: dict[UUID, tuple[Technician, list[Shift]]] = {each.id: (each, []) for each in people}
    shifts = await session.scalars(
        select(Shift)
        .where(Shift.technician_id.in_(found), Shift.starts_at < end, Shift.ends_at > start)
        .order_by(Shift.starts_at)
    )
    for shift in shifts:
        found[shift.technician_id][1].append(shift)
    return dict(found.values())


async def _bars(
    session: AnySession,
    region_id: UUID,
    start: datetime,
    end: datetime,
    *,
    is_today: bool,
) -> Sequence[Visit]:
    """That day's visits of the region's people, and of those lent to it what they do here.

    Today also those of earlier days that nobody has ended.
    """
    left_over = Visit.status.in_(OPEN) if is_today else false()
    query = (
        select(Visit)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(
            (Technician.region_id == region_id) | (Intervention.region_id == region_id),
            Technician.is_active.is_(True),
            Visit.status.not_in(GIVEN_BACK),
            Visit.starts_at < end,
            or_(Visit.ends_at > start, left_over),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    return (await session.scalars(query)).all()


async def _queue(session: AnySession, region_id: UUID, end: datetime) -> Sequence[Intervention]:
    """What still needs somebody and may be done before the day is over."""
    query = select(Intervention).where(
        Intervention.region_id == region_id,
        Intervention.status.in_(WAITING),
        or_(Intervention.window_from.is_(None), Intervention.window_from < end),
    )
    return (await session.scalars(query)).all()


async def _needed(
    session: AnySession, bars: Sequence[Visit], queue: Sequence[Intervention]
) -> Sequence[Intervention]:
    ids = {visit.intervention_id for visit in bars}
    visited = await session.scalars(select(Intervention).where(Intervention.id.in_(ids)))
    return [*visited, *(row for row in queue if row.id not in ids)]


def _by_breach(queue: Sequence[Intervention], found: Mapping[UUID, Dossier]) -> list[Dossier]:
    """Soonest broken promise first; then the graver; then who waits longest."""
    return sorted(
        (found[row.id] for row in queue),
        key=lambda each: (
            next_due(each) or FAR,
            each.intervention.severity,
            each.intervention.reported_at,
        ),
    )


def _by_technician(
    technicians: Mapping[Technician, list[Shift]], bars: Sequence[Visit]
) -> list[tuple[Technician, list[Shift], list[Visit]]]:
    own: dict[UUID, list[Visit]] = defaultdict(list)
    for visit in bars:
        own[visit.technician_id].append(visit)
    return [(each, shifts, own[each.id]) for each, shifts in technicians.items()]


def _row(
    technician: Technician,
    shifts: Sequence[Shift],
    bars: list[BoardVisitOut],
    presence: Presence,
) -> BoardTechnicianOut:
    home = Position(lat=technician.home_lat, lon=technician.home_lon)
    return BoardTechnicianOut(
        id=technician.id,
        name=technician.name,
        phone=technician.phone,
        home=home,
        position=_last_seen(bars, presence.seen) or home,
        skills=technician.skills,
        shifts=[phone_shift(shift) for shift in shifts],
        visits=bars,
        duty=presence.shown_duty,
        absences=presence.absences,
        seen=presence.seen,
    )


def _last_seen(bars: Sequence[BoardVisitOut], seen: SeenOut | None) -> Position | None:
    """The site arrived at last that day, or where their phone was since."""
    places = [(bar.visit.arrived_at, bar.position) for bar in bars if bar.visit.arrived_at]
    if seen is not None:
        places.append((seen.at, seen.position))
    return max(places, key=lambda each: each[0])[1] if places else None


def phone_shift(row: Shift) -> PhoneShiftOut:
    shift = shown_shift(row)
    return PhoneShiftOut(shift.kind, shift.starts_at, shift.ends_at, shift.lunch)


def _bar(dossier: Dossier, visit: Visit, scope: Scope, now: datetime) -> BoardVisitOut:
    row, site, asset = dossier.intervention, dossier.site, dossier.asset
    return BoardVisitOut(
        visit=shown_visit(dossier, visit, part_of(scope)),
        number=row.number,
        severity=row.severity,  # type: ignore[arg-type]
        work_type=row.work_type,  # type: ignore[arg-type]
        summary=row.summary,
        site_id=site.id,
        site_name=site.name,
        asset_code=None if asset is None else asset.code,
        position=_position(site),
        clock=_pressing(dossier, now),
    )


def _position(site: Site) -> Position:
    return Position(lat=site.lat, lon=site.lon)


def _pressing(dossier: Dossier, now: datetime) -> ClockOut | None:
    """The promise to the customer that falls due next; once all are kept or lost, the response."""
    first = min(open_clocks(dossier), key=lambda row: row.due_at or FAR, default=None)
    shown = first or clock_row(dossier, ClockKind.RESPONSE)
    return None if shown is None else shown_clock(dossier, shown, now)
