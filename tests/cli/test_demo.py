"""`palier demo` at its edges; the whole of it is used by every browser test."""

import socket
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from server.cli import main
from server.cli.demo_clock import DemoTime, demo_time

ANDORRA = ZoneInfo("Europe/Andorra")
NO_HOLIDAYS: tuple[date, ...] = ()


def test_an_instant_that_is_none_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    result = CliRunner().invoke(main, ["demo", "--now", "tomorrow", "--data", str(data)])
    assert result.exit_code == 2
    assert "2026-11-23T10:00+01:00" in result.output
    assert not data.exists()


def test_a_port_in_use_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["demo", "--port", port, "--data", str(data)])
    assert result.exit_code == 1
    assert port in result.output
    assert not data.exists()


def test_while_people_work_the_demo_runs_on_the_real_clock() -> None:
    tuesday = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    assert demo_time(tuesday, ANDORRA, NO_HOLIDAYS, None) == DemoTime(date(2026, 6, 2), 0)


@pytest.mark.parametrize(
    ("real", "day"),
    [
        ("2026-06-02T20:00+02:00", date(2026, 6, 3)),
        ("2026-06-02T05:00+02:00", date(2026, 6, 2)),
        ("2026-06-06T11:00+02:00", date(2026, 6, 8)),
    ],
)
def test_at_night_and_on_weekends_it_is_the_next_working_morning(real: str, day: date) -> None:
    now = datetime.fromisoformat(real)
    when = demo_time(now, ANDORRA, NO_HOLIDAYS, None)
    assert when.day == day
    assert now.timestamp() + when.offset_seconds == pytest.approx(
        datetime(day.year, day.month, day.day, 10, 12, tzinfo=ANDORRA).timestamp(), abs=1
    )


def test_a_holiday_is_no_working_morning() -> None:
    friday_night = datetime(2026, 6, 5, 22, 0, tzinfo=ANDORRA)
    when = demo_time(friday_night, ANDORRA, {date(2026, 6, 8)}, None)
    assert when.day == date(2026, 6, 9)


def test_the_time_asked_for_is_the_time_shown() -> None:
    real = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    wanted = datetime(2026, 11, 23, 10, 12, tzinfo=ANDORRA)
    when = demo_time(real, ANDORRA, NO_HOLIDAYS, wanted)
    assert real.timestamp() + when.offset_seconds == wanted.timestamp()
