"""A small working company for server tests: one account of each kind, two regions.

Made through the real actions, so what tests start from is what the product can make.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts import actions as accounts
from server.accounts.schemas import AccountBody, Role
from server.accounts.scope import Scope
from server.customers import actions as customers
from server.customers.schemas import CustomerBody, CustomerOut
from server.kit.database import Database, Session
from server.kit.names import NamesBody
from server.kit.wire import PositionBody
from server.regions import actions as regions
from server.regions.schemas import (
    CalendarBody,
    CalendarOut,
    Profile,
    RegionBody,
    RegionOut,
    Weekday,
)
from server.roster import actions as roster
from server.roster.schemas import TechnicianBody, TechnicianOut
from server.services import actions as services
from server.services.schemas import ServiceBody, ServiceOut, WorkType
from server.sites import actions as sites
from server.sites.schemas import AssetBody, AssetOut, SiteBody, SiteOut

PASSWORD = "a long enough password"
FOUNDER = Scope(account_id=UUID(int=1), name="Founder", role=Role.ADMIN)
OPEN: list[tuple[int, int]] = [(480, 1020)]
WEEKDAYS: dict[Weekday, list[tuple[int, int]]] = {
    "0": OPEN,
    "1": OPEN,
    "2": OPEN,
    "3": OPEN,
    "4": OPEN,
}
REGIONS: tuple[tuple[str, str, Profile], ...] = (
    ("VALLEY", "The valley", "urban"),
    ("MOUNTAIN", "The mountain", "mountain"),
)

WORK_TYPES: tuple[WorkType, ...] = ("repair", "maintenance", "inspection", "request")


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person: their client headers do the ceremony of safe calls."""

    client: AsyncTestClient[Litestar]
    cookie: str
    csrf: str

    def headers(self, **more: str) -> dict[str, str]:
        return {"Cookie": f"palier={self.cookie}", "X-CSRF-Token": self.csrf, **more}

    async def get(self, path: str, **query: str) -> Response:
        return await self.client.get(path, params=query, headers=self.headers())

    async def post(self, path: str, body: object, *, key: str | None = None) -> Response:
        headers = self.headers(**{"Idempotency-Key": key or uuid4().hex})
        return await self.client.post(path, json=body, headers=headers)

    async def patch(self, path: str, body: object, *, version: int) -> Response:
        headers = self.headers(**{"If-Match": f'"{version}"'})
        return await self.client.patch(path, json=body, headers=headers)

    async def delete(self, path: str, *, version: int) -> Response:
        headers = self.headers(**{"If-Match": f'"{version}"'})
        return await self.client.delete(path, headers=headers)


@dataclass(frozen=True, slots=True)
class Branch:
    """What a region holds: a customer with one site and one lift, and a technician."""

    customer: CustomerOut
    site: SiteOut
    lift: AssetOut
    technician: TechnicianOut


@dataclass(slots=True)
class Company:
    now: datetime
    hours: CalendarOut
    valley: RegionOut
    mountain: RegionOut
    home: Branch
    away: Branch
    services: dict[str, ServiceOut] = field(default_factory=dict)
    emails: dict[Role, str] = field(default_factory=dict)

    async def sign_in(self, client: AsyncTestClient[Litestar], role: Role) -> Member:
        """A session of the account with this role."""
        answer = await client.post(
            "/api/session", json={"email": self.emails[role], "password": PASSWORD}
        )
        assert answer.status_code == 201, answer.text
        token = answer.cookies["palier"]
        client.cookies.clear()
        member = Member(client, token, answer.json()["csrf"])
        if answer.json()["asks_reason"]:
            given = await member.post("/api/session/reason", {"reason": "The yearly audit."})
            assert given.status_code == 201, given.text
        return member


async def found(database: Database, now: datetime) -> Company:
    """Found the company."""
    async with database.write() as session:
        hours = await regions.create_calendar(
            session,
            FOUNDER,
            CalendarBody(code="OFFICE", name="Office hours", zone="Europe/Paris", weekly=WEEKDAYS),
            now,
        )
        valley, mountain = [
            await regions.create_region(
                session,
                FOUNDER,
                RegionBody(
                    code=code, name=name, zone="Europe/Paris", profile=profile, calendar_id=hours.id
                ),
                now,
            )
            for code, name, profile in REGIONS
        ]
        home = await _branch(session, now, "HOME", valley)
        away = await _branch(session, now, "AWAY", mountain)
        company = Company(now, hours, valley=valley, mountain=mountain, home=home, away=away)
        company.services = await found_services(session, now)
        for role in Role:
            company.emails[role] = f"{role.value}@example.org"
            await accounts.create(
                session,
                FOUNDER.actor,
                AccountBody(
                    email=company.emails[role],
                    name=role.value.title(),
                    role=role,
                    password=PASSWORD,
                    region_ids=[valley.id] if role is Role.DISPATCHER else None,
                    customer_id=home.customer.id if role is Role.MANAGER else None,
                    technician_id=home.technician.id if role is Role.TECHNICIAN else None,
                ),
                now,
            )
    return company


async def found_services(session: Session, now: datetime) -> dict[str, ServiceOut]:
    """One service for each kind of work on any asset, by its code: REPAIR and so on."""
    made = {}
    for work_type in WORK_TYPES:
        name = f"Lift {work_type}"
        body = ServiceBody(
            code=work_type.upper(),
            names=NamesBody(en=name, fr=name, es=name, nl=name),
            work_type=work_type,
        )
        made[body.code] = await services.create_service(session, FOUNDER, body, now)
    return made


async def _branch(session: Session, now: datetime, code: str, region: RegionOut) -> Branch:
    customer = await customers.create_customer(
        session, FOUNDER, CustomerBody(code=code, name=f"{code.title()} Hotels"), now
    )
    site = await sites.create_site(
        session,
        FOUNDER,
        SiteBody(
            code=code,
            region_id=region.id,
            customer_id=customer.id,
            name=f"Hotel {code.title()}",
            street="Avinguda Mérïtxell",
            number="12",
            place="Andorra la Vella",
            position=PositionBody(lat=42.5, lon=1.5),
        ),
        now,
    )
    lift = await sites.create_asset(
        session, FOUNDER, AssetBody(site_id=site.id, code=f"{code}-A", name="Lift A"), now
    )
    technician = await roster.create_technician(
        session,
        FOUNDER,
        TechnicianBody(
            code=code,
            region_id=region.id,
            name=f"Aina {code.title()}",
            home=PositionBody(lat=42.51, lon=1.52),
            skills={"traction": 2},
        ),
        now,
    )
    return Branch(customer, site, lift, technician)
