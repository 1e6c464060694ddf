"""A day kept warm answers as the readable reference does, and as the same day laid out anew."""

from dataclasses import replace
from random import Random

import pytest

from dispatch.planning import (
    Job,
    Plan,
    Problem,
    ProblemRefused,
    Recommendation,
    Route,
    RouteBreak,
    SolverReport,
    Stop,
    UnknownJob,
    check,
    choose,
)
from dispatch.planning.finishing import restated
from dispatch.planning.recommendation import told
from dispatch.planning.warm import WarmDay
from tests.dispatch.planning.makers import job, problem, random_problem, technician
from tests.dispatch.planning.test_engine import crooked

TECHNICIANS, JOBS = 4, 14


def drawn(seed: int) -> tuple[Problem, Plan]:
    """A day that uses every rule, full, and a plan of most of it as it happens to stand.

    Some routes break a rule, some take their break in a dear place.
    """
    question, draw = random_problem(seed, technicians=TECHNICIANS, jobs=JOBS), Random(seed)
    if seed % 4 == 3:
        question = crooked(question, draw)
    if seed % 5 == 4:
        question = replace(question, stability=replace(question.stability, budget=2))
    served = draw.sample(range(JOBS), JOBS * 2 // 3)
    routes = []
    for who in range(TECHNICIANS):
        stops = tuple(Stop(question.jobs[each].id, 0, 0, 0) for each in served[who::TECHNICIANS])
        owes = question.technicians[who].break_ is not None
        rest = RouteBreak(draw.randint(0, len(stops)), 0, 0) if owes else None
        routes.append(Route(question.technicians[who].id, stops, 0, 0, rest))
    return question, restated(question, Plan(tuple(routes)), SolverReport())


def answers(day: WarmDay) -> dict[str, Recommendation]:
    waiting = sorted(day.live.draft.left_out)
    names = [day.problem.jobs[each].id for each in waiting]
    return {name: told(day, day.rank(name)) for name in names}


def compare_answers(seed: int) -> None:
    question, plan = drawn(seed)
    compiled = WarmDay(question, plan, is_compiled=True)
    readable = WarmDay(question, plan, is_compiled=False)
    assert answers(compiled) == answers(readable)


@pytest.mark.parametrize("seed", range(60))
def test_the_compiled_ranking_is_that_of_the_readable_reference(seed: int) -> None:
    compare_answers(seed)


@pytest.mark.proof
def test_the_rankings_are_the_same_on_thousands_of_random_days() -> None:
    for seed in range(1000, 4000):
        compare_answers(seed)


def change_at_random(day: WarmDay, draw: Random, spare: list[Job]) -> None:
    """Serve a waiting job, leave a served one out, or take in a new one."""
    waiting = [day.problem.jobs[each].id for each in sorted(day.live.draft.left_out)]
    served = [each.id for each in day.problem.jobs if each.id not in waiting]
    what = draw.choice(("serve", "leave out", "append", "best"))
    if what == "append" and spare:
        day.append(spare.pop())
    elif what == "leave out" and served:
        day.leave_out(draw.choice(served))
    elif what == "serve" and waiting:
        who = draw.randrange(TECHNICIANS)
        position = draw.randint(0, len(day.live.draft.tours[who].jobs))
        day.serve(draw.choice(waiting), f"t{who}", position)
    elif waiting:
        chosen = draw.choice(waiting)
        for way in day.rank(chosen).ways[:1]:
            if not way.dropped:
                day.serve(chosen, f"t{way.technician}", way.position)


def compare_changes(seed: int, *, is_compiled: bool) -> None:
    question, plan = drawn(seed)
    draw = Random(seed)
    known = replace(question, jobs=question.jobs[:-3])
    routes = tuple(
        replace(route, stops=tuple(stop for stop in route.stops if stop.job in named))
        for named in [{each.id for each in known.jobs}]
        for route in plan.routes
    )
    bare = tuple(replace(each, break_=None) for each in routes)
    day = WarmDay(known, restated(known, Plan(bare), SolverReport()), is_compiled=is_compiled)
    spare = list(question.jobs[-3:])
    for _ in range(12):
        change_at_random(day, draw, spare)
    # Laid out anew the problem is verified as a whole as well.
    anew = WarmDay(replace(day.problem), day.plan, is_compiled=is_compiled)
    assert anew.plan == day.plan
    assert answers(anew) == answers(day)


@pytest.mark.parametrize("seed", range(24))
def test_a_day_changed_in_place_answers_as_the_same_day_laid_out_anew(seed: int) -> None:
    compare_changes(seed, is_compiled=seed % 2 == 0)


@pytest.mark.proof
def test_days_changed_in_place_stay_true_through_thousands_of_changes() -> None:
    for seed in range(1000, 2000):
        compare_changes(seed, is_compiled=True)


@pytest.mark.parametrize("is_compiled", [False, True])
def test_a_new_call_at_a_place_never_seen_before_is_ranked(*, is_compiled: bool) -> None:
    day = WarmDay(problem(durations=((0, 600), (600, 0))), Plan(), is_compiled=is_compiled)
    far = ((0, 600, 900), (600, 0, 900), (900, 900, 0))
    day.append(job("call", location=2), far)
    (way,) = day.rank("call").ways
    assert way.added == 1800


def test_a_new_call_that_contradicts_the_day_is_refused_with_every_fault() -> None:
    day = WarmDay(problem(), Plan())
    with pytest.raises(ProblemRefused) as refused:
        day.append(job(location=9, after=("ghost",)))
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["duplicate_id", "unknown_location", "unknown_id"]
    assert len(day.problem.jobs) == 1


def test_what_is_served_cannot_be_served_twice_nor_what_waits_be_left_out() -> None:
    day = WarmDay(problem(), Plan())
    with pytest.raises(UnknownJob):
        day.leave_out("lift")
    day.serve("lift", "anna", 0)
    with pytest.raises(UnknownJob):
        day.serve("lift", "anna", 0)
    with pytest.raises(UnknownJob):
        day.rank("lift")


def test_of_equal_ways_the_first_position_of_the_first_technician_is_offered() -> None:
    people = [technician("a"), technician("b")]
    question = problem(people, [job("first"), job("call")])
    for is_compiled in (False, True):
        day = WarmDay(question, Plan(), is_compiled=is_compiled)
        day.serve("first", "a", 0)
        assert [(way.technician, way.position) for way in day.rank("call").ways] == [(0, 0), (1, 0)]


def test_a_day_with_nothing_in_it_can_be_kept_warm_and_gets_its_first_call() -> None:
    day = WarmDay(Problem(problem().origin, ()), Plan(), is_compiled=True)
    day.append(job("call", location=0), ((0,),))
    assert not day.rank("call").ways


def test_costs_beyond_what_arrays_hold_are_ranked_all_the_same() -> None:
    dear = job(drop_cost=10**12, late_fixed=10**12, late_cost=10**12, due=600)
    question = problem([technician(shift=(0, 10**9))], [dear])
    day = WarmDay(question, Plan(), is_compiled=True)
    assert [way.added for way in day.rank("lift").ways] == [1200]


def test_choosing_a_candidate_costs_exactly_what_its_card_says() -> None:
    for seed in range(40):
        question, plan = drawn(seed)
        if check(question, plan).cost.total != plan.cost.total:
            continue
        day = WarmDay(question, plan, is_compiled=True)
        for name, found in answers(day).items():
            for candidate in found.candidates:
                after = choose(question, plan, name, candidate.technician)
                assert after.cost.total - plan.cost.total == candidate.delta
