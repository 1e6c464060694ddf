"""Why a job does not fit on a technician's tour: the first rule that no position keeps.

The rules are enforced one after the other. The first that leaves no way to serve the job is the
reason: without it there is a way as far as the rules before it go, so relaxing it alone helps or
brings the next reason to light. Rules without a route are in `eligibility`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from dispatch.planning.plan import Reason
from dispatch.planning.schedule import rested_arrival
from dispatch.planning.shapes import RouteShape, Shapes

# Positions tried with a break; a day has fewer, but a made-up one may have hundreds.
MOST_RESTED = 40
MISSED = 1 << 40  # one more job missed weighs more than any delay


@dataclass(frozen=True, slots=True)
class Case:
    """The question: this job, on this technician's tour, with so many promises moved elsewhere."""

    shapes: Shapes
    technician: int
    jobs: tuple[int, ...]
    job: int
    moved_elsewhere: int = 0

    @property
    def name(self) -> str:
        return self.shapes.problem.technicians[self.technician].id

    @property
    def route(self) -> RouteShape:
        return self.shapes.routes[self.technician]


class Attempt(NamedTuple):
    """One way to serve the job: the sequence, its times, and the leg of the break if taken."""

    jobs: tuple[int, ...]
    rest_leg: int | None
    missing_legs: tuple[tuple[int, int], ...]
    begins: tuple[int, ...]
    departures: tuple[int, ...]
    back: int


Measure = Callable[[Case, Attempt], int]
Telling = Callable[[Case, Attempt], Reason]


def obstacle(case: Case) -> Reason:
    """Tell the first rule that keeps the job off the tour whatever its position.

    Ask only for a job that cannot be placed. Under a budget of promises a way may remain that is
    too dear to be taken; the promises it spares are then the reason.
    """
    attempts = list(_without_rest(case))
    for measure, telling in BEFORE_THE_REST:
        kept = [attempt for attempt in attempts if measure(case, attempt) <= 0]
        if not kept:
            return telling(case, _nearest(case, attempts, measure))
        attempts = kept
    if case.route.owes_rest:
        soonest = sorted(attempts, key=lambda attempt: attempt.back)[:MOST_RESTED]
        attempts = [rested for attempt in soonest for rested in _with_rest(case, attempt)]
    for measure, telling in WITH_THE_REST:
        kept = [attempt for attempt in attempts if measure(case, attempt) <= 0]
        if not kept:
            return telling(case, _nearest(case, attempts, measure))
        attempts = kept
    return _over_budget(case, _nearest(case, attempts, _excess_moves))


def _nearest(case: Case, attempts: list[Attempt], measure: Measure) -> Attempt:
    return min(attempts, key=lambda attempt: measure(case, attempt))


def _without_rest(case: Case) -> Iterator[Attempt]:
    for position in range(len(case.jobs) + 1):
        jobs = (*case.jobs[:position], case.job, *case.jobs[position:])
        yield _walked(case, jobs, None)


def _with_rest(case: Case, attempt: Attempt) -> Iterator[Attempt]:
    """Take the break on each leg that is worth a look and keeps the rules so far.

    If none is in time for the break, the first later leg that keeps them tells what it would take.
    """
    if attempt.back <= case.route.rest_earliest:
        yield attempt
        return
    starts = case.shapes.starts[case.technician]
    latest = [starts[job].latest for job in attempt.jobs]
    found = False
    for leg in _worthwhile_legs(case, attempt):
        if found and attempt.departures[leg] > case.route.rest_latest:
            return
        rested = _walked(case, attempt.jobs, leg)
        if all(begin <= last for begin, last in zip(rested.begins, latest, strict=True)):
            found = True
            yield rested


def _worthwhile_legs(case: Case, attempt: Attempt) -> Iterator[int]:
    """A break before a job that ends before the break may begin is never better than after it."""
    earliest, last = case.route.rest_earliest, len(attempt.jobs)
    return (leg for leg in range(last + 1) if leg == last or attempt.departures[leg + 1] > earliest)


def _walked(case: Case, jobs: tuple[int, ...], rest_leg: int | None) -> Attempt:
    """Give the times of these jobs in this order; a leg without a way is taken as no distance."""
    shapes, route = case.shapes, case.route
    starts = [shapes.starts[case.technician][job] for job in jobs]
    places = [route.start, *(start.place for start in starts), route.end]
    missing = []
    begins, departures = [], [route.leave]
    arrival = route.leave
    for leg, (origin, destination) in enumerate(pairwise(places)):
        road = shapes.travel[origin][destination]
        if road < 0:
            missing.append((origin, destination))
        arrival = departures[-1] + max(0, road)
        if leg == rest_leg:
            arrival = rested_arrival(route, departures[-1], max(0, road))
        if leg < len(jobs):
            begins.append(max(arrival, starts[leg].floor))
            departures.append(begins[-1] + starts[leg].duration)
    return Attempt(jobs, rest_leg, tuple(missing), tuple(begins), tuple(departures), arrival)


# Each rule: by how much an attempt breaks it, and the reason to tell about the nearest attempt.


def _after_hours(case: Case, _: Attempt) -> int:
    return case.route.leave - case.route.latest_return


def _off_shift(case: Case, _: Attempt) -> Reason:
    facts = {"leaves": case.route.leave, "ends": case.route.latest_return}
    needed = case.route.leave - case.route.shift_end
    return Reason(case.name, "off_shift", facts, {"overtime_max": needed})


def _missing_legs(_: Case, attempt: Attempt) -> int:
    return len(attempt.missing_legs)


def _unreachable(case: Case, attempt: Attempt) -> Reason:
    origin, destination = attempt.missing_legs[0]
    legs = {"from": origin, "to": destination}
    return Reason(case.name, "unreachable", legs, {"way_from": origin, "way_to": destination})


def _overload(case: Case, attempt: Attempt) -> int:
    return sum(case.shapes.loads[job] for job in attempt.jobs) - case.route.capacity


def _over_capacity(case: Case, attempt: Attempt) -> Reason:
    load = sum(case.shapes.loads[job] for job in attempt.jobs)
    facts = {"load": load, "capacity": case.route.capacity}
    return Reason(case.name, "over_capacity", facts, {"capacity": load})


def _begin(attempt: Attempt, job: int) -> int:
    return attempt.begins[attempt.jobs.index(job)]


def _closes(case: Case, job: int) -> int | None:
    window = case.shapes.problem.jobs[job].window
    return None if window is None else window[1]


def _locked_start(case: Case, job: int) -> int | None:
    lock = case.shapes.problem.jobs[job].locked
    return None if lock is None else lock.start


def _own_delay(case: Case, attempt: Attempt) -> int:
    closes = _closes(case, case.job)
    return 0 if closes is None else _begin(attempt, case.job) - closes


def _own_window(case: Case, attempt: Attempt) -> Reason:
    return _window_reason(case, attempt, case.job)


def _own_lock_delay(case: Case, attempt: Attempt) -> int:
    locked = _locked_start(case, case.job)
    return 0 if locked is None else _begin(attempt, case.job) - locked


def _own_lock(case: Case, attempt: Attempt) -> Reason:
    return _lock_reason(case, attempt, case.job)


def _missed_windows(case: Case, attempt: Attempt) -> list[tuple[int, int]]:
    """The jobs whose windows this attempt misses, with the seconds."""
    closings = [(job, _closes(case, job)) for job in attempt.jobs]
    return _delays(attempt, closings)


def _missed_locks(case: Case, attempt: Attempt) -> list[tuple[int, int]]:
    locks = [(job, _locked_start(case, job)) for job in attempt.jobs]
    return _delays(attempt, locks)


def _delays(attempt: Attempt, bounds: list[tuple[int, int | None]]) -> list[tuple[int, int]]:
    return [
        (job, begin - bound)
        for (job, bound), begin in zip(bounds, attempt.begins, strict=True)
        if bound is not None and begin > bound
    ]


def _windows_delay(case: Case, attempt: Attempt) -> int:
    return sum(MISSED + delay for _, delay in _missed_windows(case, attempt))


def _window_of_another(case: Case, attempt: Attempt) -> Reason:
    return _window_reason(case, attempt, _missed_windows(case, attempt)[0][0])


def _locks_delay(case: Case, attempt: Attempt) -> int:
    return sum(MISSED + delay for _, delay in _missed_locks(case, attempt))


def _lock_of_another(case: Case, attempt: Attempt) -> Reason:
    return _lock_reason(case, attempt, _missed_locks(case, attempt)[0][0])


def _missed_appointments(case: Case, attempt: Attempt) -> list[tuple[int, int]]:
    appointed = case.shapes.appointments
    return _delays(attempt, [(job, appointed.get(job)) for job in attempt.jobs])


def _appointments_delay(case: Case, attempt: Attempt) -> int:
    return sum(MISSED + delay for _, delay in _missed_appointments(case, attempt))


def _waited_for(case: Case, attempt: Attempt) -> Reason:
    job, delay = _missed_appointments(case, attempt)[0]
    appointed = case.shapes.appointments[job]
    facts: dict[str, int | str | None] = {"arrival": appointed + delay, "appointed": appointed}
    return Reason(
        case.name, "waited_for", facts | _another(case, job), {"appointed": appointed + delay}
    )


def _window_reason(case: Case, attempt: Attempt, job: int) -> Reason:
    arrival = _begin(attempt, job)
    facts: dict[str, int | str | None] = {"arrival": arrival, "closes": _closes(case, job)}
    return Reason(
        case.name, "window_missed", facts | _another(case, job), {"window_closes": arrival}
    )


def _lock_reason(case: Case, attempt: Attempt, job: int) -> Reason:
    arrival = _begin(attempt, job)
    facts: dict[str, int | str | None] = {
        "arrival": arrival,
        "locked_start": _locked_start(case, job),
    }
    return Reason(case.name, "locked", facts | _another(case, job), {"locked_start": arrival})


def _another(case: Case, job: int) -> dict[str, int | str | None]:
    """Name the job if it is not the one asked about but one already on the tour."""
    return {} if job == case.job else {"job": case.shapes.problem.jobs[job].id}


def _rest_delay(case: Case, attempt: Attempt) -> int:
    if attempt.rest_leg is None:
        return 0
    return attempt.departures[attempt.rest_leg] - case.route.rest_latest


def _break_impossible(case: Case, attempt: Attempt) -> Reason:
    ready = case.route.rest_latest + _rest_delay(case, attempt)
    facts = {"ready": ready, "latest": case.route.rest_latest}
    return Reason(case.name, "break_impossible", facts, {"break_latest": ready})


def _excess_overtime(case: Case, attempt: Attempt) -> int:
    return attempt.back - case.route.latest_return


def _overtime(case: Case, attempt: Attempt) -> Reason:
    return too_much_overtime(case.shapes, case.technician, attempt.back)


def too_much_overtime(shapes: Shapes, technician: int, back: int) -> Reason:
    """Tell that the technician would be back too late, and how much overtime it would take."""
    route, name = shapes.routes[technician], shapes.problem.technicians[technician].id
    needed = back - route.shift_end
    facts = {"needed": needed, "max": route.latest_return - route.shift_end}
    return Reason(name, "overtime", facts, {"overtime_max": needed})


def _moves(case: Case, attempt: Attempt) -> int:
    jobs = case.shapes.problem.jobs
    starts = case.shapes.starts[case.technician]
    moved = case.moved_elsewhere
    for job, begin in zip(attempt.jobs, attempt.begins, strict=True):
        if job in case.shapes.appointments:
            continue
        promise = jobs[job].announced
        elsewhere = promise is not None and promise.technician != case.name
        moved += elsewhere or begin > starts[job].slip
    return moved


def _excess_moves(case: Case, attempt: Attempt) -> int:
    budget = case.shapes.problem.stability.budget
    return 0 if budget is None else _moves(case, attempt) - budget


def _over_budget(case: Case, attempt: Attempt) -> Reason:
    moves = _moves(case, attempt)
    facts = {"moves": moves, "budget": case.shapes.problem.stability.budget}
    return Reason(case.name, "over_budget", facts, {"budget": moves})


BEFORE_THE_REST: tuple[tuple[Measure, Telling], ...] = (
    (_after_hours, _off_shift),
    (_missing_legs, _unreachable),
    (_overload, _over_capacity),
    (_own_delay, _own_window),
    (_own_lock_delay, _own_lock),
    (_windows_delay, _window_of_another),
    (_locks_delay, _lock_of_another),
    (_appointments_delay, _waited_for),
)

WITH_THE_REST: tuple[tuple[Measure, Telling], ...] = (
    (_rest_delay, _break_impossible),
    (_excess_overtime, _overtime),
    (_excess_moves, _over_budget),
)
