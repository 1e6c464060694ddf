"""How soon anybody could start a job by going there first: whether its promise was in reach at all.

What being in time would cost the others is in `in_time`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dispatch.planning.causes import Chain, Link, chain
from dispatch.planning.eligibility import ineligible
from dispatch.planning.job import Job, Lock
from dispatch.planning.problem import Problem
from dispatch.planning.rules import broken_rules
from dispatch.planning.stability import Stability
from dispatch.planning.technician import Technician
from dispatch.planning.timing import Itinerary, timed


@dataclass(frozen=True, slots=True)
class Soonest:
    """The soonest start, by whom (the whole crew), and what even that start hangs on."""

    technicians: tuple[str, ...]
    start: int
    chain: Chain


def soonest(problem: Problem, job: str) -> Soonest | None:
    """Give the soonest start if whoever may do the job went there before anything else.

    A crew is as soon as its last member, a job that follows others no sooner than their soonest
    finish. None if too few may do it, or none could within a day of their own.

    >>> from datetime import UTC, datetime
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> soonest(problem, "lift").start
    600
    """
    return _soonest(problem, {each.id: each for each in problem.jobs}, job, {})


def _soonest(
    problem: Problem, jobs: Mapping[str, Job], name: str, known: dict[str, Soonest | None]
) -> Soonest | None:
    if name not in known:
        found = _by_crew(problem, jobs[name])
        for earlier in jobs[name].after:
            before = _soonest(problem, jobs, earlier, known)
            found = _after(found, before, jobs[earlier])
        known[name] = found
    return known[name]


def _after(found: Soonest | None, before: Soonest | None, earlier: Job) -> Soonest | None:
    """No sooner than the soonest finish of the job before."""
    if found is None or before is None:
        return None
    finish = before.start + earlier.duration
    if finish <= found.start:
        return found
    work = Link("work", earlier.duration, before.technicians[0], earlier.id)
    links = (*before.chain.links, work) if earlier.duration else before.chain.links
    return Soonest(found.technicians, finish, Chain(before.chain.since, links))


def _by_crew(problem: Problem, job: Job) -> Soonest | None:
    fixed = None if job.locked is None else job.locked.technician
    alone = job if job.crew == 1 else replace(job, crew=1, locked=_without_technician(job))
    alone = replace(alone, after=())
    question = replace(problem, jobs=(alone,), stability=Stability(0, problem.stability.tolerance))
    reached = [found for each in problem.technicians if (found := _alone(question, alone, each))]
    reached.sort(key=lambda found: (found.technicians[0] != fixed, found.start))
    crew = reached[: job.crew]
    members = tuple(found.technicians[0] for found in crew)
    if len(crew) < job.crew or (fixed is not None and fixed not in members):
        return None
    last = max(crew, key=lambda found: found.start)
    return Soonest(members, last.start, last.chain)


def _without_technician(job: Job) -> Lock | None:
    return None if job.locked is None or job.locked.start is None else Lock(start=job.locked.start)


def _alone(question: Problem, job: Job, technician: Technician) -> Soonest | None:
    """The technician's soonest legal start with nothing else to do that day."""
    if ineligible(job, technician) is not None:
        return None
    legs = (None, 0, 1) if technician.break_ is not None else (None,)
    plans = [timed(question, [Itinerary(technician, (job,), leg)]) for leg in legs]
    legal = [plan for plan in plans if not broken_rules(question, plan)]
    if not legal:
        return None
    best = min(legal, key=lambda plan: plan.starts[job.id])
    return Soonest((technician.id,), best.starts[job.id], chain(question, best, job.id))
