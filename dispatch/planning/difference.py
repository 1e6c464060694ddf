"""What differs between two plans of one problem: who moves, which promises flip, and the bill.

Times and bills are worked out by the rules, not taken from what the plans state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dispatch.planning.checking import itineraries
from dispatch.planning.job import Job
from dispatch.planning.live import difference as change_of_bill
from dispatch.planning.live import refuse_foreign
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.rules import bill, lateness
from dispatch.planning.timing import TimedPlan, timed


class Flip(StrEnum):
    """What becomes of a promise: kept where it was broken, or broken where it was kept."""

    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Visit:
    """How a plan serves a job: by whom (several for a crew), from when, and how late."""

    technicians: tuple[str, ...]
    start: int
    lateness: int


@dataclass(frozen=True, slots=True)
class JobChange:
    """One job that is served otherwise; `before` or `after` is none where it is left out."""

    job: str
    before: Visit | None
    after: Visit | None
    flip: Flip | None = None

    @property
    def slip(self) -> int | None:
        """Seconds by which the start moves, later above zero; none if it is served only once."""
        if self.before is None or self.after is None:
            return None
        return self.after.start - self.before.start

    @property
    def changes_hands(self) -> bool:
        """Somebody else goes, or somebody instead of nobody."""
        before = set() if self.before is None else set(self.before.technicians)
        return before != (set() if self.after is None else set(self.after.technicians))


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """The jobs that change, in the problem's order, and by how much each line of the bill does.

    `terms` holds every line, `preferred` as the bonus it is on the bill; `total` is the change of
    the total: the sum of the lines, less twice the bonus.
    """

    changes: tuple[JobChange, ...]
    terms: Mapping[str, int]
    total: int


def plan_difference(problem: Problem, before: Plan, after: Plan) -> PlanDifference:
    """Compare two plans of the same problem; raises `PlanRefused` for a plan of another.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Route, Stop, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> served = Plan((Route("anna", (Stop("lift", 600, 600, 2400),), leave=0, return_=3000),))
    >>> found = plan_difference(problem, Plan(), served)
    >>> found.total, found.changes[0].after.start
    (-48800, 600)
    """
    for plan in (before, after):
        refuse_foreign(problem, plan)
    earlier, later = (timed(problem, itineraries(problem, plan)) for plan in (before, after))
    changes = (_change(job, _visit(job, earlier), _visit(job, later)) for job in problem.jobs)
    was, is_ = bill(problem, earlier), bill(problem, later)
    return PlanDifference(
        changes=tuple(each for each in changes if each.before != each.after),
        terms=change_of_bill(is_, was),
        total=is_.total - was.total,
    )


def _visit(job: Job, plan: TimedPlan) -> Visit | None:
    start = plan.starts.get(job.id)
    if start is None:
        return None
    return Visit(tuple(sorted(plan.crews[job.id])), start, lateness(job, start))


def _change(job: Job, before: Visit | None, after: Visit | None) -> JobChange:
    if job.due is None or _is_kept(before) == _is_kept(after):
        return JobChange(job.id, before, after)
    return JobChange(job.id, before, after, Flip.KEPT if _is_kept(after) else Flip.BROKEN)


def _is_kept(visit: Visit | None) -> bool:
    """A promise is kept by work that starts in time; leaving the job out breaks it."""
    return visit is not None and visit.lateness == 0


def written_difference(found: PlanDifference) -> dict[str, object]:
    """Give the difference as values ready for JSON.

    >>> written_difference(PlanDifference((), {"travel": 0}, 0))
    {'total': 0, 'terms': {'travel': 0}, 'changes': []}
    """
    return {
        "total": found.total,
        "terms": dict(found.terms),
        "changes": [_written_change(change) for change in found.changes],
    }


def _written_change(change: JobChange) -> dict[str, object]:
    return {
        "job": change.job,
        "before": _written_visit(change.before),
        "after": _written_visit(change.after),
        "slip": change.slip,
        "promise": change.flip,
    }


def _written_visit(visit: Visit | None) -> dict[str, object] | None:
    if visit is None:
        return None
    return {
        "technicians": list(visit.technicians),
        "start": visit.start,
        "lateness": visit.lateness,
    }
