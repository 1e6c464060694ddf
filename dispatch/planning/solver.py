"""From a problem to a plan within a time limit: construct, improve, explain what is left out.

The steps are in the modules of those names; nothing here reads a clock of its own.
"""

from collections.abc import Callable
from dataclasses import replace

from dispatch.planning.checking import Verdict, check
from dispatch.planning.construction import in_order
from dispatch.planning.draft import Draft
from dispatch.planning.engine import search_class, warm, warm_linked
from dispatch.planning.engine.flat import Flat, rounded_from
from dispatch.planning.finishing import finished, load, restated
from dispatch.planning.limits import Budget, Clock, Limits, never
from dispatch.planning.live import refuse_foreign
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.pool import Pool, put_together
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import with_reasons
from dispatch.planning.refusals import NoLegalPlan, UnknownEngine
from dispatch.planning.repair import repaired
from dispatch.planning.routing import NAME as ROUTING
from dispatch.planning.routing import refuse_unspeakable, routed
from dispatch.planning.shapes import Shapes, linked_jobs
from dispatch.planning.standing import Progress, Standing

ENGINES = ("palier", ROUTING)

# A solve returns at most a second after its time: seconds of grace for what follows the search.
LAST_INSERTION, LAST_REASON = 0.2, 0.4
SECONDS_PER_REASON = 0.0005  # for one technician and one job left out, on a slow core

BETWEEN_REPORTS = 0.2  # seconds
POOLING = 0.2  # the share of the time in which routes are put together anew
# Of another engine's time, what timing, repairing and billing its routes may take.
AFTERWARDS, SECONDS_PER_JOB = 0.1, 0.001
REPAIRING = 2000  # steps of our own search where another engine's routes break a rule


def solve(
    problem: Problem,
    *,
    limits: Limits,
    seed: int = 0,
    clock: Clock | None = None,
    start: Plan | None = None,
    should_stop: Callable[[], bool] = never,
    progress: Progress | None = None,
    engine: str = "palier",
    workers: int = 1,
    pool: bool = False,
) -> Plan:
    """Plan the day: everyone's visits in order, at the least total cost found within the limits.

    Never worse than a legal `start`. The same problem, seed, workers and iterations give the same
    plan. The time begins when the engine is compiled, and each worker is a thread with a seed.

    With `pool` the routes seen on the way are put together anew at the end: never worse.

    Raises `NoLegalPlan` if locks cannot be kept, `BeyondEngine` for what OR-Tools' routing library
    cannot plan, were it asked for by `engine`.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> solve(problem, limits=Limits(iterations=10)).cost.total
    1200
    """
    if engine not in ENGINES:
        raise UnknownEngine(engine, ENGINES)
    warm()
    if engine == ROUTING:
        return _by_routing(problem, Budget(limits, clock, should_stop), limits, seed, start)
    if linked_jobs(problem):
        warm_linked()
    search = _Search(Budget(limits, clock, should_stop), seed, progress, workers)
    search.pool = Pool() if pool else None
    draft = search.run(problem, start)
    plan = _better(problem, finished(draft, search.report()), start)
    if search.pool is not None and not search.budget.is_stopped() and not _broken(problem, plan):
        plan = put_together(problem, plan, search.pool, seconds=search.budget.left)
    plan = with_reasons(plan, draft.shapes, is_late=search.is_enough)
    verdict = check(problem, plan)
    if not verdict.is_legal:
        raise NoLegalPlan(verdict.faults)
    return plan


def _by_routing(
    problem: Problem, budget: Budget, limits: Limits, seed: int, start: Plan | None
) -> Plan:
    """Let OR-Tools draw up the routes; our rules time, repair and bill them and serve what pays."""
    refuse_unspeakable(problem)
    if start is not None:
        refuse_foreign(problem, start)
    kept = AFTERWARDS * (limits.seconds or 0.0) + SECONDS_PER_JOB * len(problem.jobs)
    budget.keep_back(kept)
    first = start if start is not None and not _broken(problem, start) else None
    left = None if limits.seconds is None else max(limits.seconds / 2, limits.seconds - kept)
    routes = routed(
        problem,
        is_over=budget.is_over,
        iterations=limits.iterations,
        seconds=left,
        start=first,
    )
    found, _ = repaired(problem, routes, SolverReport())

    def completed(given: Plan, iterations: int = 0) -> Plan:
        return solve(
            problem,
            limits=Limits(budget.left, iterations),  # what is left of the time holds here too
            seed=seed,
            clock=lambda: budget.seconds,
            start=given,
            should_stop=budget.is_stopped,
        )

    try:
        plan = completed(found)
    except NoLegalPlan:
        plan = completed(found, REPAIRING) if first is None else completed(first)
    plan = _better(problem, plan, first)
    seconds = round(budget.seconds, 3)
    return replace(plan, solver=SolverReport(seconds, seed=seed, engine=ROUTING))


class _Search:
    """One run: its time, its seed and what it reports on the way."""

    def __init__(
        self, budget: Budget, seed: int, progress: Progress | None, workers: int = 1
    ) -> None:
        self.budget = budget
        self.seed = seed
        self.progress = progress
        self.workers = workers
        self.pool: Pool | None = None
        self.trace: list[tuple[float, int]] = []
        self._told_at = -BETWEEN_REPORTS

    def run(self, problem: Problem, start: Plan | None) -> Draft:
        draft = Draft(Shapes(problem))
        if start is not None:
            refuse_foreign(problem, start)
            load(draft, start)
        order = in_order(draft, range(len(problem.jobs)))
        if problem.jobs and problem.technicians:
            self._compiled(draft, rounded_from(draft.shapes, order), order)
        else:
            self._note(draft.total(), len(order), lambda: (0, len(order)))
        return draft

    def _compiled(self, draft: Draft, flat: Flat, order: list[int]) -> None:
        search = search_class()(draft, flat, order, self.seed, self.workers)

        def note() -> None:
            self._note(search.total, len(order), search.counts)
            if self.pool is None:  # fewer are left out as the search goes on
                self._keep_back(search.left_out, len(draft.tours))
            else:
                for routes in search.seen():
                    self.pool.add_plan(routes)

        search.serve_what_pays(self.budget.is_late)
        note()
        self._keep_back(search.left_out, len(draft.tours))
        search.improve(self.budget, note)
        # Who says stop has waited enough, unless what people have fixed is not served yet.
        search.serve_what_pays(
            lambda: (
                self.budget.is_overdue(LAST_INSERTION)
                or (self.budget.is_stopped() and search.keeps_what_is_fixed)
            )
        )
        self._told_at = -BETWEEN_REPORTS
        note()
        search.give(draft)

    def is_enough(self) -> bool:
        """Tell whether not even reasons may be sought any longer."""
        return self.budget.is_stopped() or self.budget.is_overdue(LAST_REASON)

    def _keep_back(self, left_out: int, technicians: int) -> None:
        """Leave time for the reasons of what is left out, and to put routes together anew."""
        kept = left_out * technicians * SECONDS_PER_REASON
        pooling = 0.0 if self.pool is None else POOLING * (self.budget.left or 0.0)
        self.budget.keep_back(kept + pooling)

    def _note(self, total: int, jobs: int, counts: Callable[[], tuple[int, int]]) -> None:
        seconds = self.budget.seconds
        if not self.trace or total < self.trace[-1][1]:
            self.trace.append((round(seconds, 3), total))
        if self.progress is None or 0 < seconds < self._told_at + BETWEEN_REPORTS:
            return
        self._told_at = seconds
        late, unassigned = counts()
        self.progress(Standing(seconds, total, jobs, late, unassigned))

    def report(self) -> SolverReport:
        return SolverReport(
            seconds=round(self.budget.seconds, 3),
            iterations=self.budget.iterations * self.workers,
            seed=self.seed,
            workers=self.workers,
            trace=tuple(self.trace),
        )


def _better(problem: Problem, plan: Plan, start: Plan | None) -> Plan:
    """Keep the start if it is legal and was not beaten."""
    if start is None:
        return plan
    verdict = check(problem, start)
    if _is_broken(verdict) or verdict.cost.total >= plan.cost.total:
        return plan
    return restated(problem, start, plan.solver)


def _broken(problem: Problem, plan: Plan) -> bool:
    """Tell whether a plan breaks a hard rule, whatever it states of times and costs."""
    return _is_broken(check(problem, plan))


def _is_broken(verdict: Verdict) -> bool:
    return any(fault.code not in {"wrong_time", "wrong_cost"} for fault in verdict.faults)
