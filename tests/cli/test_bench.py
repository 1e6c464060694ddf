"""`palier bench` as typed: figures for a program or a table, the same draw for the same seed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS
from dispatch.planning import check
from server.bench import sla
from server.bench.drawn_days import MIDDAY, drawn_midday, linked
from server.bench.figures import Progress
from server.bench.refusals import AnswersDiffer, ServerDidNotStart
from server.cli import main
from server.cli.benching import Failed, show


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["bench", *words])


def figures(name: str, *words: str) -> Any:  # each benchmark has its own keys
    result = run(name, *words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found) == {"machine", name}
    return found[name]


def test_the_clock_is_compared_with_the_scan() -> None:
    found = figures("sla", "--scanned", "2")
    assert (found["seed"], found["scanned"]) == (1, 2)
    assert found["times_faster"] > 1


def test_an_answer_unlike_the_scan_ends_the_benchmark() -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    with pytest.raises(AnswersDiffer, match="2030"):
        sla.measure(cases=2, scanned=1, seed=1, scan=lambda _: late)


def test_a_benchmark_that_fails_shows_no_figures(capsys: pytest.CaptureFixture[str]) -> None:
    def failing(_: Progress) -> dict[str, object]:
        raise ServerDidNotStart("starting", "")

    with pytest.raises(Failed, match="the demo server failed while starting"):
        show({"api": failing}, as_json=True)
    assert capsys.readouterr().out == ""


def test_the_scan_counts_open_minutes_alone() -> None:
    case = sla.drawn_cases(1, seed=3)[0]
    minutes = (sla.scanned_due(case) - case.start) / timedelta(minutes=1)
    assert minutes > case.seconds / 60


def test_every_call_at_midday_is_ranked() -> None:
    found = figures("urgent", "--no-http", "--technicians", "3", "--jobs", "6", "--calls", "2")
    assert (found["technicians"], found["open_jobs"], found["calls"]) == (3, 6, 2)
    measured = [found[name] for name in ("ranking", "with_reasons", "linked")]
    for answers in (*measured, found["joint"]["answers"]):
        assert 0 <= answers["cpu"]["p50_ms"] <= answers["cpu"]["p95_ms"]
    assert found["joint"]["saved"] >= 0


def test_the_day_at_noon_is_planned_legally_and_its_calls_wait() -> None:
    midday = drawn_midday(technicians=3, jobs=8, calls=2, seed=5)
    announced = [job for job in midday.problem.jobs if job.announced is not None]
    planned = {stop.job for route in midday.plan.routes for stop in route.stops}
    assert {job.id for job in announced} == planned
    assert planned.isdisjoint(midday.calls)
    faults = check(midday.problem, midday.plan).faults
    assert {fault.job for fault in faults if fault.code != "wrong_cost"} == set(midday.calls)
    for job in midday.problem.jobs[-2:]:
        assert job.release == MIDDAY
        assert job.priority <= WEIGHTS.of(Severity.OUT_OF_SERVICE).priority


def test_some_work_of_the_linked_day_follows_other_work_and_its_plan_stays_legal() -> None:
    midday = linked(drawn_midday(technicians=3, jobs=8, calls=2, seed=5), 2, seed=5)
    assert len([job for job in midday.problem.jobs if job.after]) == 2
    faults = check(midday.problem, midday.plan).faults
    assert {fault.job for fault in faults if fault.code != "wrong_cost"} == set(midday.calls)


def test_the_api_is_measured_idle_and_while_a_plan_is_made() -> None:
    found = figures("api", "--requests", "1")
    assert [each["route"] for each in found["routes"]] == [
        "GET /api/board",
        "GET candidates",
        "POST /api/interventions",
    ]
    for each in found["routes"]:
        for when in ("idle", "planning"):
            assert each[when]["in_turn"]["p50_ms"] > 0


def test_figures_are_a_table_for_a_person() -> None:
    result = run("urgent", "--no-http", "--technicians", "2", "--jobs", "3", "--calls", "1")
    assert result.exit_code == 0
    assert "1 calls at midday, 2 technicians" in result.stdout
    assert result.stderr == ""


def test_options_before_the_name_are_refused_rather_than_ignored() -> None:
    result = run("--seed", "3", "sla")
    assert result.exit_code == 2
    assert "after 'sla'" in result.stderr


def test_an_unknown_benchmark_is_bad_usage() -> None:
    assert run("weather").exit_code == 2


def test_the_bound_stays_below_the_plan_and_small_days_are_proven() -> None:
    found = figures("bound", "--days", "1", "--seconds", "1", "--workers", "1")
    assert all(day["bound"] <= day["total"] for day in found["days"])
    assert all(size["exact"] == size["days"] for size in found["small"])
    assert "proven optimal" in run("bound", "--days", "1", "--seconds", "0").output
