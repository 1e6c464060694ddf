"""Telling once that a unit had the same fault again and again: time for more than another repair.

The family of a fault is the cause a technician found. Whether a repair held is a figure, and
counted in `server.measures`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from server.breaches.overturning import SYSTEM
from server.breaches.tables import Mark
from server.interventions.dossier import Dossier
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce

RECURRING = "recurring_fault"
WINDOW = timedelta(days=90)
ENOUGH = 3
REPAIR, CANCELLED = "repair", "cancelled"
# Where nothing was found, or nothing there is a word for, two calls need not be alike.
NO_FAMILY = frozenset({"none_found", "other"})


async def tell_recurring(session: Session, dossier: Dossier, now: datetime) -> int:
    """Tell of the third fault of one family within 90 days; how many things that were, 0 or 1.

    The fourth and fifth tell nothing while the alarm before them is younger than that.
    """
    row, family = dossier.intervention, _family(dossier)
    if row.asset_id is None or family is None or row.work_type != REPAIR:
        return 0
    alike = await _alike(session, dossier, family, now)
    if row not in alike or len(alike) < ENOUGH or await _is_told(session, alike):
        return 0
    session.add(
        Mark(
            intervention_id=row.id,
            party="",
            clock="",
            round=0,
            kind=f"{RECURRING}_{len(alike)}",
            at=now,
            recorded_at=now,
        )
    )
    about = About(region_id=row.region_id, site_id=row.site_id, intervention_id=row.id)
    facts = _facts(dossier, family, len(alike))
    await announce(session, SYSTEM, now, Happening(RECURRING, about, facts))
    return 1


def _family(dossier: Dossier) -> str | None:
    """The cause that was found, the last one where several visits found one."""
    found = next((visit.cause for visit in reversed(dossier.visits) if visit.cause), None)
    return None if found in NO_FAMILY else found


async def _alike(
    session: AnySession, dossier: Dossier, family: str, now: datetime
) -> Sequence[Intervention]:
    """Repairs of this unit with this fault that were called for in the last 90 days."""
    query = (
        select(Intervention)
        .where(
            Intervention.asset_id == dossier.intervention.asset_id,
            Intervention.work_type == REPAIR,
            Intervention.decided.is_distinct_from(CANCELLED),
            Intervention.reported_at > now - WINDOW,
            Intervention.id.in_(select(Visit.intervention_id).where(Visit.cause == family)),
        )
        .order_by(Intervention.reported_at, Intervention.id)
    )
    return (await session.scalars(query)).all()


async def _is_told(session: AnySession, alike: Sequence[Intervention]) -> bool:
    told = select(func.count(Mark.id)).where(
        Mark.intervention_id.in_([row.id for row in alike]), Mark.kind.startswith(RECURRING)
    )
    return bool(await session.scalar(told))


def _facts(dossier: Dossier, family: str, count: int) -> dict[str, Any]:
    row = dossier.intervention
    return {
        "number": row.number,
        "severity": row.severity,
        "work_type": row.work_type,
        "site_name": dossier.site.name,
        "asset_name": None if dossier.asset is None else dossier.asset.name,
        "cause": family,
        "count": count,
        "days": WINDOW.days,
    }
