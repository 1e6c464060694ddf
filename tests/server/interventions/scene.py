"""A phone, its technician's tablet, a colleague's phone and the office, all over HTTP.

Each call has a lift and a quarter of a day of its own, so that stories do not meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import update

from server.accounts import actions as accounts
from server.accounts.schemas import AccountBody, Role
from server.interventions.tables import Intervention
from server.kit.database import Database
from server.roster import actions as roster
from server.roster.schemas import TechnicianBody, TechnicianOut
from tests.server.company import FOUNDER, PASSWORD, Company, Member

Told = dict[str, Any]
CHECKLIST = [
    {
        "key": "pit",
        "label": "The pit is dry",
        "kind": "check",
        "is_mandatory": False,
        "unit": "",
        "low": None,
        "high": None,
    }
]
BRUNOS = "bruno@example.org"


@dataclass(slots=True)
class Scene:
    """Everybody signed in; `aina` is the technician whose phone is late."""

    client: AsyncTestClient[Litestar]
    company: Company
    database: Database
    office: Member
    admin: Member
    aina: Member
    bruno: Member
    colleague: TechnicianOut
    _slots: Any = field(default_factory=lambda: count(1))

    async def call(self, **more: Any) -> Told:
        """A call about a lift of its own, with something on its checklist."""
        number = next(self._slots)
        lift = await self.admin.post(
            "/api/assets",
            {"site_id": str(self.company.home.site.id), "code": f"LIFT-{number}", "name": "Lift"},
        )
        body = {"asset_id": lift.json()["id"], "severity": "S2", "summary": "Stands still"} | more
        made: Told = _whole(await self.office.post("/api/interventions", body), 201)
        async with self.database.write() as session:
            row = update(Intervention).where(Intervention.id == UUID(made["id"]))
            await session.execute(row.values(checklist=CHECKLIST))
        return made

    async def visit(self, *kinds: str, **more: Any) -> Told:
        """A visit Aina was sent on and has seen, after she did all this with signal."""
        made = await self.assigned(await self.call(**more), self.company.home.technician.id)
        return await self.lead(self.aina, made, *kinds)

    async def assigned(self, about: Told, technician_id: UUID) -> Told:
        """Sent by the office's hand, to a time of its own."""
        later = timedelta(hours=6 * next(self._slots))
        body = {
            "technician_id": str(technician_id),
            "starts_at": (datetime.now(UTC) + later).isoformat(),
            "travel_seconds": 600,
        }
        path = f"/api/interventions/{about['id']}/visits"
        made: Told = _whole(await self.office.post(path, body), 201)
        return made

    async def lead(self, who: Member, visit: Told, *kinds: str) -> Told:
        """Steps that are all applied; gives the visit as it then is."""
        for kind in kinds:
            (result,) = await self.send(who, visit, command(kind, visit))
            assert result["outcome"] == "applied", result
            visit = result["visit"]
        return visit

    async def send(self, who: Member, visit: Told, *commands: Told) -> list[Told]:
        answer = await who.post(f"/api/visits/{visit['id']}/commands", list(commands))
        results: list[Told] = _whole(answer)["results"]
        return results

    async def decide(self, about: str, kind: str, reason: str = "Agreed by phone") -> None:
        """The office decides about an intervention as it is now."""
        now = await self.intervention(about)
        body = command(kind, now, payload={"reason": reason})
        _whole(await self.office.post(f"/api/interventions/{about}/commands", body))

    async def given_to_bruno(self, visit: Told) -> Told:
        """The office takes a visit back and sends the colleague instead."""
        await self.lead(self.office, visit, "unassign")
        return await self.assigned(
            await self.intervention(visit["intervention_id"]), self.colleague.id
        )

    async def intervention(self, identity: str) -> Told:
        found: Told = _whole(await self.office.get(f"/api/interventions/{identity}"))
        return found

    async def fresh(self, visit: Told) -> Told:
        """The visit as the office sees it now."""
        seen = await self.intervention(visit["intervention_id"])
        return next(each for each in seen["visits"] if each["id"] == visit["id"])

    async def notices(self, visit: Told) -> list[str]:
        """What the dispatcher is told of its intervention, newest first."""
        items = _whole(await self.office.get("/api/notices", limit="200"))["items"]
        return [
            each["code"] for each in items if each["intervention_id"] == visit["intervention_id"]
        ]


async def open_scene(
    client: AsyncTestClient[Litestar], company: Company, database: Database
) -> Scene:
    """Add a colleague of Aina's and a part, and sign everybody in."""
    now = datetime.now(UTC)
    async with database.write() as session:
        body = TechnicianBody(
            code="BRUNO", region_id=company.valley.id, name="Bruno Puig", home=_home(company)
        )
        colleague = await roster.create_technician(session, FOUNDER, body, now)
        account = AccountBody(
            email=BRUNOS,
            name="Bruno Puig",
            role=Role.TECHNICIAN,
            password=PASSWORD,
            technician_id=colleague.id,
        )
        await accounts.create(session, FOUNDER.actor, account, now)
    scene = Scene(
        client,
        company,
        database,
        office=await company.sign_in(client, Role.DISPATCHER),
        admin=await company.sign_in(client, Role.ADMIN),
        aina=await company.sign_in(client, Role.TECHNICIAN),
        bruno=await _signed_in(client, BRUNOS),
        colleague=colleague,
    )
    await add_part(scene, "SHOE")
    return scene


async def add_part(scene: Scene, code: str) -> Told:
    name = "Door shoe"
    body = {"code": code, "names": dict.fromkeys(("en", "fr", "es", "nl"), name)}
    made: Told = _whole(await scene.admin.post("/api/parts", body), 201)
    return made


async def _signed_in(client: AsyncTestClient[Litestar], email: str) -> Member:
    answer = await client.post("/api/session", json={"email": email, "password": PASSWORD})
    token = answer.cookies["palier"]
    client.cookies.clear()
    return Member(client, token, answer.json()["csrf"])


def _home(company: Company) -> Any:
    position = company.home.technician.home
    return {"lat": position.lat, "lon": position.lon}


def _whole(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def command(
    kind: str, seen: Told, *, ago: timedelta = timedelta(), payload: Mapping[str, Any] | None = None
) -> Told:
    """A command of somebody who saw the thing at this version."""
    return {
        "id": uuid4().hex,
        "kind": kind,
        "at": (datetime.now(UTC) - ago).isoformat(),
        "base_version": seen["version"],
        "payload": dict(payload or {}),
    }
