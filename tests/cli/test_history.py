"""A demo's past: states, clocks and breaches as if people had lived it, all of them true."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from fixtures import town
from server.breaches.recompute import recompute
from server.breaches.tables import Breach, Mark
from server.breaches.watch import watch
from server.cli import main
from server.cli.history import History
from server.cli.town import found
from server.interventions.clocks import marks_due, recomputed
from server.interventions.dossier import all_dossiers
from server.interventions.standing import OPEN, status_of
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.database import Database
from server.kit.tables import Event
from server.migrations import upgrade

FOLDER = town("andorra")
FIRST, DAYS = date(2026, 6, 1), 2
NOW = datetime(2026, 6, 2, 22, tzinfo=UTC)


async def _lived(url: str) -> None:
    made = Database(url)
    try:
        await made.run(upgrade)
        async with made.write() as session:
            there = await found(session, FOLDER, first_day=date(2026, 6, 3), now=NOW)
            await History(session, there, FOLDER, FIRST, DAYS).write()
    finally:
        await made.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of Andorra, lived once for all these tests."""
    path: Path = tmp_path_factory.mktemp("history") / "palier.db"
    asyncio.run(_lived(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def database(lived: Path, tmp_path: Path) -> AsyncIterator[Database]:
    own = tmp_path / "palier.db"
    shutil.copyfile(lived, own)
    made = Database(f"sqlite+aiosqlite:///{own}")
    yield made
    await made.close()


async def test_two_days_hold_some_two_hundred_interventions_nearly_all_done(
    database: Database,
) -> None:
    async with database.read() as session:
        rows = (await session.scalars(select(Intervention).order_by(Intervention.number))).all()
        statuses = Counter(row.status for row in rows)
    assert 200 < len(rows) < 350
    assert statuses["closed"] > 0.85 * len(rows)
    assert [row.number for row in rows] == [f"2026-{n:06}" for n in range(1, len(rows) + 1)]
    assert [row.reported_at for row in rows] == sorted(row.reported_at for row in rows)
    assert {row.severity for row in rows} == {"S1", "S2", "S3", "S4"}


async def test_nobody_is_under_way_when_the_history_ends(database: Database) -> None:
    async with database.read() as session:
        busy = await session.scalar(select(func.count(Visit.id)).where(Visit.status.in_(OPEN)))
    assert busy == 0


async def test_every_status_and_clock_is_what_its_events_make_it(database: Database) -> None:
    async with database.read() as session:
        rows = (await session.scalars(select(Intervention).order_by(Intervention.id))).all()
        for dossier in await all_dossiers(session, rows):
            assert dossier.intervention.status == status_of(dossier).value
            assert recomputed(dossier, NOW) == []


async def test_every_missed_promise_is_a_breach_once_and_was_told_when_it_happened(
    database: Database,
) -> None:
    async with database.read() as session:
        missed = select(func.count(StoredClock.id)).where(StoredClock.state == "breached")
        breaches = (await session.scalars(select(Breach))).all()
        assert len(breaches) == await session.scalar(missed)
        marks = await session.scalar(select(func.count(Mark.id)))
        assert (marks or 0) >= len(breaches) > 0
        assert all(row.recorded_at <= NOW for row in breaches)


async def test_the_watch_and_the_night_find_nothing_left_to_do(database: Database) -> None:
    async with database.read() as session:
        open_ = select(func.count(Intervention.id)).where(Intervention.decided.is_(None))
        due = await marks_due(session, NOW)
        assert len(due) <= (await session.scalar(open_) or 0)
        before = await session.scalar(select(func.count(Event.seq)))
    await watch(database, NOW)
    assert (await recompute(database, NOW)).differences == 0
    async with database.read() as session:
        after = await session.scalar(select(func.count(Event.seq)))
    assert (after or 0) - (before or 0) <= 3 * len(due)


@pytest.mark.parametrize("length", ["0d", "181d", "ninety days"])
def test_a_length_that_is_none_is_refused_and_nothing_is_made(length: str, tmp_path: Path) -> None:
    data = tmp_path / "demo"
    result = CliRunner().invoke(main, ["demo", "--history", length, "--data", str(data)])
    assert result.exit_code == 2
    assert "from 1d to 180d" in result.output
    assert not data.exists()
