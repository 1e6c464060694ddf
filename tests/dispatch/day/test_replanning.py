"""Each event that upsets a plan, and the plan that answers it."""

from dataclasses import replace

import pytest

from dispatch.agreements import Severity
from dispatch.day import (
    ChangeKind,
    Day,
    DayEvent,
    EventKind,
    Replanned,
    UnderWay,
    replan,
)
from dispatch.interventions import VisitStatus
from dispatch.planning import Limits, check
from tests.dispatch.day.makers import at, day, east, free, person, visit, work

LIMITS = Limits(iterations=50)
ANNA, BERTA = person("anna"), person("berta")


def answered(given: Day, kind: EventKind, *, budget: int | None = 3, **about: str) -> Replanned:
    event = DayEvent(kind, given.now, **about)
    found = replan(given, event, change_budget=budget, limits=LIMITS)
    assert check(found.question.problem, found.plan).is_legal
    assert found.plan.cost.total <= found.question.current.cost.total
    return found


def test_an_urgent_call_is_sent_to_somebody_even_without_time_to_search() -> None:
    trapped = work("trapped", severity=Severity.ENTRAPMENT, reported_at=at("9:00"))
    planned = work("later", at=east(5), visit=visit("anna", "10:00"))
    given = day([ANNA, BERTA], [planned, trapped])
    event = DayEvent(EventKind.URGENT_CALL, given.now, work="trapped")
    found = replan(given, event, change_budget=0, limits=Limits(iterations=0))
    (change,) = found.diff.changes
    assert change.kind is ChangeKind.ADDED
    assert change.work == "trapped"
    assert change.after is not None
    assert change.after.technician == "berta"


def test_who_reports_sick_leaves_their_visits_to_the_others() -> None:
    gone = replace(ANNA, free=())
    given = day([gone, BERTA], [work("lift")], now="9:00")
    (change,) = answered(given, EventKind.SICKNESS, technician="anna").diff.changes
    assert change.after is not None
    assert change.after.technician == "berta"


def test_of_a_late_technicians_visits_the_promise_in_danger_goes_to_somebody_else() -> None:
    late = person("anna", free("anna", begins="11:00"))
    soon = work("lift", due_at=at("10:00"), visit=visit("anna", "9:30"))
    given = day([late, BERTA], [soon], now="9:00")
    (change,) = answered(given, EventKind.LATE, technician="anna").diff.changes
    assert change.after is not None
    assert change.after.technician == "berta"
    assert change.after.lateness == 0
    assert change.moves_promise


def test_without_a_budget_left_a_late_technician_comes_late() -> None:
    late = person("anna", free("anna", begins="11:00"))
    soon = work("lift", due_at=at("10:00"), visit=visit("anna", "9:30"))
    given = day([late, BERTA], [soon], now="9:00")
    found = answered(given, EventKind.LATE, budget=0, technician="anna")
    (change,) = found.diff.changes
    assert found.diff.announced_moved == 0
    assert change.after is not None
    assert change.after.technician == "anna"
    assert change.after.lateness > 0


@pytest.mark.parametrize("status", [VisitStatus.ACCEPTED, VisitStatus.DISPATCHED])
def test_an_overrun_moves_only_what_was_not_accepted(status: VisitStatus) -> None:
    busy = UnderWay("anna", east(1), at("13:00"))
    waiting = work("lift", due_at=at("10:00"), visit=visit("anna", "9:30", status=status))
    given = day([ANNA, BERTA], [waiting], now="9:20", under_way=(busy,))
    (change,) = answered(given, EventKind.OVERRUN, technician="anna").diff.changes
    assert change.after is not None
    is_accepted = status is VisitStatus.ACCEPTED
    assert change.after.technician == ("anna" if is_accepted else "berta")


def test_room_left_by_a_cancelled_visit_is_given_to_work_that_waits() -> None:
    one = person("anna", free("anna", begins="9:00", ends="11:00"))
    given = day([one], [work("lift", duration_seconds=5400)], now="9:00")
    (change,) = answered(given, EventKind.CANCELLED, work="other").diff.changes
    assert change.kind is ChangeKind.ADDED


def test_where_nobody_opens_the_next_visit_does_not_come_early() -> None:
    following = work("next", visit=visit("anna", "11:00", status=VisitStatus.ACCEPTED))
    given = day([ANNA], [following], now="9:15")
    assert answered(given, EventKind.NO_ACCESS, work="lift").diff.changes == ()
