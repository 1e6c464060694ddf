"""A company that worked before promises were written down: nothing of it is lost on the way up.

Rows are written as they were at that revision, not through actions that have moved on since.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import IntegrityError

from dispatch.agreements import TargetDuration
from dispatch.hours import read_calendar
from server.agreements.documents import document, fingerprint
from server.agreements.values import target_as_json, target_from_json
from server.kit.database import Database
from server.kit.tables import Json, UtcDateTime
from server.metadata import METADATA
from server.migrations import config, upgrade
from tests.server.conftest import fresh_database

BEFORE = "0004"
NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKLY = {"0": [[480, 1020]]}
HOURS = {"tz": "Europe/Paris", "always_open": False, "special": {}, "holidays": ["2026-12-25"]}


def put(connection: Connection, table: str, /, **values: Any) -> None:
    """Write one row as it stands, whatever the tables say today."""
    kinds: dict[type, Any] = {
        UUID: sa.Uuid(),
        datetime: UtcDateTime(),
        date: sa.Date(),
        dict: Json,
        list: Json,
    }
    columns: list[sa.ColumnClause[Any]] = [
        sa.column(each, kinds.get(type(value))) for each, value in values.items()
    ]
    connection.execute(sa.table(table, *columns).insert().values(**values))


def found(connection: Connection, name: str, *order: str) -> list[dict[str, Any]]:
    table = METADATA.tables[name]
    query = sa.select(table).order_by(*(table.c[each] for each in order or ("id",)))
    return [dict(row) for row in connection.execute(query).mappings()]


@dataclass
class Past:
    """What the company had: ids by what they are of."""

    calendar: UUID = field(default_factory=uuid4)
    valley: UUID = field(default_factory=uuid4)
    mountain: UUID = field(default_factory=uuid4)
    customer: UUID = field(default_factory=uuid4)
    site: UUID = field(default_factory=uuid4)
    account: UUID = field(default_factory=uuid4)
    agreement: UUID = field(default_factory=uuid4)
    old_version: UUID = field(default_factory=uuid4)
    version: UUID = field(default_factory=uuid4)
    running: UUID = field(default_factory=uuid4)
    closed: UUID = field(default_factory=uuid4)
    reopened: UUID = field(default_factory=uuid4)


def _company(connection: Connection, past: Past) -> None:
    put(
        connection,
        "calendar",
        id=past.calendar,
        code="OFFICE",
        name="Office",
        zone="Europe/Paris",
        always_open=False,
        weekly=WEEKLY,
        special={},
        holidays=["2026-12-25"],
        version=1,
    )
    for region, code in ((past.valley, "VALLEY"), (past.mountain, "MOUNTAIN")):
        put(
            connection,
            "region",
            id=region,
            code=code,
            name=code,
            zone="Europe/Paris",
            profile="urban",
            calendar_id=past.calendar,
            version=1,
        )
    put(
        connection,
        "customer",
        id=past.customer,
        code="HOTELS",
        name="Hotels",
        language="en",
        contact_name="",
        contact_phone="",
        contact_email="",
        version=1,
    )
    put(
        connection,
        "site",
        id=past.site,
        code="HOTEL",
        region_id=past.mountain,
        customer_id=past.customer,
        name="Hotel",
        **dict.fromkeys(("street", "number", "postcode", "place", "contact_name"), ""),
        **dict.fromkeys(("contact_phone", "access_notes", "zone", "search"), ""),
        lat=42.5,
        lon=1.5,
        position_source="pin",
        version=1,
    )
    put(
        connection,
        "account",
        id=past.account,
        email="dora@example.org",
        name="Dora",
        role="dispatcher",
        language="en",
        password_hash="x",
        is_disabled=False,
        seen_notice=0,
        version=1,
    )


def _agreement(connection: Connection, past: Past) -> None:
    put(
        connection,
        "agreement",
        id=past.agreement,
        number="A-1",
        customer_id=past.customer,
        kind="customer",
        name="Hotels",
        version=1,
    )
    july = date(2026, 7, 1)
    spans = (
        (past.old_version, 1, date(2026, 1, 1), july),
        (past.version, 2, july, None),
    )
    for version, number, valid_from, valid_to in spans:
        put(
            connection,
            "agreement_version",
            id=version,
            agreement_id=past.agreement,
            number=number,
            valid_from=valid_from,
            valid_to=valid_to,
            zone="Europe/Paris",
        )
        for region, seconds in ((None, 7200), (past.mountain, 14_400)):
            put(
                connection,
                "target",
                id=uuid4(),
                version_id=version,
                region_id=region,
                severity="S2",
                clock="response",
                seconds=seconds,
                calendar_id=past.calendar,
            )


def _intervention(connection: Connection, past: Past, row: UUID, **more: Any) -> None:
    put(
        connection,
        "intervention",
        id=row,
        number=f"I-{row.hex[:8]}",
        region_id=past.mountain,
        customer_id=past.customer,
        site_id=past.site,
        severity="S2",
        work_type="repair",
        source="phone",
        **dict.fromkeys(("summary", "description", "caller_name", "caller_phone"), ""),
        **dict.fromkeys(("reported_at_reason", "waiting_reason"), ""),
        reported_at=NOON,
        agreement_version_id=past.old_version,
        duration_seconds=3600,
        skills={},
        is_qualified=True,
        version=1,
        **({"status": "qualified", "decision_reason": ""} | more),
    )
    put(
        connection,
        "clock",
        id=uuid4(),
        intervention_id=row,
        kind="response",
        severity="S2",
        target_seconds=14_400,
        starts_on="call",
        calendar_id=past.calendar,
        hours="hash",
        started_at=NOON,
        due_at=NOON + 4 * HOUR,
        state="met" if "decided" in more else "running",
        engine_version=1,
        **({"stopped_at": NOON + HOUR} if "decided" in more else {}),
    )


def _work(connection: Connection, past: Past) -> None:
    put(connection, "service_hours", fingerprint="hash", hours="{}")
    _intervention(connection, past, past.running)
    ended = {"status": "closed", "decided": "closed", "decision_reason": "Done."}
    _intervention(connection, past, past.closed, decided_at=NOON + 2 * HOUR, **ended)
    _intervention(connection, past, past.reopened, reopened_at=NOON + 5 * HOUR)
    for number, (kind, hours) in enumerate((("close", 3), ("reopen", 5))):
        put(
            connection,
            "intervention_decision",
            account_id=past.account,
            intervention_id=past.reopened,
            id=str(number),
            kind=kind,
            device_at=NOON,
            received_at=NOON + hours * HOUR,
            reason="Trusted.",
        )
    put(
        connection,
        "fact",
        id=uuid4(),
        intervention_id=past.running,
        kind="acknowledged",
        at=NOON + HOUR,
        recorded_at=NOON + HOUR,
        recorded_by=past.account,
    )
    for reason, is_approved in (("no_access", False), ("force_majeure", True)):
        put(
            connection,
            "pause",
            id=uuid4(),
            intervention_id=past.running,
            reason=reason,
            from_at=NOON + HOUR,
            to_at=NOON + 2 * HOUR,
            is_approved=is_approved,
            recorded_by=past.account,
        )


async def _filled(url: str) -> Past:
    """A database as it was, filled, and brought up to date."""
    made = Past()
    database = Database(url)
    await database.run(upgrade)
    await database.run(lambda connection: command.downgrade(config(connection), BEFORE))
    await database.run(lambda connection: _company(connection, made))
    await database.run(lambda connection: _agreement(connection, made))
    await database.run(lambda connection: _work(connection, made))
    await database.run(upgrade)
    await database.close()
    return made


@pytest.fixture(scope="module")
def sqlite_filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Past, Path]:
    file = tmp_path_factory.mktemp("past") / "palier.db"
    return asyncio.run(_filled(f"sqlite+aiosqlite:///{file}")), file


@pytest.fixture(scope="module")
def postgresql_filled(postgres: str) -> Iterator[tuple[Past, str]]:
    url, drop = fresh_database(postgres)
    yield asyncio.run(_filled(url)), make_url(url).database or ""
    drop()


@pytest.fixture
def sqlite_carried(sqlite_filled: tuple[Past, Path], tmp_path: Path) -> tuple[Past, str]:
    made, file = sqlite_filled
    copy = tmp_path / "palier.db"
    shutil.copyfile(file, copy)
    return made, f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
def postgresql_carried(
    postgresql_filled: tuple[Past, str], postgres: str
) -> Iterator[tuple[Past, str]]:
    made, like = postgresql_filled
    url, drop = fresh_database(postgres, like)
    yield made, url
    drop()


@pytest.fixture
def carried(database_kind: str, request: pytest.FixtureRequest) -> tuple[Past, str]:
    """A copy of its own for each test."""
    made: tuple[Past, str] = request.getfixturevalue(f"{database_kind}_carried")
    return made


@pytest.fixture
def past(carried: tuple[Past, str]) -> Past:
    return carried[0]


@pytest.fixture
async def database(carried: tuple[Past, str]) -> AsyncIterator[Database]:
    opened = Database(carried[1])
    yield opened
    await opened.close()


async def _read(database: Database, name: str, *order: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await database.run(
        lambda connection: found(connection, name, *order)
    )
    return rows


async def test_targets_become_clauses_of_terms_that_are_in_force(
    database: Database, past: Past
) -> None:
    old, new = await _read(database, "agreement_version", "number")
    assert (old["id"], old["status"], old["valid_to"]) == (
        past.old_version,
        "superseded",
        date(2026, 7, 1),
    )
    assert (new["id"], new["status"], new["written_to"]) == (past.version, "active", None)
    assert new["author_name"] == "Palier"
    promised = {
        (each["service"], each["region_id"], each["promise"]["seconds"], each["calendar_id"])
        for each in new["terms"]["clauses"]
    }
    assert promised == {
        (service, region, seconds, str(past.calendar))
        for service in ("REPAIR", "INSPECTION", "REQUEST")
        for region, seconds in ((None, 7200), (str(past.mountain), 14_400))
    }


async def test_each_version_has_the_fingerprint_of_its_document(
    database: Database,
) -> None:
    for row in await _read(database, "agreement_version"):
        written = document(row["zone"], row["valid_from"], row["written_to"], row["terms"])
        assert row["fingerprint"] == fingerprint(written)


async def test_a_company_that_worked_already_gets_a_catalogue(
    database: Database,
) -> None:
    services = await _read(database, "service", "code")
    assert [each["code"] for each in services] == [
        "INSPECTION",
        "MAINTENANCE",
        "REPAIR",
        "REQUEST",
    ]
    assert all(set(each["names"]) == {"en", "fr", "es", "nl"} for each in services)
    assert {each["service"] for each in await _read(database, "intervention")} == {"REPAIR"}


async def test_each_clock_keeps_what_was_promised_and_says_where_it_stands(
    database: Database, past: Past
) -> None:
    promises = await _read(database, "promise")
    assert {each["intervention_id"] for each in promises} == {
        past.running,
        past.closed,
        past.reopened,
    }
    (row,) = [each for each in promises if each["intervention_id"] == past.running]
    assert (row["party"], row["kind"], row["round"], row["severity"], row["hours"]) == (
        "customer",
        "response",
        0,
        "S2",
        "hash",
    )
    assert row["from_at"] == NOON
    target = target_from_json(row["terms"], read_calendar(HOURS | {"weekly": WEEKLY}))
    assert (target.clock.value, target.promise) == ("response", TargetDuration(14_400))
    assert target_as_json(target) == row["terms"]
    origin = row["terms"]["origins"]["promise"]
    old = next(
        each
        for each in await _read(database, "agreement_version")
        if each["id"] == past.old_version
    )
    place = int(origin["place"].removeprefix("clauses."))
    clause = old["terms"]["clauses"][place]
    assert (origin["agreement"], clause["region_id"]) == ("A-1", str(past.mountain))


async def test_running_clocks_are_looked_at_first_and_stopped_ones_left_alone(
    database: Database, past: Past
) -> None:
    clocks = {each["intervention_id"]: each for each in await _read(database, "clock")}
    assert {(each["party"], each["round"]) for each in clocks.values()} == {("customer", 0)}
    assert clocks[past.running]["next_mark_at"] == NOON
    assert clocks[past.running]["due_at"] == NOON + 4 * HOUR
    assert clocks[past.closed]["next_mark_at"] is None
    assert clocks[past.closed]["stopped_at"] == NOON + HOUR


async def test_a_calendar_begins_with_its_first_revision(database: Database, past: Past) -> None:
    (revision,) = await _read(database, "calendar_revision")
    assert (revision["calendar_id"], revision["number"]) == (past.calendar, 1)
    assert revision["hours"] == HOURS | {"weekly": WEEKLY}
    promises = await _read(database, "promise")
    assert {each["calendar_revision_id"] for each in promises} == {revision["id"]}


async def test_closings_are_remembered_and_when_they_were_undone(
    database: Database, past: Past
) -> None:
    closings = {each["intervention_id"]: each for each in await _read(database, "closing")}
    spans = {row: (each["closed_at"], each["reopened_at"]) for row, each in closings.items()}
    assert spans == {
        past.closed: (NOON + 2 * HOUR, None),
        past.reopened: (NOON + 3 * HOUR, NOON + 5 * HOUR),
    }


async def test_pauses_and_facts_keep_what_they_said(database: Database, past: Past) -> None:
    major, access = await _read(database, "pause", "reason")
    assert (access["recorded_at"], access["author_name"]) == (NOON + HOUR, "Dora")
    assert (access["needs_approval"], access["decided_at"]) == (False, None)
    assert (major["needs_approval"], major["is_approved"]) == (True, True)
    assert major["decided_at"] == NOON + HOUR
    (fact,) = await _read(database, "fact")
    assert (fact["intervention_id"], fact["kind"], fact["round"]) == (
        past.running,
        "acknowledged",
        0,
    )


def _version(connection: Connection, past: Past, status: str) -> None:
    put(
        connection,
        "agreement_version",
        id=uuid4(),
        agreement_id=past.agreement,
        number=3,
        status=status,
        valid_from=date(2026, 8, 1),
        zone="Europe/Paris",
        written_at=NOON,
    )


@pytest.mark.parametrize("status", ["active", "superseded", "legal_hold", "terminated", "closed"])
async def test_two_versions_that_hold_never_share_a_day(
    database: Database, past: Past, status: str
) -> None:
    with pytest.raises(IntegrityError, match="overlap"):
        await database.run(lambda connection: _version(connection, past, status))


@pytest.mark.parametrize("status", ["draft", "verified", "signed", "withdrawn"])
async def test_a_draft_may_be_written_for_days_that_are_taken(
    database: Database, past: Past, status: str
) -> None:
    await database.run(lambda connection: _version(connection, past, status))
    assert len(await _read(database, "agreement_version")) == 3


async def test_references_are_watched_again_afterwards(database: Database, past: Past) -> None:
    gone = METADATA.tables["calendar"].delete().where(sa.column("id", sa.Uuid()) == past.calendar)
    async with database.write() as session:
        with pytest.raises(IntegrityError):
            await session.execute(gone)
        await session.rollback()


async def test_the_way_back_works_with_all_of_it_and_up_again(
    database: Database, past: Past
) -> None:
    await database.run(lambda connection: _version(connection, past, "draft"))
    await database.run(lambda connection: command.downgrade(config(connection), BEFORE))
    await database.run(upgrade)
    assert len(await _read(database, "agreement_version")) == 2
    assert len(await _read(database, "intervention")) == 3
