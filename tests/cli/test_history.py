"""A demo's past: states, clocks and breaches as if people had lived it, all of them true."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from dispatch.roster import Absence, Lunch, ShiftKind
from dispatch.roster import Shift as RosterShift
from fixtures import town
from server.breaches.recompute import recompute
from server.breaches.tables import Breach, Mark
from server.breaches.watch import watch
from server.cli import history_days, main
from server.cli.history import History
from server.cli.history_days import worked
from server.cli.history_feedback import irritation
from server.cli.town import found
from server.experience.tables import Feedback, Pulse, PulseGiven
from server.interventions.clocks import marks_due, recomputed
from server.interventions.dossier import all_dossiers
from server.interventions.standing import OPEN, status_of
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.database import Database
from server.kit.tables import Event
from server.migrations import upgrade
from server.roster.tables import Shift

FOLDER = town("andorra")
FIRST, DAYS = date(2026, 6, 1), 2
ZONE = ZoneInfo("Europe/Andorra")
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


async def test_some_managers_said_how_it_was_after_the_end_and_nobody_about_a_round(
    database: Database,
) -> None:
    query = select(Feedback, Intervention).join(Intervention)
    async with database.read() as session:
        said = (await session.execute(query)).all()
        closed = select(func.count(Intervention.id)).where(
            Intervention.decided == "closed", Intervention.source != "plan"
        )
        asked = await session.scalar(closed) or 0
    assert 0 < len(said) < asked / 2
    for given, about in said:
        assert about.decided_at is not None
        assert about.decided_at < given.given_at < NOW
        assert (about.source != "plan", about.decided) == (True, "closed")
        assert (given.role, given.customer_id) == ("manager", about.customer_id)


def test_who_was_irritated_lately_still_waits_and_who_was_before_was_talked_to() -> None:
    given = Feedback(
        id=uuid4(),
        intervention_id=uuid4(),
        region_id=uuid4(),
        customer_id=uuid4(),
        site_id=uuid4(),
        role="manager",
        comment="Nobody came for hours.",
        given_at=NOW,
    )
    lately = irritation(given, NOW + timedelta(days=2))
    before = irritation(given, NOW + timedelta(days=4))
    assert (lately.feedback_id, lately.text, lately.raised_at) == (given.id, given.comment, NOW)
    assert (lately.closed_at, lately.closed_reason) == (None, "")
    assert before.closed_at == NOW + timedelta(days=3)
    assert before.closed_reason


async def test_some_technicians_said_how_a_day_they_worked_was(database: Database) -> None:
    async with database.read() as session:
        answers = (await session.scalars(select(Pulse))).all()
        given = (await session.scalars(select(PulseGiven))).all()
        rows = await session.execute(select(Shift.technician_id, Shift.starts_at))
        worked_on = {(who, at.astimezone(ZONE).date()) for who, at in rows.all()}
    assert 0 < len(answers) == len(given)
    assert sorted(each.day for each in answers) == sorted(each.day for each in given)
    assert {(each.technician_id, each.day) for each in given} <= worked_on


async def test_whoever_came_was_on_duty(database: Database) -> None:
    async with database.read() as session:
        shifts = (await session.scalars(select(Shift).where(Shift.starts_at < NOW))).all()
        came = (await session.scalars(select(Visit).where(Visit.arrived_at.is_not(None)))).all()
    duties: dict[UUID, list[Shift]] = {}
    for shift in shifts:
        duties.setdefault(shift.technician_id, []).append(shift)
    assert len({shift.starts_at.date() for shift in shifts}) > DAYS
    for visit in came:
        assert visit.arrived_at is not None
        assert any(
            shift.starts_at
            <= visit.arrived_at
            <= shift.ends_at + timedelta(seconds=shift.overtime_max_seconds)
            for shift in duties[visit.technician_id]
        ), visit.id


EIGHT = datetime(2026, 6, 1, 6, tzinfo=UTC)
LUNCH = Lunch(EIGHT + timedelta(hours=4), EIGHT + timedelta(hours=5), 3600)
DUTY = RosterShift("anna", ShiftKind.SHIFT, EIGHT, EIGHT + timedelta(hours=8), lunch=LUNCH)


@pytest.mark.parametrize(
    ("ill_after", "hours", "lunches"), [(None, 8, 1), (7, 7, 1), (3, 3, 0), (8, 8, 1)]
)
def test_who_goes_home_ill_worked_until_then(
    ill_after: int | None, hours: int, lunches: int
) -> None:
    ill = [] if ill_after is None else [_ill(ill_after)]
    (shift,) = worked([DUTY], ill)
    assert shift.ends_at - shift.starts_at == timedelta(hours=hours)
    assert (shift.lunch is not None) == lunches


def test_who_called_in_sick_did_not_work() -> None:
    assert list(worked([DUTY], [_ill(0)])) == []
    assert list(worked([DUTY], [_ill(-6)])) == []


def _ill(after: int) -> Absence:
    return Absence("anna", EIGHT + timedelta(hours=after), EIGHT + timedelta(hours=after + 8))


@pytest.mark.proof
def test_days_lived_by_processes_of_their_own_are_the_same_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lived() -> object:
        found = history_days.pasts(FOLDER, FIRST, 1, seed=1, targets={})
        return [
            (past.shifts, [(case.id, case.status, case.decided_at) for case in past.cases])
            for past in found
        ]

    alone = lived()
    monkeypatch.setattr(history_days, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(history_days, "cpu_count", lambda: 2)
    assert lived() == alone


@pytest.mark.parametrize("length", ["0d", "181d", "ninety days"])
def test_a_length_that_is_none_is_refused_and_nothing_is_made(length: str, tmp_path: Path) -> None:
    data = tmp_path / "demo"
    result = CliRunner().invoke(main, ["demo", "--history", length, "--data", str(data)])
    assert result.exit_code == 2
    assert "from 1d to 180d" in result.output
    assert not data.exists()
