"""What would have to change for a job left out to be served: by whom, and at what cost.

The changes are those that the reasons name, one after the other; each way is planned and verified.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from dispatch.planning.checking import check
from dispatch.planning.contradictions import HIGHEST_COST
from dispatch.planning.difference import PlanDifference, plan_difference
from dispatch.planning.effort import Effort, effort
from dispatch.planning.finishing import restated
from dispatch.planning.job import Job
from dispatch.planning.plan import Plan, Reason, SolverReport
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import known_job, reasons_unassigned
from dispatch.planning.recommendation import choose, recommend
from dispatch.planning.refusals import ProblemRefused
from dispatch.planning.relaxing import relaxed

MOST_REMEDIES = 5
MOST_CHANGES = 4  # nobody changes five rules for one visit

Changes = tuple[Reason, ...]

FIRST, LAST = 1, 4  # priorities: the first displaces whatever may be displaced, the last nothing

EFFORT_OF_DROPPING = 3


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to serve the job: who goes, the rules that would have to change, and the bill.

    `changes` are the reasons to be mended, each with what it would need; without any, and nothing
    in `drops`, the job can be served as things are, only dearer than leaving it out. `difference`
    is the change of the plan, at the prices of the problem.
    """

    technician: str
    start: int
    changes: Changes
    drops: tuple[str, ...]
    plan: Plan
    difference: PlanDifference

    @property
    def effort(self) -> Effort:
        """How many changes, how much people mind them, and their size."""
        count, mind, size = effort(self.changes)
        return count + len(self.drops), mind + EFFORT_OF_DROPPING * len(self.drops), size


def remedies(
    problem: Problem, plan: Plan, job: str, *, top: int = MOST_REMEDIES
) -> tuple[Remedy, ...]:
    """List what would have to change for this job to be served, the least trouble first.

    Fewest changes first, then those that people mind least, then the smallest, then the cheapest.
    Raises `UnknownJob` for a job that is served, `PlanRefused` for a plan of another problem.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 3600))
    >>> long = Job("long", location=0, duration=7200, priority=3, drop_cost=900)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), (anna,), (long,))
    >>> [dict(change.would_need) for change in remedies(problem, Plan(), "long")[0].changes]
    [{'overtime_max': 3600}]
    """
    asked = _Asked(problem, plan, problem.jobs[known_job(problem, job)])
    found = [*asked.as_things_are(top), *asked.by_changes(top)]
    found.sort(key=lambda remedy: (remedy.effort, remedy.difference.total, remedy.technician))
    return tuple(found[:top])


@dataclass(frozen=True, slots=True)
class _Asked:
    """The job left out, in its plan of this problem."""

    problem: Problem
    plan: Plan
    job: Job

    def as_things_are(self, top: int) -> Iterator[Remedy]:
        """Whoever could go, if the price did not matter or something else were left out instead."""
        question = self._wanted(FIRST)
        for candidate in recommend(question, self.plan, self.job.id, top=top).candidates:
            chosen = choose(question, self.plan, self.job.id, candidate.technician)
            drops = tuple(drop.job for drop in candidate.drops)
            yield from self._verified(candidate.technician, chosen, drops=drops)

    def by_changes(self, top: int) -> Iterator[Remedy]:
        """Mend the reason that is least trouble, again and again, until enough can serve the job.

        Whoever has no reason is among those who could go as things are.
        """
        question, job = self._wanted(LAST), self.job.id
        reasons = reasons_unassigned(question, self.plan, job)
        open_: list[tuple[Effort, int, Changes]]
        open_ = [(effort((each,)), number, (each,)) for number, each in enumerate(reasons)]
        heapify(open_)
        found = 0
        while open_ and found < top:
            _, number, changes = heappop(open_)
            changed = _changed(question, job, changes)
            if changed is None:
                continue
            who = str(changes[-1].technician)
            against = self._against(changed, who)
            if against is None:
                remedy = [*self._verified(who, choose(changed, self.plan, job, who), changes)]
                found += len(remedy)
                yield from remedy
            elif len(changes) < MOST_CHANGES:
                more = (*changes, against)
                heappush(open_, (effort(more), number, more))

    def _wanted(self, priority: int) -> Problem:
        """The problem with this job wanted at any price."""
        return _with_job(self.problem, replace(self.job, drop_cost=HIGHEST_COST, priority=priority))

    def _against(self, changed: Problem, who: str) -> Reason | None:
        reasons = reasons_unassigned(_only(changed, self.job.id, who), self.plan, self.job.id)
        return next((each for each in reasons if each.technician == who), None)

    def _verified(
        self,
        technician: str,
        chosen: Plan,
        changes: Changes = (),
        *,
        drops: tuple[str, ...] = (),
    ) -> Iterator[Remedy]:
        """The remedy, if its plan breaks no rule that the plan as it stands keeps."""
        changed = _changed(self.problem, self.job.id, changes)
        if changed is None:
            return
        real = restated(changed, chosen, SolverReport())
        stands = {fault.code for fault in check(changed, self.plan).faults}
        if {fault.code for fault in check(changed, real).faults} <= stands:
            starts = {stop.job: stop.start for route in real.routes for stop in route.stops}
            change = plan_difference(changed, self.plan, real)
            yield Remedy(technician, starts[self.job.id], changes, drops, real, change)


def _changed(problem: Problem, job: str, changes: Changes) -> Problem | None:
    """The problem with all these reasons mended; none if that is nobody's to decide."""
    changed: Problem | None = problem
    for reason in changes:
        try:
            changed = changed and relaxed(changed, job, reason)
        except ProblemRefused:
            return None
    return changed


def _only(problem: Problem, job: str, technician: str) -> Problem:
    """The problem in which nobody else is asked, unless several are needed or not even this one."""
    each = problem.jobs[known_job(problem, job)]
    is_asked = each.technicians is None or technician in each.technicians
    if each.crew > 1 or not is_asked:
        return problem
    return _with_job(problem, replace(each, technicians=(technician,)))


def _with_job(problem: Problem, changed: Job) -> Problem:
    jobs = tuple(changed if each.id == changed.id else each for each in problem.jobs)
    return replace(problem, jobs=jobs)
