"""Every named problem in the fixtures is there for a reason; this is where the reason holds."""

from pathlib import Path

import pytest

from dispatch.planning import (
    Limits,
    Plan,
    Problem,
    assign,
    check,
    parse_problem,
    solve,
)

FOLDER = Path(__file__).parents[3] / "fixtures" / "problems"
STEPS = Limits(iterations=60)


def named(name: str) -> Problem:
    return parse_problem((FOLDER / f"{name}.json").read_bytes())


def test_every_file_is_explained_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for file in sorted(FOLDER.glob("*.json")):
        assert f"`{file.name}`" in readme


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_every_file_is_planned_legally(name: str) -> None:
    question = named(name)
    assert check(question, solve(question, limits=Limits(iterations=5))).is_legal


def test_the_crew_comes_together_and_what_follows_waits() -> None:
    question = named("crew_and_order")
    plan = solve(question, limits=STEPS)
    assert plan.unassigned == ()
    assert check(question, plan).is_legal


def test_the_morning_is_planned_as_by_hand() -> None:
    question = named("two_technicians_one_morning")
    plan = solve(question, limits=STEPS)
    # The trapped person is reached in twenty minutes, nobody is late, one visit is borrowed.
    assert plan.cost.total == 3120 + 300
    assert {stop.job: stop.start for stop in plan.routes[0].stops}["trapped"] == 1200


def test_two_calls_are_shared() -> None:
    question = named("two_calls_to_share")
    together = assign(question, Plan(), ["first", "second"])
    assert [len(route.stops) for route in together.routes] == [1, 1]


def test_one_promise_at_most_moves_for_the_trapped_person() -> None:
    plan = solve(named("promises_to_keep"), limits=STEPS)
    assert plan.cost.stability <= 900
    assert plan.unassigned == ()


def test_each_job_nobody_can_reach_has_its_own_reason() -> None:
    plan = solve(named("nothing_can_be_reached"), limits=STEPS)
    assert {left.job: left.reasons[0].code for left in plan.unassigned} == {
        "island": "unreachable",
        "closed": "window_missed",
        "expert": "skill_missing",
        "endless": "overtime",
    }
