"""The urgent queue assigned together: OR-Tools CP-SAT over exact insertion costs.

Finding the cost of one place is in `insertion`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from dispatch.planning.draft import Draft
from dispatch.planning.finishing import finished
from dispatch.planning.insertion import Place
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.ranking import ranked
from dispatch.planning.reasons import known_job, with_reasons
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.shapes import IMPOSSIBLE
from dispatch.planning.urgency import urgency
from dispatch.planning.warm import WarmDay

# Effort of one round in CP-SAT's own deterministic seconds, so that the same queue is always
# answered the same way; a queue of a hundred needs far less.
ROUND_EFFORT = 2.0
# Where costs stop being costs: keeping a lock outweighs them all, and still sums within 64 bits.
CEILING = 1 << 50


def assign_together(draft: Draft, queue: Sequence[int]) -> None:
    """Serve the queue as a whole: never dearer than one job after the other, often cheaper.

    Each round gives every technician at most one more job, at exact prices; then prices change.
    """
    before = draft.remember()
    _one_after_the_other(draft, queue)
    in_turn, in_turn_total = draft.remember(), draft.total()
    draft.restore(before)
    _in_rounds(draft, queue)
    if draft.total() > in_turn_total:
        draft.restore(in_turn)


def _one_after_the_other(draft: Draft, queue: Sequence[int]) -> None:
    for job in queue:
        place = draft.best_place(job)
        if place.delta < draft.shapes.drop[job]:
            draft.insert(job, place)


def _in_rounds(draft: Draft, queue: Sequence[int]) -> None:
    waiting = list(queue)
    prices: dict[int, dict[int, Place]] = {}
    changed = set(range(len(draft.tours)))
    while waiting:
        for technician in changed:
            prices[technician] = {job: draft.best_place(job, [technician]) for job in waiting}
        chosen = _one_round(draft, waiting, prices)
        if not chosen:
            return
        for job, place in chosen.items():
            draft.insert(job, place)
        waiting = [job for job in waiting if job not in chosen]
        changed = {place.technician for place in chosen.values()}
        if draft.budget is not None:  # every price depends on the promises left to move
            changed = set(range(len(draft.tours)))


def _one_round(
    draft: Draft, waiting: Sequence[int], prices: dict[int, dict[int, Place]]
) -> dict[int, Place]:
    """Choose at most one place per technician and per job, together the most worth while."""
    round_ = _Round()
    for technician, places in prices.items():
        for job in waiting:
            place = places[job]
            gain = draft.shapes.drop[job] - place.delta
            if place.delta < IMPOSSIBLE and gain > 0:
                moves = 0 if draft.budget is None else draft.moves_with(job, place)
                round_.offer(job, technician, gain=gain, moves=moves)
    chosen = round_.best(None if draft.budget is None else draft.budget - draft.moves())
    return {job: prices[technician][job] for job, technician in chosen}


class _Round:
    """One assignment model: who takes which job, each at most one, for the greatest gain."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self.options: dict[tuple[int, int], cp_model.IntVar] = {}
        self.gains: list[int] = []
        self.moves: list[int] = []
        self.by_job: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.by_technician: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)

    def offer(self, job: int, technician: int, *, gain: int, moves: int) -> None:
        option = self.model.new_bool_var("")
        self.options[job, technician] = option
        self.gains.append(min(gain, CEILING))
        self.moves.append(moves)
        self.by_job[job].append(option)
        self.by_technician[technician].append(option)

    def best(self, moves_left: int | None) -> list[tuple[int, int]]:
        """Give the best pairs of job and technician; none if there is nothing to gain."""
        if not self.options:
            return []
        for options in (*self.by_job.values(), *self.by_technician.values()):
            self.model.add_at_most_one(options)
        variables = list(self.options.values())
        if moves_left is not None and any(self.moves):
            moved = cp_model.LinearExpr.weighted_sum(variables, self.moves)
            self.model.add(moved <= max(0, moves_left))
        self.model.maximize(cp_model.LinearExpr.weighted_sum(variables, self.gains))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = ROUND_EFFORT
        # CP-SAT would put back the system's handler, and Ctrl-C would end the whole process.
        solver.parameters.catch_sigint_signal = False
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return []
        return [pair for pair, option in self.options.items() if solver.boolean_value(option)]


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
    live = LivePlan(problem, plan)
    queue = [known_job(problem, job) for job in dict.fromkeys(jobs)]
    for job in queue:
        if job not in live.draft.left_out:
            raise UnknownJob(problem.jobs[job].id, "is served in this plan already")
    if live.is_coupled:
        served = _coupled(problem, plan, queue)
        return with_reasons(served, live.shapes)
    assign_together(live.draft, queue)
    return with_reasons(finished(live.draft, plan.solver), live.shapes)


def _coupled(problem: Problem, plan: Plan, queue: Sequence[int]) -> Plan:
    """Serve a queue where days depend on each other: the cheapest of a few orders, exactly billed.

    What several begin together finds its crew more easily first; what follows other work of the
    queue waits until that is served.
    """
    jobs = problem.jobs
    orders = (
        list(queue),
        sorted(queue, key=lambda job: urgency(jobs[job])),
        sorted(queue, key=lambda job: (-jobs[job].crew, *urgency(jobs[job]))),
    )
    plans = [_in_turn(problem, plan, order) for order in orders]
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
    return replace(day.plan, solver=plan.solver)
