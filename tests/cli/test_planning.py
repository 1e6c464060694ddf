"""`palier solve`, `check`, `recommend` and `assign` as typed: files in, answers out, exit codes."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dispatch.planning import Cost, Plan
from dispatch.planning import solve as plan_day
from server.cli.planning import assign, check, recommend, solve

PROBLEMS = Path(__file__).parents[2] / "fixtures" / "problems"
MORNING = str(PROBLEMS / "two_technicians_one_morning.json")
CREW = str(PROBLEMS / "crew_and_order.json")

Document = dict[str, Any]  # a JSON document as a customer's program would see it


def run(command: Any, *words: str) -> Result:  # click's own type has no common name
    return CliRunner().invoke(command, list(words))


def answer(result: Result) -> Document:
    document: Document = json.loads(result.stdout)
    return document


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of the morning, written by the command itself."""
    path = tmp_path / "plan.json"
    assert run(solve, MORNING, "--iterations", "40", "--out", str(path)).exit_code == 0
    return path


def changed(plan: Path, change: Document) -> str:
    document = json.loads(plan.read_text(encoding="utf-8"))
    plan.write_text(json.dumps(document | change), encoding="utf-8")
    return str(plan)


def test_a_plan_goes_to_standard_output_as_json() -> None:
    result = run(solve, MORNING, "--iterations", "10")
    assert result.exit_code == 0
    assert answer(result)["format"] == "palier-plan/1"


def test_a_plan_in_a_file_is_told_in_words(plan: Path) -> None:
    result = run(solve, MORNING, "--iterations", "10", "--out", str(plan))
    assert "06:20 trapped" in result.stdout
    assert result.stdout.rstrip().splitlines()[-1].startswith("Total ")


def test_the_same_seed_gives_the_same_file() -> None:
    first, second = (answer(run(solve, MORNING, "--iterations", "30")) for _ in range(2))
    for each in (first, second):
        del each["solver"]["seconds"], each["solver"]["trace"]
    assert json.dumps(first) == json.dumps(second)


def test_the_written_plan_is_legal(plan: Path) -> None:
    result = run(check, MORNING, str(plan))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "The plan is legal.")


def test_a_legal_plan_is_told_to_a_program(plan: Path) -> None:
    verdict = answer(run(check, MORNING, str(plan), "--json"))
    assert (verdict["legal"], verdict["faults"]) == (True, [])
    assert verdict["cost"]["total"] == json.loads(plan.read_text(encoding="utf-8"))["cost"]["total"]


def test_an_illegal_plan_ends_in_one_with_every_fault(plan: Path) -> None:
    result = run(check, MORNING, changed(plan, {"routes": []}), "--json")
    assert result.exit_code == 1
    verdict = answer(result)
    assert verdict["legal"] is False
    assert {fault["code"] for fault in verdict["faults"]} == {"job_missing", "wrong_cost"}


def test_an_illegal_plan_is_told_in_words(plan: Path) -> None:
    result = run(check, MORNING, changed(plan, {"routes": []}))
    assert result.exit_code == 1
    assert "job_missing" in result.stdout


def test_a_problem_that_contradicts_itself_ends_in_two_and_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    document = json.loads(Path(MORNING).read_text(encoding="utf-8"))
    document["jobs"][0]["location"] = 99
    document["jobs"][1]["colour"] = "red"
    bad.write_text(json.dumps(document), encoding="utf-8")
    out = tmp_path / "plan.json"
    result = run(solve, str(bad), "--iterations", "1", "--out", str(out))
    assert result.exit_code == 2
    assert "jobs[0].location" in result.stderr
    assert "jobs[1].colour" in result.stderr
    assert result.stdout == ""
    assert not out.exists()


def test_a_plan_that_is_no_plan_ends_in_two(tmp_path: Path) -> None:
    nonsense = tmp_path / "plan.json"
    nonsense.write_text("nonsense", encoding="utf-8")
    result = run(check, MORNING, str(nonsense))
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_file_that_does_not_exist_ends_in_two() -> None:
    assert run(solve, "nowhere.json").exit_code == 2


def test_a_crew_and_what_follows_it_are_planned() -> None:
    planned = answer(run(solve, CREW, "--iterations", "5"))
    assert planned["unassigned"] == []


def test_an_unknown_engine_ends_in_two_with_those_that_exist() -> None:
    result = run(solve, MORNING, "--engine", "oracle")
    assert result.exit_code == 2
    assert "palier" in result.stderr


def test_another_engine_is_named_in_its_plan(plan: Path) -> None:
    result = run(
        solve, MORNING, "--engine", "ortools-routing", "--iterations", "20", "--out", str(plan)
    )
    assert result.exit_code == 0, result.output
    document = json.loads(plan.read_text(encoding="utf-8"))
    assert document["solver"]["engine"] == "ortools-routing"
    assert run(check, MORNING, str(plan)).exit_code == 0


def test_what_another_engine_cannot_plan_ends_in_one_and_says_so() -> None:
    result = run(solve, CREW, "--engine", "ortools-routing", "--iterations", "20")
    assert result.exit_code == 1
    assert "ortools-routing" in result.stderr
    assert "crews" in result.stderr


def test_routes_put_together_anew_make_a_legal_plan(plan: Path) -> None:
    result = run(solve, MORNING, "--pool", "--iterations", "200", "--out", str(plan))
    assert result.exit_code == 0, result.output
    assert run(check, MORNING, str(plan)).exit_code == 0


@pytest.fixture
def listening() -> Iterator[None]:
    """Ctrl-C is heard, also where these tests are themselves run in the background."""
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, earlier)


def interrupted(times: int) -> Callable[..., Plan]:
    """The search, in the course of which somebody presses Ctrl-C so often."""

    def search(*given: Any, **limits: Any) -> Plan:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return plan_day(*given, **limits)

    return search


@pytest.mark.usefixtures("listening")
def test_ctrl_c_ends_the_search_with_a_legal_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    monkeypatch.setattr("server.cli.planning.plan_day", interrupted(1))
    assert run(solve, MORNING, "--seconds", "600", "--out", str(path)).exit_code == 0
    assert run(check, MORNING, str(path)).exit_code == 0


@pytest.mark.usefixtures("listening")
def test_a_second_ctrl_c_ends_the_command_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    monkeypatch.setattr("server.cli.planning.plan_day", interrupted(2))
    assert run(solve, MORNING, "--seconds", "600", "--out", str(path)).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_start_is_bettered_never_worsened(plan: Path) -> None:
    before = json.loads(plan.read_text(encoding="utf-8"))["cost"]["total"]
    after = answer(run(solve, MORNING, "--iterations", "1", "--start", str(plan)))
    assert after["cost"]["total"] <= before


def test_a_call_is_ranked_for_a_program(plan: Path) -> None:
    result = run(recommend, MORNING, waiting(plan), "--job", "trapped", "--json")
    assert result.exit_code == 0
    found = answer(result)
    assert [each["technician"] for each in found["candidates"]] == ["anna"]
    assert found["blocked"] == [
        {
            "technician": "bert",
            "code": "skill_missing",
            "skill": "rescue",
            "needed": 2,
            "has": 1,
            "would_need": {"skill": "rescue", "level": 2},
        }
    ]
    assert found["elapsed_ms"] >= 0


def waiting(plan: Path) -> str:
    """The plan without the visit to the trapped person."""
    document = json.loads(plan.read_text(encoding="utf-8"))
    for route in document["routes"]:
        route["stops"] = [stop for stop in route["stops"] if stop["job"] != "trapped"]
    return changed(plan, {"routes": document["routes"], "unassigned": [{"job": "trapped"}]})


def test_a_call_is_ranked_in_words(plan: Path) -> None:
    result = run(recommend, MORNING, waiting(plan), "--job", "trapped")
    assert "1. anna" in result.stdout
    assert "bert" in result.stdout
    assert "rescue" in result.stdout


def test_a_job_that_is_not_waiting_ends_in_two(plan: Path) -> None:
    assert run(recommend, MORNING, str(plan), "--job", "trapped").exit_code == 2


@pytest.mark.parametrize("named", [(), ("--job", "trapped")], ids=["all of them", "by name"])
def test_what_waits_is_served_together_and_nothing_else_changes_hands(
    plan: Path, tmp_path: Path, named: tuple[str, ...]
) -> None:
    before = json.loads(plan.read_text(encoding="utf-8"))
    path = tmp_path / "served.json"
    result = run(assign, MORNING, waiting(plan), *named, "--out", str(path))
    assert (result.exit_code, result.stdout.rstrip().splitlines()[-1][:6]) == (0, "Total ")
    after = json.loads(path.read_text(encoding="utf-8"))
    assert after["unassigned"] == []
    assert held(after) == held(before)
    assert run(check, MORNING, str(path)).exit_code == 0


def held(plan: Document) -> dict[str, set[str]]:
    """Who does what, in whatever order."""
    return {each["technician"]: {stop["job"] for stop in each["stops"]} for each in plan["routes"]}


def test_serving_what_is_served_already_ends_in_two(plan: Path) -> None:
    assert run(assign, MORNING, str(plan), "--job", "trapped").exit_code == 2


def test_a_job_for_a_crew_is_ranked_with_whom_each_would_go(plan: Path) -> None:
    empty = {"format": "palier-plan/1", "routes": [], "unassigned": [], "cost": bill_of_nothing()}
    plan.write_text(json.dumps(empty), encoding="utf-8")
    found = answer(run(recommend, CREW, str(plan), "--job", "hoist", "--json"))
    candidates = found["candidates"]
    assert [each["crew"] for each in candidates] == [["anna", "bert"], ["anna", "bert"]]
    # Twenty minutes for Anna and ten for Bert, both ways.
    assert {each["delta"] for each in candidates} == {2 * 1200 + 2 * 600 - 100_000}
    told = run(recommend, CREW, str(plan), "--job", "hoist").stdout
    assert "together with bert" in told
    last = run(recommend, CREW, str(plan), "--job", "test_run").stdout
    assert "no anna         follows hoist, which is left out" in last


def bill_of_nothing() -> dict[str, int]:
    return {"total": 0} | Cost().terms()


def test_a_small_day_is_proven_to_be_planned_at_its_best(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    result = run(solve, MORNING, "--iterations", "40", "--bound", "60", "--out", str(path))
    assert "No plan costs less: this one is the best possible." in result.output
    plan = json.loads(path.read_text())
    assert plan["bound"] == plan["cost"]["total"]
    assert plan["gap"] == 0
    assert run(check, MORNING, str(path)).exit_code == 0


def test_a_proof_without_time_says_little_and_lies_never(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    result = run(solve, MORNING, "--iterations", "40", "--bound", "0", "--out", str(path))
    assert "No plan costs less than" in result.output
    plan = json.loads(path.read_text())
    assert plan["bound"] <= plan["cost"]["total"]


def test_a_program_is_told_of_everybody_and_a_person_of_the_first_five(tmp_path: Path) -> None:
    people = [
        {"id": name, "start": 0, "end": 0, "shift": [0, 28800]}
        for name in ("ada", "bea", "cleo", "dora", "emma", "fay", "gina")
    ]
    call = {"id": "call", "location": 0, "duration": 600, "priority": 2, "drop_cost": 9000}
    day = {
        "format": "palier-problem/1",
        "origin": "2026-06-01T06:00:00+00:00",
        "travel": {"durations": [[0]]},
        "technicians": people,
        "jobs": [call],
    }
    problem, nothing = tmp_path / "day.json", tmp_path / "nothing.json"
    problem.write_text(json.dumps(day), encoding="utf-8")
    assert run(solve, str(problem), "--iterations", "1", "--out", str(nothing)).exit_code == 0
    empty = changed(nothing, {"routes": [], "unassigned": [{"job": "call"}]})
    asked = (str(problem), empty, "--job", "call")
    assert len(answer(run(recommend, *asked, "--json"))["candidates"]) == len(people)
    assert len(answer(run(recommend, *asked, "--json", "--top", "2"))["candidates"]) == 2
    told = run(recommend, *asked).stdout
    assert "5. emma" in told
    assert "6. fay" not in told
