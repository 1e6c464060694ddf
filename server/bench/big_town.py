"""A big region at noon in a founded demo town: a drawn day written straight into its tables.

Two hundred people would take the real actions too long; what they would have written is the same.
"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import insert, select

from dispatch.agreements import ClockKind, Severity
from dispatch.clocks import ClockState
from dispatch.planning import Job, Stop, Technician
from server.bench.drawn_days import DRIVE_SECONDS, MIDDAY, Midday
from server.customers.tables import Customer
from server.interventions.clocks import CUSTOMER, refresh, told
from server.interventions.dossier import all_dossiers
from server.interventions.tables import Intervention, Promise, StoredClock, Visit
from server.kit.database import Database, Session
from server.kit.tables import Base
from server.regions.tables import Region
from server.roster.tables import Shift
from server.roster.tables import Technician as TechnicianRow
from server.sites.tables import Site

NAME = "BIG"
Rows = dict[type[Base], list[dict[str, object]]]


def settle(
    database_url: str,
    midday: Midday,
    noon: datetime,
    *,
    name: str = NAME,
    is_promised: bool = False,
) -> tuple[UUID, ...]:
    """Write the day into a region of its own; gives the interventions of the urgent calls.

    Where it is promised, customers' promises are copied from the town, and clocks follow from them.
    """
    return asyncio.run(_settled(database_url, midday, noon, name, is_promised=is_promised))


async def _settled(
    database_url: str, midday: Midday, noon: datetime, name: str, *, is_promised: bool
) -> tuple[UUID, ...]:
    database = Database(database_url)
    try:
        async with database.write() as session:
            pattern = (await session.scalars(select(Region).limit(1))).one()
            customer = (await session.scalars(select(Customer.id).limit(1))).one()
            region = Region(
                code=name,
                name=name.capitalize(),
                zone=pattern.zone,
                profile="mixed",
                calendar_id=pattern.calendar_id,
            )
            session.add(region)
            await session.flush()
            patterns = await _patterns(session) if is_promised else {}
            town = _Town(midday, noon, region, customer, patterns)
            for table, rows in town.rows().items():
                if rows:
                    await session.execute(insert(table), rows)
            if is_promised:
                await _run_clocks(session, region.id, noon)
            return tuple(town.interventions[call] for call in midday.calls)
    finally:
        await database.close()


async def _patterns(session: Session) -> dict[str, Promise]:
    """A response promise to some customer for each severity."""
    query = select(Promise).where(
        Promise.party == CUSTOMER,
        Promise.kind == ClockKind.RESPONSE.value,
        Promise.hours.is_not(None),
    )
    return {each.severity: each for each in await session.scalars(query)}


async def _run_clocks(session: Session, region_id: UUID, now: datetime) -> None:
    """Bring every clock to where its promise has it; what it had to tell counts as told."""
    rows = await session.scalars(select(Intervention).where(Intervention.region_id == region_id))
    for dossier in await all_dossiers(session, rows.all()):
        refresh(dossier, now)
        told(dossier, now)


class _Town:
    """The rows of a drawn day, each thing under an id of its own."""

    def __init__(
        self,
        midday: Midday,
        noon: datetime,
        region: Region,
        customer: UUID,
        patterns: Mapping[str, Promise],
    ) -> None:
        self.midday, self.patterns = midday, patterns
        self.origin = noon - timedelta(seconds=MIDDAY)
        self.region, self.customer = region, customer
        problem = midday.problem
        self.people = {each.id: uuid_utils.compat.uuid7() for each in problem.technicians}
        self.interventions = {each.id: uuid_utils.compat.uuid7() for each in problem.jobs}
        self.sites = {each.id: uuid_utils.compat.uuid7() for each in problem.jobs}

    def rows(self) -> Rows:
        problem = self.midday.problem
        return {
            TechnicianRow: [self._person(each) for each in problem.technicians],
            Shift: [self._shift(each) for each in problem.technicians],
            Site: [self._site(each) for each in problem.jobs],
            Intervention: [self._intervention(each) for each in problem.jobs],
            Promise: [self._promise(each) for each in problem.jobs if self.patterns],
            StoredClock: [self._clock(each) for each in problem.jobs],
            Visit: list(self._visits()),
        }

    def _at(self, second: int) -> datetime:
        return self.origin + timedelta(seconds=second)

    def _person(self, each: Technician) -> dict[str, object]:
        home = self.midday.places[each.start]
        return {
            "id": self.people[each.id],
            "code": f"{self.region.code}-{each.id}",
            "region_id": self.region.id,
            "name": f"Technician {each.id}",
            "phone": "",
            "home_lat": home.lat,
            "home_lon": home.lon,
            "languages": ["en"],
            "skills": dict(each.skills),
            "certificates": [],
        }

    def _shift(self, each: Technician) -> dict[str, object]:
        rest = each.break_
        assert rest is not None
        return {
            "technician_id": self.people[each.id],
            "kind": "shift",
            "starts_at": self._at(each.shift[0]),
            "ends_at": self._at(each.shift[1]),
            "overtime_max_seconds": each.overtime_max,
            "lunch_earliest_at": self._at(rest.earliest),
            "lunch_latest_at": self._at(rest.latest),
            "lunch_duration_seconds": rest.duration,
        }

    def _site(self, each: Job) -> dict[str, object]:
        place = self.midday.places[each.location]
        words = ("name", "street", "number", "postcode", "place", "access_notes")
        return {
            **dict.fromkeys((*words, "contact_name", "contact_phone", "search"), each.id),
            "id": self.sites[each.id],
            "code": f"{self.region.code}-{each.id}",
            "region_id": self.region.id,
            "customer_id": self.customer,
            "lat": place.lat,
            "lon": place.lon,
            "position_source": "given",
            "zone": self.region.zone,
        }

    def _intervention(self, each: Job) -> dict[str, object]:
        words = ("description", "caller_name", "caller_phone", "reported_at_reason")
        return {
            **dict.fromkeys(words, ""),
            "id": self.interventions[each.id],
            "number": f"{self.region.code}-{each.id}",
            "region_id": self.region.id,
            "customer_id": self.customer,
            "site_id": self.sites[each.id],
            "severity": _severity(each),
            "work_type": "repair",
            "source": "phone",
            "summary": f"Call {each.id}",
            "reported_at": self._at(each.release),
            "duration_seconds": each.duration,
            "skills": dict(each.skills),
            "is_qualified": True,
            "status": "qualified" if each.announced is None else "scheduled",
        }

    def _promise(self, each: Job) -> dict[str, object]:
        pattern = self.patterns[_severity(each)]
        return {
            "intervention_id": self.interventions[each.id],
            "party": CUSTOMER,
            "kind": ClockKind.RESPONSE.value,
            "severity": _severity(each),
            "from_at": self._at(each.release),
            "terms": pattern.terms,
            "hours": pattern.hours,
            "calendar_revision_id": pattern.calendar_revision_id,
        }

    def _clock(self, each: Job) -> dict[str, object]:
        assert each.due is not None
        return {
            "intervention_id": self.interventions[each.id],
            "party": CUSTOMER,
            "kind": ClockKind.RESPONSE.value,
            "round": 0,
            "severity": _severity(each),
            "started_at": self._at(each.release),
            "due_at": self._at(each.due),
            "state": ClockState.RUNNING.value,
            "engine_version": 1,
        }

    def _visits(self) -> Iterator[dict[str, object]]:
        for route in self.midday.plan.routes:
            for stop in route.stops:
                yield self._visit(route.technician, stop)

    def _visit(self, technician: str, stop: Stop) -> dict[str, object]:
        return {
            "intervention_id": self.interventions[stop.job],
            "technician_id": self.people[technician],
            "status": "dispatched",
            "starts_at": self._at(stop.start),
            "ends_at": self._at(stop.finish),
            "travel_seconds": DRIVE_SECONDS,
            "created_at": self.origin,
            "announced_at": self.origin,
        }


def _severity(each: Job) -> str:
    return list(Severity)[each.priority - 1].value
