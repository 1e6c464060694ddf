"""The demo's living town: what technicians do next, and how fast its time passes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dispatch.simulation import NOTHING_HAPPENS, Luck
from server.cli import main
from server.cli.demo_live import Phone, next_step
from server.kit.clock import Clock

LUCK = Luck(1, NOTHING_HAPPENS)
TEN = datetime(2026, 6, 2, 10, tzinfo=UTC)
TAKEN = ("accepted_at", "en_route_at", "arrived_at", "work_started_at")


def after(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def visit(severity: str = "S2", *, facts: tuple[str, ...] = (), **taken: datetime) -> Any:
    """A visit announced at ten for eleven, a quarter of an hour's drive and half an hour's work."""
    stamps = dict.fromkeys(TAKEN) | {name: at.isoformat() for name, at in taken.items()}
    return {
        "number": "2026-000001",
        "severity": severity,
        "duration_seconds": 1800,
        "facts": [{"kind": kind} for kind in facts],
        "visit": {
            "status": "dispatched",
            "starts_at": after(60).isoformat(),
            "announced_at": TEN.isoformat(),
            "travel_seconds": 900,
            **stamps,
        },
    }


@pytest.mark.parametrize(
    ("given", "kind", "minute"),
    [
        (visit(), "accept", 4),
        (visit(accepted_at=after(4)), "start_travel", 45),
        (visit(accepted_at=after(50)), "start_travel", 50),
        (visit(accepted_at=after(4), en_route_at=after(45)), "arrive", 60),
        (
            visit(accepted_at=after(4), en_route_at=after(45), arrived_at=after(60)),
            "start_work",
            61,
        ),
    ],
)
def test_each_step_is_taken_when_its_time_has_come(given: Any, kind: str, minute: int) -> None:
    assert next_step(given, LUCK, after(minute - 1)) is None
    assert next_step(given, LUCK, after(minute)) == (kind, after(minute))
    assert next_step(given, LUCK, after(minute + 30)) == (kind, after(minute))


def at_work(severity: str, *facts: str) -> Any:
    begun = {name: after(minute) for name, minute in zip(TAKEN, (4, 45, 60, 61), strict=True)}
    return visit(severity, facts=facts, **begun)


def test_who_is_trapped_is_freed_before_the_work_is_done() -> None:
    assert next_step(at_work("S1"), LUCK, after(100)) == ("person_released", after(70))
    freed = at_work("S1", "person_released")
    assert next_step(freed, LUCK, after(100)) == ("complete", after(91))
    assert next_step(at_work("S2"), LUCK, after(100)) == ("complete", after(91))


def test_what_is_over_needs_nothing_more() -> None:
    done = at_work("S2")
    done["visit"]["status"] = "completed"
    assert next_step(done, LUCK, after(1000)) is None


def test_time_passes_as_fast_as_was_asked_from_the_start_on() -> None:
    begun = int(datetime.now(UTC).timestamp()) - 60
    ahead = Clock(3600, 60, begun).now() - datetime.now(UTC)
    assert ahead == pytest.approx(timedelta(hours=1, minutes=59), abs=timedelta(minutes=5))
    unhurried = Clock(3600, 1, begun).now() - datetime.now(UTC)
    assert unhurried == pytest.approx(timedelta(hours=1), abs=timedelta(seconds=30))


def test_a_pace_without_life_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    answer = CliRunner().invoke(main, ["demo", "--speed", "60", "--data", str(data)])
    assert answer.exit_code == 2
    assert "--live" in answer.output
    assert not data.exists()


class Posted:
    """A line that only remembers what was said."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []

    def post(self, _path: str, body: Any) -> None:
        self.bodies.append(body)


@pytest.mark.parametrize(
    ("minute", "allowed", "begun"),
    [(-1, ["start_shift"], 0), (0, ["start_shift"], 1), (0, [], 0), (480, ["start_shift"], 0)],
)
def test_a_technician_begins_the_shift_once_its_time_has_come(
    minute: int, allowed: list[str], begun: int
) -> None:
    line: Any = Posted()
    shift = {"kind": "shift", "starts_at": TEN.isoformat(), "ends_at": after(480).isoformat()}
    duty = {"technician_id": "anna", "version": 3, "allowed": allowed}
    Phone(line).begin({"duty": duty, "shifts": [shift]}, after(minute))
    assert [body["kind"] for body in line.bodies] == ["start_shift"] * begun
