"""The urgent queue assigned together: OR-Tools CP-SAT over exact prices, never dearer than in turn.

What is offered is found in `joint_prices`, where days depend on each other in `joint_linked`; what
goes together best in `joint_choice`.
"""

from collections.abc import Sequence
from dataclasses import replace

from dispatch.planning.draft import Draft
from dispatch.planning.finishing import finished
from dispatch.planning.joint_choice import best_together
from dispatch.planning.joint_linked import in_joint_rounds
from dispatch.planning.joint_prices import JointPrices, Prices, Pricing
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.ranking import ranked
from dispatch.planning.reasons import known_job, with_reasons
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.urgency import urgency
from dispatch.planning.warm import WarmDay


def assign_together(draft: Draft, queue: Sequence[int], pricing: Pricing | None = None) -> None:
    """Serve the queue as a whole: never dearer than one job after the other, often cheaper.

    Each round gives every technician one more job, or two, at exact prices; then prices change.
    At last whatever of the queue has a cheaper place by then goes there. `pricing` gives the prices
    of the draft as it is, where somebody has them sooner.
    """
    before, prices = draft.remember(), Prices(draft, queue, pricing)
    _one_after_the_other(draft, queue, prices)
    in_turn, in_turn_total = draft.remember(), draft.total()
    draft.restore(before)
    _in_rounds(draft, queue, prices)
    if draft.total() > in_turn_total:
        draft.restore(in_turn)
    _settle(draft, queue, prices)


def _one_after_the_other(draft: Draft, queue: Sequence[int], prices: Prices) -> None:
    for job in queue:
        place = prices.cheapest(job)
        if place.delta < draft.shapes.drop[job]:
            draft.insert(job, place)


def _in_rounds(draft: Draft, queue: Sequence[int], prices: Prices) -> None:
    waiting = JointPrices(draft, queue, prices)
    while choices := waiting.choices():
        left = None if draft.budget is None else draft.budget - draft.moves()
        chosen = best_together(choices, left)
        if not chosen:
            return
        waiting.serve([choices[number] for number in chosen])


def _settle(draft: Draft, queue: Sequence[int], prices: Prices) -> None:
    """Move single jobs of the queue to cheaper places until none is left."""
    is_better = len(queue) > 1
    while is_better:
        is_better = False
        for job in queue:
            memory, total = draft.remember(), draft.total()
            holder = next((tour for tour in draft.tours if job in tour.jobs), None)
            if holder is not None:
                draft.replace(holder.without(draft.shapes, {job}))
                draft.left_out[job] = None
            place = prices.cheapest(job)
            if place.delta < draft.shapes.drop[job]:
                draft.insert(job, place)
            if draft.total() < total:
                is_better = True
            else:
                draft.restore(memory)


def assign(problem: Problem, plan: Plan, jobs: Sequence[str]) -> Plan:
    """Serve these waiting jobs together on a plan as it stands, moving nothing else between routes.

    Never dearer than serving them one after the other in this order; what is not worth its cost
    stays left out, with the reasons. Raises `UnknownJob` for a job that is not waiting.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=1, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> assign(problem, Plan(), ["lift"]).cost.total
    1200
    """
    day = WarmDay(problem, plan)
    live = day.live
    queue = [known_job(problem, job) for job in dict.fromkeys(jobs)]
    for job in queue:
        if job not in live.draft.left_out:
            raise UnknownJob(problem.jobs[job].id, "is served in this plan already")
    if live.is_coupled:
        served = _linked(problem, plan, queue)
        return with_reasons(replace(served, solver=plan.solver), live.shapes)
    assign_together(live.draft, queue, day.places)
    return with_reasons(finished(live.draft, plan.solver), live.shapes)


def _linked(problem: Problem, plan: Plan, queue: Sequence[int]) -> Plan:
    """Serve a queue where days depend on each other: together, or in the cheapest of a few orders.

    What several begin together finds its crew more easily first; what follows other work of the
    queue waits until that is served.
    """
    jobs = problem.jobs
    orders = (
        list(queue),
        sorted(queue, key=lambda job: urgency(jobs[job])),
        sorted(queue, key=lambda job: (-jobs[job].crew, *urgency(jobs[job]))),
    )
    plans = [_in_turn(problem, plan, order) for order in dict.fromkeys(map(tuple, orders))]
    plans.append(in_joint_rounds(problem, plan, queue))
    return min(plans, key=lambda each: each.cost.total)


def _in_turn(problem: Problem, plan: Plan, queue: Sequence[int]) -> Plan:
    day = WarmDay(problem, plan, is_compiled=False)
    waiting = list(queue)
    while waiting:
        ready = next((job for job in waiting if day.live.missing(job) is None), waiting[0])
        waiting.remove(ready)
        ranking = ranked(day.live, ready, may_drop=False)
        if ranking.ways and ranking.ways[0].added < day.live.shapes.drop[ready]:
            day.follow(ranking, ranking.ways[0])
    return day.plan
