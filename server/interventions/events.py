"""What is announced about interventions and visits: facts for notices, streams and phones.

Nothing internal is among them: a building manager reads the same events.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.agreements import ClockKind
from server.interventions.arrival import expected
from server.interventions.clocks import clock_row
from server.interventions.dossier import Dossier
from server.interventions.tables import Visit
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce


async def tell(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    kind: str,
    dossier: Dossier,
    visit: Visit | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write the event with what its readers want to know, and `more` where this kind has it."""
    await announce(session, actor, now, happening(now, kind, dossier, visit, more=more))


def happening(
    now: datetime,
    kind: str,
    dossier: Dossier,
    visit: Visit | None = None,
    *,
    more: Mapping[str, Any] | None = None,
) -> Happening:
    """What is told of an intervention or of one of its visits, to whom it concerns."""
    facts = _facts(dossier) | ({} if visit is None else _visit_facts(dossier, visit, now))
    return Happening(kind, _about(dossier, visit), facts | dict(more or {}))


def _about(dossier: Dossier, visit: Visit | None) -> About:
    row = dossier.intervention
    return About(
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        intervention_id=row.id,
        visit_id=None if visit is None else visit.id,
        technician_id=None if visit is None else visit.technician_id,
    )


def _facts(dossier: Dossier) -> dict[str, Any]:
    row = dossier.intervention
    response = clock_row(dossier, ClockKind.RESPONSE)
    return {
        "number": row.number,
        "severity": row.severity,
        "work_type": row.work_type,
        "status": row.status,
        "is_covered": row.agreement_version_id is not None,
        "site_name": dossier.site.name,
        "asset_name": None if dossier.asset is None else dossier.asset.name,
        "due_at": _plain(None if response is None else response.due_at),
    }


def _visit_facts(dossier: Dossier, visit: Visit, now: datetime) -> dict[str, Any]:
    range_ = expected(visit, now)
    return {
        "visit_status": visit.status,
        "is_announced": visit.announced_at is not None,
        "is_technician_locked": visit.is_technician_locked,
        "is_start_locked": visit.is_start_locked,
        "travel_seconds": visit.travel_seconds,
        "late_by_seconds": visit.late_by_seconds,
        "technician_first_name": first_name(dossier, visit.technician_id),
        "starts_at": _plain(visit.starts_at),
        "ends_at": _plain(visit.ends_at),
        "from_at": _plain(None if range_ is None else range_[0]),
        "to_at": _plain(None if range_ is None else range_[1]),
    }


def first_name(dossier: Dossier, technician_id: UUID) -> str:
    """All that a building manager learns of who comes."""
    return dossier.technicians[technician_id].name.split()[0]


def _plain(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
