"""Somebody without an account at a lift, and what the company does about what they reported."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.desks import Seen, require_readable
from tests.browser.headquarters import Headquarters, Json, Person
from tests.browser.spoken import Spoken

FOLLOWS = 20_000
"""Milliseconds: a page that follows asks every four seconds, and this machine may be busy."""


@dataclass(slots=True)
class Stranger:
    """Somebody without an account, each of whose screens is looked at."""

    page: Page
    says: Spoken
    language: str
    seen: Seen

    def sees(self, key: str, **facts: str) -> Locator:
        found = self.page.get_by_text(self.says(key, **facts), exact=True).first
        expect(found).to_be_visible(timeout=FOLLOWS)
        return found

    def presses(self, key: str) -> None:
        self.page.get_by_role("button", name=self.says(key), exact=True).click()

    def field(self, key: str) -> Locator:
        return self.page.get_by_label(self.says(key))

    def chooses(self, kind: str) -> None:
        self.page.get_by_label(self.says(f"resident.kind.{kind}")).check()

    def looks(self, screen: str) -> None:
        """On the smallest phone and a usual one, by day and by night, word for word."""
        strays = self.says.strays(self.page)
        assert strays == [], f"{screen}, not in {self.language}"
        require_readable(self.page, f"{screen} in {self.language}", self.seen)
        if folder := os.environ.get("PALIER_SCREENSHOTS"):
            path = Path(folder) / f"{screen.replace(' ', '-')}-{self.language}.png"
            self.page.screenshot(path=path, full_page=True)


@dataclass(frozen=True, slots=True)
class Lift:
    """A lift that works, and what is on its label."""

    asset_id: str
    path: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, headquarters: Headquarters) -> "Lift":
        line = headquarters.line("dispatcher")
        for asset in line.get("/api/assets", params={"limit": 60}).json()["items"]:
            wanted = {"asset_ids": [asset["id"]]}
            (label,) = headquarters.post("dispatcher", "/api/labels", wanted)["labels"]
            token = label["path"].partition("#")[2]
            place = line.get("/api/reports_by_label", params={"token": token}).json()
            if place["known_since"] is None:
                told = (place["asset_name"], place["site_name"], place["address"])
                return cls(asset["id"], label["path"], told)
        raise AssertionError("no lift works")


def reported(headquarters: Headquarters, lift: Lift, severity: str) -> Json:
    """What was reported of a lift last."""
    asked = {"severity": severity, "limit": "20"}
    answer = headquarters.line("dispatcher").get("/api/interventions", params=asked).json()
    found = [each for each in answer["items"] if (each["asset"] or {}).get("id") == lift.asset_id]
    return dict(found[0])


def sends(headquarters: Headquarters, work: Json, technician: Person) -> UUID:
    asked = {"technician_id": str(technician.technician)}
    visits = f"/api/interventions/{work['id']}/visits"
    return UUID(headquarters.post("dispatcher", visits, asked)["id"])


def calls_off(headquarters: Headquarters, work: Json, reason: str) -> None:
    """Decide that nobody goes."""
    told = {"id": str(uuid4()), "kind": "cancel", "at": headquarters.now.isoformat()}
    asked = told | {"base_version": work["version"], "payload": {"reason": reason}}
    headquarters.post("dispatcher", f"/api/interventions/{work['id']}/commands", asked)


def leads(
    headquarters: Headquarters, technician: Person, visit: UUID, kind: str, **payload: Any
) -> None:
    """The next step of a visit, as its technician's phone tells it."""
    known = headquarters.visit(visit)
    answers = [_answer(line["item"]) for line in known["checklist"]]
    asked = {
        "id": str(uuid4()),
        "kind": kind,
        "at": headquarters.now.isoformat(),
        "base_version": known["visit"]["version"],
        "device": "phone",
        "payload": payload | ({"answers": answers} if kind == "complete" else {}),
    }
    answer = headquarters.line_of(technician.email).post(
        f"/api/visits/{visit}/commands", json=asked, headers={"Idempotency-Key": str(uuid4())}
    )
    (result,) = answer.raise_for_status().json()["results"]
    assert result["outcome"] == "applied", result


def _answer(item: Json) -> Json:
    return {"item": item["key"], "value": "done" if item["kind"] == "check" else item["high"]}
