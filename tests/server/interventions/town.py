"""Two regions, two customers, three technicians and an agreement: where calls come from in tests.

Made through the real actions at told times; nobody signs in here, so a test takes milliseconds.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import func, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import actions as agreements
from server.agreements.schemas import (
    AgreementBody,
    AgreementKind,
    ClauseBody,
    ClockKind,
    EscalationStepBody,
    PoliciesBody,
    PromiseBody,
    ServiceRowBody,
    Severity,
    SignatoryBody,
    TermsBody,
    VersionBody,
)
from server.customers import actions as customers
from server.customers.schemas import CustomerBody, CustomerOut
from server.interventions import (
    actions,
    booking,
    decisions,
    pause_actions,
    portal,
    queries,
    visit_actions,
)
from server.interventions.portal_schemas import PortalTrailsOut
from server.interventions.schemas import (
    ClockOut,
    InterventionChangeBody,
    InterventionCommandBody,
    InterventionCommandKind,
    InterventionOut,
    InterventionPayload,
    PauseBody,
    PauseDecisionBody,
    PauseOut,
    ReportBody,
    TrailsOut,
    VisitCommandBody,
    VisitCommandKind,
    VisitCommandResultOut,
    VisitOut,
    VisitPayload,
)
from server.kit.database import Database, ReadSession, Session
from server.kit.names import NamesBody
from server.kit.problems import Invalid
from server.kit.tables import Base, Event
from server.kit.wire import PositionBody
from server.live.queries import event_page
from server.live.schemas import EventOut
from server.parts.actions import import_parts
from server.parts.schemas import CatalogueBody, PartBody
from server.regions import actions as regions
from server.regions.schemas import CalendarBody, RegionBody, RegionOut, Weekday
from server.roster import actions as roster
from server.roster.schemas import TechnicianBody, TechnicianOut
from server.services.schemas import ChecklistItemBody
from server.sites import actions as sites
from server.sites.schemas import AssetBody, AssetChangeBody, AssetOut, SiteBody, SiteOut
from tests.server.company import found_services

TUESDAY = datetime(2026, 6, 2, 7, 15, tzinfo=UTC)
"""Tuesday 2 June 2026, 09:15 in Paris."""
OFFICE_DAYS: dict[Weekday, list[tuple[int, int]]] = {
    "0": [(480, 1020)],
    "1": [(480, 1020)],
    "2": [(480, 1020)],
    "3": [(480, 1020)],
    "4": [(480, 1020)],
}
HOUR, MINUTE = 3600, 60
FOUNDER = Scope(account_id=UUID(int=1), name="Founder", role=Role.ADMIN)
VERIFIER = Scope(account_id=UUID(int=3), name="Vera", role=Role.ADMIN)
CHECKLIST = [
    ChecklistItemBody(key="pit", label="The pit is clean and dry"),
    ChecklistItemBody(
        key="gap", label="Door gap", kind="reading", unit="mm", low=Decimal(2), high=Decimal(6)
    ),
    ChecklistItemBody(key="light", label="The light works", is_mandatory=False),
]
_numbers = count(1)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


PARTS = CatalogueBody(
    [
        PartBody(
            code="BELT",
            names=NamesBody(
                en="Door belt", fr="Courroie de porte", es="Correa de puerta", nl="Deurriem"
            ),
        ),
        PartBody(
            code="ROPE",
            names=NamesBody(en="Rope", fr="Câble", es="Cable", nl="Kabel"),
            unit="m",
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Building:
    site: SiteOut
    lift: AssetOut


@dataclass(slots=True)
class Town:
    """`now` is the server's time; moving it is how a test lets time pass.

    `always` and `hours` are its calendars: round the clock, and on office days.
    """

    database: Database
    valley: RegionOut
    mountain: RegionOut
    customer: CustomerOut
    hotel: Building
    chalet: Building
    rival: CustomerOut
    rivals_house: Building
    aina: TechnicianOut
    bruno: TechnicianOut
    clara: TechnicianOut
    always: UUID
    hours: UUID
    now: datetime = TUESDAY
    office: Scope = field(init=False)

    def __post_init__(self) -> None:
        self.office = Scope(
            account_id=UUID(int=2),
            name="Dora",
            role=Role.DISPATCHER,
            region_ids=frozenset({self.valley.id, self.mountain.id}),
        )

    def of(self, technician: TechnicianOut) -> Scope:
        """What this technician's account may see."""
        return Scope(
            account_id=technician.id,
            name=technician.name,
            role=Role.TECHNICIAN,
            technician_id=technician.id,
        )

    def manager(self, customer: CustomerOut | None = None) -> Scope:
        owner = customer or self.customer
        return Scope(account_id=owner.id, name="Marta", role=Role.MANAGER, customer_id=owner.id)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        async with self.database.write() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        async with self.database.read() as session:
            yield session

    def passes(self, time: timedelta) -> None:
        self.now += time

    async def report(
        self, severity: Severity = "S2", building: Building | None = None, **more: Any
    ) -> InterventionOut:
        """A call about the hotel's lift, unless another building is meant."""
        where = building or self.hotel
        body = ReportBody(
            **{"asset_id": where.lift.id, "severity": severity, "summary": "Stands still", **more}
        )
        async with self.write() as session:
            return await actions.report(session, self.office, body, self.now)

    async def assign(
        self,
        intervention: InterventionOut,
        technician: TechnicianOut | None = None,
        *,
        after: timedelta = timedelta(minutes=30),
        lasts: timedelta = timedelta(minutes=60),
        **more: Any,
    ) -> VisitOut:
        """Send Aina, unless somebody else is meant, half an hour from now."""
        given = booking.Booking(
            technician_id=(technician or self.aina).id,
            starts_at=self.now + after,
            ends_at=self.now + after + lasts,
            travel_seconds=15 * MINUTE,
        )
        async with self.write() as session:
            return await booking.assign(
                session, self.office, intervention.id, given, now=self.now, **more
            )

    async def visit(self, severity: Severity = "S2", **more: Any) -> VisitOut:
        """A call for which Aina has just been told to go."""
        return await self.assign(await self.report(severity, **more))

    async def move(
        self,
        visit: VisitOut,
        technician: TechnicianOut | None = None,
        *,
        after: timedelta,
        **more: Any,
    ) -> VisitOut:
        """Move one visit; to its own technician, unless another is meant."""
        return (await self.move_all((visit, technician, after), **more))[0]

    async def move_all(
        self,
        *moves: tuple[VisitOut, TechnicianOut | None, timedelta],
        seen: bool = False,
        **more: Any,
    ) -> list[VisitOut]:
        """Move several at once; each takes as long as it took. `seen` insists on that version."""
        changes = [
            booking.VisitChange(
                visit_id=visit.id,
                technician_id=visit.technician_id if technician is None else technician.id,
                starts_at=self.now + after,
                ends_at=self.now + after + (visit.ends_at - visit.starts_at),
                travel_seconds=visit.travel_seconds,
                seen_version=visit.version if seen else None,
            )
            for visit, technician, after in moves
        ]
        async with self.write() as session:
            return await booking.move_visits(session, self.office, changes, now=self.now, **more)

    async def tell(
        self, visit: VisitOut, kind: VisitCommandKind, by: Scope | None = None, **more: Any
    ) -> VisitCommandResultOut:
        """One command of the visit's technician, unless somebody else gives it."""
        (result,) = await self.tell_all(visit, command(kind, visit, self.now, **more), by=by)
        return result

    async def tell_all(
        self, visit: VisitOut, *bodies: VisitCommandBody, by: Scope | None = None
    ) -> list[VisitCommandResultOut]:
        caller = by or self.technician_of(visit)
        async with self.write() as session:
            answer = await visit_actions.command_visit(session, caller, visit.id, bodies, self.now)
        return answer.results

    def technician_of(self, visit: VisitOut) -> Scope:
        people = (self.aina, self.bruno, self.clara)
        return self.of(next(each for each in people if each.id == visit.technician_id))

    async def lead(self, visit: VisitOut, *kinds: VisitCommandKind) -> VisitOut:
        """The technician does all of this, and all of it is accepted."""
        for kind in kinds:
            result = await self.tell(visit, kind)
            assert result.outcome == "applied", result
            visit = result.visit
        return visit

    async def decide(
        self,
        intervention: InterventionOut,
        kind: InterventionCommandKind,
        reason: str = "",
        *,
        evidence: str = "The concierge called.",
        **more: Any,
    ) -> InterventionOut:
        """What the office decides; `more` is what else it says."""
        current = await self.look(intervention)
        body = InterventionCommandBody(
            id=uuid4().hex,
            kind=kind,
            at=self.now,
            base_version=current.version,
            payload=InterventionPayload(reason=reason, evidence=evidence, **more),
        )
        async with self.write() as session:
            return await decisions.decide(session, self.office, intervention.id, body, self.now)

    async def look(self, about: InterventionOut | VisitOut) -> InterventionOut:
        """The intervention as the office sees it now."""
        found = about.intervention_id if isinstance(about, VisitOut) else about.id
        async with self.read() as session:
            return await queries.intervention(session, self.office, found, self.now)

    async def change(self, about: InterventionOut, **body: Any) -> InterventionOut:
        """The office corrects what was said."""
        current = await self.look(about)
        async with self.write() as session:
            return await actions.change(
                session,
                self.office,
                about.id,
                InterventionChangeBody(**body),
                expected=current.version,
                now=self.now,
            )

    async def pause(
        self, about: InterventionOut, reason: str = "no_access", **body: Any
    ) -> InterventionOut:
        """The office writes down that work stood still until now, unless it says otherwise."""
        told = {"evidence": "The concierge called.", "to_at": self.now, **body}
        async with self.write() as session:
            return await pause_actions.record(
                session, self.office, about.id, PauseBody(reason=reason, **told), self.now
            )

    async def judge(
        self,
        pause: PauseOut,
        decision: Literal["approved", "refused"] = "approved",
        by: Scope | None = None,
    ) -> InterventionOut:
        """A second person decides about a pause."""
        body = PauseDecisionBody(decision=decision)
        async with self.write() as session:
            return await pause_actions.decide(session, by or VERIFIER, pause.id, body, self.now)

    async def trails(self, about: InterventionOut) -> TrailsOut:
        async with self.read() as session:
            return await queries.trail(session, self.office, about.id, self.now)

    async def managers_trails(self, about: InterventionOut) -> PortalTrailsOut:
        async with self.read() as session:
            return await portal.portal_trail(session, self.manager(), about.id, self.now)

    async def managers_news(self) -> list[EventOut]:
        """What the pages of the hotel's manager have heard so far."""
        async with self.read() as session:
            page = await event_page(
                session, self.manager(), after=0, limit=None, intervention_id=None
            )
        return page.items

    async def retires(self, day: date | None, **more: Any) -> None:
        """The hotel's lift goes out of use on a day."""
        body = AssetChangeBody(retired_on=day, **more)
        lift = self.hotel.lift
        async with self.write() as session:
            await sites.change_asset(
                session, FOUNDER, lift.id, body, expected=lift.version, now=self.now
            )

    async def also_promises(self, kind: AgreementKind, *lines: ClauseBody) -> None:
        """A division of ours, or a supplier, promises something for the hotels' repairs."""
        terms = TermsBody(services=[ServiceRowBody(service="REPAIR")], clauses=list(lines))
        async with self.write() as session:
            await in_force(
                session, f"{kind}-1", terms, customer_id=self.customer.id, kind=kind, party="Valls"
            )

    async def kinds(self) -> list[str]:
        """The kinds of all events told so far about interventions, oldest first."""
        query = select(Event.kind).where(Event.intervention_id.is_not(None)).order_by(Event.seq)
        async with self.read() as session:
            return list((await session.scalars(query)).all())

    async def rows(self) -> dict[str, int]:
        """How many rows each table has: equal before and after means nothing was written."""
        async with self.read() as session:
            return {
                table.name: int(await session.scalar(select(func.count()).select_from(table)) or 0)
                for table in Base.metadata.sorted_tables
            }


def command(kind: VisitCommandKind, visit: VisitOut, at: datetime, **more: Any) -> VisitCommandBody:
    """A command with what it must carry; anything named replaces that."""
    carries = VisitPayload(
        reason="no_access" if kind in {"pause", "cannot_complete", "decline", "cancel"} else "",
        cause="door" if kind == "complete" else None,
        action="Door shoe replaced." if kind == "complete" else "",
        remaining="A new door shoe." if kind == "complete_partially" else "",
        evidence="Photo of the locked gate." if kind == "pause" else "",
    )
    plain = {
        "id": f"command-{next(_numbers)}",
        "kind": kind,
        "at": at,
        "base_version": visit.version,
        "payload": carries,
        "device": "phone",
    }
    return VisitCommandBody(**{**plain, **more})


def clock(
    intervention: InterventionOut,
    kind: ClockKind,
    party: AgreementKind = "customer",
    round_: int = 0,
) -> ClockOut:
    wanted = (kind, party, round_)
    clocks = intervention.clocks
    return next(each for each in clocks if (each.kind, each.party, each.round) == wanted)


def faults(refused: Invalid) -> list[tuple[str, str]]:
    """Where and what the refusal names."""
    return [(each["path"], each["code"]) for each in refused.facts["errors"]]


async def build(database: Database) -> Town:
    """Build the town; its agreement has held since January."""
    async with database.write() as session:
        office = await regions.create_calendar(
            session,
            FOUNDER,
            CalendarBody(code="OFFICE", name="Office", zone="Europe/Paris", weekly=OFFICE_DAYS),
            TUESDAY,
        )
        always = await regions.create_calendar(
            session,
            FOUNDER,
            CalendarBody(code="ALWAYS", name="Always", zone="Europe/Paris", always_open=True),
            TUESDAY,
        )
        valley = await _region(session, "VALLEY", office.id)
        mountain = await _region(session, "MOUNTAIN", office.id)
        customer = await _customer(session, "HOTELS")
        rival = await _customer(session, "RIVAL")
        await found_services(session, TUESDAY)
        await import_parts(session, FOUNDER, PARTS, TUESDAY)
        await _agreement(session, customer, mountain, always=always.id, office=office.id)
        return Town(
            database,
            valley,
            mountain,
            customer,
            await _building(session, "HOTEL", valley, customer),
            await _building(session, "CHALET", mountain, customer),
            rival,
            await _building(session, "RIVAL", valley, rival),
            await _technician(session, "Aina", valley),
            await _technician(session, "Bruno", valley),
            await _technician(session, "Clara", mountain),
            always.id,
            office.id,
        )


async def _region(session: Session, code: str, calendar_id: UUID) -> RegionOut:
    body = RegionBody(
        code=code,
        name=code.title(),
        zone="Europe/Paris",
        profile="urban",
        calendar_id=calendar_id,
    )
    return await regions.create_region(session, FOUNDER, body, TUESDAY)


async def _customer(session: Session, code: str) -> CustomerOut:
    body = CustomerBody(code=code, name=code.title())
    return await customers.create_customer(session, FOUNDER, body, TUESDAY)


async def _building(
    session: Session, code: str, region: RegionOut, customer: CustomerOut
) -> Building:
    site = await sites.create_site(
        session,
        FOUNDER,
        SiteBody(
            code=code,
            region_id=region.id,
            customer_id=customer.id,
            name=f"{code.title()} Mérïtxell",
            street="Carrer Major",
            number="3",
            place="Ordino",
            position=PositionBody(lat=42.55, lon=1.53),
        ),
        TUESDAY,
    )
    lift = await sites.create_asset(
        session, FOUNDER, AssetBody(site_id=site.id, code=f"{code}-A", name="Lift A"), TUESDAY
    )
    return Building(site, lift)


async def _technician(session: Session, name: str, region: RegionOut) -> TechnicianOut:
    body = TechnicianBody(
        code=name.upper(),
        region_id=region.id,
        name=f"{name} Ribera",
        phone="+376 700 001",
        home=PositionBody(lat=42.5, lon=1.5),
        skills={"traction": 2},
    )
    return await roster.create_technician(session, FOUNDER, body, TUESDAY)


async def _agreement(
    session: Session, customer: CustomerOut, mountain: RegionOut, *, always: UUID, office: UUID
) -> None:
    """Trapped: an hour, 90 minutes up the mountain. Stopped: two. Degraded: four office hours."""
    terms = TermsBody(
        services=[
            ServiceRowBody(service="REPAIR", exclusions=["Vandalism"]),
            ServiceRowBody(service="MAINTENANCE", checklist=CHECKLIST),
            ServiceRowBody(service="INSPECTION"),
            ServiceRowBody(service="REQUEST"),
        ],
        clauses=[
            repair("S1", "acknowledge", 5 * MINUTE, always),
            repair("S1", "response", HOUR, always),
            repair("S1", "response", 90 * MINUTE, always, region_id=mountain.id),
            repair("S1", "safe", HOUR, always),
            repair("S2", "response", 2 * HOUR, always),
            repair("S2", "resolution", 8 * HOUR, always),
            repair("S3", "response", 4 * HOUR, office),
        ],
        policies=PoliciesBody(reopen_seconds=48 * HOUR),
        escalation=[
            EscalationStepBody(level=1, clock="response", role="dispatcher", percent=80),
            EscalationStepBody(level=2, clock="response", role="admin", after_due_seconds=600),
        ],
    )
    await in_force(session, "A-1", terms, customer_id=customer.id)


def repair(
    severity: Severity, kind: ClockKind, seconds: int, calendar: UUID, **more: Any
) -> ClauseBody:
    """So many seconds of service time for a repair."""
    return ClauseBody(
        service="REPAIR",
        severity=severity,
        clock=kind,
        promise=PromiseBody(kind="seconds", seconds=seconds),
        calendar_id=calendar,
        **more,
    )


async def in_force(
    session: Session,
    number: str,
    terms: TermsBody,
    *,
    customer_id: UUID | None = None,
    kind: AgreementKind = "customer",
    party: str = "",
    valid_from: date = date(2026, 1, 1),
) -> None:
    """An agreement written, verified by somebody else, signed and in force since January."""
    first = VersionBody(valid_from=valid_from, zone="Europe/Paris", terms=terms)
    body = AgreementBody(
        number=number,
        customer_id=customer_id,
        kind=kind,
        party=party,
        name=number,
        owner_name="Jordi",
        first_version=first,
    )
    made = await agreements.create_agreement(session, FOUNDER, body, TUESDAY)
    await agreements.put_in_force(
        session,
        FOUNDER,
        VERIFIER,
        (made.id, made.versions[0].id),
        signing=agreements.Signing(
            content=b"%PDF-1.7 signed",
            signed_on=date(2026, 5, 1),
            signatories=[SignatoryBody(name="Marta", party="Hotels")],
        ),
        now=TUESDAY,
    )
