"""Days on which jobs depend on each other: drawn from a seed, and the best plan by trying all.

An oracle for crews and order: nothing of the search is used here, only the readable rules.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

from dispatch.planning import Job, Limits, Plan, Problem, solve
from dispatch.planning.finishing import restated
from dispatch.planning.in_time import without
from dispatch.planning.plan import SolverReport
from dispatch.planning.rules import bill, broken_rules
from dispatch.planning.timing import Itinerary, timed
from tests.dispatch.planning.makers import random_problem

NO_PLAN = 1 << 90


def linked_problem(seed: int, *, technicians: int = 3, jobs: int = 7) -> Problem:
    """A day that uses every rule, with crews, an order and sometimes a price for uneven work."""
    question = random_problem(seed, technicians=technicians, jobs=jobs)
    draw = Random(f"linked {seed}")
    linked = [_linked(draw, each, question.jobs[:at]) for at, each in enumerate(question.jobs)]
    if draw.random() < 0.2:
        linked = [replace(each, duration=draw.choice((0, each.duration))) for each in linked]
        none = tuple((0,) * len(question.durations) for _ in question.durations)
        question = replace(question, durations=draw.choice((none, question.durations)))
    return replace(question, jobs=tuple(linked), balance_cost=draw.choice((0, 0, 1)))


def _linked(draw: Random, each: Job, earlier: tuple[Job, ...]) -> Job:
    after: tuple[str, ...] = ()
    if earlier and draw.random() < 0.4:
        names = [other.id for other in earlier]
        after = tuple(sorted(draw.sample(names, min(len(names), draw.choice((1, 1, 2))))))
    crew = draw.choice((1, 1, 1, 2, 2, 3))
    return replace(each, crew=crew, after=after, locked=each.locked if crew < 3 else None)


def least_total(problem: Problem) -> int:
    """The least total of any legal plan, `NO_PLAN` if there is none; for very small days."""
    return min(_totals(problem), default=NO_PLAN)


def _totals(problem: Problem) -> Iterator[int]:
    for sequences in product(*_crews_of_all(problem)):
        given: dict[int, list[Job]] = {who: [] for who in range(len(problem.technicians))}
        for job, crew in zip(problem.jobs, sequences, strict=True):
            for who in crew:
                given[who].append(job)
        for orders in product(*(permutations(given[who]) for who in given)):
            yield from _with_breaks(problem, orders)


def _crews_of_all(problem: Problem) -> list[list[tuple[int, ...]]]:
    people = range(len(problem.technicians))
    return [[(), *combinations(people, job.crew)] for job in problem.jobs]


def _with_breaks(problem: Problem, orders: tuple[tuple[Job, ...], ...]) -> Iterator[int]:
    legs = [
        [None] if person.break_ is None or not jobs else [None, *range(len(jobs) + 1)]
        for person, jobs in zip(problem.technicians, orders, strict=True)
    ]
    for chosen in product(*legs):
        plan = timed(
            problem,
            [
                Itinerary(person, jobs, leg)
                for person, jobs, leg in zip(problem.technicians, orders, chosen, strict=True)
            ],
        )
        if not broken_rules(problem, plan):
            yield bill(problem, plan).total


def waiting_day(seed: int) -> tuple[Problem, Plan]:
    """Such a day with a legal plan, from which one job that nothing follows was taken away."""
    question = linked_problem(seed, jobs=8)
    question = replace(question, jobs=tuple(replace(each, locked=None) for each in question.jobs))
    plan = solve(question, limits=Limits(iterations=3), seed=seed)
    left = {each.job for each in plan.unassigned}
    followed = {name for each in question.jobs for name in each.after}
    free = [each.id for each in question.jobs if each.id not in followed | left]
    if free:
        plan = without(plan, Random(f"waiting {seed}").choice(free))
    return question, restated(question, plan, SolverReport())
