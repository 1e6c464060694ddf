"""Looking, some weeks after an improvement was done, at what it did."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from dispatch.measures import DEFINITIONS, Effect, Effort, Ratio, Satisfaction, percent_text
from server.breaches.overturning import SYSTEM
from server.experience.tables import Feedback
from server.improvements.actions import tell
from server.improvements.tables import Improvement
from server.interventions.queries import day_bounds
from server.kit.database import AnySession, Database
from server.measures.cases import Wanted, cases
from server.measures.promises_kept import attainments, reopenings
from server.measures.repairs import first_time_fix
from server.measures.schemas import FigureOut
from server.regions.tables import Region

Days = tuple[date, date]


async def measure_effects(database: Database, now: datetime) -> int:
    """Measure every improvement whose weeks have passed; how many those were."""
    async with database.read() as session:
        query = select(Improvement).where(
            Improvement.state == "done", Improvement.ended_at <= now - timedelta(weeks=1)
        )
        ids = [row.id for row in await session.scalars(query) if _is_due(row, now)]
    for improvement_id in ids:
        async with database.write() as session:
            row = await session.get_one(Improvement, improvement_id, with_for_update=True)
            if row.effect is None:
                row.effect = await effect_of(session, row, now)
                await tell(session, SYSTEM, row, "improvement_measured", now)
    return len(ids)


async def effect_of(session: AnySession, row: Improvement, now: datetime) -> dict[str, Any]:
    """The measure over as many weeks before it was proposed as after it was done."""
    weeks, ended = timedelta(weeks=row.weeks), _ended(row)
    opened = row.created_at.astimezone(UTC).date()
    before = await _share(session, row, (opened - weeks, opened), now)
    after = await _share(session, row, (ended, ended + weeks), now)
    found = Effect(row.measure, before, after, Fraction(row.expected_points))
    gain = found.gain
    return {
        "before": asdict(before) | {"percent": before.text},
        "after": asdict(after) | {"percent": after.text},
        "gain_points": None if gain is None else _signed(gain),
        "is_reached": found.is_reached,
        "definition_version": DEFINITIONS[row.measure].version,
        "measured_at": now.isoformat(),
    }


def _signed(points: Fraction) -> str:
    """Points as they are shown, worse ones below zero.

    >>> _signed(Fraction(-5, 2))
    '-2.5'
    """
    text = percent_text(abs(points))
    return f"-{text}" if points < 0 and text != "0" else text


def _is_due(row: Improvement, now: datetime) -> bool:
    due_on = _ended(row) + timedelta(weeks=row.weeks)
    return row.effect is None and due_on <= now.astimezone(UTC).date()


def _ended(row: Improvement) -> date:
    """The day it was done, from which on it can be felt."""
    return (row.ended_at or row.created_at).astimezone(UTC).date()


async def _share(session: AnySession, row: Improvement, days: Days, now: datetime) -> Ratio:
    region = await session.get_one(Region, row.region_id)
    if row.measure in {"csat_top2", "ces_easy"}:
        return await _felt(session, row, region, days)
    wanted = Wanted(*days, row.region_id, row.customer_id)
    found = await cases(session, [region], wanted, now)
    match row.measure:
        case "first_time_fix":
            return _ratio(await first_time_fix(session, found, now))
        case "reopen_rate":
            return _ratio(reopenings(found))
        case _:
            return _ratio(next(each for each in attainments(found) if each.clock == row.clock))


async def _felt(session: AnySession, row: Improvement, region: Region, days: Days) -> Ratio:
    """What people answered on those days."""
    start, end = (day_bounds(day, region.zone)[0].astimezone(UTC) for day in days)
    query = select(Feedback).where(
        Feedback.region_id == row.region_id,
        Feedback.given_at >= start,
        Feedback.given_at < end,
        Feedback.replaced_at.is_(None),
    )
    if row.customer_id is not None:
        query = query.where(Feedback.customer_id == row.customer_id)
    said = (await session.scalars(query)).all()
    if row.measure == "csat_top2":
        return Satisfaction(tuple(each.csat for each in said if each.csat is not None)).satisfied
    return Effort(tuple(each.effort for each in said if each.effort is not None)).easy


def _ratio(figure: FigureOut) -> Ratio:
    return Ratio(figure.numerator or 0, figure.denominator or 0)
