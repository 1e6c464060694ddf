"""What goes with satisfied and unhappy people: being late, coming as told, coming again.

What a driver is, and from how many answers on, is in `dispatch.measures`.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dispatch.clocks import ClockState
from dispatch.measures import Driver, Rated, drivers, percent_text
from dispatch.measures.drivers import FEWEST
from dispatch.measures.shares import ETA_TOLERANCE
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.cases import Case, Wanted, cases, regions_of
from server.measures.felt import told_arrivals
from server.measures.queries import require_days
from server.measures.said import said_about
from server.measures.schemas import DriverOut, DriversOut

TRAITS = ("late", "came_as_planned", "told_ahead", "repeat")


async def satisfaction_drivers(
    session: AnySession, scope: Scope, wanted: Wanted, now: datetime
) -> DriversOut:
    """Of what was reported on those days and somebody answered about."""
    require_days(wanted.from_day, wanted.to_day)
    found = await cases(session, await regions_of(session, scope, wanted), wanted, now)
    said = await said_about(session, [case.dossier.intervention.id for case in found])
    told = await told_arrivals(session, found)
    rated = [
        Rated(score, _traits(case, told))
        for case in found
        if case.dossier.intervention.id in said
        for score in said[case.dossier.intervention.id].csat
    ]
    return DriversOut(
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        fewest_answers=FEWEST,
        answers=len(rated),
        drivers=[_shown(each) for each in drivers(rated, TRAITS)],
    )


def _traits(case: Case, told: Mapping[UUID, datetime]) -> dict[str, bool | None]:
    dossier = case.dossier
    arrivals = [
        (v.arrived_at, v.starts_at, v.id) for v in dossier.visits if v.arrived_at is not None
    ]
    first = min(arrivals, default=None)
    return {
        "late": any(clock.state is ClockState.BREACHED for clock in case.clocks)
        if case.clocks
        else None,
        "came_as_planned": None if first is None else abs(first[0] - first[1]) <= ETA_TOLERANCE,
        "told_ahead": None if first is None else first[2] in told,
        "repeat": len(arrivals) > 1 or dossier.intervention.repeat_of_id is not None,
    }


def _shown(driver: Driver) -> DriverOut:
    points = driver.points
    is_told = points is not None
    return DriverOut(
        trait=driver.trait,  # type: ignore[arg-type]
        answers=driver.answers,
        with_it=driver.with_it.text if is_told else None,
        without=driver.without.text if is_told else None,
        points=None
        if points is None
        else f"{'-' if points < 0 else ''}{percent_text(abs(points))}",
        answers_with=driver.with_it.denominator,
        answers_without=driver.without.denominator,
    )
