"""What a region was asked for beside the hours it had, skill by skill, over four whole weeks."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from dispatch.measures import DEFINITIONS, Interval
from dispatch.measures.capacity import RISE_ALERT, CapacityWeek, is_alarming, rise, seconds_without
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.measures.cases import Wanted, span_of
from server.measures.schemas import CapacityOut, CapacityWeekOut, SkillCapacityOut
from server.regions.tables import Region
from server.roster.tables import APPROVED, Absence, Shift, Technician

WEEKS, WEEK = 4, timedelta(days=7)
MINUTE = 60
EVERYTHING = ""
SHIFT = "shift"
CANCELLED = "cancelled"
BySkill = Mapping[str, int]


async def capacity(session: AnySession, region: Region, until: date) -> CapacityOut:
    """Of the four weeks before a local day; the whole first, then what is loaded most."""
    begins = [until - WEEK * back for back in range(WEEKS, 0, -1)]
    weeks = [await _week(session, region, first) for first in begins]
    skills = {skill for demand, _ in weeks for skill in demand} | {EVERYTHING}
    found = [
        _shown(
            skill,
            begins,
            [CapacityWeek(demand[skill], available[skill]) for demand, available in weeks],
        )
        for skill in sorted(skills)
    ]
    ordered = sorted(
        found,
        key=lambda each: (
            each.skill != EVERYTHING,
            not each.is_alert,
            -each.weeks[-1].demand_minutes,
            each.skill,
        ),
    )
    return CapacityOut(
        definition_version=DEFINITIONS["capacity_load"].version,
        alert_above=str(RISE_ALERT),
        skills=ordered,
    )


def _shown(skill: str, begins: Sequence[date], weeks: Sequence[CapacityWeek]) -> SkillCapacityOut:
    climbs = rise(weeks)
    return SkillCapacityOut(
        skill=skill,
        weeks=[
            CapacityWeekOut(
                from_day=first,
                demand_minutes=week.demand // MINUTE,
                available_minutes=week.available // MINUTE,
                load=week.load.text,
            )
            for first, week in zip(begins, weeks, strict=True)
        ],
        rise_points=None if climbs is None else _points(climbs),
        is_alert=is_alarming(weeks),
    )


def _points(climbs: Fraction) -> str:
    """Two places, half up; falling is negative.

    >>> _points(Fraction(25, 3)), _points(Fraction(-1, 2))
    ('8.33', '-0.50')
    """
    exact = Decimal(climbs.numerator) / climbs.denominator
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


async def _week(session: AnySession, region: Region, first: date) -> tuple[BySkill, BySkill]:
    """Seconds asked for and seconds there were, by skill."""
    start, end = span_of(region, Wanted(first, first + WEEK))
    return await _asked(session, region, start, end), await _had(session, region, start, end)


async def _asked(session: AnySession, region: Region, start: datetime, end: datetime) -> BySkill:
    """How long the work reported in a week was estimated to take; once for each skill it needs."""
    query = select(Intervention.duration_seconds, Intervention.skills).where(
        Intervention.region_id == region.id,
        Intervention.reported_at >= start,
        Intervention.reported_at < end,
        Intervention.merged_into_id.is_(None),
        Intervention.decided.is_distinct_from(CANCELLED),
    )
    found: dict[str, int] = defaultdict(int)
    for seconds, skills in (await session.execute(query)).all():
        for skill in (EVERYTHING, *skills):
            found[skill] += seconds
    return found


async def _had(session: AnySession, region: Region, start: datetime, end: datetime) -> BySkill:
    """Hours of shifts in a week, less absences, of everybody of the region who holds a skill."""
    query = (
        select(Shift, Technician)
        .join(Technician, Technician.id == Shift.technician_id)
        .where(
            Technician.region_id == region.id,
            Shift.kind == SHIFT,
            Shift.starts_at < end,
            Shift.ends_at > start,
        )
    )
    rows = (await session.execute(query)).all()
    away = await _away(session, {technician.id for _, technician in rows}, start, end)
    found: dict[str, int] = defaultdict(int)
    for shift, technician in rows:
        worked = Interval(max(shift.starts_at, start), min(shift.ends_at, end))
        seconds = seconds_without(worked, away.get(technician.id, ()))
        for skill in (EVERYTHING, *technician.skills):
            found[skill] += seconds
    return found


async def _away(
    session: AnySession, technician_ids: Collection[UUID], start: datetime, end: datetime
) -> Mapping[UUID, Sequence[Interval]]:
    query = select(Absence).where(
        Absence.technician_id.in_(technician_ids),
        Absence.state == APPROVED,
        Absence.starts_at < end,
        Absence.ends_at > start,
    )
    found: dict[UUID, list[Interval]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.technician_id].append(Interval(row.starts_at, row.ends_at))
    return found
