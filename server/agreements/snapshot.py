"""Agreements as `dispatch.agreements` values, for computing clocks.

Ids are the rows' own, as text; regions in targets are region ids.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.agreements import ClockKind, Severity, TargetDuration, version_in_force
from dispatch.agreements import Target as TargetValue
from dispatch.hours import Calendar as CalendarValue
from dispatch.hours import read_calendar
from server.agreements import queries
from server.agreements.queries import CUSTOMER_KIND, Written
from server.agreements.tables import Agreement, AgreementVersion, Target
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.regions.tables import Calendar


async def in_force(session: AnySession, customer_id: UUID, at: datetime) -> VersionValue | None:
    """What a customer was promised at the instant of a call; None means the call is uncovered."""
    query = select(Agreement.id).where(
        Agreement.customer_id == customer_id, Agreement.kind == CUSTOMER_KIND
    )
    ids = (await session.scalars(query)).all()
    written = [
        each for versions in (await queries.written(session, ids)).values() for each in versions
    ]
    return version_in_force(await _values(session, written), at)


async def version_value(session: AnySession, version_id: UUID) -> VersionValue:
    """One stored version, such as the one an intervention was reported under."""
    row = await session.get(AgreementVersion, version_id)
    if row is None:
        raise NotFound
    targets = await queries.targets_of(session, [row.id])
    return (await _values(session, [Written(row, targets[row.id])]))[0]


async def calendar_values(
    session: AnySession, calendar_ids: Sequence[UUID]
) -> Mapping[UUID, CalendarValue]:
    """Service hours by id, ready to count in; ids that are unknown are left out."""
    rows = await session.scalars(select(Calendar).where(Calendar.id.in_(set(calendar_ids))))
    return {row.id: calendar_value(row) for row in rows}


def calendar_value(row: Calendar) -> CalendarValue:
    return read_calendar(
        {
            "tz": row.zone,
            "always_open": row.always_open,
            "weekly": row.weekly,
            "special": row.special,
            "holidays": row.holidays,
        }
    )


async def _values(session: AnySession, written: Sequence[Written]) -> list[VersionValue]:
    ids = [target.calendar_id for each in written for target in each.targets]
    calendars = await calendar_values(session, ids)
    return [
        VersionValue(
            id=str(each.version.id),
            zone=each.version.zone,
            valid_from=each.version.valid_from,
            valid_to=each.version.valid_to,
            targets=tuple(
                _target(target, calendars[target.calendar_id]) for target in each.targets
            ),
        )
        for each in written
    ]


def _target(row: Target, calendar: CalendarValue) -> TargetValue:
    return TargetValue(
        clock=ClockKind(row.clock),
        severity=Severity(row.severity),
        promise=TargetDuration(row.seconds),
        calendar=calendar,
        calendar_id=str(row.calendar_id),
        region=None if row.region_id is None else str(row.region_id),
    )
