"""Weeks gone by for a town: lived by `dispatch.simulation`, written down as if they had happened.

States come from the lifecycle tables, promises from the agreements, clocks and breaches from the
same code as those of today; only the rows are written many at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from dispatch.agreements import AgreementKind, Question, Severity, Target
from dispatch.day import EventKind
from dispatch.planning import Limits
from dispatch.simulation import Case, Demand, Life, Luck, World, draw_calls, live
from server.agreements.snapshot import Held, Promises, held_for, promises_among
from server.breaches.tables import WatchRun
from server.breaches.telling import BREACHED, catch_up
from server.breaches.watch import WATCH
from server.cli.history_rows import Rows
from server.cli.town import Town
from server.cli.town_territory import territories
from server.customers.tables import Customer
from server.interventions.clocks import told
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier
from server.interventions.promises import promise
from server.interventions.tables import Answer, NumberSeries
from server.kit.database import Session
from server.kit.tables import Event
from server.roster.tables import Technician
from server.services.queries import service_for
from server.sites.tables import Asset, Site

ITERATIONS = 60
CHANGE_BUDGET = 5
AT_A_TIME = 200
# As many checks on each lift and weekday as the crew of each region has hands for; about 10,000
# interventions in ninety days with the calls. An assumption: a quarter of an hour each.
CHECK_SECONDS = 900
CHECKS_PER_LIFT: Mapping[str, float] = {"VALLS": 0.4, "ALTES": 0.2}
# Nobody plans the past again at every event: mornings, urgent calls and sick colleagues are enough.
ANSWERED = frozenset({EventKind.DAY_BEGINS, EventKind.URGENT_CALL, EventKind.SICKNESS})

Key = tuple[str, str, str]
"""An asset's code, the type of work and its severity."""
KINDS = (
    ("repair", Severity.ENTRAPMENT),
    ("repair", Severity.OUT_OF_SERVICE),
    ("repair", Severity.DEGRADED),
    ("request", Severity.REQUEST),
    ("maintenance", Severity.REQUEST),
)


@dataclass(slots=True)
class History:
    """The weeks before a day, as they are written."""

    session: Session
    town: Town
    folder: Path
    first_day: date
    days: int
    seed: int = 2026
    promises: dict[Key, tuple[str, Promises]] = field(default_factory=dict)
    held: dict[UUID, Held] = field(default_factory=dict)
    places: dict[str, tuple[Asset, Site, Customer]] = field(default_factory=dict)
    technicians: dict[str, Technician] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)

    async def write(self) -> int:
        """Live through the days and write them down; how many interventions that were."""
        await self._look_up()
        cases = sorted(self._lived(), key=lambda case: (case.call.at, case.id))
        numbers: dict[int, int] = {}
        for start in range(0, len(cases), AT_A_TIME):
            await self._write(cases[start : start + AT_A_TIME], numbers)
        await self._write_the_rest(numbers)
        return len(cases)

    @property
    def now(self) -> datetime:
        """The midnight the history ends at."""
        zone = next(iter(self.town.zones.values()))
        return datetime.combine(self.first_day + timedelta(days=self.days), time(), zone)

    async def _look_up(self) -> None:
        """Everything the files call by code, and what each lift is promised for each call."""
        codes = {identity: code for code, identity in self.town.assets.items()}
        query = select(Asset, Site, Customer).join(Site, Site.id == Asset.site_id)
        query = query.join(Customer, Customer.id == Site.customer_id)
        for asset, site, customer in (await self.session.execute(query)).all():
            self.places[codes[asset.id]] = (asset, site, customer)
        for technician in await self.session.scalars(select(Technician)):
            self.technicians[technician.code] = technician
        alike: dict[object, tuple[str, Promises]] = {}
        for code, (asset, site, _) in self.places.items():
            for work_type, severity in KINDS:
                kind = (site.id, asset.kind, work_type, severity)
                if kind not in alike:
                    alike[kind] = await self._promised(asset, site, work_type, severity)
                self.promises[code, work_type, severity.value] = alike[kind]

    async def _promised(
        self, asset: Asset, site: Site, work_type: str, severity: Severity
    ) -> tuple[str, Promises]:
        service = await service_for(self.session, work_type, asset.kind)
        name = "" if service is None else service.code
        question = Question(
            service=name,
            severity=severity,
            region=str(site.region_id),
            site=str(site.id),
            asset=str(asset.id),
            customer=str(site.customer_id),
        )
        if site.customer_id not in self.held:
            self.held[site.customer_id] = await held_for(self.session, site.customer_id, self.now)
        return name, await promises_among(self.session, self.held[site.customer_id], question)

    def _lived(self) -> Iterator[Case]:
        """Live in each region; what is under way at the last midnight is left out."""
        targets = {code: tuple(self._targets(code)) for code in self.places}
        regions = territories(self.folder, self.first_day, self.days, targets=targets)
        for territory in regions:
            demand = Demand(0.8, CHECKS_PER_LIFT.get(territory.code, 0.2), CHECK_SECONDS)
            calls = draw_calls(territory, self.first_day, self.days, seed=self.seed, demand=demand)
            limits = Limits(iterations=ITERATIONS)
            planner = live(change_budget=CHANGE_BUDGET, limits=limits, seed=self.seed)
            world = World(territory, Luck(self.seed))
            lived = Life(world, calls, planner, answered=ANSWERED).live(self.first_day, self.days)
            yield from (case for case in lived.cases if case.visit is None)

    def _targets(self, code: str) -> Iterator[Target]:
        for work_type, severity in KINDS:
            if work_type != "maintenance":
                _, promises = self.promises[code, work_type, severity.value]
                yield from promises.by_kind[AgreementKind.CUSTOMER].targets

    async def _write(self, cases: Sequence[Case], numbers: dict[int, int]) -> None:
        """Write some cases: what others refer to first, so that the database follows."""
        written = [(made, self._begun(made, numbers)) for made in map(self._rows, cases)]
        await self.session.flush()
        for made, dossier in written:
            if not made.case.call.is_planned:
                _, promises = self.promises[made.key]
                await promise(self.session, dossier, promises)
            made.fill(dossier, self.now)
            self.session.add_all(dossier.visits)
        await self.session.flush()
        for made, dossier in written:
            self.session.add_all([*dossier.facts, *dossier.pauses, *dossier.closings])
            settle(dossier, self._over_at(dossier))
            told(dossier, self._over_at(dossier))
            self.events.extend(made.events(dossier))
            self.answers.extend(made.answers(dossier))
        await self.session.flush()
        for _, dossier in written:
            if any(row.state == BREACHED for row in dossier.clocks):
                await catch_up(self.session, dossier, self._over_at(dossier))

    def _rows(self, case: Case) -> Rows:
        asset, site, _ = self.places[case.call.lift.id]
        return Rows(case, asset, site, self.seed, self.technicians)

    def _begun(self, made: Rows, numbers: dict[int, int]) -> Dossier:
        """Give an intervention its number, in the order of the calls."""
        asset, site, customer = self.places[made.key[0]]
        row = made.intervention(*self.promises[made.key])
        year = row.reported_at.astimezone(self.now.tzinfo).year
        numbers[year] = numbers.get(year, 0) + 1
        row.number = f"{year}-{numbers[year]:06}"
        self.session.add(row)
        return Dossier(row, site, customer, asset)

    def _over_at(self, dossier: Dossier) -> datetime:
        return dossier.intervention.decided_at or self.now

    async def _write_the_rest(self, numbers: Mapping[int, int]) -> None:
        """What happened in order, the answers on site, the last numbers given out.

        The watch has nothing left to look at: everything was told when it happened.
        """
        self.events.sort(key=lambda event: event.at)
        await _insert(self.session, Event, [_values(event) for event in self.events])
        await _insert(self.session, Answer, self.answers)
        for year, last in numbers.items():
            await self.session.merge(NumberSeries(name=f"intervention-{year}", last=last))
        newest = int(await self.session.scalar(select(func.max(Event.seq))) or 0)
        await self.session.merge(WatchRun(duty=WATCH, done_at=self.now, found=newest))


def _values(event: Event) -> dict[str, Any]:
    columns = Event.__table__.columns.keys()
    return {name: getattr(event, name) for name in columns if name != "seq"}


async def _insert(session: Session, table: type[Any], values: Sequence[dict[str, Any]]) -> None:
    if values:
        await session.execute(insert(table), values)
