"""The pack for a meeting: what happened under an agreement since the one before.

The same for what we promise a customer and for what a division or a supplier promises us.
"""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from dispatch.agreements import ClockKind, months_later
from dispatch.clocks import ClockState
from server.accounts.scope import Scope
from server.agreements import queries as agreements
from server.agreements.shown import newest
from server.agreements.tables import Review
from server.agreements.turns import local_today
from server.breaches.queries import counts
from server.breaches.tables import Breach
from server.interventions.queries import day_bounds, under_agreement
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.meetings.schemas import ClockCountOut, MissedPromiseOut, ReviewPackOut
from server.sites.tables import Site

WITHOUT_A_MEETING = 3
MOST_MISSED = 20


async def review_pack(
    session: AnySession, scope: Scope, agreement_id: UUID, now: datetime
) -> ReviewPackOut:
    """What was kept and missed since the last meeting, at the sites the caller sees."""
    row = await agreements.agreement_row(session, scope, agreement_id)
    version = newest((await agreements.versions_of(session, [row.id]))[row.id])
    to_day = local_today(version, now)
    from_day = await _since(session, row.id, to_day)
    start = day_bounds(from_day, version.zone)[0]
    under = [Intervention.id.in_(under_agreement(row.id)), *_seen(scope)]
    clocks = (
        select(StoredClock.kind, func.count())
        .join(Intervention, Intervention.id == StoredClock.intervention_id)
        .where(
            StoredClock.party == row.kind,
            StoredClock.started_at >= start,
            StoredClock.state == ClockState.MET.value,
            *under,
        )
        .group_by(StoredClock.kind)
    )
    broken = (
        select(Breach, Intervention.number, Site.name)
        .join(Intervention, Intervention.id == Breach.intervention_id)
        .join(Site, Site.id == Breach.site_id)
        .where(Breach.party == row.kind, Breach.occurred_at >= start, counts, *under)
        .order_by(Breach.occurred_at.desc(), Breach.id)
    )
    called = select(func.count(Intervention.id)).where(Intervention.reported_at >= start, *under)
    kept: dict[str, int] = dict((await session.execute(clocks)).all())
    missed = (await session.execute(broken)).all()
    often = Counter(breach.clock for breach, *_ in missed)
    return ReviewPackOut(
        from_day=from_day,
        to_day=to_day,
        interventions=await session.scalar(called) or 0,
        clocks=[
            ClockCountOut(clock=kind.value, kept=kept.get(kind.value, 0), missed=often[kind.value])
            for kind in ClockKind
            if kept.get(kind.value) or often[kind.value]
        ],
        missed=[
            MissedPromiseOut(
                intervention_id=breach.intervention_id,
                number=number,
                site_name=site_name,
                clock=breach.clock,  # type: ignore[arg-type]
                occurred_at=breach.occurred_at,
            )
            for breach, number, site_name in missed[:MOST_MISSED]
        ],
    )


async def _since(session: AnySession, agreement_id: UUID, today: date) -> date:
    query = select(func.max(Review.held_on)).where(Review.agreement_id == agreement_id)
    return await session.scalar(query) or months_later(today, -WITHOUT_A_MEETING)


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    return [] if scope.region_ids is None else [Intervention.region_id.in_(scope.region_ids)]
