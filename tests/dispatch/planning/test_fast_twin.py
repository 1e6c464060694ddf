"""The search's fast figures against the readable rules: the same total, on any random day."""

from random import Random

import pytest

from dispatch.planning import Cost, Problem
from dispatch.planning.draft import Draft
from dispatch.planning.finishing import itinerary
from dispatch.planning.insertion import cheapest_place
from dispatch.planning.rules import bill, broken_rules
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.timing import Itinerary, timed
from dispatch.planning.tour import Tour
from tests.dispatch.planning.makers import random_problem


def readable_cost(problem: Problem, itinerary_: Itinerary) -> int:
    """What a route costs by the rules alone, above a plan that serves nothing."""
    plan = timed(problem, [itinerary_])
    served = {job.id for job in itinerary_.jobs}
    illegal = [
        fault
        for fault in broken_rules(problem, plan)
        if not (fault.code == "lock_broken" and fault.job not in served)
    ]
    idle: Cost = bill(problem, timed(problem, []))
    saved = sum(job.drop_cost for job in itinerary_.jobs)
    promised = sum(job.announced is not None for job in itinerary_.jobs)
    saved += promised * problem.stability.move_cost
    return IMPOSSIBLE if illegal else bill(problem, plan).total - idle.total + saved


def cheapest_rest(problem: Problem, tour: Tour) -> int:
    """The readable cost of a tour with the break wherever it costs least."""
    technician = problem.technicians[tour.technician]
    jobs = tuple(problem.jobs[job] for job in tour.jobs)
    legs = [None, *range(len(jobs) + 1)] if technician.break_ is not None else [None]
    return min(readable_cost(problem, Itinerary(technician, jobs, leg)) for leg in legs)


@pytest.mark.parametrize("seed", range(40))
def test_a_tour_costs_what_the_rules_say_with_the_break_where_it_is_cheapest(seed: int) -> None:
    problem = random_problem(seed, technicians=3, jobs=6)
    shapes, draw = Shapes(problem), Random(seed)
    for _ in range(10):
        order = draw.sample(range(6), draw.randint(1, 5))
        tour = Tour(shapes, draw.randrange(3), order)
        assert tour.cost == cheapest_rest(problem, tour)
        if tour.cost < IMPOSSIBLE:
            assert readable_cost(problem, itinerary(shapes, tour)) == tour.cost


@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_place_is_the_best_of_all_positions_tried_one_by_one(seed: int) -> None:
    problem = random_problem(seed, technicians=2, jobs=7)
    shapes, draw = Shapes(problem), Random(seed)
    for _ in range(10):
        job, *others = draw.sample(range(7), draw.randint(1, 6))
        tour = Tour(shapes, draw.randrange(2), others)
        if tour.cost >= IMPOSSIBLE:
            continue
        tried = [tour.with_job(shapes, job, position).cost for position in range(len(others) + 1)]
        place = cheapest_place(shapes, [tour], job)
        if min(tried) >= IMPOSSIBLE:
            assert place.position == -1
        else:
            assert place.delta == min(tried) - tour.cost
            assert tried[place.position] == min(tried)


@pytest.mark.parametrize("seed", range(10))
def test_places_are_exact_even_where_a_detour_is_shorter_than_the_way(seed: int) -> None:
    problem = random_problem(seed, technicians=1, jobs=6, rich=False)
    draw = Random(seed)
    size = len(problem.durations)
    crooked = [[draw.choice((-1, 0, 60, 900, 5000)) for _ in range(size)] for _ in range(size)]
    shapes = Shapes(
        Problem(problem.origin, crooked, problem.technicians, problem.jobs, problem.now)
    )
    for _ in range(30):
        job, *others = draw.sample(range(6), draw.randint(2, 5))
        tour = Tour(shapes, 0, others)
        if tour.cost < IMPOSSIBLE:
            tried = [tour.with_job(shapes, job, at).cost for at in range(len(others) + 1)]
            place = cheapest_place(shapes, [tour], job)
            assert place.delta == (
                min(tried) - tour.cost if min(tried) < IMPOSSIBLE else IMPOSSIBLE
            )


def test_a_draft_of_nothing_costs_what_leaving_everything_out_costs() -> None:
    problem = random_problem(1, technicians=2, jobs=5, rich=False)
    assert Draft(Shapes(problem)).total() == sum(job.drop_cost for job in problem.jobs)
