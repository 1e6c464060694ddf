"""A region read as the simulation sees it: its lifts, what each is promised, its crew and calls.

Shifts of weeks nobody was rostered in yet, or not any more, are those of the nearest week known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.agreements import AgreementKind, ClockKind, Question, Severity, Target, TargetDuration
from dispatch.geo import Point
from dispatch.hours import Calendar
from dispatch.roster import Shift
from dispatch.simulation import Call, Lift, Territory, draw_calls, shifts_by_technician
from server.agreements.snapshot import Held, calendar_values, held_for, promises_among
from server.feasibility.schemas import CallsFrom
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.regions.response import aims_of
from server.regions.speeds import day_speeds
from server.regions.tables import Region
from server.roster.snapshot import shift_value, technician_value
from server.roster.tables import Shift as ShiftRow
from server.roster.tables import Technician
from server.services.queries import service_for
from server.sites.tables import Asset, Site

WEEK = timedelta(weeks=1)
ONE_DAY = timedelta(days=1)
LOOKED_AROUND = 4 * WEEK
SERVED_ALWAYS = frozenset({Severity.ENTRAPMENT})
STAIRS = "escalator"
PLANNED = "maintenance"


@dataclass(frozen=True, slots=True)
class Weeks:
    """The days a trial lives, in a region's own time."""

    first_day: date
    weeks: int
    zone: ZoneInfo

    @property
    def days(self) -> int:
        return 7 * self.weeks

    def number_of(self, at: datetime) -> int:
        """In which of the weeks an instant is, from 0; those before have negative numbers."""
        return (at.astimezone(self.zone).date() - self.first_day).days // 7

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first_day, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.first_day + timedelta(self.days), time(), self.zone)


@dataclass(frozen=True, slots=True)
class Past:
    """A region with everything in it, the calls of its days, and the hours its promises count."""

    territory: Territory
    calls: tuple[Call, ...]
    calls_from: CallsFrom
    hours: Calendar


async def read_past(
    session: AnySession, region: Region, weeks: Weeks, *, now: datetime, seed: int
) -> Past:
    """Read a region as it is promised today, with the calls of some weeks.

    Where a week of them has no call at all the books are not complete, and chance draws them all.
    """
    hours = (await calendar_values(session, [region.calendar_id]))[region.calendar_id]
    crew = await _crew(session, region)
    lifts = await _lifts(session, region, now)
    territory = Territory(
        region.code,
        day_speeds(region, ()),
        weeks.zone,
        lifts=tuple(lifts.values()),
        crew=tuple(technician_value(row) for row in crew),
        shifts=shifts_by_technician(await _shifts(session, crew, weeks)),
        targets=tuple(aims(hours, aims_of(region))),
    )
    own = tuple(await _calls(session, region, weeks, lifts))
    if _is_complete(own, weeks):
        return Past(territory, own, "records", hours)
    drawn = draw_calls(territory, weeks.first_day, weeks.days, seed=seed)
    return Past(territory, tuple(_able(drawn, territory)), "chance", hours)


def aims(hours: Calendar, seconds: Mapping[Severity, int]) -> Iterator[Target]:
    """What we aim at where nothing is promised: the aim of each severity in the region's hours."""
    always = Calendar(hours.zone, always_open=True)
    for severity, aim in seconds.items():
        counted = always if severity in SERVED_ALWAYS else hours
        yield Target(ClockKind.RESPONSE, severity, TargetDuration(aim), counted)


def _able(calls: Iterable[Call], territory: Territory) -> Iterator[Call]:
    """The calls, asking for no skill that a company has no name for."""
    names = {name for technician in territory.crew for name in technician.skills}
    for call in calls:
        yield replace(call, skills={n: level for n, level in call.skills.items() if n in names})


def _is_complete(calls: Sequence[Call], weeks: Weeks) -> bool:
    rung = {weeks.number_of(call.at) for call in calls if not call.is_planned}
    return rung >= set(range(weeks.weeks))


async def _crew(session: AnySession, region: Region) -> Sequence[Technician]:
    query = (
        select(Technician)
        .where(Technician.region_id == region.id, Technician.is_active.is_(True))
        .order_by(Technician.code)
    )
    return (await session.scalars(query)).all()


async def _shifts(session: AnySession, crew: Sequence[Technician], weeks: Weeks) -> Sequence[Shift]:
    """The shifts of the weeks and of the night before; an empty week has those of the nearest.

    A roster more than some weeks away says nothing about them.
    """
    query = select(ShiftRow).where(
        ShiftRow.technician_id.in_([row.id for row in crew]),
        ShiftRow.starts_at >= weeks.starts_at - LOOKED_AROUND,
        ShiftRow.starts_at < weeks.ends_at + LOOKED_AROUND,
    )
    known: dict[int, list[Shift]] = {}
    for shift in map(shift_value, await session.scalars(query)):
        known.setdefault(weeks.number_of(shift.starts_at), []).append(shift)
    # A week half written down is as good as none beside a whole one.
    most = max(map(len, known.values()), default=0)
    whole = sorted(number for number, shifts in known.items() if 2 * len(shifts) >= most)
    found: list[Shift] = []
    for number in range(-1, weeks.weeks) if whole else ():
        nearest = min(whole, key=lambda each: abs(each - number))
        found.extend(_moved(shift, number - nearest, weeks.zone) for shift in known[nearest])
    return [each for each in found if each.ends_at > weeks.starts_at - ONE_DAY]


def _moved(shift: Shift, weeks: int, zone: ZoneInfo) -> Shift:
    """The same duty some weeks on, at the same local hours."""

    def on(at: datetime) -> datetime:
        return (at.astimezone(zone) + weeks * WEEK).astimezone(UTC)

    lunch = shift.lunch and replace(
        shift.lunch, earliest_at=on(shift.lunch.earliest_at), latest_at=on(shift.lunch.latest_at)
    )
    return replace(shift, starts_at=on(shift.starts_at), ends_at=on(shift.ends_at), lunch=lunch)


async def _lifts(session: AnySession, region: Region, now: datetime) -> dict[UUID, Lift]:
    """Every asset of the region with what its owner is promised for each severity."""
    query = (
        select(Asset, Site)
        .join(Site, Site.id == Asset.site_id)
        .where(Site.region_id == region.id)
        .order_by(Asset.code)
    )
    promised = Promised(session, now)
    found = {}
    for asset, site in (await session.execute(query)).all():
        targets = await promised.to(asset, site)
        skills = {STAIRS: 1} if asset.kind == STAIRS else {}
        found[asset.id] = Lift(asset.code, Point(site.lat, site.lon), skills, targets)
    return found


@dataclass(slots=True)
class Promised:
    """What agreements promise each lift today; the same question is asked once."""

    session: AnySession
    now: datetime
    held: dict[UUID, Held] = field(default_factory=dict)
    services: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[tuple[UUID, str], tuple[Target, ...] | None] = field(default_factory=dict)

    async def to(self, asset: Asset, site: Site) -> tuple[Target, ...] | None:
        """Every promise to a lift's owner; None where no agreement covers its repair."""
        kind = (site.id, asset.kind)
        if kind not in self.known:
            found = [await self._targets(asset, site, severity) for severity in Severity]
            covered = [targets for targets in found if targets is not None]
            flat = tuple(target for targets in covered for target in targets)
            self.known[kind] = flat if covered else None
        return self.known[kind]

    async def _targets(
        self, asset: Asset, site: Site, severity: Severity
    ) -> tuple[Target, ...] | None:
        if site.customer_id not in self.held:
            self.held[site.customer_id] = await held_for(self.session, site.customer_id, self.now)
        question = Question(
            service=await self._service(
                "request" if severity is Severity.REQUEST else "repair", asset.kind
            ),
            severity=severity,
            region=str(site.region_id),
            site=str(site.id),
            asset=str(asset.id),
            customer=str(site.customer_id),
        )
        promises = promises_among(self.held[site.customer_id], question)
        if promises.version_id is None:
            return None
        return tuple(promises.by_kind[AgreementKind.CUSTOMER].targets)

    async def _service(self, work_type: str, kind: str) -> str:
        if (work_type, kind) not in self.services:
            service = await service_for(self.session, work_type, kind)
            self.services[work_type, kind] = "" if service is None else service.code
        return self.services[work_type, kind]


async def _calls(
    session: AnySession, region: Region, weeks: Weeks, lifts: dict[UUID, Lift]
) -> Iterable[Call]:
    """The calls as they came, each about its lift; one about none of ours is left out."""
    query = (
        select(Intervention)
        .where(
            Intervention.region_id == region.id,
            Intervention.reported_at >= weeks.starts_at,
            Intervention.reported_at < weeks.ends_at,
        )
        .order_by(Intervention.reported_at, Intervention.number)
    )
    return [
        Call(
            row.number,
            row.reported_at,
            lifts[row.asset_id],
            Severity(row.severity),
            row.duration_seconds,
            is_planned=row.work_type == PLANNED,
            skills=dict(row.skills),
        )
        for row in await session.scalars(query)
        if row.asset_id in lifts
    ]
