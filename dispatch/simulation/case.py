"""One call and its visits as they are lived: states by the lifecycle tables, facts, clocks.

When things happen is decided in `life`; what was promised travels with the territory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dispatch.agreements import ClockKind, Target
from dispatch.clocks import Clock, Closing, Promised, Timeline, clocks, promised_once
from dispatch.day import Visit, Work
from dispatch.interventions import (
    OPEN_STATUSES,
    PLANNED_STATUSES,
    UNDER_WAY_STATUSES,
    Decided,
    Fact,
    FactKind,
    InterventionCommand,
    InterventionStatus,
    PauseReason,
    RecordedPause,
    VisitCommand,
    VisitStatus,
    decided_by_completion,
    derive_status,
    move,
    recorded,
    require_decision,
    time_of,
)
from dispatch.simulation.calls import Call

STAMPED = {
    VisitCommand.DISPATCH: "announced_at",
    VisitCommand.ACCEPT: "accepted_at",
    VisitCommand.START_TRAVEL: "en_route_at",
    VisitCommand.ARRIVE: "arrived_at",
    VisitCommand.START_WORK: "work_started_at",
}


@dataclass(slots=True)
class Passage:
    """One visit as it is lived; its status only ever moves by the table of permitted moves."""

    technician: str
    starts_at: datetime
    travel_seconds: int
    created_at: datetime
    status: VisitStatus = VisitStatus.PROPOSED
    announced_at: datetime | None = None
    accepted_at: datetime | None = None
    en_route_at: datetime | None = None
    arrived_at: datetime | None = None
    work_started_at: datetime | None = None
    ended_at: datetime | None = None
    expected_at: datetime | None = None  # at the door, as far as anybody knows while it travels

    def command(self, command: VisitCommand, at: datetime) -> None:
        """Make a move; raises `MoveNotAllowed` if the table has none."""
        self.status = move(self.status, command)
        if command in STAMPED:
            setattr(self, STAMPED[command], at)
        if not self.is_open:
            self.ended_at = at

    def put_at(self, starts_at: datetime, travel_seconds: int) -> None:
        """Move what is planned; what is under way has its time and keeps it."""
        if self.status not in PLANNED_STATUSES:
            move(self.status, VisitCommand.REASSIGN)
        self.starts_at, self.travel_seconds = starts_at, travel_seconds

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_planned(self) -> bool:
        return self.status in PLANNED_STATUSES

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY_STATUSES


@dataclass(slots=True)
class Case:
    """An intervention from its call to its end; `duration_seconds` is what is left to do."""

    call: Call
    promised: tuple[Promised, ...]
    duration_seconds: int
    visits: list[Passage] = field(default_factory=list)
    facts: tuple[Fact, ...] = ()
    pauses: list[RecordedPause] = field(default_factory=list)
    decided: Decided | None = None
    decided_at: datetime | None = None
    waiting_reason: str = ""
    again_from: datetime | None = None
    _due: tuple[tuple[object, ...], datetime | None] | None = None

    @property
    def id(self) -> str:
        return self.call.id

    @property
    def visit(self) -> Passage | None:
        """The visit that is planned or under way; there is at most one."""
        return self.visits[-1] if self.visits and self.visits[-1].is_open else None

    @property
    def status(self) -> InterventionStatus:
        return derive_status(
            self.decided,
            [visit.status for visit in self.visits],
            waiting_reason=self.waiting_reason,
        )

    @property
    def waits(self) -> bool:
        """Whether it is there to be planned: called for, not on hold, not under way, not over."""
        return self.status in {InterventionStatus.QUALIFIED, InterventionStatus.SCHEDULED}

    def fact(self, kind: FactKind, at: datetime) -> None:
        self.facts = recorded(self.facts, Fact(kind, at))

    def pause(self, reason: PauseReason, at: datetime, until: datetime) -> None:
        """Put it on hold until an instant that is known already."""
        self.pauses.append(RecordedPause(reason, at, until))
        self.waiting_reason, self.again_from = reason.value, until

    def resume(self) -> None:
        self.waiting_reason = ""

    def complete(self, at: datetime) -> None:
        """The technician is done: it runs again if it stood, and the work is closed."""
        if not self.call.is_planned:
            self.fact(FactKind.BACK_IN_SERVICE, at)
        self.decided, self.decided_at = decided_by_completion(asks_for_review=False), at

    def cancel(self, at: datetime) -> None:
        """Nobody is needed any more; raises `DecisionNotAllowed` while somebody is at it."""
        require_decision(self.status, InterventionCommand.CANCEL)
        if self.visit is not None:
            self.visit.command(VisitCommand.CANCEL, at)
        self.decided, self.decided_at = Decided.CANCELLED, at

    def timeline(self, now: datetime) -> Timeline:
        """What has happened by now, as the clocks see it."""
        is_closed = self.decided is Decided.CLOSED and self.decided_at is not None
        return Timeline(
            reported_at=self.call.at,
            dispatched_at=min(_known(v.announced_at for v in self.visits), default=None),
            acknowledgements=_known(visit.accepted_at for visit in self.visits),
            arrivals=_known(visit.arrived_at for visit in self.visits),
            released=_known([time_of(self.facts, FactKind.PERSON_RELEASED)]),
            restored=_known([time_of(self.facts, FactKind.BACK_IN_SERVICE)]),
            pauses=tuple(_as_known(pause, now) for pause in self.pauses),
            closings=(Closing(self.decided_at),) if is_closed and self.decided_at else (),
            cancelled_at=self.decided_at if self.decided is Decided.CANCELLED else None,
        )

    def clocks(self, now: datetime) -> tuple[Clock, ...]:
        """How each promise stands now."""
        return clocks(self.timeline(now), self.promised, now)

    def due_at(self, now: datetime) -> datetime | None:
        """The latest start of work that keeps the promise: of coming, then of repairing."""
        state = (len(self.visits), len(self.pauses), self._stamps(), self.waiting_reason)
        if self._due is None or self._due[0] != state:
            self._due = (state, self._found_due(now))
        return self._due[1]

    def work(self, now: datetime) -> Work:
        """The case as the planner sees it."""
        visit = self.visit
        return Work(
            self.id,
            at=self.call.lift.at,
            severity=self.call.severity,
            duration_seconds=self.duration_seconds,
            reported_at=self.call.at,
            skills=self.call.skills,
            due_at=self.due_at(now),
            window_from=self.again_from,
            visit=None if visit is None else _planned(visit),
        )

    def _stamps(self) -> tuple[datetime | None, ...]:
        return tuple(visit.arrived_at for visit in self.visits)

    def _found_due(self, now: datetime) -> datetime | None:
        running = {
            clock.kind: clock.deadlines.due for clock in self.clocks(now) if clock.over_at is None
        }
        response = running.get(ClockKind.RESPONSE)
        resolution = running.get(ClockKind.RESOLUTION)
        if response is not None or resolution is None:
            return response
        return resolution - timedelta(seconds=self.duration_seconds)


def opened(call: Call, targets: Iterable[Target]) -> Case:
    """Begin a case with its call; planned work is promised nothing."""
    promised = () if call.is_planned else tuple(promised_once(each, call.at) for each in targets)
    facts = (Fact(FactKind.CALL_RECEIVED, call.at),)
    return Case(call, promised, call.duration_seconds, facts=facts)


def _planned(visit: Passage) -> Visit:
    return Visit(
        visit.technician,
        visit.status,
        visit.starts_at,
        is_announced=visit.announced_at is not None,
    )


def _as_known(pause: RecordedPause, now: datetime) -> RecordedPause:
    """A pause that ends later is open as far as anybody knows."""
    return pause if pause.end is None or pause.end <= now else replace(pause, end=None)


def _known(instants: Iterable[datetime | None]) -> tuple[datetime, ...]:
    return tuple(instant for instant in instants if instant is not None)
