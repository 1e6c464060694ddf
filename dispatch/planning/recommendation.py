"""Who should take this job: every technician ranked by the exact change of the total, or why not.

What stands in a technician's way is found in `reasons`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.job import Job
from dispatch.planning.live import LivePlan, difference
from dispatch.planning.plan import Plan, Reason
from dispatch.planning.plan_file import written_reason
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import Option, known_job, standing
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.rules import bill, lateness
from dispatch.planning.support import refuse_unsupported


@dataclass(frozen=True, slots=True)
class Move:
    """Another visit whose start changes, and whether its promise is then broken or kept anew."""

    job: str
    start_before: int
    start_after: int
    lateness_before: int
    lateness_after: int

    @property
    def promise_flips(self) -> bool:
        return (self.lateness_before > 0) != (self.lateness_after > 0)


@dataclass(frozen=True, slots=True)
class Drop:
    """A less urgent job that would return to the queue, and what leaving it out costs."""

    job: str
    drop_cost: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One technician who could go: where in their day, when, and the exact change of the total.

    `terms` is the change of each line of the bill; `travel` the seconds from the stop before.
    """

    technician: str
    position: int
    travel: int
    arrive: int
    start: int
    lateness: int
    delta: int
    terms: Mapping[str, int]
    moves: tuple[Move, ...] = ()
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer for one job: candidates, best first, and for everyone else the reason."""

    job: str
    candidates: tuple[Candidate, ...]
    blocked: tuple[Reason, ...]


def recommend(problem: Problem, plan: Plan, job: str, *, top: int | None = None) -> Recommendation:
    """Rank who should take a job the plan leaves out, with what it displaces, and why not others.

    Everyone is looked at; `top` only limits how many candidates are told. Raises `UnknownJob` for
    a job that is served already, `PlanRefused` for a plan of another problem.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> recommend(problem, Plan(), "lift").candidates[0].delta
    -48800
    """
    refuse_unsupported(problem)
    live, index = _asked(problem, plan, job)
    answers = [
        standing(live, technician, index, may_drop=True)
        for technician in range(len(problem.technicians))
    ]
    options = [answer for answer in answers if isinstance(answer, Option)]
    options.sort(key=lambda option: (option.added, option.tour.technician))
    return Recommendation(
        job,
        tuple(_candidate(live, index, option) for option in options[:top]),
        tuple(answer for answer in answers if isinstance(answer, Reason)),
    )


def choose(problem: Problem, plan: Plan, job: str, technician: str) -> Plan:
    """Give the plan with the job served by this technician as recommended; reasons are not renewed.

    Raises `UnknownJob` if this technician is no candidate.
    """
    refuse_unsupported(problem)
    live, index = _asked(problem, plan, job)
    for number, each in enumerate(problem.technicians):
        if each.id == technician:
            answer = standing(live, number, index, may_drop=True)
            if isinstance(answer, Option):
                chosen = itinerary(live.shapes, answer.tour)
                return plan_from(problem, live.replaced(number, chosen), plan.solver)
    raise UnknownJob(job, f"cannot be given to {technician!r}")


def _asked(problem: Problem, plan: Plan, job: str) -> tuple[LivePlan, int]:
    live, index = LivePlan(problem, plan), known_job(problem, job)
    if index not in live.draft.left_out:
        raise UnknownJob(job, "is served in this plan already")
    return live, index


def _candidate(live: LivePlan, job: int, option: Option) -> Candidate:
    problem = live.problem
    technician = option.tour.technician
    after = live.replaced(technician, itinerary(live.shapes, option.tour))
    cost = bill(problem, after)
    position = option.tour.jobs.index(job)
    places = option.tour.places
    stop = after.routes[-1].stops[position]
    return Candidate(
        technician=problem.technicians[technician].id,
        position=position,
        travel=live.shapes.travel[places[position]][places[position + 1]],
        arrive=stop.arrive,
        start=stop.start,
        lateness=lateness(problem.jobs[job], stop.start),
        delta=cost.total - live.cost.total,
        terms=difference(cost, live.cost),
        moves=tuple(_moves(live, option, after.starts)),
        drops=tuple(_drop(problem.jobs[each]) for each in option.dropped),
    )


def _drop(job: Job) -> Drop:
    return Drop(job.id, job.drop_cost)


def _moves(live: LivePlan, option: Option, starts: Mapping[str, int]) -> list[Move]:
    before = live.times.starts
    jobs = [live.problem.jobs[index] for index in option.tour.jobs]
    return [
        Move(
            job.id,
            before[job.id],
            starts[job.id],
            lateness(job, before[job.id]),
            lateness(job, starts[job.id]),
        )
        for job in jobs
        if job.id in before and before[job.id] != starts[job.id]
    ]


def written_recommendation(found: Recommendation) -> dict[str, object]:
    """Give the answer as values ready for JSON, in the words of the planning contract.

    >>> written_recommendation(Recommendation("lift", (), ()))
    {'job': 'lift', 'candidates': [], 'blocked': []}
    """
    return {
        "job": found.job,
        "candidates": [_written_candidate(candidate) for candidate in found.candidates],
        "blocked": [written_reason(reason) for reason in found.blocked],
    }


def _written_candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "technician": candidate.technician,
        "position": candidate.position,
        "travel": candidate.travel,
        "arrive": candidate.arrive,
        "start": candidate.start,
        "lateness": candidate.lateness,
        "delta": candidate.delta,
        "terms": dict(candidate.terms),
        "moves": [_written_move(move) for move in candidate.moves],
        "drops": [{"job": drop.job, "drop_cost": drop.drop_cost} for drop in candidate.drops],
    }


def _written_move(move: Move) -> dict[str, object]:
    return {
        "job": move.job,
        "start_before": move.start_before,
        "start_after": move.start_after,
        "lateness_before": move.lateness_before,
        "lateness_after": move.lateness_after,
        "promise_flips": move.promise_flips,
    }
