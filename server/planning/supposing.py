"""What a scenario supposes, as the core knows it: people by code, past calls read from the region.

What becomes of the day is `dispatch.day.scenarios`'.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind, Severity
from dispatch.day import Closure, Extra, PastCall, Sick, Storm, Supposed
from dispatch.errors import Fault
from dispatch.geo import Point
from server.interventions.clocks import CUSTOMER
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.kit.problems import Invalid
from server.kit.wire import PositionBody
from server.planning.scenario_schemas import (
    ClosureBody,
    ExtraBody,
    SickBody,
    StormBody,
    SupposedBody,
)
from server.planning.snapshot import Snapshot
from server.sites.tables import Site

LOOKS_BACK = timedelta(days=90)
MOST_CALLS = 500
PLANNED_WORK = ("maintenance", "inspection")


async def supposed(
    session: AnySession, snapshot: Snapshot, bodies: Sequence[SupposedBody], *, seed: int
) -> list[Supposed]:
    """Everything that is supposed of this day; refuses people the day does not have."""
    codes = {row.id: code for code, row in snapshot.technicians.items()}
    found: list[Supposed] = []
    for number, body in enumerate(bodies):
        match body:
            case SickBody():
                code = _known(codes, body.technician_id, f"supposed.{number}.technician_id")
                found.append(Sick(code, body.from_at or snapshot.day.now))
            case ExtraBody():
                path = f"supposed.{number}.like_technician_id"
                found.append(Extra(_known(codes, body.like_technician_id, path)))
            case StormBody():
                past = await _past_calls(session, snapshot.region.id, snapshot.day.now)
                until = body.until or _end_of_work(snapshot)
                begins = max(snapshot.day.now, _begin_of_work(snapshot))
                found.append(Storm(body.calls, past, begins, max(until, begins), seed))
            case ClosureBody():
                found.append(
                    Closure(
                        _point(body.position),
                        body.extra_seconds,
                        float(body.radius_metres),
                        None if body.to is None else _point(body.to),
                    )
                )
    return found


def _known(codes: dict[UUID, str], technician_id: UUID, path: str) -> str:
    if technician_id in codes:
        return codes[technician_id]
    raise Invalid([Fault(path, "unknown", "There is nobody with this id on that day.")])


def _point(body: PositionBody) -> Point:
    return Point(body.lat, body.lon)


def _begin_of_work(snapshot: Snapshot) -> datetime:
    spans = [free for person in snapshot.day.own_crew for free in person.free]
    return min((each.starts_at for each in spans), default=snapshot.day.now)


def _end_of_work(snapshot: Snapshot) -> datetime:
    spans = [free for person in snapshot.day.own_crew for free in person.free]
    return max((each.ends_at for each in spans), default=snapshot.day.now)


async def _past_calls(session: AnySession, region_id: UUID, now: datetime) -> list[PastCall]:
    """The region's newest unplanned calls, with how soon each was promised."""
    query = (
        select(Intervention, Site, StoredClock.due_at)
        .join(Site, Site.id == Intervention.site_id)
        .outerjoin(
            StoredClock,
            (StoredClock.intervention_id == Intervention.id)
            & (StoredClock.party == CUSTOMER)
            & (StoredClock.kind == ClockKind.RESPONSE.value)
            & (StoredClock.round == 0),
        )
        .where(
            Intervention.region_id == region_id,
            Intervention.work_type.not_in(PLANNED_WORK),
            Intervention.reported_at > now - LOOKS_BACK,
            Intervention.reported_at <= now,
        )
        .order_by(Intervention.reported_at.desc(), Intervention.id)
        .limit(MOST_CALLS)
    )
    return [
        PastCall(
            Point(site.lat, site.lon),
            Severity(row.severity),
            row.duration_seconds,
            tuple(sorted(row.skills.items())),
            None if due_at is None else int((due_at - row.reported_at).total_seconds()),
        )
        for row, site, due_at in (await session.execute(query)).all()
    ]
