"""How it is for technicians of a region: what they answered, and what goes with it.

Nothing is told of fewer than five answers or five people: one of them could be recognised.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from dispatch.measures import DEFINITIONS, mean_text
from dispatch.measures.figures import mean
from dispatch.measures.watermelon import FEWEST_ANSWERS
from server.accounts.scope import Scope
from server.experience.tables import Pulse
from server.kit.database import AnySession
from server.measures.cases import Wanted, regions_of, span_of
from server.measures.queries import require_days
from server.measures.schemas import (
    PulseReasonOut,
    PulseWeekOut,
    TechnicianDriverOut,
    TechnicianExperienceOut,
)
from server.measures.working_days import WorkingDays, working_days

HOUR = 3600
WEEK = timedelta(days=7)


async def technician_experience(
    session: AnySession,
    scope: Scope,
    region_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> TechnicianExperienceOut:
    """The pulse of those local days, week by week, and overtime, night calls and repeats a head."""
    require_days(from_day, to_day)
    wanted = Wanted(from_day, to_day, region_id)
    (region,) = await regions_of(session, scope, wanted)
    start, end = span_of(region, wanted)
    given = await _pulses(session, region_id, from_day, to_day)
    worked = await working_days(session, region, start, end, now=now)
    people = [each for each in worked.values() if each.shifts or each.arrivals]
    return TechnicianExperienceOut(
        region_id=region_id,
        from_day=from_day,
        to_day=to_day,
        fewest=FEWEST_ANSWERS,
        definition_version=DEFINITIONS["technician_pulse"].version,
        answers=len(given),
        score=_score(given),
        reasons=_reasons(given),
        weeks=[*_weeks(given, from_day, to_day)],
        technicians=len(people),
        drivers=[*_drivers(people)],
    )


async def _pulses(
    session: AnySession, region_id: UUID, from_day: date, to_day: date
) -> Sequence[Pulse]:
    query = select(Pulse).where(
        Pulse.region_id == region_id, Pulse.day >= from_day, Pulse.day < to_day
    )
    return (await session.scalars(query.order_by(Pulse.day, Pulse.id))).all()


def _score(given: Sequence[Pulse]) -> str | None:
    found = mean([Fraction(each.score) for each in given])
    return None if found is None or len(given) < FEWEST_ANSWERS else mean_text(found)


def _reasons(given: Sequence[Pulse]) -> list[PulseReasonOut]:
    """What weighed most first; nothing on too few answers."""
    if len(given) < FEWEST_ANSWERS:
        return []
    counted = Counter(each.weighs for each in given)
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return [PulseReasonOut(weighs=name, answers=many) for name, many in ordered]  # type: ignore[arg-type]


def _weeks(given: Sequence[Pulse], from_day: date, to_day: date) -> Iterator[PulseWeekOut]:
    while from_day < to_day:
        following = min(from_day + WEEK, to_day)
        some = [each for each in given if from_day <= each.day < following]
        is_told = len(some) >= FEWEST_ANSWERS
        yield PulseWeekOut(
            from_day=from_day, answers=len(some) if is_told else None, score=_score(some)
        )
        from_day = following


def _drivers(people: Sequence[WorkingDays]) -> Iterator[TechnicianDriverOut]:
    """Each as so many for one technician; exact parts are told beside it."""
    totals = {
        "technician_overtime": Fraction(sum(each.overtime for each in people), HOUR),
        "technician_night_calls": Fraction(sum(each.night_calls for each in people)),
        "technician_repeat_visits": Fraction(sum(each.repeats for each in people)),
    }
    is_told = len(people) >= FEWEST_ANSWERS
    for measure, total in totals.items():
        definition = DEFINITIONS[measure]
        yield TechnicianDriverOut(
            measure=measure,
            definition_version=definition.version,
            unit=definition.unit.value,
            total=mean_text(total) if is_told else None,
            each=mean_text(total / len(people)) if is_told else None,
        )
