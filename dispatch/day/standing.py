"""How the day stands: planned visits in their order, timed as they will really come about.

A visit that runs late pushes the next; what no rule can mend any more is allowed to stand. So the
plan of now always exists, and a new plan is measured against it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from dispatch.day.day import Visit, Work
from dispatch.day.jobs import LAST_SECOND
from dispatch.day.places import seconds_after
from dispatch.day.stints import Stint, stint_of
from dispatch.planning import Announced, Job, Lock, Plan, Problem, Route, SolverReport, Stop
from dispatch.planning.draft import Draft
from dispatch.planning.finishing import finished, load
from dispatch.planning.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each planned visit stands: its stint and the second it is expected to start.

    `returns` tells when each stint would be back; a visit that is not here fits nowhere as it is.
    """

    stints: Mapping[str, Stint] = field(default_factory=dict)
    starts: Mapping[str, int] = field(default_factory=dict)
    returns: Mapping[str, int] = field(default_factory=dict)


def stand(
    problem: Problem, work: Sequence[Work], stints: Sequence[Stint], *, origin: datetime
) -> Standing:
    """Time the planned visits in order, each at its planned start or as soon after as can be."""
    held: dict[str, Stint] = {}
    floors: dict[str, int] = {}
    for one in work:
        stint = _held_by(one, stints, origin)
        if stint is not None and one.visit is not None:
            held[one.id] = stint
            floors[one.id] = seconds_after(origin, one.visit.starts_at)
    loose = _loosened(problem, stints, floors)
    plan = timed_plan(loose, sequences(held, floors))
    starts = {stop.job: stop.start for route in plan.routes for stop in route.stops}
    returns = {route.technician: route.return_ for route in plan.routes}
    return Standing({job: held[job] for job in starts}, starts, returns)


def _held_by(work: Work, stints: Sequence[Stint], origin: datetime) -> Stint | None:
    """The stint that holds the visit; none without a visit, time left, or the skills it needs.

    Skills are not asked of whom a dispatcher has fixed or who has accepted.
    """
    visit = work.visit
    if visit is None:
        return None
    stint = stint_of(stints, visit.technician, seconds_after(origin, visit.starts_at))
    if stint is None or visit.keeps_technician or work.is_elsewhere:
        return stint
    skills = stint.technician.skills
    able = all(skills.get(skill, 0) >= level for skill, level in work.skills.items())
    return stint if able else None


def _loosened(problem: Problem, stints: Sequence[Stint], floors: Mapping[str, int]) -> Problem:
    """The same day with planned visits only: none starts early, each as little late as can be."""
    jobs = [
        Job(
            job.id,
            location=job.location,
            duration=job.duration,
            priority=job.priority,
            drop_cost=job.drop_cost,
            release=max(0, floors[job.id]),
            due=max(0, floors[job.id]),
            late_cost=1,
            window=None if job.window is None else (job.window[0], LAST_SECOND),
        )
        for job in problem.jobs
        if job.id in floors
    ]
    technicians = [
        replace(each.technician, overtime_max=LAST_SECOND if each.room is None else each.room)
        for each in stints
    ]
    return replace(problem, technicians=tuple(technicians), jobs=tuple(jobs))


def sequences(held: Mapping[str, Stint], order: Mapping[str, int]) -> dict[str, list[str]]:
    """List the jobs of each stint in the order of these seconds."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for job in sorted(held, key=lambda job: (order[job], job)):
        found[held[job].technician.id].append(job)
    return found


def timed_plan(problem: Problem, jobs: Mapping[str, Sequence[str]]) -> Plan:
    """Time these sequences as a plan; what cannot stand where it is put is left out."""
    routes = [
        Route(technician, tuple(Stop(job, 0, 0, 0) for job in named), leave=0, return_=0)
        for technician, named in jobs.items()
    ]
    draft = Draft(Shapes(problem))
    load(draft, Plan(tuple(routes)))
    return finished(draft, SolverReport())


def fixed(job: Job, work: Work, standing: Standing, *, origin: datetime) -> Job:
    """Say what is fixed about a job: its promised start, its technician, its start.

    Where the visit stands late already, the promise is what it stands at, so that no plan is
    blamed for it; a window it misses as it stands does not bind it. Whoever has accepted is not
    told of a start a few minutes earlier: it slips or stays.
    """
    visit, stint = work.visit, standing.stints.get(job.id)
    if visit is None or stint is None:
        return job
    start, name = standing.starts[job.id], stint.technician.id
    keeps = visit.keeps_technician or work.is_elsewhere
    return replace(
        job,
        release=max(job.release, start) if keeps else job.release,
        window=None if job.window is None else (job.window[0], max(job.window[1], start)),
        excluded=tuple(each for each in job.excluded if each != name),
        skills={} if keeps else job.skills,
        announced=Announced(name, start) if visit.is_announced else None,
        locked=_lock(work, visit, name, start, origin) if keeps else None,
    )


def _lock(work: Work, visit: Visit, technician: str, start: int, origin: datetime) -> Lock:
    """Fix what a person fixed; a fixed start that can no longer be kept leaves the technician.

    Another region's visit is theirs to move: it stays as it stands, like one asked to stay.
    """
    is_kept = visit.is_start_locked and start == seconds_after(origin, visit.starts_at)
    stays = is_kept or work.is_elsewhere or visit.stays
    return Lock(technician, start if stays else None)
