"""One page for whoever directs: what was kept, what is at risk, what was felt, money and trends."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from dispatch.agreements import AgreementKind, ClockKind
from dispatch.clocks import ClockState
from dispatch.measures import Ratio
from dispatch.measures.working_time import ShiftParts
from server.accounts.scope import Scope
from server.credits.risk import at_risk
from server.credits.tables import CreditNote
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.measures.cases import Case, Wanted, cases, regions_of, span_of
from server.measures.felt import felt_about, felt_figures
from server.measures.figure import ratio_figure
from server.measures.promises_kept import attainments, pauses, reopenings
from server.measures.queries import require_days
from server.measures.said import said_about
from server.measures.schemas import FigureOut
from server.measures.watermelons import is_watermelon
from server.measures.working_days import working_days
from server.regions.tables import Region
from server.reports.penalties import penalties_by_cause
from server.reports.schemas import AtRiskOut, DirectorReportOut, MoneyOut, TeamOut
from server.reports.trends import trends
from server.sites.tables import Site

RESPONSE = ClockKind.RESPONSE.value
RUNNING = (ClockState.RUNNING.value, ClockState.AT_RISK.value, ClockState.PAUSED.value)


async def director_report(
    session: AnySession, scope: Scope, wanted: Wanted, now: datetime
) -> DirectorReportOut:
    """Of what was reported on those days; what is at risk is as it stands now."""
    require_days(wanted.from_day, wanted.to_day)
    regions = await regions_of(session, scope, wanted)
    found = await cases(session, regions, wanted, now)
    felt = await felt_about(session, found, now)
    said = await said_about(session, [case.dossier.intervention.id for case in found])
    satisfied = ratio_figure("csat_top2", felt.satisfied.satisfied)
    parts = sum([await _parts(session, each, wanted, now) for each in regions], ShiftParts())
    return DirectorReportOut(
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        region_id=wanted.region_id,
        interventions=len(found),
        headline=[late_share(found), travel_share(parts), satisfied],
        kept=[each for each in attainments(found) if each.denominator],
        felt=list(felt_figures(felt)),
        watermelons=sum(
            case.dossier.intervention.id in said
            and is_watermelon(case, said[case.dossier.intervention.id])
            for case in found
        ),
        at_risk=await _at_risk(session, scope, regions, now),
        money=await _money(session, regions, wanted),
        trends=await trends(session, found, said, (wanted.from_day, wanted.to_day), now),
        teams=[_team(region, found) for region in regions],
    )


def late_share(found: Sequence[Case]) -> FigureOut:
    """What attainment of the response clock leaves."""
    kept = next(each for each in attainments(found) if each.clock == RESPONSE)
    judged = kept.denominator or 0
    return ratio_figure(
        "late_share", Ratio(judged - (kept.numerator or 0), judged), outside=kept.outside
    )


def travel_share(parts: ShiftParts) -> FigureOut:
    return ratio_figure("travel_share", Ratio(parts.travel, parts.whole))


def _team(region: Region, found: Sequence[Case]) -> TeamOut:
    own = [case for case in found if case.dossier.intervention.region_id == region.id]
    kept = next(each for each in attainments(own) if each.clock == RESPONSE)
    return TeamOut(
        region_id=region.id, name=region.name, figures=[kept, pauses(own), reopenings(own)]
    )


async def _parts(session: AnySession, region: Region, wanted: Wanted, now: datetime) -> ShiftParts:
    start, end = span_of(region, wanted)
    found = await working_days(session, region, start, end, now=now)
    return sum((each.parts for each in found.values()), ShiftParts())


async def _at_risk(
    session: AnySession, scope: Scope, regions: Sequence[Region], now: datetime
) -> AtRiskOut:
    """Open clocks of customers, and what those that nothing planned will keep may cost."""
    query = (
        select(StoredClock.state, StoredClock.due_at, StoredClock.at_risk_at)
        .join(Intervention, Intervention.id == StoredClock.intervention_id)
        .where(
            Intervention.region_id.in_([each.id for each in regions]),
            StoredClock.party == AgreementKind.CUSTOMER.value,
            StoredClock.stopped_at.is_(None),
            StoredClock.state.in_((*RUNNING, ClockState.BREACHED.value)),
        )
    )
    rows = (await session.execute(query)).all()
    money: dict[str, Decimal] = defaultdict(Decimal)
    for region in regions:
        for currency, amount in (await at_risk(session, scope, region.id, now)).totals.items():
            money[currency] += Decimal(amount)
    standing = [_standing(state, due_at, at_risk_at, now) for state, due_at, at_risk_at in rows]
    return AtRiskOut(
        open=len(rows),
        at_risk=standing.count("at_risk"),
        overdue=standing.count("overdue"),
        money={currency: str(total) for currency, total in sorted(money.items())},
    )


def _standing(
    state: str, due_at: datetime | None, at_risk_at: datetime | None, now: datetime
) -> str:
    """How an open clock stands now; what is stored of it may be some seconds old."""
    if state == ClockState.BREACHED.value or (due_at is not None and due_at < now):
        return "overdue"
    return "at_risk" if at_risk_at is not None and at_risk_at <= now else "running"


async def _money(session: AnySession, regions: Sequence[Region], wanted: Wanted) -> MoneyOut:
    """Notes of customers with a site in these regions."""
    first = wanted.from_day.replace(day=1)
    customers = select(Site.customer_id).where(Site.region_id.in_([each.id for each in regions]))
    query = select(CreditNote).where(
        CreditNote.month >= first,
        CreditNote.month < wanted.to_day,
        CreditNote.customer_id.in_(customers),
    )
    notes = (await session.scalars(query)).all()
    approved = [note for note in notes if note.status == "approved"]
    return MoneyOut(
        approved=_sums(approved),
        proposed=_sums([note for note in notes if note.status in {"proposed", "checked"}]),
        causes=await penalties_by_cause(session, approved),
    )


def _sums(notes: Sequence[CreditNote]) -> dict[str, str]:
    """By currency; a counter note takes its note back."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for note in notes:
        totals[note.currency] += note.amount
    return {currency: str(total) for currency, total in sorted(totals.items())}
