"""Weeks gone by for a town: lived by `dispatch.simulation`, written down as if they had happened.

States come from the lifecycle tables, promises from the agreements, clocks and breaches from the
same code as those of today; only the rows are written many at a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from dispatch.agreements import AgreementKind, Question, Severity, Target
from dispatch.clocks import Clock, next_mark_at
from dispatch.roster import Shift
from dispatch.simulation import Case
from server.agreements.snapshot import Held, Promises, held_for, promises_among
from server.breaches.tables import WatchRun
from server.breaches.telling import SYSTEM, news
from server.breaches.watch import WATCH
from server.cli.history_days import pasts, shift_row
from server.cli.history_feedback import feedback, irritation
from server.cli.history_ledger import Ledger, values, write_rows
from server.cli.history_pulse import pulses
from server.cli.history_rows import Rows
from server.cli.town import Town
from server.customers.tables import Customer
from server.interventions.clocks import core_clocks, row_of
from server.interventions.dossier import Dossier
from server.interventions.promises import note_promises
from server.interventions.standing import status_of
from server.interventions.tables import Answer, NumberSeries
from server.kit.database import Session
from server.kit.events import event_values
from server.kit.tables import Event
from server.roster.tables import Shift as ShiftRow
from server.roster.tables import Technician
from server.services.queries import service_for
from server.sites.tables import Asset, Site

AT_A_TIME = 500

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
    services: dict[tuple[str, str], str] = field(default_factory=dict)
    places: dict[str, tuple[Asset, Site, Customer]] = field(default_factory=dict)
    technicians: dict[str, Technician] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)

    async def write(self) -> int:
        """Live through the days and write them down; how many interventions that were."""
        await self._look_up()
        targets = {code: tuple(self._targets(code)) for code in self.places}
        lived = pasts(self.folder, self.first_day, self.days, seed=self.seed, targets=targets)
        await self._write_shifts([*chain.from_iterable(past.shifts for past in lived)])
        cases = [case for past in lived for case in past.cases]
        cases.sort(key=lambda case: (case.call.at, case.id))
        for start in range(0, len(cases), AT_A_TIME):
            for case in cases[start : start + AT_A_TIME]:
                self._note(case)
            await self.ledger.write(self.session)
        await self._write_the_rest()
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
        service = await self._service(work_type, asset.kind)
        question = Question(
            service=service,
            severity=severity,
            region=str(site.region_id),
            site=str(site.id),
            asset=str(asset.id),
            customer=str(site.customer_id),
        )
        if site.customer_id not in self.held:
            self.held[site.customer_id] = await held_for(self.session, site.customer_id, self.now)
        return service, promises_among(self.held[site.customer_id], question)

    async def _service(self, work_type: str, kind: str) -> str:
        if (work_type, kind) not in self.services:
            found = await service_for(self.session, work_type, kind)
            self.services[work_type, kind] = "" if found is None else found.code
        return self.services[work_type, kind]

    def _targets(self, code: str) -> Iterator[Target]:
        for work_type, severity in KINDS:
            if work_type != "maintenance":
                _, promises = self.promises[code, work_type, severity.value]
                yield from promises.by_kind[AgreementKind.CUSTOMER].targets

    async def _write_shifts(self, shifts: Sequence[Shift]) -> None:
        rows = [shift_row(each, self.technicians[each.technician_id].id) for each in shifts]
        await write_rows(self.session, ShiftRow, [values(row) for row in rows])
        zone = next(iter(self.town.zones.values()))
        for answer, given in pulses(shifts, self.technicians, zone, seed=self.seed):
            self.ledger.add(answer, given)

    def _note(self, case: Case) -> None:
        """Note one case and everything that was recorded and told about it."""
        asset, site, _ = self.places[case.call.lift.id]
        made = Rows(case, asset, site, self.seed, self.technicians)
        dossier = self._begun(made)
        if not case.call.is_planned:
            _, promises = self.promises[made.key]
            note_promises(dossier, promises)
        made.fill(dossier, self.now)
        over_at = dossier.intervention.decided_at or self.now
        clocks = core_clocks(dossier, over_at)
        for clock in clocks:
            row = row_of(dossier, clock, over_at)
            row.next_mark_at = next_mark_at(clock, over_at)
            dossier.clocks.append(row)
        dossier.intervention.status = status_of(dossier).value
        self._keep(dossier)
        self.ledger.add_values(Answer, made.answers(dossier))
        if not case.call.is_planned:
            said = feedback(dossier.intervention, case.id, clocks, seed=self.seed, now=self.now)
            self.ledger.add(*([] if said is None else [said]))
            if said is not None and said.is_irritated:
                self.ledger.add(irritation(said, self.now))
        self.events.extend(made.events(dossier))
        self._tell(dossier, clocks, over_at)

    def _begun(self, made: Rows) -> Dossier:
        """Give an intervention its number, in the order of the calls."""
        asset, site, customer = self.places[made.key[0]]
        row = made.intervention(*self.promises[made.key])
        year = row.reported_at.astimezone(self.now.tzinfo).year
        self.numbers[year] = self.numbers.get(year, 0) + 1
        row.number = f"{year}-{self.numbers[year]:06}"
        return Dossier(row, site, customer, asset)

    def _keep(self, dossier: Dossier) -> None:
        self.ledger.add_hours(dossier.hours)
        self.ledger.add(dossier.intervention, *dossier.visits, *dossier.promises, *dossier.clocks)
        self.ledger.add(*dossier.facts, *dossier.pauses, *dossier.closings)

    def _tell(self, dossier: Dossier, clocks: Iterable[Clock], over_at: datetime) -> None:
        """The watch noticed each warning and each breach the moment it happened."""
        for each in news(dossier, clocks, (), over_at):
            each.mark.recorded_at = each.mark.at
            self.ledger.add(each.mark)
            if each.breach is not None:
                each.breach.recorded_at = each.mark.at
                self.ledger.add(each.breach)
            self.events.append(event_values(SYSTEM, each.mark.at, each.what))

    async def _write_the_rest(self) -> None:
        """What happened in order, and the last numbers given out.

        The watch has nothing left to look at: everything was told when it happened.
        """
        self.events.sort(key=itemgetter("at"))
        await write_rows(self.session, Event, self.events)
        for year, last in self.numbers.items():
            await self.session.merge(NumberSeries(name=f"intervention-{year}", last=last))
        newest = int(await self.session.scalar(select(func.max(Event.seq))) or 0)
        await self.session.merge(WatchRun(duty=WATCH, done_at=self.now, found=newest))
