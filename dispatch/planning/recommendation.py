"""Who should take this job: every technician ranked by the exact change of the total, or why not.

What stands in a technician's way is found in `reasons`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from dispatch.planning.finishing import plan_from
from dispatch.planning.job import Job
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Plan, Reason
from dispatch.planning.plan_file import written_reason
from dispatch.planning.problem import Problem
from dispatch.planning.ranking import Ranking, Way
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.rules import lateness
from dispatch.planning.timing import TimedPlan
from dispatch.planning.tour import begin_times, best_rest_leg
from dispatch.planning.warm import WarmDay


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

    `terms` is the change of each line of the bill; `travel` the seconds from the stop before;
    `crew` everybody who begins the work together, the technician included, where several do.
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
    crew: tuple[str, ...] = ()


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
    day = WarmDay(problem, plan)
    return told(day, day.rank(job), top=top)


def told(day: WarmDay, ranking: Ranking, *, top: int | None = None) -> Recommendation:
    """Tell a ranking of a day that has not changed since: cards for the first `top`, all reasons.

    >>> from datetime import UTC, datetime
    >>> lift = Job("lift", location=0, duration=1800, priority=2, drop_cost=50_000)
    >>> day = WarmDay(Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), jobs=(lift,)), Plan())
    >>> told(day, day.rank("lift")).candidates
    ()
    """
    return Recommendation(
        day.problem.jobs[ranking.job].id, candidates(day, ranking, top=top), ranking.blocked
    )


def candidates(day: WarmDay, ranking: Ranking, *, top: int | None = None) -> tuple[Candidate, ...]:
    """Give the cards of a ranking of a day that has not changed since, best first."""
    return tuple(candidate(day.live, ranking, way) for way in ranking.ways[:top])


def choose(problem: Problem, plan: Plan, job: str, technician: str) -> Plan:
    """Give the plan with the job served by this technician as recommended; reasons are not renewed.

    Raises `UnknownJob` if this technician is no candidate.
    """
    day = WarmDay(problem, plan)
    ranking = day.rank(job)
    for number, each in enumerate(problem.technicians):
        way = ranking.of(number) if each.id == technician else None
        if way is not None:
            return plan_from(problem, day.live.replaced(ranking.days(way)), plan.solver)
    raise UnknownJob(job, f"cannot be given to {technician!r}")


def outline(live: LivePlan, ranking: Ranking, way: Way) -> tuple[int, int]:
    """When work would begin this way, and the travel to it: the two figures people compare."""
    if live.is_coupled:
        found = candidate(live, ranking, way)
        return found.start, found.travel
    shapes, tour = live.shapes, ranking.tour(way)
    starts = begin_times(shapes, tour, best_rest_leg(shapes, tour))
    here, there = tour.places[way.position : way.position + 2]
    return starts[way.position], int(shapes.travel[here][there])


def candidate(live: LivePlan, ranking: Ranking, way: Way) -> Candidate:
    """Tell all about one way: when, what moves, and each line of the bill."""
    asked, days = live.problem.jobs[ranking.job], ranking.days(way)
    after = live.after(days)
    terms = live.change(after, asked)
    name, people = live.problem.technicians[way.technician].id, live.problem.technicians
    (stop,) = (
        stop
        for route in after.routes
        if route.technician.id == name
        for stop in route.stops
        if stop.job == asked.id
    )
    return Candidate(
        technician=name,
        position=way.position,
        travel=live.problem.durations[days[way.technician].places[way.position]][asked.location],
        arrive=stop.arrive,
        start=stop.start,
        lateness=lateness(asked, stop.start),
        delta=sum(terms.values()) - 2 * terms["preferred"],
        terms=terms,
        moves=tuple(_moves(live, after)),
        drops=tuple(_drop(live.problem.jobs[each]) for each in way.dropped),
        crew=tuple(people[member].id for member, _ in way.crew),
    )


def _drop(job: Job) -> Drop:
    return Drop(job.id, job.drop_cost)


def _moves(live: LivePlan, after: TimedPlan) -> list[Move]:
    before = live.starts(after)
    jobs = {job.id: job for route in after.routes for job in route.jobs}
    return [
        Move(
            job.id,
            before[job.id],
            after.starts[job.id],
            lateness(job, before[job.id]),
            lateness(job, after.starts[job.id]),
        )
        for job in jobs.values()
        if job.id in before and before[job.id] != after.starts[job.id]
    ]


def written_recommendation(found: Recommendation) -> dict[str, object]:
    """Give the answer as values ready for JSON, in the words of the planning contract.

    >>> written_recommendation(Recommendation("lift", (), ()))
    {'job': 'lift', 'candidates': [], 'blocked': []}
    """
    return {
        "job": found.job,
        "candidates": [
            _written_candidate(candidate) | {"to_next": _written_lead(candidate, further)}
            for candidate, further in zip_longest(found.candidates, found.candidates[1:])
        ],
        "blocked": [written_reason(reason) for reason in found.blocked],
    }


def lead(candidate: Candidate, further: Candidate) -> dict[str, int]:
    """By how much each line of the bill would be higher with the further candidate instead.

    The lines, less twice the bonus, add up to the difference of the two totals.
    """
    return {name: value - candidate.terms[name] for name, value in further.terms.items()}


def _written_lead(candidate: Candidate, further: Candidate | None) -> dict[str, object] | None:
    if further is None:
        return None
    return {
        "technician": further.technician,
        "delta": further.delta - candidate.delta,
        "terms": lead(candidate, further),
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
        **({"crew": list(candidate.crew)} if candidate.crew else {}),
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
