"""What the queue assigned together honours, each with its figures: windows, crews, duty, promises.

Places are ten minutes apart on one road; work takes half an hour.
"""

from dataclasses import replace

import pytest

from dispatch.planning import Announced, Job, Plan, Problem, Stability, assign, check
from dispatch.planning.ranking import ranked
from dispatch.planning.warm import WarmDay
from tests.dispatch.planning.linked import linked_problem
from tests.dispatch.planning.makers import job, problem, technician

FAR = 3  # half an hour from where the others begin


def starts(plan: Plan) -> dict[tuple[str, str], int]:
    """When everybody begins what."""
    return {
        (route.technician, stop.job): stop.start for route in plan.routes for stop in route.stops
    }


def in_turn(question: Problem, queue: list[str]) -> Plan:
    """Each call of the queue on its own, where it is cheapest by then."""
    plan = Plan()
    for call in queue:
        plan = assign(question, plan, [call])
    return plan


def test_a_response_window_decides_who_of_two_goes_first() -> None:
    """Only Anna is there within the window, so she leaves the other call to Bert, who is late."""
    people = [technician("anna"), technician("bert", start=FAR, end=FAR)]
    loose = job("loose", due=700, late_cost=10)
    tight = job("tight", window=(0, 700))
    question = problem(people, [loose, tight])
    plan = assign(question, Plan(), ["loose", "tight"])
    assert starts(plan) == {("anna", "tight"): 600, ("bert", "loose"): 1200}
    assert plan.cost.total == 1200 + 2400 + 500 * 10
    assert in_turn(question, ["loose", "tight"]).cost.total == 1200 + 1700 * 10


def test_a_call_whose_window_nobody_reaches_is_left_out_and_the_others_are_served() -> None:
    question = problem(jobs=[job("closed", window=(0, 599)), job("open", location=2)])
    plan = assign(question, Plan(), ["closed", "open"])
    assert starts(plan) == {("anna", "open"): 1200}
    assert [left.job for left in plan.unassigned] == ["closed"]


def gate_and_trapped() -> Problem:
    """Two must come to the gate; only Anna can free who is trapped."""
    people = [
        technician("anna", skills={"rescue": 1}),
        technician("bert"),
        technician("carl", start=FAR, end=FAR),
    ]
    gate = job("gate", crew=2, priority=1, duration=7200, due=1800, late_cost=1)
    trapped = job("trapped", priority=2, skills={"rescue": 1}, due=600, late_cost=10)
    return problem(people, [gate, trapped])


def test_a_crew_is_gathered_around_what_only_one_of_them_can_do() -> None:
    question = gate_and_trapped()
    plan = assign(question, Plan(), ["gate", "trapped"])
    assert starts(plan) == {
        ("anna", "trapped"): 600,
        ("bert", "gate"): 1200,
        ("carl", "gate"): 1200,
    }
    assert plan.cost.total == 1200 + 1200 + 2400
    assert check(question, plan).is_legal
    assert in_turn(question, ["gate", "trapped"]).cost.total > 50_000


def test_two_crews_that_want_the_same_people_are_shared_out() -> None:
    people = [technician(name) for name in ("anna", "bert", "carl", "dora")]
    calls = [job(name, crew=2, due=600, late_cost=10) for name in ("one", "two")]
    plan = assign(problem(people, calls), Plan(), ["one", "two"])
    assert set(starts(plan).values()) == {600}
    assert len(starts(plan)) == 4
    assert plan.cost.total == 4 * 1200


def test_a_crew_that_cannot_be_gathered_is_left_out_and_the_others_are_served() -> None:
    question = problem(jobs=[job("gate", crew=2), job("lift")])
    plan = assign(question, Plan(), ["gate", "lift"])
    assert starts(plan) == {("anna", "lift"): 600}
    assert [left.job for left in plan.unassigned] == ["gate"]


@pytest.mark.parametrize("seed", range(12))
def test_linked_calls_together_are_legal_and_never_dearer_than_in_turn(seed: int) -> None:
    question = linked_problem(seed)
    jobs = tuple(replace(each, locked=None) for each in question.jobs)
    question = replace(question, jobs=jobs)
    day = WarmDay(question, Plan(), is_compiled=False)
    for each in jobs:
        ranking = ranked(day.live, day.live.shapes.ids[each.id], may_drop=False)
        if ranking.ways and ranking.ways[0].added < day.live.shapes.drop[ranking.job]:
            day.follow(ranking, ranking.ways[0])
    together = assign(question, Plan(), [each.id for each in jobs])
    assert check(question, together).is_legal
    assert together.cost.total <= day.plan.cost.total


@pytest.mark.parametrize(
    ("late_cost", "who", "total"), [(6, "bert", 2400 + 600 * 6), (7, "anna", 5000 + 1200)]
)
def test_somebody_on_call_comes_where_that_is_worth_calling_them(
    late_cost: int, who: str, total: int
) -> None:
    people = [technician("anna", use_cost=5000), technician("bert", start=FAR, end=FAR)]
    call = job("call", due=600, late_cost=late_cost)
    plan = assign(problem(people, [call]), Plan(), ["call"])
    assert [route.technician for route in plan.routes] == [who]
    assert plan.cost.total == total


def on_call(*calls: Job, shift: tuple[int, int] = (0, 28800)) -> Plan:
    """Anna is on call that long, Bert at work but far away."""
    people = [
        technician("anna", use_cost=5000, shift=shift),
        technician("bert", start=FAR, end=FAR),
    ]
    return assign(problem(people, calls), Plan(), [call.id for call in calls])


def test_who_is_called_out_is_paid_for_coming_once_whatever_they_do() -> None:
    calls = [job(name, duration=60, due=600, late_cost=7) for name in ("one", "two")]
    plan = on_call(*calls)
    assert [route.technician for route in plan.routes] == ["anna"]
    assert plan.cost.use == 5000
    assert plan.cost.total == 5000 + 1200 + 60 * 7


def test_who_is_not_on_call_yet_does_not_come() -> None:
    call = job("call", due=600, late_cost=100, window=(0, 3600))
    assert starts(on_call(call, shift=(7200, 28800))) == {("bert", "call"): 1200}


def test_what_can_wait_calls_nobody_out() -> None:
    call = job("call", due=600, late_cost=100, excluded=("anna",))
    assert starts(on_call(call)) == {("bert", "call"): 1200}


def with_promise(name: str, holder: str) -> Job:
    """Told for ten past; late it costs 3000, moved 4000."""
    return job(name, announced=Announced(holder, 600), due=600, late_fixed=3000)


@pytest.mark.parametrize(
    ("late_cost", "budget", "added", "begins"),
    [
        (1, None, 3000 * 1, 600),
        (3, None, 4000 + 3000, 2400),
        (3, 0, 3000 * 3, 600),
    ],
)
def test_what_a_call_does_to_a_promise_is_in_its_price(
    late_cost: int, budget: int | None, added: int, begins: int
) -> None:
    """After the promised visit the call waits 3000 s; before it, the promise is broken."""
    call = job("call", location=0, due=0, late_cost=late_cost)
    question = problem(
        jobs=[with_promise("promised", "anna"), call],
        stability=Stability(move_cost=4000, tolerance=0, budget=budget),
    )
    before = assign(question, Plan(), ["promised"])
    plan = assign(question, before, ["call"])
    assert before.cost.total == 1200 + call.drop_cost
    assert plan.cost.total == 1200 + added
    assert starts(plan)["anna", "promised"] == begins


@pytest.mark.parametrize(("budget", "added"), [(None, 2 * 7000), (1, 7000 + 9000), (0, 2 * 9000)])
def test_two_calls_together_move_no_more_promises_than_may_move(
    budget: int | None, added: int
) -> None:
    calls = [job(name, location=0, duration=3600, due=0, late_cost=3) for name in ("one", "two")]
    promised = [with_promise("first", "anna"), with_promise("second", "bert")]
    question = problem(
        [technician("anna"), technician("bert")],
        [*promised, *calls],
        stability=Stability(move_cost=4000, tolerance=0, budget=budget),
    )
    before = assign(question, Plan(), ["first", "second"])
    plan = assign(question, before, ["one", "two"])
    assert plan.cost.total == 2 * 1200 + added
    assert check(question, plan).is_legal


def test_one_technician_takes_two_calls_at_once_where_that_is_cheapest() -> None:
    """In turn the first call takes Anna, who alone is near the other two; so is one each."""
    people = [
        technician("anna", skills={"lift": 1, "gate": 1}),
        technician("bert", start=2, end=2, skills={"gate": 1}, use_cost=100),
        technician("carl", start=FAR, end=FAR, skills={"lift": 1}),
    ]
    calls = [
        job("x", skills={"gate": 1}, due=600, late_cost=10),
        job("a", skills={"lift": 1}, due=600, late_cost=10),
        job("b", skills={"lift": 1}, due=2400, late_cost=10),
    ]
    question = problem(people, calls)
    plan = assign(question, Plan(), ["x", "a", "b"])
    assert starts(plan) == {("anna", "a"): 600, ("anna", "b"): 2400, ("bert", "x"): 600}
    assert plan.cost.total == 1300 + 1200
    assert in_turn(question, ["x", "a", "b"]).cost.total == 1200 + 8400


def test_the_compiled_prices_of_a_queue_are_those_of_the_readable_steps() -> None:
    question = linked_problem(1)
    jobs = tuple(replace(each, crew=1, after=(), locked=None) for each in question.jobs)
    question = replace(question, jobs=jobs, balance_cost=0)
    days = [WarmDay(question, Plan(), is_compiled=compiled) for compiled in (True, False)]
    for number in range(len(jobs)):
        compiled, readable = ([place.delta for place in day.places(number)] for day in days)
        assert compiled == readable
