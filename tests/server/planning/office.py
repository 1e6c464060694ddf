"""A dispatcher's office in the valley on a Tuesday morning: two technicians, lifts along a street.

Everything goes through the real actions at told times.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.day import DayProblem, as_it_stands
from server.interventions.queries import WantedInterventions, interventions
from server.interventions.schemas import AssignBody, InterventionOut, VisitOut
from server.kit.tables import Event
from server.kit.wire import PositionBody
from server.planning import actions, queries
from server.planning.planner import Planner
from server.planning.schemas import CandidateOut, CandidatesOut, PlanBody, PlanOut
from server.planning.snapshot import local_day, read_day
from server.planning.standing_days import StandingDays
from server.regions.schemas import RegionOut
from server.regions.tables import Region
from server.roster import actions as roster
from server.roster.schemas import LunchBody, ShiftBody, TechnicianOut
from server.sites import actions as sites
from server.sites.schemas import AssetBody, SiteBody
from tests.server.interventions.town import FOUNDER, TUESDAY, Building, Town

HOME_LON = 1.5
DEGREES_A_KILOMETRE = 1 / 82.0


@dataclass(slots=True)
class Office:
    """The town, its clock, and what a dispatcher does there."""

    town: Town

    @property
    def now(self) -> datetime:
        return self.town.now

    async def building(
        self, code: str, kilometres: float, *, region: RegionOut | None = None
    ) -> Building:
        """A house with a lift, so far east of where everybody lives; in the valley as a rule."""
        position = PositionBody(lat=42.5, lon=HOME_LON + kilometres * DEGREES_A_KILOMETRE)
        async with self.town.write() as session:
            site = await sites.create_site(
                session,
                FOUNDER,
                SiteBody(
                    code=code,
                    region_id=(region or self.town.valley).id,
                    customer_id=self.town.customer.id,
                    name=code.title(),
                    street="Avinguda",
                    number="1",
                    place="Encamp",
                    position=position,
                ),
                self.now,
            )
            lift = await sites.create_asset(
                session, FOUNDER, AssetBody(site_id=site.id, code=f"{code}-A", name="A"), self.now
            )
        return Building(site, lift)

    async def call(self, code: str, kilometres: float, **more: Any) -> InterventionOut:
        """A lift out of service so far east."""
        given: dict[str, Any] = {"severity": "S2", "duration_seconds": 3600, "skills": {}} | more
        return await self.town.report(building=await self.building(code, kilometres), **given)

    async def candidates(
        self, about: InterventionOut, staying: Collection[UUID] = ()
    ) -> CandidatesOut:
        async with self.town.read() as session:
            return await queries.candidates(
                session, self.town.office, about.id, top=None, now=self.now, staying=staying
            )

    async def card(
        self, about: InterventionOut, technician: TechnicianOut, *, staying: Collection[UUID] = ()
    ) -> CandidateOut:
        found = await self.candidates(about, staying)
        return next(each for each in found.candidates if each.technician_id == technician.id)

    async def send(
        self,
        about: InterventionOut,
        card: CandidateOut,
        *,
        days: StandingDays | None = None,
        **more: Any,
    ) -> VisitOut:
        """Send whom the card names, as the card says."""
        body = AssignBody(technician_id=card.technician_id, basis=card.basis, **more)
        return await self.assign(about, body, days=days)

    async def assign(
        self, about: InterventionOut, body: AssignBody, *, days: StandingDays | None = None
    ) -> VisitOut:
        if days is not None:
            async with self.town.read() as session:
                await days.prepare(session, about.id, self.now)
        async with self.town.write() as session:
            return await actions.assign(
                session, self.town.office, about.id, body, self.now, days=days
            )

    async def send_best(self, about: InterventionOut) -> VisitOut:
        async with self.town.write() as session:
            return await actions.send_best(session, self.town.office, about.id, self.now)

    async def question(self, about: InterventionOut) -> DayProblem:
        """The day as it stands when one asks about this intervention."""
        async with self.town.read() as session:
            region = await session.get(Region, about.region_id)
            assert region is not None
            day = local_day(region, self.now)
            snapshot = await read_day(session, region, day, self.now, asked=about.id)
        return as_it_stands(snapshot.day, about.number)

    async def start_plan(self, planner: Planner, **more: Any) -> PlanOut:
        """Ask for a plan of the valley's day, made in the background.

        Who says how many rounds gets them, on however busy a machine; otherwise it is one second.
        """
        seconds = 60 if "iterations" in more else 1
        given: dict[str, Any] = {"region_id": self.town.valley.id, "seconds": seconds} | more
        async with self.town.write() as session:
            plan = await actions.start(session, self.town.office, PlanBody(**given), self.now)
        planner.begin(plan.id)
        return plan

    async def plan_day(self, planner: Planner, **more: Any) -> PlanOut:
        """Ask for a plan and wait until it is there."""
        plan = await self.start_plan(planner, **more)
        await planner.settled()
        return await self.look_at(plan)

    async def look_at(self, plan: PlanOut) -> PlanOut:
        async with self.town.read() as session:
            return await queries.plan(session, self.town.office, plan.id, self.now)

    async def publish(self, plan: PlanOut) -> PlanOut:
        async with self.town.write() as session:
            return await actions.publish(session, self.town.office, plan.id, self.now)

    async def cancel(self, plan: PlanOut) -> PlanOut:
        async with self.town.write() as session:
            return await actions.cancel(session, self.town.office, plan.id, self.now)

    async def plan_events(self) -> list[str]:
        """What was announced about plans, in order."""
        query = select(Event.kind).where(Event.kind.like("plan_%")).order_by(Event.seq)
        async with self.town.read() as session:
            return list((await session.scalars(query)).all())

    async def plan_now(self, **more: Any) -> PlanOut:
        """Plan the valley's day and publish it."""
        async with self.town.write() as session:
            return await actions.plan_region_now(
                session,
                self.town.office,
                self.town.valley.id,
                self.now.date(),
                self.now,
                iterations=60,
                **more,
            )

    async def visits(self) -> dict[str, VisitOut]:
        """The open visit of each intervention of the valley, by its number."""
        async with self.town.read() as session:
            page = await interventions(
                session,
                self.town.office,
                WantedInterventions(region_id=self.town.valley.id),
                now=self.now,
                limit=200,
                cursor=None,
            )
        closed = {"unassigned", "cancelled", "declined"}
        return {
            each.number: visit
            for each in page.items
            for visit in each.visits
            if visit.status not in closed
        }


async def open_office(town: Town) -> Office:
    """Aina and Bruno work from eight to five with lunch at noon, in Paris time."""
    office = Office(town)
    morning = TUESDAY.replace(hour=6, minute=0)
    for technician in (town.aina, town.bruno):
        await give_shift(office, technician, morning)
    return office


async def give_shift(office: Office, technician: TechnicianOut, starts_at: datetime) -> None:
    noon = starts_at + timedelta(hours=4)
    body = ShiftBody(
        technician_id=technician.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=9),
        lunch=LunchBody(
            earliest_at=noon, latest_at=noon + timedelta(hours=1), duration_seconds=1800
        ),
    )
    async with office.town.write() as session:
        await roster.create_shift(session, FOUNDER, body, office.now)
