"""The search against trying everything, on problems small enough to try everything."""

from dataclasses import replace

import pytest

from dispatch.planning import Limits, NoLegalPlan, Problem, check, solve
from tests.dispatch.planning.exhaustive import NO_PLAN, least_total
from tests.dispatch.planning.makers import random_problem

STEPS = Limits(iterations=500)


@pytest.mark.parametrize("seed", range(24))
def test_small_days_with_every_rule_are_planned_at_the_least_total(seed: int) -> None:
    problem = random_problem(seed, technicians=2, jobs=4 + seed % 2)
    best = least_total(problem)
    if best >= NO_PLAN:
        with pytest.raises(NoLegalPlan):
            solve(problem, limits=STEPS)
    else:
        plan = solve(problem, limits=STEPS)
        assert plan.cost.total == best
        assert check(problem, plan).is_legal


@pytest.mark.parametrize("seed", range(100, 106))
def test_small_days_of_three_technicians_are_planned_at_the_least_total(seed: int) -> None:
    problem = random_problem(seed, technicians=3, jobs=4, rich=False)
    assert solve(problem, limits=STEPS).cost.total == least_total(problem)


def relaxations(question: Problem) -> dict[str, Problem]:
    """The same day with more room, one way each."""
    people, jobs = question.technicians, question.jobs
    another = replace(people[0], id="another", skills={"rescue": 9})
    return {
        "one more technician": replace(question, technicians=(*people, another)),
        "more overtime": each_technician(question, overtime_max=9999),
        "bigger vans": each_technician(question, capacity=None),
        "no breaks": each_technician(question, break_=None),
        "open windows": replace(question, jobs=tuple(replace(job, window=None) for job in jobs)),
    }


def each_technician(question: Problem, **given: object) -> Problem:
    people = [replace(each, **given) for each in question.technicians]  # type: ignore[arg-type]
    return replace(question, technicians=tuple(people))


@pytest.mark.parametrize("seed", range(200, 208))
def test_more_room_never_makes_the_best_plan_dearer(seed: int) -> None:
    question = random_problem(seed, technicians=2, jobs=3)
    best = least_total(question)
    for room, wider in relaxations(question).items():
        assert least_total(wider) <= best, room
