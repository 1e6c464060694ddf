"""One page for the work of a region: where the time went, what was planned and what came of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from dispatch.measures import Ratio
from dispatch.measures.figures import WHOLE, mean
from dispatch.measures.working_time import ShiftParts
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.capacity import capacity
from server.measures.cases import Case, Wanted, cases, regions_of, span_of
from server.measures.felt import felt_about
from server.measures.figure import mean_figure, ratio_figure
from server.measures.promises_kept import attainments, pauses, reopenings
from server.measures.queries import require_days
from server.measures.repairs import repair_times
from server.measures.schemas import FigureOut
from server.measures.working_days import working_days
from server.reports.director import travel_share
from server.reports.schemas import RegionReportOut, ServiceFiguresOut, ShiftPartsOut

MINUTE = 60


async def region_report(
    session: AnySession,
    scope: Scope,
    region_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> RegionReportOut:
    """Of shifts and of what was reported on those days."""
    require_days(from_day, to_day)
    wanted = Wanted(from_day, to_day, region_id)
    regions = await regions_of(session, scope, wanted)
    (region,) = regions
    found = await cases(session, regions, wanted, now)
    felt = await felt_about(session, found, now)
    start, end = span_of(region, wanted)
    worked = await working_days(session, region, start, end, now=now)
    parts = sum((each.parts for each in worked.values()), ShiftParts())
    came = ratio_figure(
        "eta_accuracy",
        felt.arrivals,
        outside={"not_announced": felt.visits - felt.arrivals.denominator},
    )
    return RegionReportOut(
        region_id=region.id,
        name=region.name,
        from_day=from_day,
        to_day=to_day,
        technicians=sum(bool(each.shifts or each.arrivals) for each in worked.values()),
        parts=shown_parts(parts),
        figures=[
            travel_share(parts),
            ratio_figure("utilisation", Ratio(parts.on_site, parts.whole)),
            felt.fixed,
            *_planned_and_actual(found),
            came,
            *repair_times(found),
            reopenings(found),
            pauses(found),
        ],
        services=[*by_service(found)],
        capacity=await capacity(session, region, to_day),
    )


def shown_parts(parts: ShiftParts) -> ShiftPartsOut:
    """Whole minutes and shares as figures show them; what rounding leaves over goes to the rest.

    >>> shown = shown_parts(ShiftParts(travel=90, waiting=0, on_site=100, rest=0))
    >>> shown.rest_minutes, shown.travel_percent, shown.on_site_percent, shown.rest_percent
    (1, '47.36', '52.63', '0.01')
    """
    travel, waiting, on_site = (
        each // MINUTE for each in (parts.travel, parts.waiting, parts.on_site)
    )
    whole = parts.whole // MINUTE
    shares = [
        Ratio(each, parts.whole).text for each in (parts.travel, parts.waiting, parts.on_site)
    ]
    rest = None if None in shares else str(WHOLE - sum(Decimal(each or 0) for each in shares))
    return ShiftPartsOut(
        travel_minutes=travel,
        waiting_minutes=waiting,
        on_site_minutes=on_site,
        rest_minutes=whole - travel - waiting - on_site,
        shift_minutes=whole,
        travel_percent=shares[0],
        waiting_percent=shares[1],
        on_site_percent=shares[2],
        rest_percent=rest,
    )


def by_service(found: Sequence[Case]) -> Iterator[ServiceFiguresOut]:
    """What was kept of each service, the one with most calls first."""
    own: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        own[case.dossier.intervention.service].append(case)
    for service, some in sorted(own.items(), key=lambda each: (-len(each[1]), each[0])):
        yield ServiceFiguresOut(
            service=service,
            interventions=len(some),
            figures=[each for each in attainments(some) if each.denominator],
        )


def _planned_and_actual(found: Sequence[Case]) -> Iterator[FigureOut]:
    """Mean minutes on site of the same visits: as planned, and as they were."""
    pairs = [
        (visit.ends_at - visit.starts_at, visit.finished_at - visit.arrived_at)
        for case in found
        for visit in case.dossier.visits
        if visit.status == "completed" and visit.arrived_at and visit.finished_at
    ]
    for measure, place in (("visit_planned", 0), ("visit_actual", 1)):
        minutes = [Fraction(int(pair[place].total_seconds()), MINUTE) for pair in pairs]
        yield mean_figure(measure, mean(minutes), visits=len(minutes))
