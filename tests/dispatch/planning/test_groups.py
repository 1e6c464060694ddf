"""A very large day searched in groups: still one plan, with each job once, and its true cost."""

from random import Random

import numpy as np
import pytest

from dispatch.planning import Limits, Problem, check, solve, write_plan
from dispatch.planning.draft import Draft
from dispatch.planning.engine.flat import Flat, flat_from
from dispatch.planning.engine.groups import (
    GROUP,
    MANY,
    Routes,
    can_be_grouped,
    groups,
    part_of,
)
from dispatch.planning.engine.search import Search
from dispatch.planning.engine.state import BEST
from dispatch.planning.limits import never
from dispatch.planning.shapes import Shapes
from dispatch.planning.urgency import in_order
from tests.dispatch.planning.makers import random_problem


def large_day(seed: int) -> Problem:
    return random_problem(seed, technicians=MANY, jobs=2 * MANY, rich=False)


def begun(question: Problem) -> tuple[Flat, Search, Routes]:
    """A first plan, and its routes as groups see them."""
    draft = Draft(Shapes(question))
    order = in_order(draft, draft.left_out)
    flat = flat_from(draft.shapes, order)
    assert flat is not None
    search = Search(draft, flat, order, 1, workers=1)
    search.serve_what_pays(never)
    best = search.best
    return flat, search, Routes(best.routes["best_count"].copy(), best.best_stops.copy())


def test_groups_hold_everybody_and_every_job_exactly_once() -> None:
    flat, _, whole = begun(large_day(1))
    drawn = groups(flat, whole, Random(3))
    people = np.concatenate([group.technicians for group in drawn])
    jobs = np.concatenate([group.jobs for group in drawn])
    assert sorted(people.tolist()) == list(range(len(flat.routes)))
    assert sorted(jobs.tolist()) == list(range(len(flat.jobs)))
    assert max(len(group.technicians) for group in drawn) == GROUP


def test_groups_are_others_each_round() -> None:
    flat, _, whole = begun(large_day(1))
    draw = Random(3)
    first, second = (groups(flat, whole, draw)[0].technicians.tolist() for _ in range(2))
    assert first != second


def test_what_the_groups_days_cost_together_is_what_the_whole_day_costs() -> None:
    flat, search, whole = begun(large_day(2))
    parts = [part_of(flat, whole, group) for group in groups(flat, whole, Random(5))]
    assert sum(int(part.state.figures[BEST]) for part in parts) == search.total
    for part in parts:
        part.write_into(whole)
    best = search.best
    assert whole.counts.tolist() == best.routes["best_count"].tolist()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_large_day_is_planned_legally_and_alike_for_the_same_seed(workers: int) -> None:
    question = large_day(3)
    limits = Limits(iterations=3000)
    first, second = (solve(question, limits=limits, seed=4, workers=workers) for _ in range(2))
    assert check(question, first).is_legal
    assert first.cost.total < solve(question, limits=Limits(iterations=0)).cost.total
    assert write_plan(first)["routes"] == write_plan(second)["routes"]
    assert first.solver.iterations == 3000 * workers


def test_a_small_day_or_one_with_a_budget_of_promises_is_searched_as_one() -> None:
    flat, _, _ = begun(random_problem(1, technicians=3, jobs=8, rich=False))
    assert not can_be_grouped(flat)
    large, _, _ = begun(large_day(1))
    assert can_be_grouped(large)
    assert not can_be_grouped(large._replace(budget=2))
