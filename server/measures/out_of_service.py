"""The out-of-service ledger of one unit: agreed time lost, by what, and what came back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.measures import DEFINITIONS, Entry, Interval, Outage, Ratio, availability, ledger
from dispatch.measures.critical import availability_inside
from dispatch.measures.out_of_service import REPEAT_WITHIN
from server.accounts.scope import Scope
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.measures.agreed import agreed_for
from server.measures.cases import Wanted, span_of
from server.measures.downtime import stretches_down
from server.measures.queries import require_days
from server.measures.schemas import CauseOut, CriticalOut, OutageOut, OutOfServiceOut
from server.regions.tables import Region
from server.sites.critical import critical_windows
from server.sites.tables import Asset, Site

MINUTE = 60


async def out_of_service(
    session: AnySession,
    scope: Scope,
    asset_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> OutOfServiceOut:
    """What a unit lost on local days of its region, as far as they have passed."""
    require_days(from_day, to_day)
    asset = await session.get(Asset, asset_id)
    site = None if asset is None else await session.get(Site, asset.site_id)
    if asset is None or site is None or not scope.sees_region(site.region_id):
        raise NotFound
    region = await session.get_one(Region, site.region_id)
    start, end = span_of(region, Wanted(from_day, to_day))
    period = Interval(start, max(start, min(end, now)))
    agreed = (await agreed_for(session, [site], from_day))[site.id]
    rows, planned = await stretches_down(session, asset.id, start - REPEAT_WITHIN, end)
    outages = await _outages(session, rows)
    entries = ledger(agreed.calendar, period, outages, planned)
    lost = sum(each.seconds for each in entries)
    whole = availability(agreed.calendar, period, downtime=[], planned=planned)
    numbers = {str(row.id): row.number for row, _ in rows}
    target = agreed.target_percent
    return OutOfServiceOut(
        asset_id=asset.id,
        from_day=from_day,
        to_day=to_day,
        availability=Ratio(whole.agreed_seconds - lost, whole.agreed_seconds).text,
        definition_version=DEFINITIONS["availability"].version,
        target_percent=None if target is None else str(target),
        agreed_minutes=whole.agreed_seconds // MINUTE,
        down_minutes=lost // MINUTE,
        repeats=sum(each.is_repeat for each in entries),
        causes=_causes(entries),
        critical=[*_critical(site, period, outages, planned)],
        outages=[
            OutageOut(
                intervention_id=UUID(each.outage.key),
                number=numbers[each.outage.key],
                began_at=each.outage.interval.start,
                ended_at=each.outage.interval.end,
                cause=each.outage.cause,
                minutes=each.seconds // MINUTE,
                is_repeat=each.is_repeat,
            )
            for each in entries
        ],
    )


def _critical(
    site: Site, period: Interval, outages: Sequence[Outage], planned: Sequence[Interval]
) -> Iterator[CriticalOut]:
    """What was lost in each of the hours in which the site's business must not stop."""
    down = [each.interval for each in outages]
    for name, window in critical_windows(site):
        lost = availability_inside(window, site.zone, period, downtime=down, planned=planned)
        target = window.target_percent
        yield CriticalOut(
            name=name,
            minutes=lost.agreed_seconds // MINUTE,
            down_minutes=lost.downtime_seconds // MINUTE,
            availability=lost.ratio.text,
            target_percent=None if target is None else f"{target:f}",
            is_met=lost.is_met,
            definition_version=DEFINITIONS["critical_availability"].version,
        )


async def _outages(
    session: AnySession, rows: Sequence[tuple[Intervention, Interval]]
) -> list[Outage]:
    """With the cause that was found, the last one where several visits found one."""
    query = (
        select(Visit.intervention_id, Visit.cause)
        .where(Visit.intervention_id.in_([row.id for row, _ in rows]), Visit.cause.is_not(None))
        .order_by(Visit.starts_at, Visit.id)
    )
    causes = {id_: cause or "" for id_, cause in (await session.execute(query)).all()}
    return [Outage(str(row.id), stretch, causes.get(row.id, "")) for row, stretch in rows]


def _causes(entries: Sequence[Entry]) -> list[CauseOut]:
    """What took most first."""
    by_cause: dict[str, list[int]] = defaultdict(list)
    for each in entries:
        by_cause[each.outage.cause].append(each.seconds)
    found = [CauseOut(cause, sum(each) // MINUTE, len(each)) for cause, each in by_cause.items()]
    return sorted(found, key=lambda each: (-each.minutes, each.cause))
