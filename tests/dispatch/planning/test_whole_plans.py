"""Whole plans with crews and order: the contract, the rules, `check` and the engine agree.

The contract is read anew in `contract`; plans are drawn at random, sound and broken ones alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from dispatch.planning import Job, Lock, Problem, Stability, Technician, check
from dispatch.planning.draft import Draft
from dispatch.planning.engine.changing import adopt
from dispatch.planning.engine.flat import FORBIDDEN, Flat, flat_from
from dispatch.planning.engine.joining import fits_order, may_begin
from dispatch.planning.engine.pricing import weighed
from dispatch.planning.engine.state import TOTAL, State, empty_state
from dispatch.planning.finishing import plan_from
from dispatch.planning.plan import SolverReport
from dispatch.planning.rules import bill, broken_rules
from dispatch.planning.shapes import Shapes
from dispatch.planning.timing import Itinerary, TimedPlan, timed
from dispatch.planning.urgency import in_order
from tests.dispatch.planning.contract import Decided, judged
from tests.dispatch.planning.linked import NO_PLAN, linked_problem
from tests.dispatch.planning.makers import HOUR

TECHNICIANS, JOBS = 3, 7
Routes = list[list[Job]]  # of each technician
Legs = Sequence[int | None]


def drawn_problem(seed: int) -> Problem:
    """A day of every rule: crews, order, fixed starts, a budget, roads that cannot be driven."""
    question = linked_problem(seed, technicians=TECHNICIANS, jobs=JOBS)
    draw = Random(f"whole {seed}")
    jobs = tuple(_fixed(draw, each, question.technicians) for each in question.jobs)
    people = tuple(replace(each, end=draw.randrange(JOBS)) for each in question.technicians)
    durations = [list(row) for row in question.durations]
    if draw.random() < 0.3:
        places = range(len(durations))
        durations = [[draw.choice((-1, 0, 60, 900, 900, 2500)) for _ in places] for _ in places]
    stability = Stability(
        move_cost=draw.choice((0, 900)),
        tolerance=draw.choice((0, 1800)),
        budget=draw.choice((None, None, None, 0, 1, 2)),
    )
    now = draw.choice((0, 0, HOUR, 3 * HOUR))
    return replace(
        question,
        technicians=people,
        jobs=jobs,
        durations=durations,
        stability=stability,
        now=now,
    )


def _fixed(draw: Random, each: Job, people: Sequence[Technician]) -> Job:
    names = [person.id for person in people]
    if draw.random() < 0.1:
        each = replace(each, technicians=tuple(draw.sample(names, draw.randint(1, len(names)))))
    if draw.random() < 0.06 and each.window is None:
        fixed = Lock(draw.choice((None, *names)), draw.randrange(each.release, 9 * HOUR))
        each = replace(each, locked=fixed)
    return each


def drawn_routes(draw: Random, question: Problem) -> Routes:
    """Whoever may do a job does it, mostly in a good order, sometimes in none or with too few."""
    is_careless = draw.random() < 0.3
    routes: Routes = [[] for _ in question.technicians]
    served: set[str] = set()
    for job in sorted(question.jobs, key=lambda each: (len(each.after), each.release)):
        able = [
            index
            for index, who in enumerate(question.technicians)
            if who.id not in job.excluded
            and who.id in (job.technicians or who.id)
            and all(who.skills.get(skill, 0) >= level for skill, level in job.skills.items())
        ]
        willing = list(range(len(routes))) if is_careless and draw.random() < 0.3 else able
        crew = job.crew - (1 if is_careless and draw.random() < 0.1 else 0)
        is_ready = served.issuperset(job.after) or (is_careless and draw.random() < 0.3)
        is_spared = job.locked is None and draw.random() < 0.2
        if not is_ready or not 0 < crew <= len(willing) or is_spared:
            continue
        served.add(job.id)
        fixed = None if job.locked is None else job.locked.technician
        chosen = sorted(draw.sample(willing, len(willing)), key=lambda who: f"t{who}" != fixed)
        for index in chosen[:crew]:
            at = draw.randint(0, len(routes[index])) if is_careless else len(routes[index])
            routes[index].insert(at, job)
    return routes


def mended(draw: Random, question: Problem, routes: Routes) -> Routes:
    """The routes without what stands in the way, as far as leaving out work mends anything."""
    for _ in range(JOBS):
        legs = [None if not jobs else draw.randint(0, len(jobs)) for jobs in routes]
        faults = broken_rules(question, timed(question, itineraries(question, routes, legs)))
        wrong = [each for each in faults if each.code not in {"over_budget", "break_impossible"}]
        named = {each.job for each in wrong if each.job is not None}
        ends = {each.technician for each in wrong if each.job is None}
        last = [
            jobs[-1].id
            for who, jobs in zip(question.technicians, routes, strict=True)
            if jobs and who.id in ends
        ]
        if not named and not last:
            return routes
        gone = draw.choice(sorted({*named, *last}))
        routes = [[job for job in jobs if job.id != gone] for jobs in routes]
    return routes


def itineraries(question: Problem, routes: Routes, legs: Legs) -> list[Itinerary]:
    people = question.technicians
    return [
        Itinerary(who, tuple(jobs), leg)
        for who, jobs, leg in zip(people, routes, legs, strict=True)
    ]


def ways_to_rest(question: Problem, routes: Routes) -> Iterator[Legs]:
    """Every choice of when each technician has their break, or none."""
    return product(
        *(
            [None] if who.break_ is None or not jobs else [None, *range(len(jobs) + 1)]
            for who, jobs in zip(question.technicians, routes, strict=True)
        )
    )


def by_the_rules(question: Problem, real: TimedPlan) -> int | None:
    return None if broken_rules(question, real) else bill(question, real).total


def by_check(question: Problem, real: TimedPlan) -> int | None:
    verdict = check(question, plan_from(question, real, SolverReport()))
    return verdict.cost.total if verdict.is_legal else None


def by_the_contract(question: Problem, routes: Routes, legs: Legs) -> int | None:
    people = question.technicians
    return judged(
        question,
        [
            Decided(who, tuple(jobs), leg)
            for who, jobs, leg in zip(people, routes, legs, strict=True)
        ],
    )


class Compiled:
    """The engine's own figure for whole routes, when what depends on others begins then."""

    def __init__(self, question: Problem, routes: Routes) -> None:
        draft = Draft(Shapes(question))
        flat = flat_from(draft.shapes, in_order(draft, draft.left_out))
        assert flat is not None
        self.flat: Flat = flat
        ids = draft.shapes.ids
        self.counts = np.array([len(jobs) for jobs in routes], dtype=np.int64)
        self.rows = np.zeros((len(routes), JOBS), dtype=np.int32)
        for who, jobs in enumerate(routes):
            self.rows[who, : len(jobs)] = [ids[job.id] for job in jobs]
        self.names = [question.jobs[number].id for number in flat.links["job"].tolist()]

    def total(self, real: TimedPlan) -> int | None:
        """What the plan costs; none where it is not legal."""
        starts = [real.starts.get(name, 0) for name in self.names]
        state = empty_state(self.flat, JOBS, 0)
        adopt(self.flat, state, self.counts, self.rows, np.array(starts, dtype=np.int64))
        total = int(state.figures[TOTAL])
        is_possible = not np.any(state.routes["cost"] >= FORBIDDEN)
        if not is_possible or weighed(self.flat, total) >= self.flat.surcharge:
            return None
        links = range(len(self.names))
        is_legal = all(self._holds(state, link, real) for link in links)
        return total // self.flat.scale if is_legal else None

    def _holds(self, state: State, link: int, real: TimedPlan) -> bool:
        """Whether a job that depends on others may be done by these, then and there."""
        name, start = self.names[link], int(state.appointments[link]["start"])
        if name not in real.starts:
            return True
        crew = [each for each in state.crews[link].tolist() if each >= 0]
        fixed, job = int(self.flat.links[link]["fixed"]), int(self.flat.links[link]["job"])
        keeps = int(self.flat.jobs[job]["keeper"]) in crew
        floor = int(self.flat.jobs[job]["kept_floor" if keeps else "floor"])
        return (
            len(crew) == int(self.flat.links[link]["crew"])
            and (fixed < 0 or fixed in crew)
            and max(floor, int(may_begin(self.flat, state, link))) <= start
            and start <= int(self.flat.jobs[job]["latest"])
            and all(self._in_order(state, link, start, who, job) for who in crew)
        )

    def _in_order(self, state: State, link: int, start: int, who: int, job: int) -> bool:
        row = state.stops[who, : int(self.counts[who])].tolist()
        at, count = row.index(job), len(row)
        state.stops[who, at : count - 1] = row[at + 1 :]
        state.routes[who]["count"] = count - 1
        fits = bool(fits_order(self.flat, state, link, start, who, at))
        state.stops[who, :count] = row
        state.routes[who]["count"] = count
        return fits


def hold_plan(seed: int) -> int | None:
    """Hold all four to each other on one plan; tell its cheapest total, none if it is broken."""
    question, draw = drawn_problem(seed), Random(seed)
    routes = drawn_routes(draw, question)
    if seed % 3:
        routes = mended(draw, question, routes)
    engine = Compiled(question, routes)
    by_rules, by_engine, known = [], [], dict[tuple[int, ...], int | None]()
    for legs in ways_to_rest(question, routes):
        real = timed(question, itineraries(question, routes, legs))
        total = by_the_rules(question, real)
        assert by_the_contract(question, routes, legs) == total
        assert by_check(question, real) == total
        by_rules.append(total)
        starts = tuple(real.starts.get(name, 0) for name in engine.names)
        if starts not in known:
            known[starts] = engine.total(real)
        by_engine.append(known[starts])
    legal = [total for total in by_rules if total is not None]
    believed = [total for total in by_engine if total is not None]
    # The engine always rests where that costs least, so it answers for all ways to rest at once.
    if all(job.duration for jobs in routes for job in jobs):
        assert min(believed, default=None) == min(legal, default=None)
    else:  # of jobs of no length at one place it allows one order, though none would cost more
        assert min(believed, default=NO_PLAN) >= min(legal, default=NO_PLAN)
    return min(legal, default=None)


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_the_contract_the_rules_check_and_engine_agree_on_whole_plans(first: int) -> None:
    totals = [hold_plan(seed) for seed in range(first, first + 60)]
    assert 15 < sum(total is not None for total in totals) < 55


@pytest.mark.proof
def test_all_four_agree_on_ten_thousand_whole_plans() -> None:
    totals = [hold_plan(seed) for seed in range(1000, 11_000)]
    assert 3000 < sum(total is not None for total in totals) < 9000
