"""Figures about repairs: how long until somebody came and it ran again, and whether it held."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from dispatch.measures import Completion, FaultReport, FirstTimeFix, Repair, RepairTimes
from dispatch.measures import first_time_fixes as fixes
from server.interventions.dossier import Dossier
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.measures.cases import Case
from server.measures.figure import mean_figure, ratio_figure
from server.measures.schemas import FigureOut

REPAIR, COMPLETED, NO_ACCESS = "repair", "completed", "no_access"
OVER = frozenset({"completed", "closed"})


def repair_times(cases: Sequence[Case]) -> Iterator[FigureOut]:
    """Three means that are all called time to repair elsewhere."""
    times = RepairTimes(tuple(_repair(case.dossier) for case in cases if _is_repair(case)))
    came = [each for each in times.repairs if each.on_site is not None]
    runs = [each for each in times.repairs if each.restored is not None]
    both = [each for each in runs if each.on_site is not None]
    yield mean_figure("time_to_arrive", times.time_to_arrive, calls=len(came))
    yield mean_figure("time_to_restore", times.time_to_restore, calls=len(runs))
    yield mean_figure("hands_on", times.hands_on, calls=len(both))


async def first_time_fix(session: AnySession, cases: Sequence[Case], now: datetime) -> FigureOut:
    """Repairs that needed no second visit and no new call soon after."""
    done = [case.dossier for case in cases if _is_repair(case) and _is_over(case.dossier)]
    counted = fixes(
        [_completion(each) for each in done], await _reports(session, done), judged_at=now
    )
    return ratio_figure(
        "first_time_fix",
        counted.ratio,
        outside={"no_access_or_cancelled": counted.outside},
        facts=_facts(counted),
    )


def _facts(counted: FirstTimeFix) -> dict[str, object]:
    return {
        "second_visits": counted.second_visits,
        "repeats": counted.repeats,
        "provisional": counted.provisional,
        "window_days": counted.window_days,
    }


def _is_repair(case: Case) -> bool:
    row = case.dossier.intervention
    return row.work_type == REPAIR and row.decided != "cancelled"


def _is_over(dossier: Dossier) -> bool:
    return dossier.intervention.status in OVER


def _repair(dossier: Dossier) -> Repair:
    """What ran again before anybody came had no hands on it."""
    reported = dossier.intervention.reported_at
    arrivals = [v.arrived_at for v in dossier.visits if v.arrived_at and v.arrived_at >= reported]
    restorings = [f.at for f in dossier.facts if f.kind == "back_in_service" and f.at >= reported]
    on_site, restored = min(arrivals, default=None), max(restorings, default=None)
    if on_site is not None and restored is not None and restored < on_site:
        on_site = None
    return Repair(reported, on_site, restored)


def _completion(dossier: Dossier) -> Completion:
    row = dossier.intervention
    finished = [v.finished_at for v in dossier.visits if v.status == COMPLETED and v.finished_at]
    went = [v for v in dossier.visits if v.arrived_at and v.reason != NO_ACCESS]
    is_reopened = any(each.reopened_at for each in dossier.closings)
    return Completion(
        FaultReport(_unit(row), _family(dossier), row.reported_at),
        completed_at=min(finished, default=row.decided_at or row.reported_at),
        visits=max(len(went), 2 if is_reopened else 1),
        is_eligible=bool(finished),
    )


def _family(dossier: Dossier) -> str:
    """The cause that was found, the last one where several visits found one."""
    return next((v.cause for v in reversed(dossier.visits) if v.cause), "")


def _unit(row: Intervention) -> str:
    return str(row.asset_id or row.site_id)


async def _reports(session: AnySession, done: Sequence[Dossier]) -> list[FaultReport]:
    """All later calls about the same units for which a cause was found."""
    units = {each.intervention.asset_id for each in done if each.intervention.asset_id}
    since = min((each.intervention.reported_at for each in done), default=None)
    if not units or since is None:
        return []
    query = (
        select(Intervention.asset_id, Visit.cause, Intervention.reported_at)
        .join(Visit, Visit.intervention_id == Intervention.id)
        .where(
            Intervention.asset_id.in_(units),
            Intervention.reported_at >= since,
            Intervention.work_type == REPAIR,
            Visit.cause.is_not(None),
        )
    )
    return [
        FaultReport(str(asset_id), cause or "", reported_at)
        for asset_id, cause, reported_at in (await session.execute(query)).all()
    ]
