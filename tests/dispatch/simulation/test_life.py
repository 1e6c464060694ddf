"""A simulated region keeps the rules of a real one: states, lunches, nights, holds and clocks."""

from datetime import timedelta

import pytest

from dispatch.agreements import ClockKind, Severity
from dispatch.clocks import ClockState
from dispatch.interventions import Decided, FactKind, InterventionStatus, PauseReason, VisitCommand
from dispatch.planning import Limits
from dispatch.simulation import NOTHING_HAPPENS, Chances, Demand, live
from tests.dispatch.simulation.valley import BUSY, lived, valley

TOWN = valley(crew=6, days=4)
CALM = Demand(share_of_metro=1.0)
PLANNER = live(change_budget=3, limits=Limits(iterations=30), seed=1)


def never(**changed: float) -> Chances:
    plain = {name: getattr(NOTHING_HAPPENS, name) for name in NOTHING_HAPPENS.__dataclass_fields__}
    return Chances(**(plain | changed))


def test_where_nothing_happens_a_calm_region_keeps_its_promises() -> None:
    week = lived(TOWN, days=3, demand=CALM, chances=NOTHING_HAPPENS, planner=PLANNER)
    assert week.outcome.cancelled == 0
    assert week.outcome.response[Severity.OUT_OF_SERVICE].missed == 0
    assert week.outcome.closed > week.outcome.open


def test_whoever_finds_nobody_comes_again_and_the_response_clock_stood_still() -> None:
    days = lived(TOWN, days=2, demand=CALM, chances=never(no_access=0.5), planner=PLANNER)
    shut = [case for case in days.cases if case.pauses]
    assert shut
    for case in shut:
        assert case.pauses[0].reason is PauseReason.NO_ACCESS
        assert case.call.severity is not Severity.ENTRAPMENT
    assert any(case.decided is Decided.CLOSED and len(case.visits) > 1 for case in shut)


def test_a_missing_part_takes_a_second_visit_for_what_is_left() -> None:
    days = lived(TOWN, days=3, demand=CALM, chances=never(parts_missing=1.0), planner=PLANNER)
    again = [
        case
        for case in days.cases
        if case.decided is Decided.CLOSED and case.call.severity is not Severity.ENTRAPMENT
    ]
    assert again
    for case in again:
        assert len([visit for visit in case.visits if visit.work_started_at]) == 2
        assert case.duration_seconds < case.call.duration_seconds
        waited = case.pauses[0]
        assert waited.end is not None
        assert waited.end - waited.start == timedelta(days=1)


def test_people_trapped_are_freed_before_the_lift_runs_again() -> None:
    days = lived(TOWN, days=3, demand=BUSY, planner=PLANNER)
    trapped = [
        case
        for case in days.cases
        if case.call.severity is Severity.ENTRAPMENT and case.decided is Decided.CLOSED
    ]
    assert trapped
    for case in trapped:
        kinds = [fact.kind for fact in case.facts]
        assert kinds.index(FactKind.PERSON_RELEASED) < kinds.index(FactKind.BACK_IN_SERVICE)


def test_at_night_only_urgent_calls_bring_somebody_out() -> None:
    days = lived(valley(crew=6, days=6), days=6, demand=BUSY, planner=PLANNER)
    urgent = {Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE}
    severities = {case.id: case.call.severity for case in days.cases}
    nights = [
        each
        for each in days.happenings
        if each.what is VisitCommand.START_TRAVEL and each.at.hour in {22, 23, 0, 1, 2}
    ]
    assert nights
    assert {severities[each.work] for each in nights} <= urgent
    assert {each.technician for each in nights} == {"t5"}


@pytest.mark.parametrize("mishap", ["sick_morning", "sick_later"])
def test_who_is_ill_is_sent_nowhere_and_others_do_the_work(mishap: str) -> None:
    well = lived(TOWN, days=1, planner=PLANNER, chances=NOTHING_HAPPENS)
    ill = lived(TOWN, days=1, planner=PLANNER, chances=never(**{mishap: 0.5}))
    assert ill.outcome.closed < well.outcome.closed
    assert ill.outcome.closed > 0


def test_nobody_is_planned_for_work_its_caller_cancelled() -> None:
    days = lived(TOWN, days=2, demand=CALM, chances=never(cancelled=0.6), planner=PLANNER)
    gone = [case for case in days.cases if case.status is InterventionStatus.CANCELLED]
    assert gone
    for case in gone:
        assert case.visit is None
        for clock in case.clocks(case.call.at + timedelta(days=9)):
            assert clock.state in {ClockState.ENDED, ClockState.MET, ClockState.BREACHED}


def test_a_dearer_promise_is_kept_less_often_in_the_mountains() -> None:
    town = lived(valley(crew=4, lifts=60, days=6, response_hours=1), days=5, planner=PLANNER)
    hills = valley(crew=4, lifts=60, profile="mountain", days=6, response_hours=1)
    mountain = lived(hills, days=5, planner=PLANNER)
    in_town = town.outcome.response[Severity.OUT_OF_SERVICE].share
    up_there = mountain.outcome.response[Severity.OUT_OF_SERVICE].share
    assert in_town is not None
    assert up_there is not None
    assert in_town > up_there + 0.1
    assert mountain.outcome.travel_seconds > 1.5 * town.outcome.travel_seconds
    assert town.outcome.kept(ClockKind.RESOLUTION).share is not None
