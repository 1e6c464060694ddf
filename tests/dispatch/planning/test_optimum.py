"""The search against trying everything, on problems small enough to try everything."""

import pytest

from dispatch.planning import Limits, NoLegalPlan, check, solve
from tests.dispatch.planning.exhaustive import NO_PLAN, least_total
from tests.dispatch.planning.makers import random_problem

STEPS = Limits(iterations=150)


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
