"""The compiled engine against the readable rules: the same figures, on any random day."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from dispatch.planning import Limits, Problem, check, solve
from dispatch.planning.draft import Draft
from dispatch.planning.engine import compiling
from dispatch.planning.engine.changing import load
from dispatch.planning.engine.flat import FORBIDDEN, Flat, flat_from
from dispatch.planning.engine.placing import cheapest_place
from dispatch.planning.engine.search import Search
from dispatch.planning.engine.state import State, empty_state
from dispatch.planning.finishing import itinerary
from dispatch.planning.limits import Budget, never
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour
from dispatch.planning.urgency import in_order
from tests.dispatch.planning.makers import random_problem
from tests.dispatch.planning.test_fast_twin import cheapest_rest

TECHNICIANS, JOBS = 3, 8


def flat_of(shapes: Shapes) -> Flat:
    flat = flat_from(shapes, in_order(Draft(shapes), range(len(shapes.drop))))
    assert flat is not None
    return flat


def crooked(question: Problem, draw: Random) -> Problem:
    """The same day on roads where a detour may be shorter than the way, or there is no way."""
    size = range(len(question.durations))
    ways = [[draw.choice((-1, 0, 60, 900, 2500)) for _ in size] for _ in size]
    return replace(question, durations=ways)


def drawn(seed: int) -> Problem:
    """A day that uses every rule; every third on crooked roads, every other under a budget."""
    question = random_problem(seed, technicians=TECHNICIANS, jobs=JOBS, rich=seed % 5 != 4)
    if seed % 3 == 2:
        question = crooked(question, Random(seed))
    if seed % 2:
        question = replace(question, stability=replace(question.stability, budget=seed % 4))
    return question


def loaded(flat: Flat, who: int, order: list[int], seed: int = 0) -> State:
    state = empty_state(flat, JOBS, seed)
    load(flat, state, who, np.array(order, dtype=np.int64))
    return state


def cost_of(flat: Flat, weighed: int) -> int:
    return IMPOSSIBLE if weighed >= FORBIDDEN else weighed // flat.scale


def compare_routes(seed: int, rounds: int) -> None:
    """Hold the engine to the rules on some routes, and on every place for every other job."""
    shapes, draw = Shapes(drawn(seed)), Random(seed)
    flat = flat_of(shapes)
    for _ in range(rounds):
        order = draw.sample(range(JOBS), draw.randint(1, 5))
        who = draw.randrange(TECHNICIANS)
        tour = Tour(shapes, who, order)
        state = loaded(flat, who, order)
        unlimited = shapes.problem.stability.budget is None
        assert cost_of(flat, int(state.routes["cost"][who])) == tour.cost
        if unlimited:
            assert tour.cost == cheapest_rest(shapes.problem, tour)
        if tour.cost >= IMPOSSIBLE:
            continue
        for job in set(range(JOBS)) - set(order):
            places = range(len(order) + 1)
            tried = min(tour.with_job(shapes, job, position).cost for position in places)
            delta, _, position = cheapest_place(flat, state, job, who, 0.0)
            if tried >= IMPOSSIBLE:
                assert delta >= FORBIDDEN
            elif unlimited:
                assert delta == tried - tour.cost
                assert tour.with_job(shapes, job, position).cost == tried


def compare_search(seed: int, steps: int) -> None:
    """Hold the total the engine believes to that of the routes it gives back."""
    draft = Draft(Shapes(drawn(seed)))
    order = in_order(draft, draft.left_out)
    flat = flat_of(draft.shapes)
    search = Search(draft, flat, order, seed, workers=1)
    search.serve_what_pays(never)
    search.improve(Budget(Limits(iterations=steps), None, never), note=lambda: None)
    total = int(search.best.figures[2]) // flat.scale
    decided = search.decided(draft)
    search.give(draft)
    assert decided == [itinerary(draft.shapes, tour) for tour in draft.tours if tour.jobs]
    locked = [job for job in draft.left_out if draft.shapes.problem.jobs[job].locked is not None]
    if not locked:
        plain = sum(tour.cost for tour in draft.tours)
        assert total == plain + sum(draft.shapes.drop[job] for job in draft.left_out)


@pytest.mark.parametrize("seed", range(60))
def test_the_engine_prices_routes_and_places_as_the_rules_do(seed: int) -> None:
    compare_routes(seed, rounds=8)


@pytest.mark.parametrize("seed", range(40))
def test_what_the_search_believes_its_plan_costs_is_what_it_costs(seed: int) -> None:
    compare_search(seed, steps=60)


@pytest.mark.proof
def test_the_engine_prices_ten_thousand_random_days_as_the_rules_do() -> None:
    for seed in range(1000, 11_000):
        compare_routes(seed, rounds=1)


@pytest.mark.proof
def test_the_search_believes_the_truth_on_thousands_of_random_days() -> None:
    for seed in range(1000, 4000):
        compare_search(seed, steps=200)


@pytest.mark.parametrize("seed", range(20))
def test_every_plan_found_is_legal_and_billed_as_the_rules_do(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=14, rich=False)
    plan = solve(question, limits=Limits(iterations=150), seed=seed)
    verdict = check(question, plan)
    assert verdict.is_legal
    assert verdict.cost == plan.cost


def test_a_search_that_takes_over_a_better_plan_goes_on_from_it() -> None:
    draft = Draft(Shapes(random_problem(7, technicians=3, jobs=12, rich=False)))
    order = in_order(draft, draft.left_out)
    search = Search(draft, flat_of(draft.shapes), order, 3, workers=2)
    search.serve_what_pays(never)
    search.improve(Budget(Limits(iterations=0), None, never), note=lambda: None)
    first, second = search.states
    assert np.array_equal(first.routes["best_count"], second.routes["best_count"])
    assert np.array_equal(first.technician_of, second.technician_of)
    assert int(first.figures[0]) == int(second.figures[0])


def test_on_an_empty_plan_every_pair_of_job_and_technician_is_priced_as_in_python() -> None:
    shapes = Shapes(random_problem(3, technicians=TECHNICIANS, jobs=JOBS))
    flat, draft = flat_of(shapes), Draft(shapes)
    state = empty_state(flat, JOBS, 0)
    for job in range(JOBS):
        for who in range(TECHNICIANS):
            delta, _, _ = cheapest_place(flat, state, job, who, 0.0)
            assert cost_of(flat, delta) == draft.best_place(job, [who]).delta


def test_where_nothing_can_be_kept_the_engine_compiles_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def njit(function: Callable[[int], int], **options: bool) -> Callable[[int], int]:
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return function

    monkeypatch.setattr(compiling, "njit", njit)
    assert compiling.compiled(abs)(-3) == 3
