"""What the demo company has besides lifts and calls: meetings, aims, papers and statements."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from fixtures import town
from server.agreements.tables import Agreement
from server.aims.queries import aims, commitments
from server.cli.demo_money import Money
from server.cli.demo_partnership import Partnership
from server.cli.history import History
from server.cli.town import FOUNDER, found
from server.credits.months import Month
from server.credits.tables import CreditNote
from server.documents.tables import Document
from server.interventions.tables import Goodwill
from server.invoicing.queries import cost_rates, statements
from server.invoicing.tables import Statement
from server.kit.database import AnySession, Database
from server.measures.out_of_service import out_of_service
from server.meetings.queries import meetings
from server.migrations import upgrade
from server.sites.tables import Asset, Site

pytestmark = pytest.mark.xdist_group("demo_partnership")  # its company takes long to found
FIRST, DAY = date(2026, 9, 21), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANDORRA = ZoneInfo("Europe/Andorra")


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'demo.db'}"


async def _found(url: str) -> None:
    database = Database(url)
    await database.run(upgrade)
    async with database.write() as session:
        made = await found(session, town("andorra"), first_day=DAY, now=NOW)
        await Partnership(session, made, DAY).write(town("andorra"))
        await History(session, made, town("andorra"), FIRST, (DAY - FIRST).days).write()
        await Money(session, ANDORRA, FIRST, DAY).write()
    await database.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company, founded once: these tests only read."""
    made = tmp_path_factory.mktemp("company")
    asyncio.run(_found(_url(made)))
    return made


@pytest.fixture
async def database(folder: Path) -> AsyncIterator[Database]:
    database = Database(_url(folder))
    yield database
    await database.close()


async def agreement(session: AnySession, number: str) -> UUID:
    query = select(Agreement.id).where(Agreement.number == number)
    return (await session.scalars(query)).one()


async def test_a_meeting_was_held_that_decided_something_and_one_is_to_come(
    database: Database,
) -> None:
    async with database.read() as session:
        id_ = await agreement(session, "AGR-001")
        known = await meetings(session, FOUNDER, id_, DAY)
    tactical = next(each for each in known.levels if each.level == "tactical")
    assert (tactical.held, tactical.missed) == (1, 0)
    assert tactical.next_on is not None
    assert tactical.next_on > DAY
    held = next(each for each in known.meetings if each.level == "tactical")
    assert [each.state for each in held.decisions] == ["open", "done", "noted"]
    assert [each.side for each in held.items] == ["customer"]
    assert {each.side for each in known.items} == {"customer", "provider"}


async def test_aims_have_key_results_and_what_comes_back_was_kept_or_missed(
    database: Database,
) -> None:
    async with database.read() as session:
        id_ = await agreement(session, "AGR-001")
        standing = await aims(session, FOUNDER, id_, NOW)
        promised = await commitments(session, FOUNDER, id_, DAY)
    assert standing.outcome is not None
    assert [each.text for each in standing.focus] == ["Doors", "Word before people have to ask"]
    assert standing.focus[1].state == "met"
    assert len(standing.key_results) == 2
    assert [(each.kept, each.missed) for each in promised.items] == [(2, 0), (1, 1)]


async def test_work_has_its_cost_and_a_certificate_soon_ends(database: Database) -> None:
    async with database.read() as session:
        assert (await cost_rates(session)).travel_hour == "29.50"
        ends = [each for each in await session.scalars(select(Document.valid_until)) if each]
    assert any(each < DAY for each in ends)
    assert any(DAY < each < DAY + timedelta(days=60) for each in ends)


async def test_a_company_with_a_past_has_statements_with_credits_and_a_month_to_look_at(
    database: Database,
) -> None:
    async with database.read() as session:
        statements = (await session.scalars(select(Statement))).all()
        notes = (await session.scalars(select(CreditNote))).all()
    assert {each.month for each in statements} == {date(2026, 9, 1)}
    kinds = {line["kind"] for each in statements for line in each.lines}
    assert kinds == {
        "flat",
        "per_asset_month",
        "per_resolved_job",
        "outcome_bonus",
        "credit",
        "goodwill",
    }
    assert {(each.month.month, each.status) for each in notes} == {
        (9, "approved"),
        (10, "proposed"),
    }


async def test_goodwill_was_promised_on_site_and_by_the_office_and_some_of_it_taken_back(
    database: Database,
) -> None:
    async with database.read() as session:
        october = (await statements(session, FOUNDER, Month(date(2026, 10, 1)), NOW)).items
        promised = (await session.scalars(select(Goodwill))).all()
    kinds = [line.kind for each in october for line in each.lines]
    assert {"goodwill", "goodwill_withdrawn"} <= set(kinds)
    assert {each.visit_id is None for each in promised} == {True, False}
    taken_back = [each for each in promised if each.withdrawn_at is not None]
    assert 0 < len(taken_back) == kinds.count("goodwill_withdrawn") < len(promised)
    assert all(each.author_name and each.reason for each in promised)


async def test_a_lift_tells_apart_what_it_lost_while_somebody_depended_on_it(
    database: Database,
) -> None:
    async with database.read() as session:
        query = select(Asset).join(Site, Site.id == Asset.site_id)
        lifts = await session.scalars(query.where(Site.critical_windows != []))
        told = [
            hours
            for lift in lifts.all()
            for hours in (
                await out_of_service(session, FOUNDER, lift.id, FIRST, DAY, now=NOW)
            ).critical
        ]
    assert {each.name for each in told} == {
        "Dental practice on the third floor",
        "Outpatient clinic",
        "Shops are open",
    }
    assert {each.is_met for each in told} == {True, False}
