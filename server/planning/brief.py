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
from dispatch.measures.watermelon import HARD_UP_TO, UNHAPPY_UP_TO
from server.accounts.scope import Scope
from server.breaches.tables import Breach
from server.credits.risk import Threat, at_risk, threats
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
from server.regions.tables import Region

ONE_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


async def brief(
    session: AnySession, scope: Scope, region_id: UUID, day: date | None, now: datetime
) -> BriefOut:
    """The brief of a region's day, today unless another is asked for, as of now."""
    region = await region_row(session, scope, region_id)
    day = day or local_day(region, now)
    if day == date.min:
        raise Invalid([Fault("day", "too_early", "There is no day before this one.")])
    return await brief_of(session, scope, region, day, now)


async def brief_of(
    session: AnySession, scope: Scope, region: Region, day: date, now: datetime
) -> BriefOut:
    """What its day before left behind and what threatens a day, of a region the caller sees."""
    region_id, before = region.id, day - ONE_DAY
    span = _span(before, region.zone)
    missed = await _breaches(session, region_id, span)
    voices = await _voices(session, region_id, span)
    until = _span(day, region.zone)[1]
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
        low_scores=[_said(found[row.intervention_id], row) for row in voices if is_low(row)],
        at_risk=[_threatened(each) for each in await threats(session, region_id, now, until)],
        expiring=await expiring(session, region_id, day),
        risks=await at_risk(session, scope, region_id, now, until=until),
    )


def is_low(said: Feedback) -> bool:
    """Whether an answer is a low one, by the same marks as those of a watermelon.

    >>> is_low(Feedback(csat=2, effort=None)), is_low(Feedback(csat=3, effort=4))
    (True, False)
    """
    return (said.csat is not None and said.csat <= UNHAPPY_UP_TO) or (
        said.effort is not None and said.effort <= HARD_UP_TO
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


def _threatened(threat: Threat) -> BriefLineOut:
    row = threat.dossier.intervention
    return BriefLineOut(
        intervention_id=row.id,
        number=row.number,
        severity=threat.clock.severity,  # type: ignore[arg-type]
        site_name=threat.dossier.site.name,
        summary=row.summary,
        at=threat.due_at,
        clock=threat.clock.kind,  # type: ignore[arg-type]
        expected_at=threat.expected_at,
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
