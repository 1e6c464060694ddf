"""A living town's mornings: calls of the day, a roster further ahead, a plan for each region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dispatch.agreements import Severity
from dispatch.geo import Point
from dispatch.roster import Lunch, Shift, ShiftKind
from dispatch.simulation import Call, Lift
from server.bench.refusals import ServerGone, UnexpectedAnswer
from server.cli.demo_mornings import Mornings

ANDORRA = ZoneInfo("Europe/Andorra")
MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)
MIDNIGHT = datetime(2026, 6, 1, 22, tzinfo=UTC)
"""Of Tuesday in Andorra, on Monday by UTC."""
LIFT = Lift("A-1", Point(42.5, 1.5))


@dataclass
class Desk:
    """The desk's line to a server that plans as it is told."""

    status: str = "running"
    refuses: Exception | None = None
    posted: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def get(self, path: str) -> Any:
        assert path.startswith("/api/plans/")
        if self.refuses is not None:
            raise self.refuses
        return {"status": self.status}

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        self.posted.append((path, body))
        if self.refuses is not None:
            raise self.refuses
        return {"plans": [{"id": each} for each in body.get("region_ids", ())]}  # type: ignore[attr-defined]

    def paths(self) -> list[str]:
        return [path for path, _ in self.posted]


def calls_of(day: date) -> list[Call]:
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return [Call(f"call-{day}", at, LIFT, Severity.OUT_OF_SERVICE, 1800)]


def shifts_of(day: date) -> list[Shift]:
    begins = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    noon = begins + timedelta(hours=5)
    lunch = Lunch(noon, noon + timedelta(hours=1), 3600)
    return [Shift("ANNA", ShiftKind.SHIFT, begins, begins + timedelta(hours=8), lunch=lunch)]


def mornings(desk: Desk) -> Mornings:
    return Mornings(
        desk,  # type: ignore[arg-type]
        ANDORRA,
        MONDAY,
        planned=MONDAY,
        regions=["valley", "mountain"],
        technicians={"ANNA": "id-of-anna"},
        calls_of=calls_of,
        shifts_of=shifts_of,
    )


def test_a_day_begins_at_the_towns_own_midnight_and_once() -> None:
    office = mornings(Desk())
    assert office.look(MIDNIGHT - timedelta(seconds=1)) == []
    assert [call.id for call in office.look(MIDNIGHT)] == ["call-2026-06-02"]
    assert office.look(MIDNIGHT + timedelta(minutes=1)) == []


def test_the_roster_always_reaches_as_far_ahead() -> None:
    desk = Desk()
    mornings(desk).look(MIDNIGHT)
    ((path, body),) = desk.posted
    assert path == "/api/shifts"
    assert body["technician_id"] == "id-of-anna"
    assert body["starts_at"] == "2026-06-15T06:00:00+00:00"
    assert body["lunch"]["duration_seconds"] == 3600


def test_every_region_is_planned_at_a_quarter_past_six_and_published_when_ready() -> None:
    desk = Desk()
    office = mornings(desk)
    office.look(MIDNIGHT)
    office.look(MIDNIGHT + timedelta(hours=6, minutes=14))
    assert desk.paths() == ["/api/shifts"]
    office.look(MIDNIGHT + timedelta(hours=6, minutes=15))
    path, body = desk.posted[-1]
    assert (path, body["day"], body["region_ids"]) == (
        "/api/plans/several",
        "2026-06-02",
        ["valley", "mountain"],
    )
    desk.status = "ready"
    office.look(MIDNIGHT + timedelta(hours=6, minutes=17))
    office.look(MIDNIGHT + timedelta(hours=6, minutes=19))
    assert desk.paths()[2:] == ["/api/plans/valley/publish", "/api/plans/mountain/publish"]


def test_the_day_the_town_was_founded_on_is_planned_already() -> None:
    desk = Desk()
    mornings(desk).look(MIDNIGHT - timedelta(hours=12))
    assert desk.posted == []


@pytest.mark.parametrize("status", ["failed", "cancelled", "published"])
def test_a_plan_that_cannot_be_published_is_left_alone(status: str) -> None:
    desk = Desk(status=status)
    office = mornings(desk)
    office.look(MIDNIGHT + timedelta(hours=7))
    asked = len(desk.posted)
    office.look(MIDNIGHT + timedelta(hours=8))
    assert (office.plans, len(desk.posted)) == ([], asked)


def test_a_server_that_does_not_answer_is_asked_again_and_one_that_refuses_is_not() -> None:
    desk = Desk()
    office = mornings(desk)
    office.look(MIDNIGHT + timedelta(hours=7))
    desk.refuses = ServerGone("GET /api/plans/valley", "TimeoutError")
    office.look(MIDNIGHT + timedelta(hours=8))
    assert office.plans == ["valley", "mountain"]
    desk.refuses = UnexpectedAnswer("GET /api/plans/valley", 404, "not_found")
    office.look(MIDNIGHT + timedelta(hours=9))
    assert office.plans == []


def test_days_nobody_watched_are_gone_but_the_roster_has_no_gap() -> None:
    desk = Desk()
    office = mornings(desk)
    begun = office.look(MIDNIGHT + timedelta(days=2))
    assert [call.id for call in begun] == ["call-2026-06-04"]
    days = sorted(body["starts_at"][:10] for path, body in desk.posted)
    assert days == ["2026-06-15", "2026-06-16", "2026-06-17"]
