"""`palier bench vrptw` and `bench scale`: classic instances as published, and their figures."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dispatch.planning import Limits, check, solve
from server.bench.vrptw import ALL, FOLDER, measure
from server.bench.vrptw_file import best_known, vrptw_problem
from server.cli import main
from server.cli.search_words import scale_in_words, vrptw_in_words


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["bench", *words])


def figures(name: str, *words: str) -> Any:  # each benchmark has its own keys
    result = run(name, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)[name]


@pytest.mark.parametrize(("name", "customers"), [("R112", 100), ("RC1_2_1", 200), ("R1_4_1", 400)])
def test_an_instance_is_read_with_its_fleet_and_its_times_in_tenths(
    name: str, customers: int
) -> None:
    problem = vrptw_problem((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    assert len(problem.jobs) == customers
    assert len(problem.technicians) == customers // 4
    assert problem.technicians[0].capacity == 200
    assert problem.jobs[0].duration == 100


def test_distances_are_cut_off_after_one_decimal() -> None:
    problem = vrptw_problem((FOLDER / "R112.txt").read_text(encoding="utf-8"))
    assert problem.durations[0][1] == 152  # from (35, 35) to (41, 49): 15.23


def test_the_best_known_distance_is_a_plan_nobody_beats() -> None:
    best = best_known(FOLDER)
    assert set(best) == set(ALL)
    problem = vrptw_problem((FOLDER / "C109.txt").read_text(encoding="utf-8"))
    plan = solve(problem, limits=Limits(iterations=3000))
    assert check(problem, plan).is_legal
    assert plan.cost.total == plan.cost.travel >= best["C109"]


def test_gaps_are_told_for_each_instance_and_for_all() -> None:
    found = measure(names=("C109", "R112"), seconds=0.2, workers=1, seed=1)
    gaps = [each.gap_percent for each in found.instances]
    assert min(gaps) >= 0
    assert found.worst_gap_percent == max(gaps)
    assert all(each.is_legal for each in found.instances)


def test_a_large_day_tells_its_first_plan_its_last_and_its_memory() -> None:
    words = ("--quick", "--technicians", "110", "--jobs", "300", "--seconds", "0.6")
    found = figures("scale", *words, "--workers", "1")
    assert found["is_legal"]
    assert found["total"] <= found["first_total"]
    assert found["on_time"] + found["late"] + found["unassigned"] == 300
    assert found["peak_megabytes"] > 0
    stop = found["stops"][0]
    assert (stop["technicians"], stop["jobs"]) == (20, 120)
    assert min(stop["plan_cpu_ms"], stop["child_ms"]) > 0
    told = "\n".join(scale_in_words(found))
    assert "legal: yes" in told
    assert "asked to stop, 20 x 120: plan returned in" in told


def test_the_table_of_instances_names_each_with_its_gap() -> None:
    result = run("vrptw", "--quick", "--seconds", "0.1", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "RC108" in result.output
    assert "worst" in result.output


def test_an_illegal_plan_would_be_shown_as_such() -> None:
    instance = {
        "name": "R112",
        "customers": 100,
        "distance": 1.0,
        "best_known": 1.0,
        "gap_percent": 0.0,
        "cpu_seconds": 1.0,
        "is_legal": False,
    }
    found = {
        "seconds": 1.0,
        "workers": 1,
        "seed": 1,
        "instances": [instance],
        "mean_gap_percent": 0.0,
        "worst_gap_percent": 0.0,
    }
    assert any(line.endswith("NO") for line in vrptw_in_words(found))
