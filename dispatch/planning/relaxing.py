"""A problem changed by no more than a reason says would be needed: what people could decide.

Which reasons there are is in `eligibility`, `obstacles` and `reasons`.
"""

from collections.abc import Mapping
from dataclasses import replace

from dispatch.planning.job import Job, Lock
from dispatch.planning.plan import Reason
from dispatch.planning.problem import Problem
from dispatch.planning.technician import Technician

NO_RULE = {"unreachable", "after_unassigned", "waited_for"}

Facts = Mapping[str, int | str | None]


def relaxed(problem: Problem, job: str, reason: Reason) -> Problem | None:
    """Give the problem with just this reason against serving the job mended.

    None where it is no rule of the problem: a way that does not exist, work left out that comes
    first, others who wait. Raises `ProblemRefused` for a change beyond what a problem may hold.

    >>> from datetime import UTC, datetime
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 3600))
    >>> long = Job("long", location=0, duration=7200, priority=3, drop_cost=900)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), (anna,), (long,))
    >>> late = Reason("anna", "overtime", {"needed": 3600, "max": 0}, {"overtime_max": 3600})
    >>> relaxed(problem, "long", late).technicians[0].overtime_max
    3600
    """
    if reason.code in NO_RULE:
        return None
    if "rule" in reason.would_need:
        return relaxed(problem, job, _of_another(reason))
    if reason.code == "over_budget":
        stability = replace(problem.stability, budget=_number(reason.would_need, "budget"))
        return replace(problem, stability=stability)
    concerned = str(reason.facts.get("job", job))
    return replace(
        problem,
        technicians=tuple(
            _technician(each, reason) if each.id == reason.technician else each
            for each in problem.technicians
        ),
        jobs=tuple(_job(each, reason) if each.id == concerned else each for each in problem.jobs),
    )


def _of_another(reason: Reason) -> Reason:
    """The reason against one more of a crew, which the one against the others leads to."""
    need = dict(reason.would_need)
    who, rule = need.pop("technician"), str(need.pop("rule"))
    return Reason(None if who is None else str(who), rule, {}, need)


def _technician(technician: Technician, reason: Reason) -> Technician:
    need = reason.would_need
    match reason.code:
        case "skill_missing":
            skills = {**technician.skills, str(need["skill"]): _number(need, "level")}
            return replace(technician, skills=skills)
        case "off_shift" | "overtime":
            return replace(technician, overtime_max=_number(need, "overtime_max"))
        case "over_capacity":
            return replace(technician, capacity=_number(need, "capacity"))
        case "break_impossible" if technician.break_ is not None:
            later = replace(technician.break_, latest=_number(need, "break_latest"))
            return replace(technician, break_=later)
        case _:
            return technician


def _job(job: Job, reason: Reason) -> Job:
    need, who = reason.would_need, str(reason.technician)
    match reason.code:
        case "not_allowed":
            return replace(job, technicians=(*(job.technicians or ()), who))
        case "excluded":
            return replace(job, excluded=tuple(each for each in job.excluded if each != who))
        case "locked" if job.locked is not None:
            return replace(job, locked=_lock(job.locked, need))
        case "window_missed" if job.window is not None:
            return replace(job, window=(job.window[0], _number(need, "window_closes")))
        case "dearer_than_dropping" | "crew_incomplete":
            given: Facts = {"drop_cost": job.drop_cost, "crew": job.crew, **need}
            return replace(job, drop_cost=_number(given, "drop_cost"), crew=_number(given, "crew"))
        case _:
            return job


def _lock(lock: Lock, need: Facts) -> Lock:
    if "locked_technician" in need:
        return replace(lock, technician=str(need["locked_technician"]))
    return replace(lock, start=_number(need, "locked_start"))


def _number(need: Facts, key: str) -> int:
    value = need[key]
    assert isinstance(value, int)
    return value
