"""Why a visit is late: the seconds add up, and who could have been in time really could."""

from dataclasses import replace

import pytest

from dispatch.planning import (
    Break,
    Job,
    Limits,
    Lock,
    Plan,
    PlanRefused,
    Problem,
    Route,
    RouteBreak,
    Stop,
    UnknownJob,
    check,
    solve,
)
from dispatch.planning.causes import Since
from dispatch.planning.why_late import WhyLate, late_jobs, why_late
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician


def going(who: str, *jobs: str, rest: int | None = None) -> Route:
    """A route by its jobs and the leg of its break; times are worked out by the rules anyway."""
    taken = None if rest is None else RouteBreak(rest, 0, 0)
    return Route(who, tuple(Stop(each, 0, 0, 0) for each in jobs), 0, 0, taken)


def lift(**given: object) -> Job:
    return job("lift", **given)


def why(question: Problem, *routes: Route) -> WhyLate:
    return why_late(question, Plan(routes), "lift")


def told(found: WhyLate) -> list[tuple[str, int, str | None]]:
    return [(link.code, link.seconds, link.job) for link in found.chain.links]


def test_work_that_only_comes_after_our_own_aim_is_not_late() -> None:
    question = problem(jobs=[job(due=3600, late_cost=9, aim=60, aim_cost=5)])
    plan = solve(question, limits=Limits(iterations=5))
    assert plan.cost.aim == 9 * 5
    assert late_jobs(question, plan) == ()


def assert_adds_up(found: WhyLate) -> None:
    assert found.chain.end == found.start
    spent = sum(link.seconds for link in found.chain.links)
    assert spent - found.available == found.lateness > 0


def test_work_and_travel_before_it_make_a_visit_late() -> None:
    question = problem(jobs=[job("first", location=2), lift(due=2000)])
    found = why(question, going("anna", "first", "lift"))
    assert (found.chain.since.code, found.chain.since.moment) == (Since.SHIFT, 0)
    assert told(found) == [
        ("travel", 1200, "first"),
        ("work", 1800, "first"),
        ("travel", 600, "lift"),
    ]
    assert (found.available, found.lateness) == (2000, 1600)
    assert_adds_up(found)


def test_lunch_before_it_makes_a_visit_late() -> None:
    person = technician(break_=Break(0, 4 * HOUR, 2700))
    found = why(problem([person], [lift(due=900)]), going("anna", "lift", rest=0))
    assert told(found) == [("travel", 600, "lift"), ("break", 2700, None)]
    assert_adds_up(found)


def test_a_break_that_may_not_begin_earlier_is_where_the_chain_begins() -> None:
    person = technician(break_=Break(3600, 4 * HOUR, 1800))
    found = why(problem([person], [lift(due=900)]), going("anna", "lift", rest=0))
    assert (found.chain.since.code, found.chain.since.moment) == (Since.BREAK, 3600)
    assert told(found) == [("break", 1800, None)]
    assert found.available == 900 - 3600
    assert_adds_up(found)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"release": 5000}, Since.RELEASE),
        ({"window": (5000, 9000)}, Since.WINDOW),
        ({"locked": Lock(start=5000)}, Since.LOCKED),
    ],
)
def test_a_job_that_may_not_begin_in_time_is_late_whoever_goes(
    given: dict[str, object], code: Since
) -> None:
    found = why(problem(jobs=[lift(due=4000, **given)]), going("anna", "lift"))
    assert (found.chain.since.code, found.chain.since.job, told(found)) == (code, "lift", [])
    assert (found.is_in_reach, found.in_time) == (False, ())
    assert_adds_up(found)


def test_waiting_for_the_window_of_the_visit_before_is_where_the_chain_begins() -> None:
    first = job("first", window=(7200, 9000))
    found = why(problem(jobs=[first, lift(due=2000)]), going("anna", "first", "lift"))
    assert (found.chain.since.code, found.chain.since.job) == (Since.WINDOW, "first")
    assert told(found) == [("work", 1800, "first")]
    assert_adds_up(found)


def test_a_shift_already_begun_counts_from_now() -> None:
    found = why(problem(jobs=[lift(due=2000)], now=3000), going("anna", "lift"))
    assert (found.chain.since.code, found.chain.since.moment) == (Since.NOW, 3000)


def test_a_crew_is_late_by_its_last_member() -> None:
    people = [technician("anna"), technician("bert", start=3, end=3)]
    question = problem(people, [lift(crew=2, due=700)], durations=line(0, 10, 20, 30))
    found = why(question, going("anna", "lift"), going("bert", "lift"))
    assert [(link.technician, link.seconds) for link in found.chain.links] == [("bert", 1200)]
    assert found.soonest is not None
    assert (set(found.soonest.technicians), found.soonest.start) == ({"anna", "bert"}, 1200)
    assert_adds_up(found)


def test_a_follower_is_late_by_the_work_before_it_on_another_route() -> None:
    people = [technician("anna"), technician("bert")]
    first = job("first", location=2, duration=3000)
    question = problem(people, [first, lift(after=("first",), due=2000)])
    found = why(question, going("anna", "first"), going("bert", "lift"))
    assert told(found) == [("travel", 1200, "first"), ("work", 3000, "first")]
    assert {link.technician for link in found.chain.links} == {"anna"}
    assert found.soonest is not None
    assert (found.soonest.start, found.is_in_reach) == (4200, False)
    assert_adds_up(found)


def test_nobody_in_time_is_told_with_the_soonest_and_its_way() -> None:
    people = [technician("anna", start=3), technician("bert", start=2, shift=(300, 9000))]
    found = why(problem(people, [lift(due=500)]), going("anna", "lift"))
    assert found.soonest is not None
    assert (found.soonest.technicians, found.soonest.start) == (("bert",), 900)
    assert found.soonest.chain.since.code == Since.SHIFT
    assert not found.is_in_reach


def test_who_could_have_been_in_time_is_told_with_what_it_would_have_cost() -> None:
    people = [technician("anna"), technician("bert", start=3, end=3, use_cost=5000)]
    jobs = [job("first", location=0), lift(due=1500, late_cost=1)]
    question = problem(people, jobs, durations=line(0, 10, 20, 30))
    found = why(question, going("anna", "first", "lift"))
    ways = {way.technician: way for way in found.in_time}
    assert ways["bert"].difference.terms["use"] == 5000
    assert ways["bert"].difference.terms["late"] == -900
    assert ways["bert"].difference.total == 5000 - 900 + 2400 - 1200
    assert ways["anna"].start == 600  # she would go there first


def test_a_promise_another_visit_would_break_instead_is_told() -> None:
    jobs = [job("first", location=2, due=1200), lift(due=700)]
    found = why(problem(jobs=jobs), going("anna", "first", "lift"))
    (way,) = found.in_time
    flips = {change.job: change.flip for change in way.difference.changes}
    assert flips == {"first": "broken", "lift": "kept"}


def test_everybody_who_could_not_be_in_time_has_a_reason() -> None:
    people = [technician("anna"), technician("bert", start=3), technician("cleo", shift=(0, 900))]
    jobs = [job("fixed", location=0, window=(0, 0)), lift(due=700, skills={})]
    found = why(problem(people, jobs), going("anna", "fixed", "lift"))
    codes = {reason.technician: reason.code for reason in found.against}
    assert codes == {"anna": "window_missed", "bert": "window_missed", "cleo": "overtime"}
    assert found.in_time == ()


def drawn(seed: int) -> tuple[Problem, Plan]:
    question = random_problem(seed, technicians=3, jobs=14, size=4000)
    jobs = tuple(replace(each, locked=None) for each in question.jobs)
    question = replace(question, jobs=jobs)
    return question, solve(question, limits=Limits(iterations=20), seed=seed)


@pytest.mark.parametrize("seed", range(30))
def test_every_late_visit_of_a_day_is_explained_to_the_second(seed: int) -> None:
    question, plan = drawn(seed)
    total = check(question, plan).cost.total
    due = {each.id: each.due for each in question.jobs}
    for name in late_jobs(question, plan):
        found = why_late(question, plan, name)
        assert_adds_up(found)
        assert found.soonest is not None
        assert found.soonest.start <= found.start
        assert {each.technician for each in found.against}.isdisjoint(
            way.technician for way in found.in_time
        )
        for way in found.in_time:
            verdict = check(question, way.plan)
            starts = {s.job: s.start for route in way.plan.routes for s in route.stops}
            assert verdict.is_legal
            assert verdict.cost.total - total == way.difference.total
            assert starts[name] == way.start <= (due[name] or 0)


def test_the_late_jobs_of_a_plan_are_named_the_latest_first() -> None:
    jobs = [job("first", due=0), lift(due=0), job("early", due=90_000)]
    plan = Plan((going("anna", "first", "lift", "early"),))
    assert late_jobs(problem(jobs=jobs), plan) == ("lift", "first")


def test_a_visit_that_is_in_time_has_no_reason_to_be_late() -> None:
    with pytest.raises(UnknownJob):
        why(problem(jobs=[lift(due=600)]), going("anna", "lift"))


def test_routes_that_wait_for_each_other_have_no_chain() -> None:
    people = [technician("anna"), technician("bert")]
    jobs = [lift(crew=2, due=0), job("other", crew=2)]
    with pytest.raises(PlanRefused):
        why(problem(people, jobs), going("anna", "lift", "other"), going("bert", "other", "lift"))
