"""VROOM, asked as its careful users do: deadlines as windows, widened for jobs it leaves out.

It cannot price lateness, overtime or leaving out; breaks, skills and windows it keeps. Two variants
run in turn, without overtime and with all that is allowed.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
import vroom

from dispatch.planning import Problem, Technician
from dispatch.planning.repair import Routes
from server.bench.peers.meter import Meter
from server.bench.peers.widening import Deadlines, may_do

EXPLORATION = 5  # its most thorough
NO_WAY = 10_000_000  # seconds: longer than any day
PRIORITIES = {1: 100, 2: 60, 3: 20, 4: 5}


def routes(problem: Problem, meter: Meter, seed: int) -> Iterator[Routes]:
    """Answer a plan for each pass while there is time; VROOM draws nothing, so no seed is used."""
    del seed
    variants = {extra: Deadlines(problem) for extra in (False, True)}
    while variants and meter.left > 0:
        for extra, deadlines in list(variants.items()):
            if meter.left <= 0:
                return
            answer = _solved(problem, deadlines, meter, overtime=extra)
            yield answer
            if not deadlines.widen(job for jobs in answer.values() for job in jobs):
                del variants[extra]


def _solved(problem: Problem, deadlines: Deadlines, meter: Meter, *, overtime: bool) -> Routes:
    question = vroom.Input()
    travel = np.array(problem.durations, dtype=np.int64)
    travel[travel < 0] = NO_WAY
    question.set_durations_matrix("car", travel.astype(np.uint32))
    kinds = _Kinds(problem)
    for number, person in enumerate(problem.technicians):
        latest = person.latest_return if overtime else person.shift[1]
        question.add_vehicle(_vehicle(number, person, latest, kinds.of_technician[number]))
    for number, job in enumerate(problem.jobs):
        question.add_job(
            vroom.Job(
                number,
                location=job.location,
                default_service=job.duration,
                skills={kinds.of_job[number]},
                priority=PRIORITIES[job.priority],
                time_windows=[vroom.TimeWindow(*deadlines.window(number))],
            )
        )
    limit = timedelta(seconds=meter.wall)
    answer = question.solve(EXPLORATION, nb_threads=1, timeout=limit)
    found: dict[str, list[str]] = {}
    told = answer.routes
    for vehicle, kind, task in zip(told["vehicle_id"], told["type"], told["id"], strict=True):
        if kind == "job":
            name = problem.technicians[int(vehicle)].id
            found.setdefault(name, []).append(problem.jobs[int(task)].id)
    return found


def _vehicle(number: int, person: Technician, latest: int, skills: set[int]) -> vroom.Vehicle:
    rest = person.break_
    breaks = (
        [] if rest is None else [vroom.Break(0, [_span(rest.earliest, rest.latest)], rest.duration)]
    )
    return vroom.Vehicle(
        number,
        start=person.start,
        end=person.end,
        time_window=_span(person.shift[0], latest),
        breaks=breaks,
        skills=skills,
    )


def _span(begins: int, ends: int) -> vroom.TimeWindow:
    return vroom.TimeWindow(begins, ends)


class _Kinds:
    """Jobs that the same people may do ask for one skill, which just those people have."""

    def __init__(self, problem: Problem) -> None:
        kinds: dict[tuple[int, ...], int] = {}
        self.of_job: list[int] = []
        for job in problem.jobs:
            able: Sequence[int] = may_do(problem, job)
            self.of_job.append(kinds.setdefault(tuple(able), len(kinds)))
        self.of_technician: list[set[int]] = [set() for _ in problem.technicians]
        for people, kind in kinds.items():
            for number in people:
                self.of_technician[number].add(kind)
