"""Whatever a day has come to, it can be planned on from there, and nobody's word is broken."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from dispatch.agreements import Severity
from dispatch.day import (
    Day,
    DayProblem,
    Person,
    UnderWay,
    Work,
    as_it_stands,
    diff,
    offers,
    to_plan,
)
from dispatch.interventions import VisitStatus
from dispatch.planning import Limits, UnknownJob, check, choose, solve
from dispatch.roster import ShiftKind
from tests.dispatch.day.makers import at, day, east, free, lunch, person, visit, work

NAMES = ("anna", "berta", "carla", "dario")
STATUSES = (VisitStatus.PROPOSED, VisitStatus.DISPATCHED, VisitStatus.ACCEPTED)


def any_day(seed: int) -> Day:
    """A day drawn from a seed: late, overbooked, out of hours, short of skills, all at once."""
    draw = Random(seed)
    crew = [_person(draw, name) for name in NAMES if draw.random() < 0.85]
    jobs = [_work(draw, index) for index in range(draw.randrange(3, 9))]
    aims = Random(
        f"aims {seed}"
    )  # drawn apart: what came before is the same with each seed as ever
    jobs = [_with_aim(aims, each) for each in jobs]
    busy = [
        UnderWay(name, east(draw.randrange(20)), at(f"{draw.randrange(9, 14)}:30"))
        for name in NAMES
        if draw.random() < 0.2
    ]
    return day(crew, jobs, now=f"{draw.randrange(7, 16)}:17", under_way=tuple(busy))


def _person(draw: Random, name: str) -> Person:
    shift = free(
        name,
        f"{draw.randrange(6, 10)}:00",
        f"{draw.randrange(14, 17)}:00",
        overtime_max_seconds=draw.choice((0, 3600)),
        lunch=draw.choice((None, lunch())),
    )
    on_call = free(name, "17:00", "22:00", kind=ShiftKind.ON_CALL)
    stretches = draw.choice(((shift,), (shift, on_call), (on_call,)))
    skills = draw.choice(({}, {"rescue": 1}))
    return person(name, *stretches, home=east(draw.randrange(30)), skills=skills)


def _work(draw: Random, index: int) -> Work:
    planned = visit(
        draw.choice(NAMES),
        f"{draw.randrange(7, 19)}:{draw.choice(('00', '20', '45'))}",
        status=draw.choice(STATUSES),
        is_announced=draw.random() < 0.7,
        is_technician_locked=draw.random() < 0.2,
        is_start_locked=draw.random() < 0.1,
    )
    return work(
        f"lift-{index}",
        at=east(draw.randrange(30)),
        severity=draw.choice(tuple(Severity)),
        duration_seconds=draw.choice((1200, 3600, 7200)),
        skills=draw.choice(({}, {}, {"rescue": 1})),
        due_at=draw.choice((None, at(f"{draw.randrange(6, 20)}:00"))),
        window_to=draw.choice((None, None, at("11:00"))),
        visit=draw.choice((None, planned, planned)),
    )


def _with_aim(draw: Random, each: Work) -> Work:
    ahead = timedelta(minutes=draw.randrange(-30, 240))
    if each.due_at is None or draw.random() < 0.3:
        return each
    return replace(each, internal_due_at=each.due_at - ahead)


@pytest.mark.parametrize("seed", range(60))
def test_the_day_as_it_stands_is_always_a_legal_plan(seed: int) -> None:
    question = to_plan(any_day(seed), change_budget=0)
    assert check(question.problem, question.current).faults == ()


@pytest.mark.parametrize("seed", range(30))
def test_a_plan_keeps_every_word_given(seed: int) -> None:
    given = any_day(seed)
    question = to_plan(given, change_budget=2)
    plan = solve(question.problem, limits=Limits(iterations=15), seed=seed, start=question.current)
    assert check(question.problem, plan).is_legal
    assert plan.cost.total <= question.current.cost.total
    for change in diff(question, plan).changes:
        held = question.work[change.work].visit
        if held is not None and held.keeps_technician:
            assert change.after is not None
            assert change.after.technician == held.technician


@pytest.mark.parametrize("seed", range(30))
def test_every_delta_is_true(seed: int) -> None:
    asked = work("asked", severity=Severity.ENTRAPMENT, at=east(3))
    given = any_day(seed)
    question = as_it_stands(replace(given, work=(*given.work, asked)), "asked")
    before = check(question.problem, question.current).cost.total
    found = offers(question, "asked")
    for offer in found.offers:
        stretches = [name for name, who in question.people.items() if who == offer.technician]
        deltas = [_delta(question, before, name) for name in stretches]
        assert offer.delta in deltas
    named = [offer.technician for offer in found.offers]
    assert len(named) + len(found.blocked) == len(given.crew)


def _delta(question: DayProblem, before: int, technician: str) -> int | None:
    try:
        after = choose(question.problem, question.current, "asked", technician)
    except UnknownJob:
        return None
    return check(question.problem, after).cost.total - before
