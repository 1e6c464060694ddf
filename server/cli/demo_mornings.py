"""The mornings of a living town: what is drawn, rostered and planned when a day begins.

How the day then goes is in `demo_live`.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.roster import Shift
from dispatch.simulation import Call
from server.bench.refusals import ServerGone, UnexpectedAnswer
from server.cli.demo_day import PLANNED_BY
from server.cli.demo_line import Line
from server.cli.town import ROSTERED_DAYS

ITERATIONS, PLANNED_WITHIN_SECONDS = 400, 10
UNDER_WAY = "running"
READY = "ready"


@dataclass(slots=True)
class Mornings:
    """The office at dawn, by the town's own clocks.

    `day` is the last one that has begun, `planned` the last one that was planned. `calls_of` draws
    what will be asked for on a day, `shifts_of` gives the usual duties that begin on one, their
    technicians by the ids in `technicians`.
    """

    desk: Line
    zone: ZoneInfo
    day: date
    planned: date
    regions: Sequence[str]
    technicians: dict[str, str]
    calls_of: Callable[[date], Iterable[Call]]
    shifts_of: Callable[[date], Iterable[Shift]]
    plans: list[str] = field(default_factory=list)

    def look(self, now: datetime) -> list[Call]:
        """Do what this time of the day asks for; the calls of a day that has just begun."""
        local = now.astimezone(self.zone)
        begun = self._begin(local.date()) if local.date() > self.day else []
        if self.planned < self.day and local.time() >= PLANNED_BY:
            self.planned = self.day
            self._start_plans()
        self.plans = [each for each in self.plans if self._is_under_way(each)]
        return begun

    def _begin(self, day: date) -> list[Call]:
        """Days that nobody watched, on a machine that slept, are gone."""
        before, self.day = self.day, day
        ahead = timedelta(days=ROSTERED_DAYS - 1)
        for number in range((day - before).days):
            self._roster(day + ahead - timedelta(days=number))
        return list(self.calls_of(day))

    def _roster(self, day: date) -> None:
        for shift in self.shifts_of(day):
            with suppress(UnexpectedAnswer, ServerGone):
                self.desk.post("/api/shifts", self._shift(shift))

    def _shift(self, shift: Shift) -> dict[str, Any]:
        lunch = shift.lunch
        return {
            "technician_id": self.technicians[shift.technician_id],
            "kind": shift.kind.value,
            "starts_at": shift.starts_at.isoformat(),
            "ends_at": shift.ends_at.isoformat(),
            "overtime_max_seconds": shift.overtime_max_seconds,
            "lunch": lunch
            and {
                "earliest_at": lunch.earliest_at.isoformat(),
                "latest_at": lunch.latest_at.isoformat(),
                "duration_seconds": lunch.duration_seconds,
            },
        }

    def _start_plans(self) -> None:
        wish = {
            "region_ids": list(self.regions),
            "day": self.day.isoformat(),
            "iterations": ITERATIONS,
            "seconds": PLANNED_WITHIN_SECONDS,
        }
        with suppress(UnexpectedAnswer, ServerGone):
            made = self.desk.post("/api/plans/several", wish)
            self.plans += [each["id"] for each in made["plans"]]

    def _is_under_way(self, plan: str) -> bool:
        """Publish a plan once it is ready; one that cannot be is left to whoever sits there."""
        try:
            status = self.desk.get(f"/api/plans/{plan}")["status"]
            if status == READY:
                self.desk.post(f"/api/plans/{plan}/publish", {})
        except ServerGone:
            return True
        except UnexpectedAnswer:
            return False
        return bool(status == UNDER_WAY)
