"""From a problem to a plan within a time limit: construct, improve, explain what is left out.

The steps are in the modules of those names; nothing here reads a clock of its own.
"""

from collections.abc import Callable
from typing import NamedTuple

from dispatch.planning.checking import check, itineraries, rule_faults
from dispatch.planning.draft import Draft
from dispatch.planning.engine import search_class, warm, warm_linked
from dispatch.planning.engine.flat import Flat, rounded_from
from dispatch.planning.finishing import load, plan_from
from dispatch.planning.limits import Budget, Clock, Limits, never
from dispatch.planning.live import refuse_foreign
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.pool import Pool, put_together
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import with_reasons
from dispatch.planning.refusals import NoLegalPlan, UnknownEngine
from dispatch.planning.routed_plan import routed_plan
from dispatch.planning.routing import NAME as ROUTING
from dispatch.planning.rules import bill
from dispatch.planning.shapes import Shapes, linked_jobs
from dispatch.planning.standing import Progress, Standing
from dispatch.planning.timing import Itinerary, TimedPlan, timed
from dispatch.planning.urgency import in_order

ENGINES = ("palier", ROUTING)

# A solve returns at most a second after its time: seconds of grace for what follows the search.
LAST_INSERTION, LAST_REASON = 0.2, 0.4
SECONDS_PER_REASON = 0.0005  # for one technician and one job left out, on a slow core
SECONDS_PER_JOB = 0.00005  # for timing, billing and verifying a plan, on a slow core

BETWEEN_REPORTS = 0.2  # seconds
POOLING = 0.2  # the share of the time in which routes are put together anew


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
        budget = Budget(limits, clock, should_stop)

        def completed(given: Plan, left: Limits) -> Plan:
            return solve(
                problem,
                limits=left,
                seed=seed,
                clock=lambda: budget.seconds,
                start=given,
                should_stop=should_stop,
            )

        return routed_plan(
            problem, limits=limits, budget=budget, start=start, seed=seed, completed=completed
        )
    if linked_jobs(problem):
        warm_linked()
    search = _Search(Budget(limits, clock, should_stop), seed, progress, workers)
    search.pool = Pool() if pool else None
    kept = None if start is None else _kept(problem, start)
    shapes, decided = search.run(problem, start)
    times = timed(problem, decided)
    plan = plan_from(problem, times, search.report())
    if kept is not None and kept.total < plan.cost.total:
        times = kept.times
        plan = plan_from(problem, times, plan.solver)
    # Times and bill are the rules' own: what the search decided is what may break them.
    faults = rule_faults(problem, plan, times)
    if search.pool is not None and not search.budget.is_stopped() and not faults:
        plan = put_together(problem, plan, search.pool, seconds=search.budget.left)
        faults = [*check(problem, plan).faults]
    if faults:
        raise NoLegalPlan(faults)
    return with_reasons(plan, shapes, is_late=search.is_enough)


class _Kept(NamedTuple):
    """A legal start as the rules time it, and what it really costs."""

    times: TimedPlan
    total: int


def _kept(problem: Problem, start: Plan) -> _Kept | None:
    """Time and bill the start before the search, so that the end need not; none if not legal."""
    refuse_foreign(problem, start)
    times = timed(problem, itineraries(problem, start))
    if rule_faults(problem, start, times):
        return None
    return _Kept(times, bill(problem, times).total)


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

    def run(self, problem: Problem, start: Plan | None) -> tuple[Shapes, list[Itinerary]]:
        """Search from this start on; what was decided, and the problem as it was laid out."""
        draft = Draft(Shapes(problem))
        shapes = draft.shapes
        if start is not None:
            load(draft, start)
        order = in_order(draft, range(len(problem.jobs)))
        if problem.jobs and problem.technicians:
            return shapes, self._compiled(draft, rounded_from(draft.shapes, order), order)
        self._note(draft.total(), len(order), lambda: (0, len(order)))
        return shapes, []

    def _compiled(self, draft: Draft, flat: Flat, order: list[int]) -> list[Itinerary]:
        search = search_class()(draft, flat, order, self.seed, self.workers)

        def note() -> None:
            self._note(search.total, len(order), search.counts)
            if self.pool is None:  # fewer are left out as the search goes on
                self._keep_back(search.left_out, draft)
            else:
                for routes in search.seen():
                    self.pool.add_plan(routes)

        search.serve_what_pays(self.budget.is_late)
        note()
        self._keep_back(search.left_out, draft)
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
        return search.decided(draft)

    def is_enough(self) -> bool:
        """Tell whether not even reasons may be sought any longer."""
        return self.budget.is_stopped() or self.budget.is_overdue(LAST_REASON)

    def _keep_back(self, left_out: int, draft: Draft) -> None:
        """Leave time for the plan itself, reasons of what is left out, and routes put anew."""
        kept = left_out * len(draft.tours) * SECONDS_PER_REASON
        kept += len(draft.shapes.drop) * SECONDS_PER_JOB
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
