"""What a building manager sees of an intervention: who comes when, what was promised and kept.

Made from shapes of its own, in plain facts; nothing internal is read into them. How their lifts
stand is in `portal_sites`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind
from server.accounts.scope import Scope
from server.interventions import usual_work
from server.interventions.arrival import expected
from server.interventions.clocks import clock_row
from server.interventions.dossier import Dossier, all_dossiers, one_dossier
from server.interventions.events import first_name
from server.interventions.portal_schemas import (
    PortalInterventionOut,
    PortalPromiseOut,
    PortalTrailsOut,
    PortalVisitOut,
    PortalVisitState,
)
from server.interventions.shown_clocks import shown_clock, state_of
from server.interventions.standing import ENDED, OPEN, counting_visits
from server.interventions.survivors import survivors
from server.interventions.tables import Intervention
from server.interventions.trails import PROMISE_STATES, trails_for_manager
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page

OUTCOMES = frozenset({"completed", "partially_completed", "cannot_complete"})
VISIT_STATES: dict[str, PortalVisitState] = {
    "dispatched": "expected",
    "accepted": "expected",
    "en_route": "on_the_way",
    "arrived": "on_site",
    "in_progress": "on_site",
    "paused": "interrupted",
}


@dataclass(frozen=True, slots=True)
class WantedHistory:
    """Of which building, or which lift; of all of them without."""

    site_id: UUID | None = None
    asset_id: UUID | None = None


async def portal_interventions(
    session: AnySession,
    scope: Scope,
    wanted: WantedHistory,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[PortalInterventionOut]:
    """The manager's interventions, last reported first."""
    query = select(Intervention).where(Intervention.customer_id == scope.customer_id)
    if wanted.site_id is not None:
        query = query.where(Intervention.site_id == wanted.site_id)
    if wanted.asset_id is not None:
        query = query.where(Intervention.asset_id == wanted.asset_id)
    rows, following = await page(
        session,
        query,
        by=(Intervention.reported_at, Intervention.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(await _shown(session, await all_dossiers(session, rows), now), following)


async def portal_intervention(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> PortalInterventionOut:
    (shown,) = await _shown(session, [await one_dossier(session, scope, intervention_id)], now)
    return shown


async def _shown(
    session: AnySession, found: Sequence[Dossier], now: datetime
) -> list[PortalInterventionOut]:
    kept = await survivors(session, found)
    return [shown_to_manager(each, now, kept.get(each.intervention.id)) for each in found]


async def portal_trail(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> PortalTrailsOut:
    """Why a promise falls due when it does."""
    return trails_for_manager(await one_dossier(session, scope, intervention_id), now)


def shown_to_manager(
    dossier: Dossier, now: datetime, kept: Dossier | None = None
) -> PortalInterventionOut:
    """One intervention in a building manager's terms; of what was merged, how `kept` goes on."""
    row, asset, told = dossier.intervention, dossier.asset, kept or dossier
    is_open = told.intervention.status not in ENDED
    return PortalInterventionOut(
        id=row.id,
        number=row.number,
        site_id=row.site_id,
        site_name=dossier.site.name,
        asset_id=row.asset_id,
        asset_name=None if asset is None else asset.name,
        severity=row.severity,  # type: ignore[arg-type]
        summary=row.summary,
        reported_at=row.reported_at,
        arrived_at=_arrived_at(told),
        released_at=_time_of(told, "person_released"),
        restored_at=_time_of(told, "back_in_service"),
        ended_at=told.intervention.decided_at,
        is_open=is_open,
        is_planned=usual_work.is_planned(row.source, row.work_type),
        outcome="" if is_open else _outcome(told),
        visit=_visit(told, now),
        promise=_promise(told, now),
        merged_into=None if kept is None else kept.intervention.number,
        refusal=row.told_reason,
    )


def _arrived_at(dossier: Dossier) -> datetime | None:
    """Since the call, or since it was reopened."""
    arrivals = (visit.arrived_at for visit in counting_visits(dossier) if visit.arrived_at)
    return min(arrivals, default=None)


def _time_of(dossier: Dossier, kind: str) -> datetime | None:
    found = dossier.fact(kind)
    return None if found is None else found.at


def _outcome(dossier: Dossier) -> str:
    """What it was, where the technician found it; otherwise how it ended."""
    if dossier.intervention.status == "cancelled":
        return "refused" if dossier.intervention.told_reason else "cancelled"
    ended = [visit for visit in dossier.visits if visit.status in OUTCOMES]
    return (ended[-1].cause or ended[-1].status) if ended else ""


def _visit(dossier: Dossier, now: datetime) -> PortalVisitOut | None:
    """Who comes, or was there last; a proposal is not told to anybody yet."""
    told = [visit for visit in dossier.visits if visit.status in VISIT_STATES]
    if told:
        visit = told[-1]
        from_at, to_at = expected(visit, now) or (None, None)
        name = first_name(dossier, visit.technician_id)
        is_late = from_at is not None and visit.late_by_seconds > 0
        return PortalVisitOut(name, VISIT_STATES[visit.status], from_at, to_at, is_late)
    been = [visit for visit in dossier.visits if visit.arrived_at and visit.status not in OPEN]
    if not been or dossier.intervention.status not in ENDED:
        return None
    return PortalVisitOut(
        first_name(dossier, been[-1].technician_id), "on_site", None, None, is_late=False
    )


def _promise(dossier: Dossier, now: datetime) -> PortalPromiseOut:
    """Somebody on site in time: the response clock, and nothing of what we aim at ourselves."""
    row = clock_row(dossier, ClockKind.RESPONSE)
    if row is None:
        return PortalPromiseOut("none", None, None)
    shown = shown_clock(dossier, row, now)
    return PortalPromiseOut(PROMISE_STATES[state_of(row, now)], shown.due_at, shown.target_seconds)
