"""The demo's town lives while somebody watches: people call, technicians drive and work.

Everything goes through the HTTP API, as the accounts of a dispatcher and of each technician.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dispatch.agreements import Severity
from dispatch.simulation import Call, Luck
from server.bench.refusals import ServerGone, UnexpectedAnswer
from server.cli.demo_line import Line
from server.cli.demo_mornings import Mornings
from server.kit.clock import Clock

DISPATCHER = "dispatcher@demo.palier"
LOOKS_EVERY = 1.0  # seconds on the wall
ACCEPTED_WITHIN = timedelta(minutes=4)
# Technicians accept what comes next; the afternoon may still be planned again.
ACCEPTED_AHEAD = timedelta(minutes=75)
AT_THE_DOOR = timedelta(minutes=1)
FREED_WITHIN = timedelta(minutes=9)
URGENT = frozenset({Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE})
CHECK = "Doors, levelling and alarm looked at on the round"
WORDS: Mapping[Severity, str] = {
    Severity.ENTRAPMENT: "Somebody is trapped, the intercom works",
    Severity.OUT_OF_SERVICE: "Lift stands still",
    Severity.DEGRADED: "Lift stops above the landing",
    Severity.REQUEST: "Please look at it on occasion",
}

Json = dict[str, Any]  # bodies of the API, read by name


def next_step(detail: Json, luck: Luck, now: datetime) -> tuple[str, datetime] | None:
    """Tell what a technician does next about a visit, and when that was; None while it lies ahead.

    Drives and work turn out as chance has it.
    """
    visit = detail["visit"]
    steps = _steps(detail, luck)
    found = next(((kind, at) for kind, done, at in steps if done is None), None)
    is_over = visit["status"] in {"completed", "partially_completed", "cannot_complete"}
    return None if found is None or is_over or found[1] > now else found


def _steps(detail: Json, luck: Luck) -> Iterator[tuple[str, object, datetime]]:
    """Each step with whether it was taken, and when it is or was due, in order."""
    visit, number = detail["visit"], detail["number"]
    starts_at = _instant(visit["starts_at"])
    drive = timedelta(seconds=visit["travel_seconds"])
    told = _instant(visit["announced_at"] or visit["starts_at"])
    at = max(told + ACCEPTED_WITHIN, starts_at - ACCEPTED_AHEAD)
    yield "accept", visit["accepted_at"], at
    at = max(_instant(visit["accepted_at"] or at), starts_at - drive)
    yield "start_travel", visit["en_route_at"], at
    seconds = luck.travel(visit["travel_seconds"], number, 1)
    at = _instant(visit["en_route_at"] or at) + timedelta(seconds=seconds)
    yield "arrive", visit["arrived_at"], at
    at = _instant(visit["arrived_at"] or at) + AT_THE_DOOR
    yield "start_work", visit["work_started_at"], at
    begun = _instant(visit["work_started_at"] or at)
    if detail["severity"] == Severity.ENTRAPMENT:
        freed = next((f for f in detail["facts"] if f["kind"] == "person_released"), None)
        yield "person_released", freed, begun + FREED_WITHIN
    seconds = luck.work(detail["duration_seconds"], number, 1)
    yield "complete", None, begun + timedelta(seconds=seconds)


@dataclass(slots=True)
class Phone:
    """One technician's phone: what it knows, and what its owner does next."""

    line: Line
    visits: dict[str, Json] = field(default_factory=dict)
    cursor: str | None = None

    def synchronise(self) -> Json:
        """Learn what is new."""
        path = "/api/sync" if self.cursor is None else f"/api/sync?cursor={self.cursor}"
        news: Json = self.line.get(path)
        if news["is_full"]:
            self.visits.clear()
        for gone in news["gone"]:
            self.visits.pop(gone, None)
        self.visits.update({each["visit"]["id"]: each for each in news["visits"]})
        self.cursor = news["cursor"]
        return news

    def begin(self, news: Json, now: datetime) -> None:
        """Begin the shift whose time it is, unless that was done."""
        duty = news["duty"]
        if duty is None or "start_shift" not in duty["allowed"]:
            return
        for shift in news["shifts"]:
            is_now = _instant(shift["starts_at"]) <= now < _instant(shift["ends_at"])
            if shift["kind"] == "shift" and is_now:
                said = {
                    "id": uuid5(NAMESPACE_URL, f"{duty['technician_id']} {shift['starts_at']}").hex,
                    "kind": "start_shift",
                    "at": now.isoformat(),
                    "base_version": duty["version"],
                    "device": "demo",
                }
                self.line.post(f"/api/technicians/{duty['technician_id']}/commands", said)

    def work(self, luck: Luck, now: datetime) -> int:
        """Do whatever is due, one step of each visit; how many steps that were."""
        self.begin(self.synchronise(), now)
        done = 0
        for identity, detail in self.visits.items():
            step = next_step(detail, luck, now)
            if step is not None:
                self.line.post(f"/api/visits/{identity}/commands", _command(detail, *step))
                done += 1
        return done


@dataclass(slots=True)
class LivingTown:
    """The callers, the desk and the crew; `assets` are the ids of what the calls are about."""

    desk: Line
    phones: Sequence[Phone]
    mornings: Mornings
    calls: deque[Call]
    assets: Mapping[str, str]
    clock: Clock
    luck: Luck

    def live(self, stop: Event) -> None:
        """Go on until told to stop; one refusal or a slow answer does not end a town."""
        while not stop.wait(LOOKS_EVERY):
            self.look()
        for line in (self.desk, *(phone.line for phone in self.phones)):
            line.close()

    def look(self) -> None:
        """Let happen what is due by now."""
        now = self.clock.now()
        self.calls.extend(self.mornings.look(now))
        while self.calls and self.calls[0].at <= now:
            with suppress(UnexpectedAnswer, ServerGone):
                self._ring(self.calls.popleft())
        for phone in self.phones:
            with suppress(UnexpectedAnswer, ServerGone):
                phone.work(self.luck, now)

    def _ring(self, call: Call) -> None:
        """Somebody calls; for what presses, the best technician is sent at once."""
        made = self.desk.post("/api/interventions", self._report(call))
        if call.severity not in URGENT:
            return
        path = f"/api/interventions/{made['id']}"
        cards = self.desk.get(f"{path}/candidates?top=1")["candidates"]
        if cards:
            wish = {"technician_id": cards[0]["technician_id"], "basis": cards[0]["basis"]}
            self.desk.post(f"{path}/visits", wish)

    def _report(self, call: Call) -> Json:
        return {
            "asset_id": self.assets[call.lift.id],
            "severity": call.severity.value,
            "work_type": _work_type(call),
            "source": "plan" if call.is_planned else "phone",
            "summary": CHECK if call.is_planned else WORDS[call.severity],
            "duration_seconds": call.duration_seconds,
            "skills": call.skills,
        }


def _work_type(call: Call) -> str:
    if call.is_planned:
        return "maintenance"
    return "request" if call.severity is Severity.REQUEST else "repair"


def _command(detail: Json, kind: str, at: datetime) -> Json:
    visit = detail["visit"]
    name = f"{visit['id']} {kind} {visit['version']}"
    body: Json = {
        "id": uuid5(NAMESPACE_URL, name).hex,
        "kind": kind,
        "at": at.isoformat(),
        "base_version": visit["version"],
        "device": "demo",
    }
    if kind == "complete":
        answers = [_answer(line["item"]) for line in detail["checklist"]]
        body["payload"] = {"cause": "other", "action": "Checked and adjusted.", "answers": answers}
    return body


def _answer(item: Json) -> Json:
    """All is as it should be, and what is measured lies where it may."""
    return {"item": item["key"], "value": "done" if item["kind"] == "check" else item["high"]}


def _instant(given: str | datetime) -> datetime:
    return given if isinstance(given, datetime) else datetime.fromisoformat(given)
