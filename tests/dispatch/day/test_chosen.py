"""Why a plan gives work to whom it does, in a candidate's words and true of that plan."""

from dataclasses import replace
from itertools import count

import pytest

from dispatch.agreements import Severity
from dispatch.day import DayProblem, offers_from, to_plan, why_chosen
from dispatch.day.chosen import SAYS_MOST
from dispatch.planning import Limits, Plan, Reason, engine, recommend, solve
from dispatch.planning.warm import WarmDay
from tests.dispatch.day.makers import at, day, east, person, visit, work
from tests.dispatch.day.test_any_day import any_day


def planned(question: DayProblem) -> Plan:
    return solve(question.problem, limits=Limits(iterations=200), seed=0, start=question.current)


def served(plan: Plan) -> dict[str, tuple[str, int]]:
    return {
        stop.job: (route.technician, stop.start) for route in plan.routes for stop in route.stops
    }


def card_of(question: DayProblem, plan: Plan, job: str) -> tuple[Reason, ...]:
    """The reasons on the card of whoever does it, asked about the plan without it."""
    free = replace(question.problem, stability=replace(question.problem.stability, budget=None))
    without = WarmDay(free, plan)
    without.leave_out(job)
    technician, start = served(plan)[job]
    found = offers_from(
        replace(question, problem=free, current=without.plan),
        recommend(free, without.plan, job),
    ).of(question.people[technician])
    if found is None or found.starts_at != question.instant(start):
        return ()
    return found.reasons


@pytest.mark.parametrize("seed", range(24))
def test_the_reason_is_what_says_most_on_the_card_of_the_same_plan(seed: int) -> None:
    if seed % 2:
        engine.warm()
    question = to_plan(any_day(seed), change_budget=None if seed % 3 else 1)
    plan = planned(question)
    found = why_chosen(question, plan, list(served(plan)))
    locked = {job.id for job in question.problem.jobs if job.locked is not None}
    assert locked.isdisjoint(found)
    for job in served(plan).keys() - locked:
        reasons = card_of(question, plan, job)
        if reasons:
            assert found[job] in reasons
            ranks = [SAYS_MOST.index(each.code) for each in reasons]
            assert SAYS_MOST.index(found[job].code) == min(ranks)


def test_each_reason_says_what_is_so() -> None:
    crew = [person("anna", skills={"rescue": 2}), person("berta", home=east(30))]
    jobs = [
        work("trapped", severity=Severity.ENTRAPMENT, skills={"rescue": 1}, due_at=at("12:00")),
        work("far", at=east(31)),
        work("hers", at=east(29), visit=visit("anna", "11:00", is_technician_locked=True)),
    ]
    question = to_plan(day(crew, jobs))
    plan = planned(question)
    found = why_chosen(question, plan, [each.id for each in jobs])
    assert found["trapped"].code == "only_one"
    assert (found["far"].code, found["far"].facts) == ("nearest", {"travel_seconds": 180})
    assert "hers" not in found


def test_when_the_time_is_over_the_rest_goes_without() -> None:
    question = to_plan(day([person()], [work("first"), work("second", at=east(5))]))
    plan, looks = planned(question), count()
    assert (
        len(why_chosen(question, plan, ["first", "second"], is_late=lambda: next(looks) > 0)) == 1
    )
