"""A region's morning brief: promises missed and voices heard the day before, risks of today.

What is wrong with the day's data is in `checking`; what makes a watermelon in `dispatch.measures`.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from dispatch.clocks import ClockState
from dispatch.errors import Fault
from dispatch.measures import JobWatermelon
from server.accounts.scope import Scope
from server.breaches.tables import Breach
from server.credits.risk import at_risk
from server.documents.queries import expiring
from server.experience.tables import Feedback
from server.interventions.clocks import CUSTOMER
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.queries import day_bounds
from server.interventions.shown_clocks import state_of
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.problems import Invalid
from server.planning.brief_schemas import BriefLineOut, BriefOut
from server.planning.snapshot import local_day
from server.regions.queries import region_row

ONE_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


async def brief(
    session: AnySession, scope: Scope, region_id: UUID, day: date | None, now: datetime
) -> BriefOut:
    """The brief of a region's day, today unless another is asked for."""
    region = await region_row(session, scope, region_id)
    day = day or local_day(region, now)
    if day == date.min:
        raise Invalid([Fault("day", "too_early", "There is no day before this one.")])
    before = day - ONE_DAY
    span = _span(before, region.zone)
    missed = await _breaches(session, region_id, span)
    voices = await _voices(session, region_id, span)
    ids = {row.intervention_id for row in missed} | {row.intervention_id for row in voices}
    rows = await session.scalars(select(Intervention).where(Intervention.id.in_(ids)))
    found = {each.intervention.id: each for each in await all_dossiers(session, rows.all())}
    return BriefOut(
        region_id=region_id,
        day=day,
        day_before=before,
        breaches=[_missed(found[row.intervention_id], row) for row in missed],
        watermelons=[
            _said(found[row.intervention_id], row)
            for row in voices
            if is_watermelon(found[row.intervention_id], row, now)
        ],
        irritations=[_said(found[row.intervention_id], row) for row in voices if row.is_irritated],
        expiring=await expiring(session, region_id, day),
        risks=await at_risk(session, scope, region_id, now, until=_span(day, region.zone)[1]),
    )


def is_watermelon(dossier: Dossier, said: Feedback, now: datetime) -> bool:
    """Whether every promise to the customer was kept and this voice is unhappy all the same."""
    own = (row for row in dossier.clocks if row.party == CUSTOMER)
    states = tuple(ClockState(state_of(row, now)) for row in own)
    return JobWatermelon(
        states, csat=said.csat, ces=said.effort, irritation=said.is_irritated
    ).is_watermelon


def _span(day: date, zone: str) -> Span:
    start, end = day_bounds(day, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


async def _breaches(session: AnySession, region_id: UUID, span: Span) -> Sequence[Breach]:
    query = (
        select(Breach)
        .where(
            Breach.region_id == region_id,
            Breach.party == CUSTOMER,
            Breach.occurred_at >= span[0],
            Breach.occurred_at < span[1],
            Breach.overturned_at.is_(None),
        )
        .order_by(Breach.severity, Breach.occurred_at)
    )
    return (await session.scalars(query)).all()


async def _voices(session: AnySession, region_id: UUID, span: Span) -> Sequence[Feedback]:
    query = (
        select(Feedback)
        .where(
            Feedback.region_id == region_id,
            Feedback.given_at >= span[0],
            Feedback.given_at < span[1],
            Feedback.replaced_at.is_(None),
        )
        .order_by(Feedback.given_at)
    )
    return (await session.scalars(query)).all()


def _missed(dossier: Dossier, row: Breach) -> BriefLineOut:
    return BriefLineOut(
        intervention_id=row.intervention_id,
        number=dossier.intervention.number,
        severity=row.severity,  # type: ignore[arg-type]
        site_name=dossier.site.name,
        summary=dossier.intervention.summary,
        at=row.occurred_at,
        clock=row.clock,  # type: ignore[arg-type]
    )


def _said(dossier: Dossier, row: Feedback) -> BriefLineOut:
    return BriefLineOut(
        intervention_id=row.intervention_id,
        number=dossier.intervention.number,
        severity=dossier.intervention.severity,  # type: ignore[arg-type]
        site_name=dossier.site.name,
        summary=dossier.intervention.summary,
        at=row.given_at,
        role=row.role,
        csat=row.csat,
        effort=row.effort,
        comment=row.comment,
    )
