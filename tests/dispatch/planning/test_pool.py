"""Routes put together anew by CP-SAT: never a dearer plan, a cheaper one if the routes hold it."""

import pytest

from dispatch.planning import Announced, Limits, Lock, Plan, Problem, Stability, check, solve
from dispatch.planning.finishing import plan_from
from dispatch.planning.plan import SolverReport
from dispatch.planning.pool import Pool, put_together
from dispatch.planning.timing import Itinerary, timed
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician

ROAD = line(0, 10, 20, 60, 70)


def two_ends(**given: object) -> Problem:
    """Anna at one end of the road and Ben at the other, two jobs near each."""
    people = [technician("anna"), technician("ben", start=4, end=4)]
    jobs = [job(name, location=place) for name, place in (("a", 1), ("b", 2), ("c", 3), ("d", 4))]
    return problem(people, jobs, durations=ROAD, **given)  # type: ignore[arg-type]


def plan_of(question: Problem, **routes: str) -> Plan:
    """Everybody's jobs, a letter each."""
    jobs = {each.id: each for each in question.jobs}
    people = {each.id: each for each in question.technicians}
    decided = [
        Itinerary(people[name], tuple(jobs[letter] for letter in letters))
        for name, letters in routes.items()
    ]
    return plan_from(question, timed(question, decided), SolverReport())


def pool_of(question: Problem, *plans: Plan) -> Pool:
    pool = Pool()
    jobs = {each.id: number for number, each in enumerate(question.jobs)}
    people = {each.id: number for number, each in enumerate(question.technicians)}
    for plan in plans:
        for route in plan.routes:
            pool.add(people[route.technician], [jobs[stop.job] for stop in route.stops])
    return pool


def routes(plan: Plan) -> dict[str, str]:
    return {
        route.technician: "".join(stop.job for stop in route.stops)
        for route in sorted(plan.routes, key=lambda route: route.technician)
    }


def test_the_good_halves_of_two_plans_make_a_better_one() -> None:
    question = two_ends()
    plan = plan_of(question, anna="acb", ben="d")
    pool = pool_of(question, plan_of(question, anna="ab"), plan_of(question, ben="cd"))
    better = put_together(question, plan, pool)
    assert routes(better) == {"anna": "ab", "ben": "cd"}
    assert better.cost.total == 2 * 20 * 60 + 2 * 10 * 60 < plan.cost.total
    assert check(question, better).is_legal


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_is_ever_made_worse_or_illegal(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=12)
    if any(each.locked for each in question.jobs):
        question = random_problem(seed + 1000, technicians=4, jobs=12, rich=False)
    plan, *others = (
        solve(question, limits=Limits(iterations=steps), seed=steps) for steps in (3, 5, 20, 40)
    )
    found = put_together(question, plan, pool_of(question, *others))
    assert check(question, found).is_legal
    assert found.cost.total <= min(each.cost.total for each in (plan, *others))


def test_nothing_in_the_pool_leaves_the_plan_as_it_is() -> None:
    question = two_ends()
    plan = plan_of(question, anna="ab", ben="cd")
    assert put_together(question, plan, Pool()) is plan


def test_no_more_promises_move_than_the_budget_allows() -> None:
    people = [technician("anna"), technician("ben", start=4, end=4)]
    jobs = [
        job(name, location=place, announced=Announced("anna", start))
        for name, place, start in (("a", 1, 600), ("c", 3, 7200), ("d", 4, 14400))
    ]
    question = problem(people, jobs, durations=ROAD, stability=Stability(budget=1, tolerance=600))
    plan = plan_of(question, anna="acd")
    pool = pool_of(
        question,
        plan_of(question, anna="a"),
        plan_of(question, anna="ac"),
        plan_of(question, ben="cd"),
        plan_of(question, ben="d"),
    )
    better = put_together(question, plan, pool)
    assert routes(better) == {"anna": "ac", "ben": "d"}
    assert check(question, better).is_legal


def test_the_routes_of_a_crew_stay_as_they_are() -> None:
    people = [technician("anna"), technician("ben", start=4, end=4), technician("cem")]
    jobs = [job("a", location=1), job("b", location=2, crew=2), job("d", location=4)]
    question = problem(people, jobs, durations=ROAD)
    plan = plan_of(question, anna="b", ben="b", cem="ad")
    pool = pool_of(question, plan_of(question, anna="a"), plan_of(question, ben="d"))
    pool.add(2, [0])
    found = put_together(question, plan, pool)
    assert routes(found)["anna"] == routes(found)["ben"] == "b"
    assert check(question, found).is_legal


def test_a_locked_job_is_served_whatever_it_costs() -> None:
    question = problem(jobs=[job("a", location=3, drop_cost=1, locked=Lock(start=HOUR))])
    plan = plan_of(question, anna="a")
    assert routes(put_together(question, plan, Pool())) == {"anna": "a"}


def test_an_impossible_route_is_not_chosen() -> None:
    question = two_ends()
    plan = plan_of(question, anna="ab", ben="cd")
    pool = Pool()
    pool.add(0, [0, 1, 2, 3, 0])
    assert put_together(question, plan, pool).cost.total <= plan.cost.total


def test_the_oldest_routes_are_forgotten_first() -> None:
    pool = Pool(at_most=2)
    for jobs in ([1], [2], [1], [3]):
        pool.add(0, jobs)
    assert pool.routes() == ((0, (1,)), (0, (3,)))


@pytest.mark.parametrize("budget", [None, 3])
def test_a_search_with_a_pool_is_legal_and_never_worse(budget: int | None) -> None:
    question = random_problem(11, technicians=4, jobs=20, rich=False)
    first = solve(question, limits=Limits(iterations=10))
    if budget is not None:
        question = problem(
            question.technicians,
            question.jobs,
            durations=question.durations,
            stability=Stability(budget=budget),
        )
    limits = Limits(iterations=2000)
    without = solve(question, limits=limits, seed=1, start=first)
    pooled = solve(question, limits=limits, seed=1, start=first, pool=True)
    assert check(question, pooled).is_legal
    assert pooled.cost.total <= without.cost.total
