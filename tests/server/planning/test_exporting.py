"""A day taken out of the database, solved and verified with files alone; a plan made again."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from dispatch.planning import Problem
from server.cli import main, replaying
from server.kit.database import Database
from tests.server.interventions.town import TUESDAY, Town
from tests.server.planning.office import Office, open_office

DAY = TUESDAY.date().isoformat()


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copied_town: tuple[Town, str]) -> Path:
    """A folder for files; the command finds the town's database and time in its environment."""
    town, url = copied_town
    monkeypatch.setenv("PALIER_DATABASE_URL", url)
    offset = round((TUESDAY - datetime.now(UTC)).total_seconds())
    monkeypatch.setenv("PALIER_DEMO_OFFSET_SECONDS", str(offset))
    asyncio.run(_busy(town, url))
    return tmp_path


async def _busy(town: Town, url: str) -> None:
    """Two technicians on duty, and three calls."""
    database = Database(url)
    office = await open_office(replace(town, database=database))
    for place in (2, 4, 6):
        await office.call(f"HOUSE-{place}", place)
    await database.close()


def run(*arguments: str | Path) -> tuple[int, str]:
    """A command as a person gives it."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.output


def test_an_exported_day_is_solved_and_found_legal(city: Path) -> None:
    problem, plan = city / "problem.json", city / "plan.json"
    exported, _ = run("export", "problem", "--region", "VALLEY", "--day", DAY, "--out", problem)
    solved, _ = run("solve", problem, "--iterations", "50", "--out", plan)
    checked, told = run("check", problem, plan, "--json")
    assert (exported, solved, checked) == (0, 0, 0)
    assert json.loads(told)["legal"]
    assert json.loads(told)["cost"]["drop"] == 0
    asked = json.loads(problem.read_text())
    assert [technician["id"] for technician in asked["technicians"]] == ["AINA", "BRUNO"]
    assert [job["id"] for job in asked["jobs"]] == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_published_plan_comes_out_the_same_when_it_is_made_again(
    city: Path, copied_town: tuple[Town, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[Problem] = []
    monkeypatch.setattr(replaying, "prepare_for", prepared.append)
    plan_id, total = asyncio.run(_planned(*copied_town))
    code, told = run("replay", plan_id, "--out", city / "again.json")
    assert (code, told) == (0, f"The same plan as was kept, total {total}.\n")
    assert [len(each.jobs) for each in prepared] == [3]
    assert json.loads((city / "again.json").read_text())["cost"]["total"] == total


@pytest.mark.usefixtures("city")
def test_a_plan_nobody_made_is_not_replayed() -> None:
    unknown = "00000000-0000-0000-0000-000000000000"
    assert run("replay", unknown) == (2, f"Error: There is no plan {unknown}.\n")


async def _planned(town: Town, url: str) -> tuple[str, int]:
    """The valley's day planned and published; the plan's id and total."""
    database = Database(url)
    plan = await Office(replace(town, database=database)).plan_now()
    await database.close()
    assert plan.diff is not None
    return str(plan.id), plan.diff.after.total


def test_an_unknown_region_is_refused_with_those_that_exist(city: Path) -> None:
    code, told = run("export", "problem", "--region", "NOWHERE", "--day", DAY)
    assert code == 2
    assert "MOUNTAIN, VALLEY" in told
    assert list(city.glob("*.json")) == []


def test_a_folder_without_a_database_is_refused(tmp_path: Path) -> None:
    code, told = run("export", "problem", "--region", "R", "--day", DAY, "--data", tmp_path)
    assert code == 2
    assert "holds no palier.db" in told
