"""`palier diff` as typed: files in, answers out, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli.explaining import diff
from server.cli.planning import solve

PROBLEMS = Path(__file__).parents[2] / "fixtures" / "problems"
MORNING = str(PROBLEMS / "two_technicians_one_morning.json")


def run(command: Any, *words: str) -> Result:  # click's own type has no common name
    return CliRunner().invoke(command, list(words))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of the morning, written by the command itself."""
    path = tmp_path / "plan.json"
    assert run(solve, MORNING, "--iterations", "40", "--out", str(path)).exit_code == 0
    return path


def without(plan: Path, job: str) -> Path:
    """The plan with this job left out, in another file."""
    document = json.loads(plan.read_text(encoding="utf-8"))
    for route in document["routes"]:
        route["stops"] = [stop for stop in route["stops"] if stop["job"] != job]
    document["unassigned"].append({"job": job})
    other = plan.with_name("other.json")
    other.write_text(json.dumps(document), encoding="utf-8")
    return other


def test_two_plans_are_compared_for_a_program(plan: Path) -> None:
    result = run(diff, MORNING, str(plan), str(without(plan, "trapped")), "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    (gone,) = [change for change in found["changes"] if change["job"] == "trapped"]
    assert (gone["after"], gone["promise"]) == (None, "broken")
    assert found["total"] == sum(found["terms"].values()) - 2 * found["terms"]["preferred"]


def test_two_plans_are_compared_in_words(plan: Path) -> None:
    result = run(diff, MORNING, str(without(plan, "trapped")), str(plan))
    assert "trapped        left out -> anna 06:20; its promise is kept again" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Total -")


def test_a_plan_compared_with_itself_changes_nothing(plan: Path) -> None:
    assert run(diff, MORNING, str(plan), str(plan)).stdout == "Nothing changes.\n"


def test_a_plan_of_another_problem_ends_in_two(plan: Path) -> None:
    other = str(PROBLEMS / "everyone_at_one_spot.json")
    assert run(diff, other, str(plan), str(plan)).exit_code == 2
