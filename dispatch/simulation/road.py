"""Technicians on the road: when they leave, how long it takes, what they find, when they go home.

Where they are sent is the office's business; what chance does to them is in `luck`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS, EventKind
from dispatch.geo import travel_seconds
from dispatch.interventions import (
    FactKind,
    InterventionCommand,
    PauseReason,
    VisitCommand,
    VisitStatus,
)
from dispatch.roster import Availability, ShiftKind
from dispatch.simulation.case import Case, Passage
from dispatch.simulation.crew import Member
from dispatch.simulation.world import World

MINUTE = 60
NOTICED_AFTER = timedelta(minutes=10)
AT_THE_DOOR = timedelta(minutes=1)
FREED_WITHIN = timedelta(minutes=9)
KNOCKS_FOR = timedelta(minutes=10)
OPENS_AGAIN_AFTER = timedelta(hours=2)
PARTS_ARRIVE_AFTER = timedelta(days=1)
SHARE_BEFORE_THE_PART = 0.5

Tell = Callable[[EventKind, Case, str | None], None]


@dataclass(slots=True)
class Road:
    """What technicians do of their own; whatever upsets a plan they `tell` the office."""

    world: World
    tell: Tell

    def wake(self, member: Member) -> None:
        """See what a technician does next: leave for the next visit, wait for it, or go home."""
        if member.busy is not None:
            return
        member.eats_while_free(self.world.now, self.world.day)
        case = self._next(member)
        if case is None or case.visit is None:
            self._rest(member)
            return
        leaves = self._leaves_at(member, case.visit, case)
        if leaves is None:
            return
        if leaves > self.world.now:
            self._wake_at(member, leaves)
        else:
            self._depart(member, case, case.visit)

    def _wake_at(self, member: Member, at: datetime) -> None:
        if member.wakes_at is None or not self.world.now < member.wakes_at <= at:
            member.wakes_at = at
            self.world.at(at, partial(self._woken, member))

    def _woken(self, member: Member) -> None:
        if member.wakes_at is not None and member.wakes_at <= self.world.now:
            member.wakes_at = None
        self.wake(member)

    def _next(self, member: Member) -> Case | None:
        own = [
            case
            for case in self.world.open.values()
            if case.visit is not None
            and case.visit.is_planned
            and case.visit.technician == member.id
        ]
        return min(own, key=lambda case: (_starts(case), case.id), default=None)

    def _leaves_at(self, member: Member, visit: Passage, case: Case) -> datetime | None:
        """When to leave so as to be there in time; None where the stretch for it is over."""
        stretch = member.stretch_for(visit.starts_at, self.world.day)
        if stretch is None:
            is_bound = visit.status is VisitStatus.ACCEPTED
            return (
                self.world.now
                if is_bound and member.stretch_at(self.world.now, self.world.day)
                else None
            )
        drive = timedelta(seconds=self._drive(member, case))
        leaves = visit.starts_at - drive
        soonest = max(self.world.now, stretch.starts_at)
        over = member.lunch_ends(stretch, there_at=soonest + drive, starts_at=visit.starts_at)
        if over is not None and stretch.lunch is not None and over <= visit.starts_at:
            leaves -= timedelta(seconds=stretch.lunch.duration_seconds)
        return max(soonest, leaves)

    def _depart(self, member: Member, case: Case, visit: Passage) -> None:
        if visit.status is VisitStatus.DISPATCHED:
            self.world.command(case, visit, VisitCommand.ACCEPT)
        drive = self._drive(member, case)
        stretch = member.stretch_for(visit.starts_at, self.world.day)
        self.world.command(case, visit, VisitCommand.START_TRAVEL)
        member.busy = case
        attempt = len(case.visits)
        turns_out = self.world.luck.travel(drive, case.id, attempt)
        there_at = self.world.now + timedelta(seconds=turns_out)
        visit.expected_at = self.world.now + timedelta(seconds=drive)
        over = member.lunch_ends(stretch, there_at=there_at, starts_at=visit.starts_at)
        if over is not None and stretch is not None:
            member.has_eaten(stretch)
            there_at = over
            visit.expected_at = over
        self.world.tally.travel_seconds += turns_out
        if stretch is not None and stretch.kind is ShiftKind.ON_CALL and member.at is None:
            self.world.tally.call_outs += 1
        self.world.at(there_at, partial(self._arrive, member, case, visit))
        noticed = visit.expected_at + NOTICED_AFTER
        if there_at > noticed:
            self.world.at(
                noticed, partial(self._is_overdue, EventKind.LATE, case, visit, visit.status)
            )

    def _arrive(self, member: Member, case: Case, visit: Passage) -> None:
        if member.busy is not case or not visit.is_open:
            return
        self.world.command(case, visit, VisitCommand.ARRIVE)
        member.at = case.call.lift.at
        attempt = len(case.visits)
        is_trapped = case.call.severity is Severity.ENTRAPMENT
        if not is_trapped and self.world.luck.is_no_access(case.id, attempt):
            self.world.at(self.world.now + KNOCKS_FOR, partial(self._gives_up, member, case, visit))
            return
        self.world.at(self.world.now + AT_THE_DOOR, partial(self._begin_work, member, case, visit))

    def _begin_work(self, member: Member, case: Case, visit: Passage) -> None:
        if not visit.is_open:
            return
        self.world.command(case, visit, VisitCommand.START_WORK)
        planned, attempt = case.duration_seconds, len(case.visits)
        seconds = self.world.luck.work(planned, case.id, attempt)
        is_trapped = case.call.severity is Severity.ENTRAPMENT
        if is_trapped:
            self.world.at(self.world.now + FREED_WITHIN, partial(self._free_person, case, visit))
        needs_part = not is_trapped and self.world.luck.is_part_missing(case.id, attempt - 1)
        ends = self._stop_for_part if needs_part else self._complete
        lasts = seconds * SHARE_BEFORE_THE_PART if needs_part else seconds
        at = self.world.now + timedelta(seconds=round(lasts))
        self.world.at(at, partial(ends, member, case, visit))
        noticed = self.world.now + timedelta(seconds=planned) + NOTICED_AFTER
        if at > noticed:
            overdue = partial(self._is_overdue, EventKind.OVERRUN, case, visit, visit.status)
            self.world.at(noticed, overdue)

    def _is_overdue(self, kind: EventKind, case: Case, visit: Passage, status: VisitStatus) -> None:
        """Somebody notices that a technician is still where they should not be any more."""
        if visit.status is status:
            self.tell(kind, case, visit.technician)

    def _free_person(self, case: Case, visit: Passage) -> None:
        if visit.is_open:
            case.fact(FactKind.PERSON_RELEASED, self.world.now)
            self.world.record(case, FactKind.PERSON_RELEASED, visit.technician)

    def _complete(self, member: Member, case: Case, visit: Passage) -> None:
        if not visit.is_open:
            return
        if case.call.severity is Severity.ENTRAPMENT:
            self._free_person(case, visit)
        self.world.command(case, visit, VisitCommand.COMPLETE)
        case.complete(self.world.now)
        self.world.end(case)
        if not case.call.is_planned:
            self.world.record(case, FactKind.BACK_IN_SERVICE, member.id)
        self.world.record(case, InterventionCommand.CLOSE, member.id)
        self._is_free(member)

    def _gives_up(self, member: Member, case: Case, visit: Passage) -> None:
        """Nobody opens: the technician leaves, and the clocks that depend on it stand still."""
        if not visit.is_open:
            return
        self.world.command(case, visit, VisitCommand.CANNOT_COMPLETE)
        self._hold(case, PauseReason.NO_ACCESS, self.world.now + OPENS_AGAIN_AFTER)
        self._is_free(member)
        self.tell(EventKind.NO_ACCESS, case, member.id)

    def _stop_for_part(self, member: Member, case: Case, visit: Passage) -> None:
        if not visit.is_open:
            return
        self.world.command(case, visit, VisitCommand.COMPLETE_PARTIALLY)
        left = case.duration_seconds * (1 - SHARE_BEFORE_THE_PART)
        case.duration_seconds = max(MINUTE, round(left / MINUTE) * MINUTE)
        self._hold(case, PauseReason.AWAITING_PARTS, self.world.now + PARTS_ARRIVE_AFTER)
        self._is_free(member)

    def _hold(self, case: Case, reason: PauseReason, until: datetime) -> None:
        case.pause(reason, self.world.now, until)
        self.world.record(case, reason)
        self.world.at(until, partial(self._comes_again, case))

    def _comes_again(self, case: Case) -> None:
        """What was waited for is there."""
        if case.decided is None:
            case.resume()
            self.world.record(case, InterventionCommand.RELEASE_HOLD)
            self.tell(EventKind.CALL, case, None)

    def _is_free(self, member: Member) -> None:
        member.busy = None
        member.free_since = self.world.now
        self.wake(member)

    def _rest(self, member: Member) -> None:
        """Wait for work until the shift ends, then go home; who is on call goes home at once."""
        if member.at is None:
            return
        stretch = member.stretch_at(self.world.now, self.world.day)
        leaves = self.world.now if stretch is None else self._goes_home_at(member, stretch)
        if leaves > self.world.now:
            self._wake_at(member, leaves)
        else:
            self.go_home(member)

    def _goes_home_at(self, member: Member, stretch: Availability) -> datetime:
        if stretch.kind is ShiftKind.ON_CALL:
            return self.world.now
        return stretch.ends_at - timedelta(seconds=self._drive_home(member))

    def go_home(self, member: Member) -> None:
        if member.at is None:
            return
        seconds = self._drive_home(member)
        self.world.tally.travel_seconds += seconds
        stretch = member.stretch_at(self.world.now, self.world.day)
        member.at = None
        if stretch is None:
            return
        over = self.world.now + timedelta(seconds=seconds) - stretch.ends_at
        overtime = max(0, int(over.total_seconds()))
        self.world.tally.overtime_seconds += overtime
        self.world.tally.overtime_cost += overtime * (
            stretch.overtime_cost or WEIGHTS.overtime_cost
        )

    def _drive(self, member: Member, case: Case) -> int:
        seconds = travel_seconds(member.place, case.call.lift.at, self.world.territory.profile)
        return -(-seconds // MINUTE) * MINUTE

    def _drive_home(self, member: Member) -> int:
        home = member.technician.home
        return travel_seconds(member.place, home, self.world.territory.profile)


def _starts(case: Case) -> datetime:
    assert case.visit is not None
    return case.visit.starts_at
