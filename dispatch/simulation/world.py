"""What a simulated region holds at one moment: its clock, its agenda, its crew, its open work.

What happens on it is in `life` (the office) and `road` (the technicians).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from heapq import heappop, heappush
from itertools import count

from dispatch.interventions import FactKind, InterventionCommand, PauseReason, VisitCommand
from dispatch.roster import Shift
from dispatch.simulation.case import Case, Passage
from dispatch.simulation.crew import Member
from dispatch.simulation.luck import Luck
from dispatch.simulation.outcome import Tally
from dispatch.simulation.territory import Territory

What = VisitCommand | InterventionCommand | FactKind | PauseReason
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as real life would record it: when, on which work, what, by whom."""

    at: datetime
    work: str
    what: What
    technician: str | None = None


@dataclass(slots=True)
class World:
    """The state of a region and what lies ahead; `open` holds the cases that are not over."""

    territory: Territory
    luck: Luck
    now: datetime = LONG_AGO
    cases: dict[str, Case] = field(default_factory=dict)
    open: dict[str, Case] = field(default_factory=dict)
    crew: dict[str, Member] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _turns: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        for technician in self.territory.crew:
            shifts = _by_day(self.territory.shifts.get(technician.id, ()), self.territory)
            self.crew[technician.id] = Member(technician, self.territory.zone, shifts)

    @property
    def day(self) -> date:
        """The local day it is."""
        return self.now.astimezone(self.territory.zone).date()

    @property
    def wall(self) -> time:
        """The local time it is."""
        return self.now.astimezone(self.territory.zone).time()

    def instant(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.territory.zone).astimezone(UTC)

    def at(self, at: datetime, happen: Callable[[], None]) -> None:
        """Let something happen then; of two things at one instant the first asked for is first."""
        heappush(self._agenda, (at, next(self._turns), happen))

    def run_until(self, end: datetime) -> None:
        """Let happen whatever lies ahead, up to an instant."""
        while self._agenda and self._agenda[0][0] < end:
            self.now, _, happen = heappop(self._agenda)
            happen()
        self.now = end

    def begin(self, case: Case) -> None:
        self.cases[case.id] = self.open[case.id] = case

    def end(self, case: Case) -> None:
        del self.open[case.id]

    def command(self, case: Case, visit: Passage, command: VisitCommand) -> None:
        """Move a visit by the lifecycle table, and write it down."""
        visit.command(command, self.now)
        self.record(case, command, visit.technician)

    def record(self, case: Case, what: What, technician: str | None = None) -> None:
        self.happenings.append(Happening(self.now, case.id, what, technician))


def _by_day(shifts: Iterable[Shift], territory: Territory) -> dict[date, tuple[Shift, ...]]:
    found: dict[date, tuple[Shift, ...]] = {}
    for shift in shifts:
        day = shift.starts_at.astimezone(territory.zone).date()
        found[day] = (*found.get(day, ()), shift)
    return found
