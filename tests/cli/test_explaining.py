"""`palier diff`, `explain` and `rules` as typed: files in, answers out, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dispatch.planning import Plan
from dispatch.planning.explanation import explain as explanation
from server.cli.explaining import diff, explain, rules
from server.cli.explaining_words import explanation_in_words
from server.cli.planning import solve
from tests.dispatch.planning.makers import job, problem, technician

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


def late_day(tmp_path: Path) -> tuple[str, str]:
    """A morning with one visit that is late, and one that is left out."""
    person = {"start": 0, "end": 0, "shift": [0, 4800]}
    work = {"location": 1, "duration": 1800, "priority": 3, "drop_cost": 9000}
    document = {
        "format": "palier-problem/1",
        "origin": "2026-06-01T06:00:00Z",
        "travel": {"durations": [[0, 600], [600, 0]]},
        "technicians": [{"id": "anna"} | person, {"id": "bert", "use_cost": 700} | person],
        "jobs": [
            {"id": "first"} | work,
            {"id": "lift", "due": 1800, "late_cost": 1} | work,
            {"id": "long"} | work | {"duration": 4800},
        ],
    }
    empty = {"job": "", "arrive": 0, "start": 0, "finish": 0}
    stops = [empty | {"job": "first"}, empty | {"job": "lift"}]
    route = {"technician": "anna", "stops": stops, "leave": 0, "return": 0}
    terms = ("travel", "overtime", "late", "late_fixed", "drop", "stability", "use", "borrow")
    bill = dict.fromkeys(("total", *terms, "preferred", "balance"), 0)
    plan = {"format": "palier-plan/1", "routes": [route], "unassigned": [{"job": "long"}]}
    paths = tmp_path / "day.json", tmp_path / "plan.json"
    for path, content in zip(paths, (document, plan | {"cost": bill}), strict=True):
        path.write_text(json.dumps(content), encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_a_late_visit_is_explained_for_a_program(tmp_path: Path) -> None:
    result = run(explain, *late_day(tmp_path), "--job", "lift", "--json")
    found = json.loads(result.stdout)
    (late,) = found["late"]
    assert found["unassigned"] == []
    assert late["since"] == {"code": "shift", "moment": 0, "technician": "anna", "job": None}
    assert [link["seconds"] for link in late["links"]] == [600, 1800]
    assert sum(link["seconds"] for link in late["links"]) - late["available"] == late["lateness"]
    assert {way["technician"]: way["start"] for way in late["in_time"]} == {
        "anna": 600,
        "bert": 600,
    }


def test_a_job_left_out_is_explained_for_a_program(tmp_path: Path) -> None:
    result = run(explain, *late_day(tmp_path), "--job", "long", "--json")
    (left_out,) = json.loads(result.stdout)["unassigned"]
    first = left_out["remedies"][0]
    assert (first["technician"], first["changes"][0]["would_need"]) == (
        "bert",
        {"overtime_max": 1200},
    )


def test_late_and_left_out_are_explained_in_words(tmp_path: Path) -> None:
    words = run(explain, *late_day(tmp_path)).stdout
    assert "lift is 600 s late: due 06:30, begins 06:40." in words
    assert (
        "because anna sets out at 06:00, then travel to first 600 s, work on first 1800 s" in words
    )
    assert "bert could be there at 06:10" in words
    assert "long is left out.\n  bert would need 1200 s of overtime: bert at 06:10" in words


def test_who_would_complete_a_crew_is_told_in_words() -> None:
    people = [technician("anna", skills={"hoist": 1}), technician("bert")]
    question = problem(people, [job("hoist", crew=2, skills={"hoist": 1})])
    told = explanation_in_words(question, explanation(question, Plan(), "hoist"))
    assert "bert would need hoist at level 1: anna at 06:10" in told


def test_a_plan_in_which_all_is_well_has_nothing_to_explain(plan: Path) -> None:
    assert run(explain, MORNING, str(plan), "--job", "trapped").exit_code == 0


def test_a_job_nobody_knows_ends_in_two(plan: Path) -> None:
    assert run(explain, MORNING, str(plan), "--job", "ghost").exit_code == 2


def test_the_rules_are_listed_hard_before_soft() -> None:
    kinds = [rule["kind"] for rule in json.loads(run(rules, "--json").stdout)]
    assert kinds == sorted(kinds)
    assert "| `late_fixed` |" in run(rules).stdout
