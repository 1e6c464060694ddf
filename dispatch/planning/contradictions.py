"""What makes a planning problem impossible: each rule finds its faults, all are listed at once.

Faults of spelling and type in a file are found while reading it, in `fields`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from dispatch.errors import Fault
from dispatch.planning.durations import Durations
from dispatch.planning.job import Job
from dispatch.planning.stability import Stability
from dispatch.planning.technician import Technician

# About thirty-two years in seconds, and a bill no company pays: sums stay exact everywhere.
LONGEST_TIME = 10**9
HIGHEST_COST = 10**12
# Every second that may be told from an origin is an instant of the calendar.
FIRST_ORIGIN, LAST_ORIGIN = datetime(1900, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)

LOWEST_PRIORITY = 4
NO_WAY = -1
SQUARE = 2  # dimensions


def contradictions(
    *,
    origin: datetime,
    now: int,
    durations: Sequence[Sequence[int]],
    technicians: Sequence[Technician],
    jobs: Sequence[Job],
    stability: Stability,
    balance_cost: int,
    arrival_cost: int = 0,
) -> list[Fault]:
    """List everything that cannot be true together, in the order of the problem file.

    >>> from datetime import UTC, datetime
    >>> job = Job("a", location=4, duration=60, priority=1, drop_cost=9)
    >>> [fault.code for fault in contradictions(
    ...     origin=datetime(2026, 6, 1, tzinfo=UTC), now=0, durations=[[0]], technicians=[],
    ...     jobs=[job], stability=Stability(), balance_cost=0)]
    ['unknown_location']
    """
    places = len(durations)
    names = {technician.id for technician in technicians}
    return [
        *_origin_faults(origin),
        *_time_faults("now", now),
        *_matrix_faults(durations),
        *_duplicates("technicians", [technician.id for technician in technicians]),
        *chain.from_iterable(
            _technician_faults(f"technicians[{index}]", technician, places)
            for index, technician in enumerate(technicians)
        ),
        *_duplicates("jobs", [job.id for job in jobs]),
        *chain.from_iterable(
            _job_faults(f"jobs[{index}]", job, places=places, technicians=names)
            for index, job in enumerate(jobs)
        ),
        *_after_faults(jobs),
        *_stability_faults(stability),
        *_cost_faults("balance_cost", balance_cost),
        *_cost_faults("arrival_cost", arrival_cost),
    ]


def job_contradictions(
    job: Job, *, places: int, technicians: set[str], others: Sequence[str]
) -> list[Fault]:
    """List what cannot be true about one job that comes to these others.

    >>> job = Job("a", location=4, duration=60, priority=1, drop_cost=9)
    >>> [fault.code for fault in job_contradictions(job, places=1, technicians=set(), others=["a"])]
    ['duplicate_id', 'unknown_location']
    """
    path = f"jobs[{len(others)}]"
    found = list(_job_faults(path, job, places=places, technicians=technicians))
    if job.id in others:
        found.insert(0, Fault(path, "duplicate_id", f"{job.id!r} is named 2 times"))
    strangers = sorted(set(job.after) - set(others))
    return [*found, *(_unknown(f"{path}.after", "job", unknown) for unknown in strangers)]


def _origin_faults(origin: datetime) -> Iterator[Fault]:
    if origin.tzinfo is None:
        yield Fault("origin", "no_offset", "give the instant with its offset from UTC")
    elif not FIRST_ORIGIN <= origin <= LAST_ORIGIN:
        sentence = f"{origin} is not between {FIRST_ORIGIN} and {LAST_ORIGIN}"
        yield Fault("origin", "out_of_range", sentence)


def _matrix_faults(durations: Sequence[Sequence[int]]) -> Iterator[Fault]:
    if isinstance(durations, Durations) and _is_plain(durations):
        return
    for index, row in enumerate(durations):
        path = f"travel.durations[{index}]"
        if len(row) != len(durations):
            sentence = f"the row has {len(row)} entries, the matrix {len(durations)} rows"
            yield Fault(path, "wrong_shape", sentence)
        if row and min(row) < NO_WAY:
            yield Fault(path, "negative", f"{min(row)} is no travel time; -1 means there is no way")
        if row and max(row) > LONGEST_TIME:
            yield Fault(path, "out_of_range", f"{max(row)} s is longer than {LONGEST_TIME} s")


def _is_plain(durations: Durations) -> bool:
    """Tell whether a whole block is free of faults, looking at its numbers at most once."""
    block = durations.block
    if block.ndim != SQUARE or block.shape[0] != block.shape[1]:
        return False
    least, greatest = durations.extremes
    return least >= NO_WAY and greatest <= LONGEST_TIME


def _technician_faults(path: str, technician: Technician, places: int) -> Iterator[Fault]:
    if not technician.id:
        yield Fault(f"{path}.id", "empty_id", "give the technician a name")
    yield from _place_faults(f"{path}.start", technician.start, places)
    yield from _place_faults(f"{path}.end", technician.end, places)
    yield from _span_faults(f"{path}.shift", technician.shift, "the shift ends before it begins")
    yield from _duration_faults(f"{path}.overtime_max", technician.overtime_max)
    yield from _cost_faults(f"{path}.overtime_cost", technician.overtime_cost)
    yield from _cost_faults(f"{path}.use_cost", technician.use_cost)
    yield from _duration_faults(f"{path}.reserve", technician.reserve)
    yield from _cost_faults(f"{path}.reserve_cost", technician.reserve_cost)
    yield from _level_faults(f"{path}.skills", technician.skills)
    yield from _duplicates(f"{path}.regions", technician.regions)
    if technician.capacity is not None:
        yield from _cost_faults(f"{path}.capacity", technician.capacity)
    if technician.break_ is not None:
        span = (technician.break_.earliest, technician.break_.latest)
        yield from _span_faults(f"{path}.break", span, "the break's latest is before its earliest")
        yield from _duration_faults(f"{path}.break.duration", technician.break_.duration)


def _job_faults(path: str, job: Job, *, places: int, technicians: set[str]) -> Iterator[Fault]:
    if not job.id:
        yield Fault(f"{path}.id", "empty_id", "give the job a name")
    yield from _place_faults(f"{path}.location", job.location, places)
    yield from _duration_faults(f"{path}.duration", job.duration)
    if not 1 <= job.priority <= LOWEST_PRIORITY:
        yield Fault(f"{path}.priority", "unknown_priority", "priorities go from 1 to 4")
    if job.crew < 1:
        yield Fault(f"{path}.crew", "empty_crew", "a job needs at least one technician")
    yield from _level_faults(f"{path}.skills", job.skills)
    yield from _job_time_faults(path, job)
    yield from _job_cost_faults(path, job)
    for field, named in _technicians_named_by(job):
        for unknown in sorted(set(named) - technicians):
            yield _unknown(f"{path}.{field}", "technician", unknown)


def _job_time_faults(path: str, job: Job) -> Iterator[Fault]:
    yield from _time_faults(f"{path}.release", job.release)
    if job.window is not None:
        yield from _span_faults(f"{path}.window", job.window, "the window closes before it opens")
        if job.release > job.window[1]:
            yield Fault(f"{path}.window", "window_closed", "the window closes before the release")
    if job.due is not None:
        yield from _time_faults(f"{path}.due", job.due)
    if job.aim is not None:
        yield from _time_faults(f"{path}.aim", job.aim)
    if job.announced is not None:
        yield from _time_faults(f"{path}.announced.start", job.announced.start)
    if job.locked is not None and job.locked.start is not None:
        yield from _time_faults(f"{path}.locked.start", job.locked.start)


def _job_cost_faults(path: str, job: Job) -> Iterator[Fault]:
    yield from _cost_faults(f"{path}.late_cost", job.late_cost)
    yield from _cost_faults(f"{path}.late_fixed", job.late_fixed)
    yield from _cost_faults(f"{path}.aim_cost", job.aim_cost)
    yield from _cost_faults(f"{path}.drop_cost", job.drop_cost)
    yield from _cost_faults(f"{path}.borrow_cost", job.borrow_cost)
    yield from _cost_faults(f"{path}.load", job.load)
    for technician, bonus in job.preferred.items():
        if abs(bonus) > HIGHEST_COST:
            sentence = f"{bonus} is more than {HIGHEST_COST}"
            yield Fault(f"{path}.preferred.{technician}", "out_of_range", sentence)


def _technicians_named_by(job: Job) -> Iterator[tuple[str, Iterable[str]]]:
    yield "technicians", job.technicians or ()
    yield "excluded", job.excluded
    yield "preferred", job.preferred
    if job.announced is not None:
        yield "announced.technician", (job.announced.technician,)
    if job.locked is not None and job.locked.technician is not None:
        yield "locked.technician", (job.locked.technician,)


def _after_faults(jobs: Sequence[Job]) -> Iterator[Fault]:
    known = {job.id for job in jobs}
    for index, job in enumerate(jobs):
        for unknown in sorted(set(job.after) - known):
            yield _unknown(f"jobs[{index}].after", "job", unknown)
    circle = _waiting_in_a_circle({job.id: set(job.after) & known for job in jobs})
    for index, job in enumerate(jobs):
        if job.id in circle:
            sentence = "the job waits, through others, for itself"
            yield Fault(f"jobs[{index}].after", "circular_after", sentence)


def _waiting_in_a_circle(waits_for: dict[str, set[str]]) -> set[str]:
    """Strip jobs that wait for nobody, then jobs nobody waits for; what is left goes in circles."""
    left = {job: set(others) for job, others in waits_for.items()}
    while free := {job for job, others in left.items() if not others}:
        left = {job: others - free for job, others in left.items() if job not in free}
    while left and (idle := set(left) - set().union(*left.values())):
        left = {job: others for job, others in left.items() if job not in idle}
    return set(left)


def _stability_faults(stability: Stability) -> Iterator[Fault]:
    yield from _cost_faults("stability.move_cost", stability.move_cost)
    yield from _duration_faults("stability.tolerance", stability.tolerance)
    if stability.budget is not None:
        yield from _cost_faults("stability.budget", stability.budget)


def _duplicates(path: str, names: Sequence[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(path, "duplicate_id", f"{name!r} is named {count} times")


def _place_faults(path: str, place: int, places: int) -> Iterator[Fault]:
    if not 0 <= place < places:
        yield Fault(path, "unknown_location", f"there is no place {place} among {places}")


def _span_faults(path: str, span: tuple[int, int], sentence: str) -> Iterator[Fault]:
    for index, moment in enumerate(span):
        yield from _time_faults(f"{path}[{index}]", moment)
    if span[1] < span[0]:
        yield Fault(path, "ends_before_it_begins", f"{sentence}: {span[0]} to {span[1]}")


def _time_faults(path: str, seconds: int) -> Iterator[Fault]:
    if abs(seconds) > LONGEST_TIME:
        yield Fault(path, "out_of_range", f"{seconds} s is more than {LONGEST_TIME} s away")


def _duration_faults(path: str, seconds: int) -> Iterator[Fault]:
    if seconds < 0:
        yield Fault(path, "negative", f"{seconds} s is no length of time")
    yield from _time_faults(path, max(0, seconds))


def _cost_faults(path: str, amount: int) -> Iterator[Fault]:
    if amount < 0:
        yield Fault(path, "negative", f"{amount} is below zero")
    if amount > HIGHEST_COST:
        yield Fault(path, "out_of_range", f"{amount} is more than {HIGHEST_COST}")


def _level_faults(path: str, skills: Mapping[str, int]) -> Iterator[Fault]:
    for skill, level in skills.items():
        if level < 1:
            yield Fault(f"{path}.{skill}", "below_level_one", "skill levels start at 1")


def _unknown(path: str, kind: str, name: str) -> Fault:
    return Fault(path, "unknown_id", f"there is no {kind} {name!r}")
