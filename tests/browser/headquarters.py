"""The office's side of a test: who is hired and sent, what is decided, what is written."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from math import dist
from typing import Any
from uuid import UUID, uuid4

import httpx
from PIL import Image, ImageColor, ImageStat

from tests.browser.offices import Office
from tests.browser.verdicts import Evidence, Held

Json = dict[str, Any]
PASSWORD = "palier-demo"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Person:
    """A technician with an account of their own."""

    name: str
    email: str
    account: UUID
    technician: UUID


@dataclass(slots=True)
class Headquarters:
    """The office's side, over the API."""

    office: Office
    _lines: dict[str, httpx.Client] = field(default_factory=dict)

    def hires(self, language: str = "en") -> Person:
        """Somebody new who can do everything, at work from now on."""
        number = next(_numbers)
        admin = self.line("admin")
        able = max(
            admin.get("/api/technicians").json()["items"], key=lambda one: len(one["skills"])
        )
        mark = f"{number}-{uuid4().hex[:6]}"
        told = {key: able[key] for key in ("region_id", "home", "skills", "certificates")}
        name = f"Nil Pons {number}"
        made = self.post("admin", "/api/technicians", {"code": f"N-{mark}", "name": name, **told})
        email = f"nil-{mark}@demo.palier"
        account = self.post(
            "admin",
            "/api/accounts",
            {
                "email": email,
                "name": name,
                "role": "technician",
                "language": language,
                "password": PASSWORD,
                "technician_id": made["id"],
            },
        )
        now = self.now
        shift = {
            "technician_id": made["id"],
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(hours=11)).isoformat(),
        }
        self.post("dispatcher", "/api/shifts", shift)
        return Person(name, email, UUID(account["id"]), UUID(made["id"]))

    def knows(self, role: str) -> Person:
        """Somebody of the demo company, as they were founded with it."""
        account = self.line(role).get("/api/session").json()["account"]
        ids = UUID(account["id"]), UUID(account["technician_id"])
        return Person(account["name"], account["email"], *ids)

    def day_of(self, person: Person, *, until: datetime) -> list[Json]:
        """What somebody is to begin before then and has not ended, in order."""
        asked = {"technician_id": str(person.technician), "day": self.now.date().isoformat()}
        found = self.line("dispatcher").get("/api/visits", params=asked).json()["items"]
        return [
            each
            for each in found
            if datetime.fromisoformat(each["visit"]["starts_at"]) < until
            and each["visit"]["finished_at"] is None
        ]

    def sends(self, person: Person, summary: str = "The doors squeal", **told: str) -> UUID:
        """Take a call, an S3 unless something else is told, and send them; the visit."""
        region = self._region_of(person)
        lifts = self.line("dispatcher").get("/api/assets", params={"limit": 200}).json()["items"]
        lift = [one for one in lifts if one["kind"] == "lift"][next(_numbers) % 60]
        call = self.post(
            "dispatcher",
            "/api/interventions",
            {"asset_id": lift["id"], "severity": "S3", "summary": summary, **told},
        )
        assert call["region_id"] == region
        visits = f"/api/interventions/{call['id']}/visits"
        return UUID(
            self.post("dispatcher", visits, {"technician_id": str(person.technician)})["id"]
        )

    def visit(self, visit: UUID) -> Json:
        """Everything the office knows of a visit."""
        found: Json = self.line("dispatcher").get(f"/api/visits/{visit}").json()
        return found

    def arrived_at(self, visit: UUID) -> datetime:
        """When its technician came, as the office has it."""
        return datetime.fromisoformat(self.visit(visit)["visit"]["arrived_at"])

    def commands(self, visit: UUID, kind: str, **payload: object) -> None:
        """Decide something about a visit, as a dispatcher does."""
        known = self.visit(visit)["visit"]
        asked = {
            "id": str(uuid4()),
            "kind": kind,
            "at": self.now.isoformat(),
            "base_version": known["version"],
            "payload": payload,
        }
        (result,) = self.post("dispatcher", f"/api/visits/{visit}/commands", asked)["results"]
        assert result["outcome"] == "applied", result

    def gives_to(self, visit: UUID, colleague: Person) -> None:
        """Take a visit from its technician and send another."""
        self.commands(visit, "unassign")
        work = self.visit(visit)["visit"]["intervention_id"]
        asked = {"technician_id": str(colleague.technician)}
        self.post("dispatcher", f"/api/interventions/{work}/visits", asked)

    def says(self, visit: UUID, **changes: str) -> None:
        """Write something else about the work of a visit."""
        work = f"/api/interventions/{self.visit(visit)['visit']['intervention_id']}"
        known = self.line("dispatcher").get(work)
        headers = {"If-Match": known.headers["ETag"]}
        self.line("dispatcher").patch(work, json=changes, headers=headers).raise_for_status()

    @property
    def now(self) -> datetime:
        """The office's time."""
        told = self.line("admin").get("/api/session").headers["Palier-Time"]
        return datetime.fromisoformat(told).replace(microsecond=0)

    def line(self, role: str) -> httpx.Client:
        """Somebody of the demo company, signed in."""
        return self.line_of(f"{role}@demo.palier")

    def line_of(self, email: str) -> httpx.Client:
        """Anybody with an account, signed in."""
        if email not in self._lines:
            client = httpx.Client(
                base_url=self.office.address,
                timeout=60,
                limits=httpx.Limits(max_connections=None),
            )
            who = {"email": email, "password": PASSWORD}
            answer = client.post("/api/session", json=who).raise_for_status()
            client.headers["X-CSRF-Token"] = answer.json()["csrf"]
            self._lines[email] = client
        return self._lines[email]

    def post(self, role: str, path: str, body: Json) -> Json:
        """Do something once; a refusal fails the test with its reason."""
        headers = {"Idempotency-Key": str(uuid4())}
        answer = self.line(role).post(path, json=body, headers=headers)
        assert answer.is_success, f"{path}: {answer.text}"
        made: Json = answer.json()
        return made

    def close(self) -> None:
        for client in self._lines.values():
            client.close()

    def _region_of(self, person: Person) -> str:
        told = self.line("admin").get(f"/api/technicians/{person.technician}").json()
        return str(told["region_id"])


@dataclass(frozen=True, slots=True)
class Stored:
    """One command as the office keeps it."""

    id: str
    kind: str
    device: str
    sequence: int
    outcome: str
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class Books:
    """What is written in the office's database, read behind its back."""

    office: Office

    def commands(self, visit: UUID) -> list[Stored]:
        """In the order in which they were written down."""
        rows = self._read(
            "select id, kind, device, sequence, outcome, judged_at from visit_command"
            " where visit_id = ? order by rowid",
            visit.hex,
        )
        return [
            Stored(name, kind, device, number, outcome, datetime.fromisoformat(at))
            for name, kind, device, number, outcome, at in rows
        ]

    def commands_of(self, person: Person) -> list[tuple[tuple[str, str], Stored]]:
        """All of a technician, by visit and kind, in the order of their phone."""
        rows = self._read(
            "select visit_id, id, kind, device, sequence, outcome, judged_at from visit_command"
            " where account_id = ? and device <> '' order by sequence",
            person.account.hex,
        )
        return [
            (
                (str(UUID(visit)), kind),
                Stored(name, kind, device, number, outcome, datetime.fromisoformat(at)),
            )
            for visit, name, kind, device, number, outcome, at in rows
        ]

    def events(self, visit: UUID) -> list[str]:
        """The kinds of what was told of a visit, in order."""
        rows = self._read("select kind from event where visit_id = ? order by seq", visit.hex)
        return [row[0] for row in rows]

    def held_of(self, person: Person) -> list[Held]:
        """All that a technician's phone told, by visit and of the working day, as written down."""
        rows = self._read(
            "select visit_id, kind, id, device, sequence, outcome from visit_command"
            " where account_id = ? and device <> '' order by rowid",
            person.account.hex,
        )
        visits = [Held(str(UUID(visit)), *told) for visit, *told in rows]
        rows = self._read(
            "select kind, id, device, sequence, outcome from duty_command"
            " where account_id = ? order by rowid",
            person.account.hex,
        )
        return [*visits, *(Held(DUTY, *told) for told in rows)]

    def evidence(self, visit: UUID, colours: Sequence[str]) -> list[Evidence]:
        """Of each file promised: what is to be seen on it, and whether it is here and unchanged."""
        rows = self._read(
            "select f.signer, f.state, f.received_size = f.size,"
            " f.sha256 = stored_file.original_sha256, content"
            " from promised_file f left join stored_file on stored_file.id = f.stored_file_id"
            " where f.visit_id = ?",
            visit.hex,
        )
        return [
            Evidence(signer or _colour_of(content, colours), state, bool(is_whole), bool(is_same))
            for signer, state, is_whole, is_same, content in rows
        ]

    def ends_sessions(self, person: Person) -> None:
        """As when a night has passed: nobody is signed in with this account any more."""
        with closing(sqlite3.connect(self.office.database, timeout=30)) as database, database:
            database.execute("delete from signed_in where account_id = ?", (person.account.hex,))

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.office.database, timeout=30)) as database:
            return database.execute(query, values).fetchall()


DUTY = "the working day"


def _colour_of(content: bytes | None, colours: Sequence[str]) -> str:
    """Which of these a photo shows, all of it drawn to the last line."""
    if content is None:
        return "nothing"
    means = ImageStat.Stat(Image.open(BytesIO(content)).convert("RGB")).mean
    return min(colours, key=lambda one: dist(means, ImageColor.getrgb(one)[:3]))
