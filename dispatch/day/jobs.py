"""Work as the planner sees it: a job with its promise, its costs and what is fixed about it.

The weights are in `weights`; what is fixed about planned visits is found in `standing`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dispatch.agreements import Severity
from dispatch.day.day import Day, Work
from dispatch.day.places import Places, minute_after, seconds_after
from dispatch.day.stints import Stint
from dispatch.day.weights import CALLED_OUT_FOR
from dispatch.planning import Job

LAST_SECOND = 10**8  # beyond any day: a window that never closes
WHOLE_DAY = timedelta(days=1)


def job_of(day: Day, work: Work, places: Places, stints: Sequence[Stint]) -> Job:
    """Turn work into a job that anybody who is able may do at any time: nothing is fixed yet."""
    weights = day.weights.of(work.severity)
    job = Job(
        work.id,
        location=places.number(work.at),
        duration=work.duration_seconds,
        priority=weights.priority,
        drop_cost=weights.drop_cost if _is_due(day, work) else weights.wait_cost,
        skills=dict(work.skills),
        window=_window(day, work),
        late_cost=weights.late_cost,
        excluded=() if work.severity in CALLED_OUT_FOR else _on_call(stints),
        region=None if work.is_elsewhere else day.region,
        borrow_cost=day.weights.borrow_cost if day.borrow_cost is None else day.borrow_cost,
    )
    return _with_promise(day, work, job)


def _with_promise(day: Day, work: Work, job: Job) -> Job:
    """Add the promise to the customer in force, else the aim of the severity.

    What is owed is owed by the customer's own due; our stricter aim comes on top of it. A promise
    already missed is due now: what is lost is lost, and must not make the work too dear to do at
    all. Somebody trapped waits from now on: there the promise is a limit, and every second before
    it counts as well.
    """
    weights = day.weights.of(work.severity)
    now = minute_after(day.starts_at, day.now)
    if work.severity is Severity.ENTRAPMENT:
        return replace(job, due=now)
    if work.due_at is not None:
        due = int((work.due_at - day.starts_at).total_seconds() // 1)
        fixed = 0 if work.due_at < day.now else weights.late_fixed
        return _with_aim(day, work, replace(job, due=max(due, now), late_fixed=fixed))
    if weights.aim_seconds is None:
        return job
    aim = seconds_after(day.starts_at, work.reported_at) + weights.aim_seconds
    return replace(job, due=max(aim, now))


def _with_aim(day: Day, work: Work, job: Job) -> Job:
    """Add our own aim where it comes before the promise; one that has passed counts from now on."""
    if work.internal_due_at is None or job.due is None:
        return job
    now = minute_after(day.starts_at, day.now)
    aim = max(int((work.internal_due_at - day.starts_at).total_seconds() // 1), now, 0)
    if aim >= job.due:
        return job
    return replace(job, aim=aim, aim_cost=day.weights.of(work.severity).aim_cost)


def _is_due(day: Day, work: Work) -> bool:
    """Whether leaving it for another day would miss the promise."""
    return work.due_at is not None and work.due_at < day.starts_at + WHOLE_DAY


def _window(day: Day, work: Work) -> tuple[int, int] | None:
    """When work may begin; a window that has closed already binds nobody any more.

    One that is open yet and closes before a later day begins leaves nothing of that day.
    """
    if work.window_from is None and work.window_to is None:
        return None
    opens = 0 if work.window_from is None else seconds_after(day.starts_at, work.window_from)
    closes = LAST_SECOND
    if work.window_to is not None and work.window_to > day.now:
        closes = seconds_after(day.starts_at, work.window_to)
    return opens, max(opens, closes, 0)


def _on_call(stints: Sequence[Stint]) -> tuple[str, ...]:
    return tuple(stint.technician.id for stint in stints if stint.is_on_call)
