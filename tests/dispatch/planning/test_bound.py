"""The proven bound: never above the best plan, equal to it on small days."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, permutations
from random import Random

import numpy as np
import pytest

from dispatch.planning import (
    Cost,
    Limits,
    NoLegalPlan,
    Plan,
    Problem,
    Stability,
    check,
    prove,
    solve,
)
from dispatch.planning.bound.certificate import Duals, certified
from dispatch.planning.bound.completing import completion
from dispatch.planning.bound.cuts import (
    MOST_CUTS,
    between,
    counted,
    members,
    tables,
    violated,
    words,
)
from dispatch.planning.bound.generation import Generation
from dispatch.planning.bound.nearby import nearby
from dispatch.planning.bound.person import coarser, person
from dispatch.planning.bound.pricer import Pricer
from dispatch.planning.bound.pricing import Cuts, cheapest_routes
from dispatch.planning.bound.relaxed import FORBIDDEN, SCALE, relaxed
from dispatch.planning.bound.routes import column
from dispatch.planning.bound.small import cheapest
from dispatch.planning.bound.worth import first_worth
from dispatch.planning.leaving_out import SearchWithout
from dispatch.planning.limits import Budget, never
from tests.dispatch.planning.exhaustive import NO_PLAN, least_total, least_total_of_linked
from tests.dispatch.planning.makers import HOUR, job, problem, random_problem, technician

ROUNDS = Limits(iterations=60)
STEPS = Limits(iterations=1000)
TRIED = 6  # fewer jobs than this are planned in every way there is


def crooked(question: Problem, seed: int) -> Problem:
    """The same day on roads that are one way here, closed there and shorter by a detour."""
    draw = Random(seed)
    durations = tuple(
        tuple(-1 if draw.random() < 0.08 else draw.randrange(0, 2400) for _ in row)
        for row in question.durations
    )
    return replace(question, durations=durations)


def reserved(question: Problem, seed: int) -> Problem:
    """The same day with a reserve at the end of shifts and a charge for each arrival elsewhere."""
    reserve = 3 * HOUR if seed % 3 else 0
    people = tuple(replace(each, reserve=reserve, reserve_cost=2) for each in question.technicians)
    return replace(question, technicians=people, arrival_cost=(seed % 4) * 150)


def drawn(seed: int, *, jobs: int = 4) -> Problem:
    """A small day with every rule; every other one on crooked roads."""
    question = reserved(random_problem(seed, technicians=2 + seed % 2, jobs=jobs), seed)
    return crooked(question, seed) if seed % 2 else question


def generated(question: Problem) -> int:
    """The bound of column generation alone, whatever the size of the day."""
    day = relaxed(question, 1 << 30)
    assert day is not None
    proven = [-(1 << 40)]
    pricer = Pricer(day, np.zeros(1, dtype=np.int64), workers=1)
    assert pricer.can_price
    Generation(day, [], pricer, Budget(ROUNDS, None, never), proven.append).run(lambda: 1 << 40)
    pricer.close()
    return proven[-1]


def holds(question: Problem) -> None:
    """Exact is exact, the bound is below it, the search's plan above it."""
    day = relaxed(question, 1 << 30)
    assert day is not None
    exact = cheapest(day, np.zeros(1, dtype=np.int64))
    assert exact is not None
    best = least_total(question) if len(question.jobs) < TRIED else exact.total
    assert exact.total == best or best >= NO_PLAN
    with suppress(NoLegalPlan):
        assert best <= solve(question, limits=STEPS).cost.total
    assert generated(question) <= exact.total


@pytest.mark.parametrize("seed", range(30))
def test_the_bound_is_below_the_optimum_and_the_exact_method_finds_it(seed: int) -> None:
    holds(drawn(seed))


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(30, 270))
def test_the_bound_is_below_the_optimum_on_many_small_days(seed: int) -> None:
    holds(drawn(seed, jobs=4 if seed % 2 else 5))


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(300, 340))
def test_the_bound_is_below_the_optimum_of_days_too_large_to_try_everything(seed: int) -> None:
    holds(drawn(seed, jobs=9 + seed % 3))


@pytest.mark.parametrize("seed", range(6))
def test_a_small_day_is_planned_at_its_optimum_whatever_the_first_plan_was(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=9, rich=False)
    first = solve(question, limits=Limits(iterations=0))
    found = prove(question, first, limits=ROUNDS)
    assert found.is_exact
    assert found.plan.bound == found.plan.cost.total <= first.cost.total
    assert check(question, found.plan).is_legal


def proven_from_nothing(question: Problem) -> int:
    """The bound when the plan at hand serves nobody."""
    everything = sum(each.drop_cost for each in question.jobs)
    return prove(question, Plan(cost=Cost(drop=everything)), limits=ROUNDS).value


def test_an_order_of_jobs_is_relaxed() -> None:
    first = job("first", location=3, duration=7200)
    second = job("second", after=("first",), due=0, late_cost=1)
    question = problem([technician(), technician("bo")], [first, second])
    # In truth the second waits for 1800 + 7200 s; without order it is ten minutes late on the way.
    assert proven_from_nothing(question) == 3600 + 600


@pytest.mark.parametrize("size", [2, 3])
def test_a_crew_pays_once_for_being_late_and_the_bound_stays_below(size: int) -> None:
    people = [technician(f"t{number}") for number in range(size)]
    late = job("late", crew=size, due=0, late_cost=7, late_fixed=1001, drop_cost=500_000)
    question = problem(people, [late])
    # Everyone drives ten minutes there and back; the start is ten minutes late, charged once.
    best = size * 1200 + 600 * 7 + 1001
    value = proven_from_nothing(question)
    # The late cost a second is shared in sixteenths, rounded down.
    assert best - 600 * size / 16 <= value <= best


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_crew_pays_once_for_coming_after_our_aim_and_the_bound_counts_it(size: int) -> None:
    people = [technician(f"t{number}") for number in range(size)]
    wished = job("wished", crew=size, aim=0, aim_cost=7, drop_cost=500_000)
    # Everyone drives ten minutes there and back; the start is ten minutes after the aim.
    best = size * 1200 + 10 * 7
    value = proven_from_nothing(problem(people, [wished]))
    # The cost a minute is shared in sixteenths, rounded down.
    assert best - 10 * size / 16 <= value <= best


def linked(seed: int) -> Problem:
    """A tiny day with a crew of two, an order, a balance and a budget of promises."""
    question, draw = drawn(seed, jobs=3), Random(seed)
    first, second, third = question.jobs
    jobs = (
        replace(first, crew=2),
        replace(second, after=(draw.choice((first.id, third.id)),)),
        third,
    )
    stability = replace(question.stability, budget=draw.choice((None, 0, 1)))
    return replace(question, jobs=jobs, balance_cost=seed % 2, stability=stability)


def holds_for_linked(question: Problem) -> None:
    """What ties routes together may be relaxed, but no plan that keeps it is cheaper."""
    assert proven_from_nothing(question) <= least_total_of_linked(question)


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_is_below_every_plan_with_crews_order_and_balance(seed: int) -> None:
    holds_for_linked(linked(2 * seed))


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10, 40))
def test_the_bound_is_below_every_plan_of_many_linked_days(seed: int) -> None:
    holds_for_linked(linked(seed))


def test_a_budget_of_promises_is_relaxed() -> None:
    question = replace(random_problem(3, technicians=2, jobs=5), stability=Stability(900, 0, 0))
    plan = solve(replace(question, stability=Stability(900, 0, None)), limits=STEPS)
    assert prove(question, plan, limits=ROUNDS).value <= plan.cost.total


def test_a_dual_that_is_too_high_proves_less_not_more() -> None:
    question = random_problem(4, technicians=2, jobs=4)
    day = relaxed(question, 1 << 30)
    assert day is not None
    best = least_total(question)
    draw = Random(4)
    pricer = Pricer(day, np.zeros(1, dtype=np.int64), workers=1)
    no_cuts, member = np.zeros(0, dtype=np.int64), np.zeros((4, 0), dtype=np.int64)
    for _ in range(50):
        worth = np.array([draw.randrange(-9000, 3_000_000) * SCALE for _ in range(4)])
        duals = Duals(worth, no_cuts)
        far = np.zeros(2, dtype=np.int64)
        priced = pricer.price(duals, member, member, far, is_rough=False, over=never)
        value = certified(duals, day.crews, day.jobs["drop"], [each.least for each in priced])
        assert value is not None
        assert value <= best
    pricer.close()


def test_nothing_is_proven_while_one_technician_is_not_priced_for_certain() -> None:
    duals = Duals(np.array([160]), np.zeros(0, dtype=np.int64))
    assert certified(duals, np.array([1]), np.array([900]), [0, None]) is None
    assert certified(duals, np.array([1]), np.array([900]), [0, 0]) == 10


def test_a_cut_with_a_negative_price_proves_nothing() -> None:
    duals = Duals(np.array([160]), np.array([-1]))
    assert certified(duals, np.array([1]), np.array([900]), [0]) is None


def test_stopped_before_it_begins_the_bound_is_what_bonuses_alone_allow() -> None:
    liked = job(preferred={"anna": 700})
    question = problem(jobs=[liked])
    found = prove(
        question,
        solve(question, limits=STEPS),
        limits=Limits(seconds=9),
        clock=lambda: 0.0,
        should_stop=lambda: True,
    )
    assert found.value == -700


def test_a_better_plan_is_asked_for_with_the_jobs_best_left_out() -> None:
    people = [technician(shift=(0, 8 * HOUR)), technician("bo", shift=(0, 8 * HOUR))]
    long = job("long", duration=7 * HOUR, drop_cost=9000)
    short = [job(f"s{number}", duration=2 * HOUR, drop_cost=8000) for number in range(6)]
    lift_together = job("crew", crew=2, drop_cost=0)
    question = problem(people, [long, *short, lift_together])
    asked: list[list[str]] = []

    def better(
        plan: Plan, left_out: Collection[str], routes: Mapping[str, Sequence[str]], _: Limits
    ) -> Plan:
        asked.append(sorted(left_out))
        led = [each for route in routes.values() for each in route]
        assert len(led) == len(set(led) - set(left_out))
        return SearchWithout(question)(plan, left_out, routes, Limits(iterations=200))

    poor = solve(problem(people, [long]), limits=STEPS)
    served_long = solve(question, limits=Limits(iterations=0), start=poor)
    found = prove(question, served_long, limits=ROUNDS, better=better)
    assert asked
    assert "long" in asked[0]
    assert found.value <= found.plan.cost.total < served_long.cost.total
    assert check(question, found.plan).is_legal


def test_a_plan_that_is_dearer_is_not_taken_for_a_better_one() -> None:
    question = random_problem(7, technicians=4, jobs=18, rich=False)
    plan = solve(question, limits=STEPS)
    nothing = solve(replace(question, technicians=()), limits=STEPS)
    found = prove(question, plan, limits=ROUNDS, better=lambda *_: nothing)
    assert found.plan.routes == plan.routes


@pytest.mark.parametrize("seed", range(4))
def test_a_search_without_some_jobs_is_legal_and_never_dearer(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=9)
    plan = solve(question, limits=STEPS)
    names = [each.id for each in question.jobs[::2]]
    found = SearchWithout(question, seed)(plan, names, {}, Limits(iterations=100))
    assert found.cost.total <= plan.cost.total
    assert check(question, found).is_legal


@pytest.mark.parametrize("seed", range(4))
def test_a_search_begins_at_the_routes_it_is_led_to_and_leaves_out_what_cannot_be_driven(
    seed: int,
) -> None:
    question = random_problem(seed, technicians=3, jobs=9)
    good = solve(question, limits=STEPS)
    poor = solve(question, limits=Limits(iterations=0))
    led = {route.technician: [stop.job for stop in route.stops] for route in good.routes}
    assert (
        SearchWithout(question)(poor, (), led, Limits(iterations=0)).cost.total == good.cost.total
    )
    everything = {each.id: [job.id for job in question.jobs] for each in question.technicians[:1]}
    found = SearchWithout(question)(good, (), everything, Limits(iterations=100))
    assert found.cost.total <= good.cost.total
    assert check(question, found).is_legal


def test_the_same_rounds_prove_the_same_bound_with_one_thread_or_two() -> None:
    question = random_problem(7, technicians=4, jobs=18, rich=False)
    plan = solve(question, limits=STEPS)
    one, two = (prove(question, plan, limits=ROUNDS, workers=count).value for count in (1, 2))
    assert one == two


def test_a_plan_that_claims_a_bound_above_its_total_states_a_wrong_cost() -> None:
    question = problem()
    plan = solve(question, limits=STEPS)
    assert check(question, replace(plan, bound=plan.cost.total)).is_legal
    faults = check(question, replace(plan, bound=plan.cost.total + 1)).faults
    assert [fault.code for fault in faults] == ["wrong_cost"]


@pytest.mark.parametrize("seed", range(12))
def test_looking_ahead_never_hides_the_cheapest_route(seed: int) -> None:
    question, draw = drawn(seed, jobs=7), Random(seed)
    day = relaxed(question, 1 << 30)
    assert day is not None
    halt = np.zeros(1, dtype=np.int64)
    for one in (person(day, 0), coarser(person(day, 1))):
        none = np.zeros((len(one.mine), 0), dtype=np.uint64)
        no_cuts = Cuts(np.zeros(0, dtype=np.int64), none, none)
        worth = np.array([draw.randrange(0, 20_000) * SCALE for _ in one.mine], dtype=np.int64)
        ahead = completion(one, worth, halt)
        blind = np.full_like(ahead, -(1 << 50))
        tried, *_ = cheapest_routes(one, worth, no_cuts, blind, 0, 0, 1 << 20, halt)
        seen, *_ = cheapest_routes(one, worth, no_cuts, ahead, tried + 1, 0, 1 << 20, halt)
        assert seen == tried


@pytest.mark.parametrize("seed", range(3))
def test_a_route_one_job_away_goes_through_it_at_its_best_place(seed: int) -> None:
    question = random_problem(seed, technicians=2, jobs=6, rich=False)
    day = relaxed(question, 1 << 30)
    assert day is not None
    one = person(day, 0)
    order, every = [0, 1, 2], range(len(one.mine))
    beside = nearby(one, np.array(order), np.zeros(1, dtype=np.int64))
    for left_out in range(len(order) + 1):
        kept = [job for at, job in enumerate(order) if at != left_out]
        for put_in in set(every) - set(order):
            tried = [column(one, [*kept[:at], put_in, *kept[at:]]) for at in range(len(kept) + 1)]
            best = min((route.price for route in tried if route is not None), default=FORBIDDEN)
            assert beside.price[left_out, put_in] == best


def visited_pairs(triple: tuple[int, int, int], kept: set[int], jobs: tuple[int, ...]) -> int:
    """What one cut counts on one route, step by step."""
    pairs, is_odd = 0, False
    for each in jobs:
        is_odd = is_odd and each in kept
        if each in triple:
            pairs += is_odd
            is_odd = not is_odd
    return pairs


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_counts_pairs_only_where_it_is_remembered(seed: int) -> None:
    draw = Random(seed)
    triples = draw.sample(list(combinations(range(9), 3)), 7)
    cuts = {each: set(each) | set(draw.choices(range(9), k=seed)) for each in triples}
    member, kept = tables(cuts, 9)
    routes = [tuple(draw.sample(range(9), draw.randrange(1, 8))) for _ in range(40)]
    stops = np.array([(*jobs, *[-1] * (8 - len(jobs))) for jobs in routes])
    told = [[visited_pairs(*cut, jobs) for cut in cuts.items()] for jobs in routes]
    assert counted(stops, member, kept).tolist() == told


def test_a_cut_is_remembered_on_the_way_between_its_visits_alone() -> None:
    assert between((1, 2, 3), [(5, 1, 7, 2, 8), (6, 3)]) == {1, 2, 3, 7}


def test_when_there_are_as_many_cuts_as_may_be_old_ones_are_still_remembered_better() -> None:
    visits = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0]])
    shares, crews = np.array([0.5, 0.5, 0.5]), np.ones(4, dtype=np.int64)
    full = {(9, 9, number) for number in range(MOST_CUTS)}
    assert violated(visits, shares, crews, ()) == [(0, 1, 2)]
    assert violated(visits, shares, crews, full) == []
    assert violated(visits, shares, crews, full | {(0, 1, 2)}) == [(0, 1, 2)]


@pytest.mark.parametrize("seed", range(6))
def test_under_cuts_the_cheapest_route_is_the_cheapest_of_all_that_could_be_driven(
    seed: int,
) -> None:
    question, draw = drawn(seed, jobs=5), Random(seed)
    day = relaxed(question, 1 << 30)
    assert day is not None
    one = person(day, 0)
    count = len(one.mine)
    triples = list(combinations(range(count), 3)) * 8  # more than fit into one word
    memories = [{*triple, *draw.sample(range(count), 1)} for triple in triples]
    member, kept = members(triples, count), members(memories, count)
    price = np.array([draw.randrange(1, 300) * SCALE for _ in triples], dtype=np.int64)
    worth = np.array([draw.randrange(0, 20_000) * SCALE for _ in range(count)], dtype=np.int64)
    ahead = completion(one, worth, halt := np.zeros(1, dtype=np.int64))
    cuts = Cuts(price, words(member), words(kept))
    found, *_ = cheapest_routes(one, worth, cuts, ahead, 0, 0, 1 << 20, halt)
    least = 0
    for size in range(1, count + 1):
        for order in permutations(range(count), size):
            route = column(one, order)
            if route is not None:
                stops = np.array([order])
                paid = int((counted(stops, member, kept) @ price)[0])
                least = min(least, route.price - int(worth[list(order)].sum()) + paid)
    assert found == least


def test_neighbours_are_no_longer_priced_once_told_to_stop() -> None:
    question = random_problem(1, technicians=2, jobs=6, rich=False)
    day = relaxed(question, 1 << 30)
    assert day is not None
    beside = nearby(person(day, 0), np.array([0, 1]), np.ones(1, dtype=np.int64))
    assert (beside.price[:, :-1] == FORBIDDEN).all()


def test_routes_beside_one_are_told_cheapest_first_and_only_if_they_gain() -> None:
    question = random_problem(1, technicians=2, jobs=6, rich=False)
    day = relaxed(question, 1 << 30)
    assert day is not None
    beside = nearby(person(day, 0), np.array([0, 1]), np.zeros(1, dtype=np.int64))
    worth = day.jobs["drop"].copy()
    found = beside.cheapest(worth, 5)
    gains = [each.price - int(worth[list(each.jobs)].sum()) for each in found]
    assert gains
    assert gains == sorted(gains)
    assert beside.cheapest(np.zeros_like(worth), 5) == []


def test_where_jobs_are_left_out_the_first_limits_hold_what_time_is_worth() -> None:
    question = problem([technician()], [job("served"), job("left", drop_cost=9000)])
    day = relaxed(question, 1 << 30)
    assert day is not None
    people = [person(day, 0)]
    route = column(people[0], [0])
    assert route is not None
    short = first_worth(day, people, [route])
    assert short.low[0] > 0
    assert (short.low <= short.middle).all()
    assert (short.middle <= short.high).all()
    assert short.high[1] == 9000


def test_a_route_costs_what_the_rules_say() -> None:
    question = drawn(8)
    day = relaxed(question, 0)
    assert day is not None
    one = person(day, 0)
    prices = [column(one, [number]) for number in range(len(one.mine))]
    assert any(price is not None for price in prices)
