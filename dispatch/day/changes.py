"""What a plan changes about a day: visits added, moved and removed, and the figures of each.

Which of the changes still hold when they are published is the server's to see.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dispatch.day.day import Work
from dispatch.day.question import DayProblem
from dispatch.day.told import told
from dispatch.planning import Flip, Plan, Reason, Route, Stop


class ChangeKind(StrEnum):
    """What happens to the visit of one piece of work."""

    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Slot:
    """A technician's time for a visit; lateness in seconds as it will come about, travel there."""

    technician: str
    starts_at: datetime
    lateness: int
    travel_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the difference: added has no `before`, removed no `after`."""

    kind: ChangeKind
    work: str
    before: Slot | None
    after: Slot | None
    moves_promise: bool = False

    @property
    def flip(self) -> Flip | None:
        """What becomes of the promise of a visit that moves; none if nothing does."""
        if self.before is None or self.after is None:
            return None
        was_late, is_late = self.before.lateness > 0, self.after.lateness > 0
        if was_late == is_late:
            return None
        return Flip.BROKEN if is_late else Flip.KEPT


@dataclass(frozen=True, slots=True)
class Measures:
    """A day in figures; late and on time count work that is promised for a time and served.

    `terms` is the bill line by line, `preferred` as the bonus it is.
    """

    total: int
    travel_seconds: int
    late: int
    on_time: int
    unassigned: int
    overtime_seconds: int
    terms: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Diff:
    """A plan against the day as it stands. `unassigned` gives each person's reason."""

    changes: tuple[Change, ...]
    unassigned: tuple[tuple[str, tuple[Reason, ...]], ...]
    before: Measures
    after: Measures

    @property
    def announced_moved(self) -> int:
        """How many technicians or customers must be told anew."""
        return sum(change.moves_promise for change in self.changes)


def diff(question: DayProblem, plan: Plan) -> Diff:
    """List what this plan changes, in the order of the new starts, what it leaves out last.

    >>> from datetime import UTC
    >>> from dispatch.day import Day, to_plan
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> empty = to_plan(Day("VALLS", "urban", midnight, midnight))
    >>> diff(empty, Plan()).changes
    ()
    """
    return Diff(
        changes=tuple(sorted(_changes(question, plan), key=_by_start)),
        unassigned=tuple((left.job, told(question, left.reasons)) for left in plan.unassigned),
        before=_measures(question, question.current),
        after=_measures(question, plan),
    )


def _by_start(change: Change) -> tuple[bool, datetime, str]:
    slot = change.after or change.before
    assert slot is not None
    return change.after is None, slot.starts_at, change.work


def _changes(question: DayProblem, plan: Plan) -> Iterator[Change]:
    stands, planned = _slots(question, question.current), _slots(question, plan)
    concerned = {job.id for job in question.problem.jobs} - _left_as_they_are(question, plan)
    for work in question.day.work:
        if work.id in concerned:
            change = _change(question, work, stands.get(work.id), planned.get(work.id))
            if change is not None:
                yield change


def _left_as_they_are(question: DayProblem, plan: Plan) -> set[str]:
    """Work on rounds the plan does not touch and that run late by less than is worth telling."""
    before = {route.technician: _starts(route) for route in question.current.routes}
    found: set[str] = set()
    for route in plan.routes:
        starts = _starts(route)
        if starts == before.get(route.technician) and _is_about_on_time(question, starts):
            found.update(starts)
    return found


def _starts(route: Route) -> dict[str, int]:
    return {stop.job: stop.start for stop in route.stops}


def _is_about_on_time(question: DayProblem, starts: Mapping[str, int]) -> bool:
    visits = {job: question.work[job].visit for job in starts}
    slips = (
        abs((question.instant(start) - visit.starts_at).total_seconds())
        for job, start in starts.items()
        if (visit := visits[job]) is not None
    )
    return max(slips, default=0) <= question.problem.stability.tolerance


def _change(
    question: DayProblem, work: Work, stands: Slot | None, after: Slot | None
) -> Change | None:
    """One change, or none if nobody is sent and nobody was, or the visit stays where it is."""
    visit = work.visit
    if visit is None:
        return None if after is None else Change(ChangeKind.ADDED, work.id, None, after)
    expected = visit.starts_at if stands is None else stands.starts_at
    before = Slot(visit.technician, visit.starts_at, work.lateness(expected))
    if after is None:
        return Change(ChangeKind.REMOVED, work.id, before, None, visit.is_announced)
    if visit.stays or (after.technician, after.starts_at) == (visit.technician, visit.starts_at):
        return None
    slip = abs((after.starts_at - expected).total_seconds())
    is_moved = after.technician != visit.technician or slip > question.problem.stability.tolerance
    return Change(ChangeKind.MOVED, work.id, before, after, visit.is_announced and is_moved)


def _slots(question: DayProblem, plan: Plan) -> dict[str, Slot]:
    """When and by whom each piece of work is served in a plan."""
    work = question.work
    found: dict[str, Slot] = {}
    for person, stop, travel in _stops(question, plan):
        starts_at = question.instant(stop.start)
        late = work[stop.job].lateness(starts_at)
        found[stop.job] = Slot(person, starts_at, late, travel)
    return found


def _stops(question: DayProblem, plan: Plan) -> Iterator[tuple[str, Stop, int]]:
    """Every stop with its person and the travel to it."""
    problem = question.problem
    places = {job.id: job.location for job in problem.jobs}
    starts = {each.id: each.start for each in problem.technicians}
    for route in plan.routes:
        here = starts[route.technician]
        for stop in route.stops:
            travel = problem.durations[here][places[stop.job]]
            here = places[stop.job]
            yield question.people[route.technician], stop, travel


def _measures(question: DayProblem, plan: Plan) -> Measures:
    work = question.work
    promised = {job: slot for job, slot in _slots(question, plan).items() if work[job].due_at}
    late = sum(slot.lateness > 0 for slot in promised.values())
    ends = {each.id: each.shift[1] for each in question.problem.technicians}
    return Measures(
        total=plan.cost.total,
        travel_seconds=plan.cost.travel,
        late=late,
        on_time=len(promised) - late,
        unassigned=len(plan.unassigned),
        overtime_seconds=sum(
            max(0, route.return_ - ends[route.technician]) for route in plan.routes
        ),
        terms=plan.cost.terms(),
    )
