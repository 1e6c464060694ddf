"""A building manager's month on one page: kept, felt, out of service and given back.

What every figure rests on, line by line, is in `behind`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind
from dispatch.measures import Availability
from server.accounts.scope import Scope
from server.credits.months import month_from
from server.credits.queries import portal_credits
from server.credits.schemas import PortalCreditNoteOut
from server.kit.database import AnySession
from server.measures.agreed import Agreed, agreed_for, availabilities
from server.measures.cases import Case, Wanted, cases, span_of
from server.measures.felt import felt_about, felt_figures
from server.measures.figure import ratio_figure
from server.measures.promises_kept import attainments
from server.measures.schemas import FigureOut
from server.regions.tables import Region
from server.reports.portal_schemas import PortalFigureOut, PortalLiftMonthOut, PortalMonthOut
from server.sites.queries import in_service
from server.sites.tables import Asset, Site

FELT = ("csat_top2", "ces_easy", "eta_accuracy")


@dataclass(frozen=True, slots=True)
class OwnRegion:
    """A region with sites of the customer's, and the instants of the month on its clocks."""

    region: Region
    sites: Mapping[UUID, Site]
    assets: Sequence[Asset]
    agreed: Mapping[UUID, Agreed]
    start: datetime
    end: datetime


async def portal_month(
    session: AnySession, scope: Scope, month: str, now: datetime
) -> PortalMonthOut:
    """The manager's own company in one month; the one that is running, as far as it has come."""
    wanted = wanted_in(scope, month)
    own = await own_regions(session, wanted)
    found = await cases(session, [each.region for each in own], wanted, now)
    felt = {each.measure: each for each in felt_figures(await felt_about(session, found, now))}
    credits_ = await credits_of(session, scope, month)
    return PortalMonthOut(
        month=month,
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        as_of=now,
        is_over=all(each.end <= now for each in own),
        interventions=len(found),
        kept=[*_kept(found)],
        felt=[_figure(felt[measure]) for measure in FELT],
        lifts=await _lifts(session, own, now),
        credits=credits_,
        credited=_sums(credits_),
    )


def wanted_in(scope: Scope, month: str) -> Wanted:
    """What was reported about the caller's company in a month."""
    found = month_from(month)
    return Wanted(found.first, found.after, customer_id=scope.customer_id)


async def own_regions(session: AnySession, wanted: Wanted) -> list[OwnRegion]:
    """Where the customer has sites, each with the lifts that were in use that month."""
    query = select(Site).where(Site.customer_id == wanted.customer_id)
    by_region: dict[UUID, dict[UUID, Site]] = defaultdict(dict)
    for site in await session.scalars(query.order_by(Site.name, Site.id)):
        by_region[site.region_id][site.id] = site
    regions = select(Region).where(Region.id.in_(by_region)).order_by(Region.id)
    found = []
    for region in (await session.scalars(regions)).all():
        sites = by_region[region.id]
        assets = select(Asset).where(Asset.site_id.in_(sites), in_service(wanted.from_day))
        rows = (await session.scalars(assets.order_by(Asset.code))).all()
        agreed = await agreed_for(session, list(sites.values()), wanted.from_day)
        found.append(OwnRegion(region, sites, rows, agreed, *span_of(region, wanted)))
    return found


async def credits_of(session: AnySession, scope: Scope, month: str) -> list[PortalCreditNoteOut]:
    """What was given back for a month, and approved."""
    return [each for each in (await portal_credits(session, scope)).items if each.month == month]


def _kept(found: Sequence[Case]) -> Iterator[PortalFigureOut]:
    """Clock by clock, where anything was promised."""
    return (_figure(each) for each in attainments(found) if each.denominator)


async def _lifts(
    session: AnySession, own: Sequence[OwnRegion], now: datetime
) -> list[PortalLiftMonthOut]:
    lifts = []
    for each in own:
        found = await availabilities(
            session, each.assets, each.agreed, each.start, each.end, now=now
        )
        lifts += [
            _lift(asset, each.sites[asset.site_id], found[asset.id])
            for asset in each.assets
            if asset.id in found
        ]
    return sorted(lifts, key=lambda lift: (-lift.downtime_seconds, lift.site_name, lift.code))


def _lift(asset: Asset, site: Site, found: Availability) -> PortalLiftMonthOut:
    target = found.target_percent
    return PortalLiftMonthOut(
        asset_id=asset.id,
        code=asset.code,
        name=asset.name,
        site_id=site.id,
        site_name=site.name,
        agreed_seconds=found.agreed_seconds,
        downtime_seconds=found.downtime_seconds,
        availability=_figure(ratio_figure("availability", found.ratio)),
        target_percent=None if target is None else f"{target:f}",
        is_met=found.is_met,
    )


def _figure(figure: FigureOut) -> PortalFigureOut:
    return PortalFigureOut(
        measure=figure.measure,
        definition_version=figure.definition_version,
        clock=None if figure.clock is None else ClockKind(figure.clock).value,
        value=figure.value,
        numerator=figure.numerator or 0,
        denominator=figure.denominator or 0,
        outside={reason: count for reason, count in figure.outside.items() if count},
    )


def _sums(notes: Sequence[PortalCreditNoteOut]) -> dict[str, str]:
    """By currency; a counter note takes its note back."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for note in notes:
        totals[note.currency] += Decimal(note.amount)
    return {currency: str(total) for currency, total in sorted(totals.items())}
