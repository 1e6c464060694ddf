"""The whole question put to the planner: places, technicians, jobs and how much may move.

Reading and writing its file is in `problem_file`; what makes it impossible in `contradictions`.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from dispatch.errors import Fault
from dispatch.planning.contradictions import contradictions, job_contradictions
from dispatch.planning.job import Job
from dispatch.planning.refusals import ProblemRefused
from dispatch.planning.stability import Stability
from dispatch.planning.technician import Technician


@dataclass(frozen=True, slots=True)
class Problem:
    """Who could be sent where, and what it would cost; refused whole if it contradicts itself.

    `durations[a][b]` is the travel in seconds from place a to place b, -1 if there is no way.

    >>> from datetime import UTC, datetime
    >>> Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),)).now
    0
    """

    origin: datetime
    durations: Sequence[Sequence[int]]
    technicians: tuple[Technician, ...] = ()
    jobs: tuple[Job, ...] = ()
    now: int = 0
    stability: Stability = field(default_factory=Stability)
    balance_cost: int = 0
    arrival_cost: int = 0

    def __post_init__(self) -> None:
        found = faults(self)
        if found:
            raise ProblemRefused(found)


def faults(problem: Problem) -> tuple[Fault, ...]:
    """List everything about this problem that cannot be, with the place and a sentence each.

    A problem that exists has none: the list is what its making is refused with.

    >>> from datetime import UTC, datetime
    >>> faults(Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),)))
    ()
    """
    return tuple(
        contradictions(
            origin=problem.origin,
            now=problem.now,
            durations=problem.durations,
            technicians=problem.technicians,
            jobs=problem.jobs,
            stability=problem.stability,
            balance_cost=problem.balance_cost,
            arrival_cost=problem.arrival_cost,
        )
    )


def part_of(problem: Problem, jobs: Iterable[Job]) -> Problem:
    """The same question about these jobs alone: what holds for all of it is not looked over again.

    >>> from datetime import UTC, datetime
    >>> part_of(Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),)), ()).jobs
    ()
    """
    part = copy(problem)  # makes no new value by its rules, so that nothing is verified twice
    object.__setattr__(part, "jobs", tuple(jobs))
    return part


def with_job(
    problem: Problem, job: Job, durations: Sequence[Sequence[int]] | None = None
) -> Problem:
    """The same question with one job more, and a longer list of places if given.

    Only what is new is looked over; raises `ProblemRefused` if it cannot be.

    >>> from datetime import UTC, datetime
    >>> lift = Job("lift", location=0, duration=60, priority=1, drop_cost=9)
    >>> len(with_job(Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),)), lift).jobs)
    1
    """
    longer = part_of(problem, (*problem.jobs, job))
    if durations is not None:
        object.__setattr__(longer, "durations", durations)
    found = job_contradictions(
        job,
        places=len(longer.durations),
        technicians={each.id for each in problem.technicians},
        others=[each.id for each in problem.jobs],
    )
    if found:
        raise ProblemRefused(found)
    return longer


def with_part(problem: Problem, part: Problem) -> Problem:
    """The same question with the technicians and jobs of a part in place of theirs.

    The part is of the same moment, and its places go on from those of the question. Jobs that only
    the part names come last; technicians that only it names are not taken over.

    >>> from datetime import UTC, datetime
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 60))
    >>> whole = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), (anna,))
    >>> late = Problem(whole.origin, ((0,),), (Technician("anna", 0, 0, shift=(30, 60)),))
    >>> with_part(whole, late).technicians[0].shift
    (30, 60)
    """
    people = {each.id: each for each in part.technicians}
    jobs = {each.id: each for each in (*problem.jobs, *part.jobs)}
    whole = part_of(problem, jobs.values())
    named = tuple(people.get(each.id, each) for each in problem.technicians)
    object.__setattr__(whole, "technicians", named)
    object.__setattr__(whole, "durations", part.durations)
    return whole
