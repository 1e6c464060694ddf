"""Breaches that later evidence proves wrong: taken back with the reason, never deleted.

A phone without signal tells of an arrival hours later; a pause is approved after the fact; a report
turns out to be the same trouble as another, whose promise was missed as well.
"""

from collections.abc import Collection
from datetime import datetime

from dispatch.agreements import USUAL_STOPS
from dispatch.clocks import Clock, ClockState
from server.breaches.tables import Breach
from server.interventions.clocks import core_clocks, key_of
from server.interventions.dossier import Dossier
from server.interventions.merging import MERGED
from server.interventions.promises import Key
from server.interventions.survivors import survivors
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce

SYSTEM = Actor(None, "Palier")


async def missed_elsewhere(session: Session, dossier: Dossier, now: datetime) -> Collection[Key]:
    """Of a report that was merged: the clocks missed by the intervention that goes on as well.

    One trouble, one promise missed: it counts there, and here no longer.
    """
    kept = (await survivors(session, [dossier])).get(dossier.intervention.id)
    clocks = () if kept is None else core_clocks(kept, now)
    return {key_of(clock) for clock in clocks if clock.state is ClockState.BREACHED}


async def correct(
    session: Session,
    dossier: Dossier,
    breach: Breach,
    clock: Clock | None,
    *,
    is_counted_elsewhere: bool,
    now: datetime,
) -> int:
    """Bring a stored breach in line with its clock as it stands; 1 if that changed anything."""
    is_late = clock is not None and clock.state is ClockState.BREACHED and not is_counted_elsewhere
    if not is_late and breach.overturned_at is None:
        breach.overturned_at = now
        breach.overturned_because = MERGED if is_counted_elsewhere else _because(dossier, clock)
        await _tell(session, dossier, "breach_overturned", breach, now=now)
        return 1
    if clock is None or not is_late or clock.deadlines.due is None:
        return 0
    # A breach lies at its due, also when an approved pause has moved it.
    if breach.occurred_at != clock.deadlines.due:
        breach.occurred_at = clock.deadlines.due
    if breach.overturned_at is None:
        return 0
    breach.overturned_at, breach.overturned_because = None, ""
    await _tell(session, dossier, "breach_reinstated", breach, now=now)
    return 1


def _because(dossier: Dossier, clock: Clock | None) -> str:
    """Which fact shows that the promise was kept, or that there was none to keep."""
    if clock is None:
        is_outside = dossier.intervention.out_of_scope_at is not None
        return "out_of_scope" if is_outside else "severity"
    if clock.stopped_at is not None:
        return (clock.target.stops_at or USUAL_STOPS[clock.kind]).value
    return "ended" if clock.ended_at is not None else "pause"


async def _tell(
    session: Session, dossier: Dossier, kind: str, breach: Breach, *, now: datetime
) -> None:
    row = dossier.intervention
    about = About(region_id=row.region_id, site_id=row.site_id, intervention_id=row.id)
    facts = {
        "number": row.number,
        "severity": row.severity,
        "work_type": row.work_type,
        "site_name": dossier.site.name,
        "party": breach.party,
        "clock": breach.clock,
        "due_at": breach.occurred_at.isoformat(),
        "because": breach.overturned_because,
    }
    await announce(session, SYSTEM, now, Happening(kind, about, facts))
