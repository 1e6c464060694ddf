"""Why a visit of a plan is late: computed from the rules, never guessed.

The chain that leads to its start is from `causes`, the soonest start of anybody from `soonest`, and
who could have been in time at what cost from `in_time`.
"""

from dataclasses import dataclass, replace

from dispatch.errors import Fault
from dispatch.planning.causes import Chain, chain
from dispatch.planning.checking import itineraries
from dispatch.planning.in_time import InTime, in_time
from dispatch.planning.job import Job
from dispatch.planning.live import refuse_foreign
from dispatch.planning.plan import Plan, Reason
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import PlanRefused, UnknownJob
from dispatch.planning.rules import lateness, served
from dispatch.planning.soonest import Soonest, soonest
from dispatch.planning.timing import TimedPlan, timed

MOST_WAYS = 3  # a dispatcher compares a few


@dataclass(frozen=True, slots=True)
class WhyLate:
    """One late job: what its start hangs on, whether anybody could be there, and who else could.

    The seconds of the chain's links, less those that were `available`, are the lateness. `in_time`
    holds the cheapest ways to keep the promise, `against` the reason of everybody who has none;
    both are empty where nobody could be there at all.
    """

    job: str
    due: int
    start: int
    chain: Chain
    soonest: Soonest | None
    in_time: tuple[InTime, ...] = ()
    against: tuple[Reason, ...] = ()

    @property
    def lateness(self) -> int:
        return self.start - self.due

    @property
    def available(self) -> int:
        """Seconds from the chain's anchor to the due time; below zero if that came first."""
        return self.due - self.chain.since.moment

    @property
    def is_in_reach(self) -> bool:
        """Whether anybody who went there first would be in time."""
        return self.soonest is not None and self.soonest.start <= self.due


def late_jobs(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Name the jobs served late, the latest first."""
    late = [(lateness(job, start), job.id) for job, start in served(problem, _real(problem, plan))]
    return tuple(name for seconds, name in sorted(late, key=lambda each: -each[0]) if seconds)


def why_late(problem: Problem, plan: Plan, job: str, *, top: int = MOST_WAYS) -> WhyLate:
    """Say why this job starts after its due time, and who could have been in time at what cost.

    Raises `UnknownJob` for a job that is not served late, `PlanRefused` for a plan of another
    problem or one whose routes wait for each other.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Route, Stop, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000, due=500)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> plan = Plan((Route("anna", (Stop("lift", 600, 600, 2400),), leave=0, return_=3000),))
    >>> found = why_late(problem, plan, "lift")
    >>> found.lateness, found.available, found.chain.links[0].code, found.is_in_reach
    (100, 500, 'travel', False)
    """
    real = _real(problem, plan)
    late = _late(problem, real, job)
    assert late.due is not None
    found = WhyLate(
        job, late.due, real.starts[job], chain(problem, real, job), soonest(problem, job)
    )
    if not found.is_in_reach:
        return found
    ways, against = in_time(problem, plan, late, top=top)
    return replace(found, in_time=ways, against=against)


def _real(problem: Problem, plan: Plan) -> TimedPlan:
    refuse_foreign(problem, plan)
    real = timed(problem, itineraries(problem, plan))
    if real.circular:
        raise PlanRefused([Fault("plan", "circular_wait", "the routes wait for each other")])
    return real


def _late(problem: Problem, plan: TimedPlan, name: str) -> Job:
    for job, start in served(problem, plan):
        if job.id == name and lateness(job, start):
            return job
    raise UnknownJob(name, "is not served late in this plan")
