"""Days lived one event after the other: calls come in, the office answers, plans are kept up.

It runs the real core: states move by the lifecycle tables, the office sees a `dispatch.day`, the
planner answers, clocks judge. What chance does is in `luck`, who plans is in `office`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS, ChangeKind, Day, DayEvent, EventKind, Replanned, Slot
from dispatch.interventions import FactKind, InterventionCommand, VisitCommand, VisitStatus
from dispatch.roster import Shift
from dispatch.simulation.calls import Call
from dispatch.simulation.case import Case, Passage, opened
from dispatch.simulation.crew import Member
from dispatch.simulation.office import Planner, day_of
from dispatch.simulation.outcome import Outcome, outcome
from dispatch.simulation.road import Road
from dispatch.simulation.world import Happening, World

PLANNED_AT, CLEARED_AT = time(5, 30), time(21)
ACCEPTED_WITHIN = timedelta(minutes=4)
# Technicians accept what comes next; the afternoon may still be planned again.
ACCEPTED_AHEAD = timedelta(minutes=75)
URGENT = frozenset({Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE})


@dataclass(frozen=True, slots=True)
class Lived:
    """What was lived: every event in order, every case as it stands, and the figures."""

    happenings: tuple[Happening, ...]
    cases: tuple[Case, ...]
    outcome: Outcome
    ended_at: datetime


def unheard(_: Replanned) -> None:
    """Whoever does not want to know how the office answered."""


@dataclass(slots=True)
class Life:
    """A region's life, one event at a time; `heard` is told each answer before it is carried out.

    Events not among those `answered` leave the plan as it is: technicians come later, work waits.
    The same world, calls and planner live the same days.
    """

    world: World
    calls: Sequence[Call]
    planner: Planner
    heard: Callable[[Replanned], None] = unheard
    answered: frozenset[EventKind] = frozenset(EventKind)
    road: Road = field(init=False)

    def __post_init__(self) -> None:
        self.road = Road(self.world, self._told)

    def live(self, first_day: date, days: int) -> Lived:
        """Live through so many days, from the first midnight to the last."""
        for day in (first_day + timedelta(days=number) for number in range(days)):
            self.world.at(self.world.instant(day, time()), partial(self._begin, day))
            self.world.at(self.world.instant(day, PLANNED_AT), self._plan)
            self.world.at(self.world.instant(day, CLEARED_AT), self._clear)
        for call in self.calls:
            self.world.at(call.at, partial(self._ring, call))
        end = self.world.instant(first_day + timedelta(days=days), time())
        self.world.run_until(end)
        found = tuple(self.world.cases.values())
        figures = outcome(found, self.world.tally, end)
        return Lived(tuple(self.world.happenings), found, figures, end)

    def _begin(self, day: date) -> None:
        """Who is ill, who will be late, who falls ill later: known to chance alone."""
        for member in self.world.crew.values():
            for shift in member.duties(day):
                if self.world.luck.is_sick(member.id, day):
                    member.falls_ill(day, self.world.now)
                    continue
                late = self.world.luck.late_start(member.id, day)
                if late and late < (shift.ends_at - shift.starts_at).total_seconds():
                    self.world.at(shift.starts_at, partial(self._is_late, member, shift, late))
                share = self.world.luck.sick_after(member.id, day)
                if share is not None:
                    at = shift.starts_at + (shift.ends_at - shift.starts_at) * share
                    self.world.at(at, partial(self._falls_ill, member, day))

    def _plan(self) -> None:
        self._answer(EventKind.DAY_BEGINS)

    def _clear(self) -> None:
        """In the evening, what nobody came to goes back to the queue."""
        for case in self.world.open.values():
            visit = case.visit
            if visit is None or not visit.is_planned:
                continue
            stretch = self.world.crew[visit.technician].stretch_for(visit.starts_at, self.world.day)
            if stretch is None or stretch.ends_at <= self.world.now:
                self.world.command(case, visit, VisitCommand.UNASSIGN)

    def _is_late(self, member: Member, shift: Shift, seconds: int) -> None:
        member.begins_late(shift, seconds)
        self._answer(EventKind.LATE, technician=member.id)

    def _falls_ill(self, member: Member, day: date) -> None:
        """Whatever they are at is left, whatever they were to do goes back to the queue."""
        member.falls_ill(day, self.world.now)
        for case in self.world.open.values():
            visit = case.visit
            if visit is None or visit.technician != member.id:
                continue
            if visit.is_planned:
                self.world.command(case, visit, VisitCommand.UNASSIGN)
            else:
                self.world.command(case, visit, VisitCommand.CANNOT_COMPLETE)
                member.busy = None
        self.road.go_home(member)
        self._answer(EventKind.SICKNESS, technician=member.id)

    def _ring(self, call: Call) -> None:
        case = opened(call, self.world.territory.promised(call.lift, call.severity))
        self.world.begin(case)
        self.world.record(case, FactKind.CALL_RECEIVED)
        after = self.world.luck.cancelled_after(call.id)
        is_cancelled = after is not None and call.severity is not Severity.ENTRAPMENT
        if is_cancelled and after is not None and not call.is_planned:
            at = self.world.now + timedelta(seconds=after)
            self.world.at(at, partial(self._is_cancelled, case))
        if call.severity in URGENT:
            self._answer(EventKind.URGENT_CALL, case)
        elif not call.is_planned:
            self._answer(EventKind.CALL, case)

    def _is_cancelled(self, case: Case) -> None:
        """The caller needs nobody any more; who is on the way already comes."""
        visit = case.visit
        if case.decided is not None or (visit is not None and visit.is_under_way):
            return
        case.cancel(self.world.now)
        self.world.end(case)
        self.world.record(case, InterventionCommand.CANCEL)
        if visit is not None:
            self._answer(EventKind.CANCELLED, case)

    def _answer(
        self, kind: EventKind, case: Case | None = None, *, technician: str | None = None
    ) -> None:
        """Let the planner answer, and carry it out; at night only urgent calls are looked at."""
        is_seen = kind is EventKind.URGENT_CALL or self._is_open()
        if kind not in self.answered or not is_seen:
            return
        work = None if case is None else case.id
        event = DayEvent(kind, self.world.now, work, technician)
        answer = self.planner(self._seen(), event)
        if answer.question.left_alone:
            for name in answer.question.left_alone:
                self._return(self.world.cases[name])
            answer = self.planner(self._seen(), event)
        self.heard(answer)
        self.world.tally.replans += 1
        self._carry_out(answer)

    def _is_open(self) -> bool:
        return PLANNED_AT <= self.world.wall < CLEARED_AT

    def _told(self, kind: EventKind, case: Case, technician: str | None) -> None:
        self._answer(kind, case, technician=technician)

    def _seen(self) -> Day:
        world = self.world
        return day_of(
            world.territory, world.crew.values(), world.open, day=world.day, now=world.now
        )

    def _return(self, case: Case) -> None:
        """A dispatcher's own hand: what no longer fits its technician goes back to the queue."""
        if case.visit is not None and case.visit.is_planned:
            self.world.command(case, case.visit, VisitCommand.UNASSIGN)

    def _carry_out(self, answer: Replanned) -> None:
        for change in answer.diff.changes:
            case, after = self.world.cases[change.work], change.after
            visit = case.visit
            self.world.tally.moved += _is_told_anew(visit, after)
            if change.kind is not ChangeKind.ADDED and visit is not None:
                is_same = after is not None and after.technician == visit.technician
                if is_same and after is not None:
                    visit.put_at(after.starts_at, after.travel_seconds)
                    self._accepts_later(case, visit)
                    continue
                gone = VisitCommand.UNASSIGN if after is None else VisitCommand.REASSIGN
                self.world.command(case, visit, gone)
            if after is not None:
                made = Passage(
                    after.technician, after.starts_at, after.travel_seconds, self.world.now
                )
                case.visits.append(made)
                self.world.record(case, VisitCommand.PROPOSE, made.technician)
                self.world.command(case, made, VisitCommand.DISPATCH)
                self._accepts_later(case, made)
        for member in self.world.crew.values():
            self.road.wake(member)

    def _accepts_later(self, case: Case, visit: Passage) -> None:
        told = visit.announced_at or self.world.now
        at = max(told + ACCEPTED_WITHIN, visit.starts_at - ACCEPTED_AHEAD, self.world.now)
        self.world.at(at, partial(self._accepts, case, visit))

    def _accepts(self, case: Case, visit: Passage) -> None:
        if visit.status is VisitStatus.DISPATCHED:
            is_soon = visit.starts_at - ACCEPTED_AHEAD <= self.world.now
            if is_soon:
                self.world.command(case, visit, VisitCommand.ACCEPT)


def _is_told_anew(visit: Passage | None, after: Slot | None) -> bool:
    """Whether somebody who was told a time and a name must be told another."""
    if visit is None or visit.announced_at is None:
        return False
    if after is None or after.technician != visit.technician:
        return True
    slip = abs((after.starts_at - visit.starts_at).total_seconds())
    return slip > WEIGHTS.tolerance_seconds
