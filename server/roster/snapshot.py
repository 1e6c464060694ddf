"""The roster of some regions on a day as `dispatch.roster` values, for planning.

Ids are the rows' own, as text; the values know nothing of names and phones.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.geo import Point
from dispatch.hours.edges import opening_edge
from dispatch.hours.instants import from_seconds
from dispatch.roster import Absence as RosterAbsence
from dispatch.roster import Certificate, Lunch, ShiftKind
from dispatch.roster import Shift as RosterShift
from dispatch.roster import Technician as RosterTechnician
from server.kit.database import AnySession
from server.roster import queries
from server.roster.tables import APPROVED, Absence, Shift, Technician

MIDNIGHT = 0
SICK = "sick"


@dataclass(frozen=True, slots=True)
class Roster:
    """Active technicians of some regions by code; shifts and absences with any time on the day.

    A shift that was ended before its time ends there.
    """

    technicians: tuple[RosterTechnician, ...]
    shifts: tuple[RosterShift, ...]
    absences: tuple[RosterAbsence, ...] = ()


async def roster_of(
    session: AnySession, region_ids: Collection[UUID], day: date, zone: ZoneInfo
) -> Roster:
    """Who works in these regions on a local day.

    A night's duty that began the evening before is included: `dispatch.roster.available` takes
    the shifts that start on the day it is asked for, planning the small hours needs the others.
    """
    technicians = (
        await session.scalars(
            select(Technician)
            .where(Technician.region_id.in_(region_ids), Technician.is_active.is_(True))
            .order_by(Technician.code)
        )
    ).all()
    span = _span(day, zone)
    shifts = await _shifts_of(session, technicians, span)
    return Roster(
        tuple(technician_value(row) for row in technicians),
        tuple(shift for row in shifts if (shift := worked_shift(row)) is not None),
        tuple(await absences_of(session, [row.id for row in technicians], span)),
    )


def technician_value(row: Technician) -> RosterTechnician:
    return RosterTechnician(
        id=str(row.id),
        region=str(row.region_id),
        home=Point(row.home_lat, row.home_lon),
        skills=row.skills,
        certificates=tuple(
            Certificate(held["name"], valid_until=date.fromisoformat(held["valid_until"]))
            for held in row.certificates
        ),
        languages=tuple(row.languages),
    )


def shift_value(row: Shift) -> RosterShift:
    lunch = queries.shown_shift(row).lunch
    return RosterShift(
        technician_id=str(row.technician_id),
        kind=ShiftKind(row.kind),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        overtime_max_seconds=row.overtime_max_seconds,
        lunch=None
        if lunch is None
        else Lunch(lunch.earliest_at, lunch.latest_at, lunch.duration_seconds),
    )


def worked_shift(row: Shift) -> RosterShift | None:
    """The shift as far as it is worked: one that was ended early ends there; none if that was all.

    Whoever ends ordinary work may still be on call, so being on call ends as planned.
    """
    shift, ended_at = shift_value(row), row.worked_until
    if ended_at is None or shift.kind is ShiftKind.ON_CALL:
        return shift
    if ended_at <= shift.starts_at:
        return None
    ends_at = min(ended_at, shift.ends_at)
    lunch = shift.lunch if shift.lunch is not None and shift.lunch.over_by <= ends_at else None
    return replace(shift, ends_at=ends_at, overtime_max_seconds=0, lunch=lunch)


async def absence_rows(
    session: AnySession, technician_ids: Collection[UUID], span: tuple[datetime, datetime]
) -> Sequence[Absence]:
    """The absences of these technicians that hold and touch a span, in the order they start."""
    starts_at, ends_at = span
    query = (
        select(Absence)
        .where(
            Absence.technician_id.in_(technician_ids),
            Absence.state == APPROVED,
            Absence.ends_at > starts_at,
            Absence.starts_at < ends_at,
        )
        .order_by(Absence.starts_at, Absence.id)
    )
    return (await session.scalars(query)).all()


async def absences_of(
    session: AnySession, technician_ids: Collection[UUID], span: tuple[datetime, datetime]
) -> list[RosterAbsence]:
    """When these technicians are away at any time of a span, in order."""
    return [
        RosterAbsence(str(row.technician_id), row.starts_at, row.ends_at, row.kind == SICK)
        for row in await absence_rows(session, technician_ids, span)
    ]


def _span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    following = day + timedelta(days=1)
    return (
        from_seconds(opening_edge(zone, day, MIDNIGHT)),
        from_seconds(opening_edge(zone, following, MIDNIGHT)),
    )


async def _shifts_of(
    session: AnySession, technicians: Sequence[Technician], span: tuple[datetime, datetime]
) -> Sequence[Shift]:
    starts_at, ends_at = span
    query = (
        select(Shift)
        .where(
            Shift.technician_id.in_([row.id for row in technicians]),
            Shift.ends_at > starts_at,
            Shift.starts_at < ends_at,
        )
        .order_by(Shift.starts_at, Shift.id)
    )
    return (await session.scalars(query)).all()
