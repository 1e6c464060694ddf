"""A working day as it is told: what may be said when, and how it stands at any instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.roster import (
    Absence,
    DutyLog,
    DutyState,
    DutyStep,
    PatternShift,
    Shift,
    ShiftKind,
    Told,
    shifts_from_pattern,
)

ANDORRA = ZoneInfo("Europe/Andorra")


def at(hour: float, day: int = 2) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC) + timedelta(hours=hour)


def shift(starts: float, ends: float, *, overtime: int = 0, day: int = 2) -> Shift:
    return Shift(
        "aina", ShiftKind.SHIFT, at(starts, day), at(ends, day), overtime_max_seconds=overtime
    )


def on_call(starts: float, ends: float) -> Shift:
    return Shift("aina", ShiftKind.ON_CALL, at(starts), at(ends))


def told(*said: tuple[str, float]) -> list[Told]:
    return [Told(DutyStep(step), at(hour)) for step, hour in said]


def states(log: DutyLog, *hours: float) -> list[str]:
    return [log.at(at(hour)).state.value for hour in hours]


def test_a_day_of_work_with_a_break_stands_as_it_was_told() -> None:
    said = told(("start_shift", 6), ("start_break", 10), ("end_break", 10.5), ("end_shift", 14.5))
    log = DutyLog(said, [shift(6, 14, overtime=3600)])
    found = states(log, 5, 6, 10, 10.5, 14.25, 14.5)
    assert found == ["off", "on_shift", "on_break", "on_shift", "on_shift", "off"]


def test_a_shift_nobody_ended_is_over_with_its_overtime() -> None:
    log = DutyLog(told(("start_shift", 6)), [shift(6, 14, overtime=1800)])
    assert states(log, 14.4, 14.5) == ["on_shift", "off"]


def test_a_shift_taken_out_of_the_roster_is_not_worked_any_more() -> None:
    assert states(DutyLog(told(("start_shift", 6)), []), 7) == ["off"]


def test_work_may_begin_two_hours_early_and_not_earlier() -> None:
    log = DutyLog((), [shift(6, 14)])
    assert DutyStep.START_SHIFT in log.at(at(4)).allowed
    assert DutyStep.START_SHIFT not in log.at(at(3.9)).allowed
    assert log.at(at(3)).until == at(6)


def test_whoever_is_called_out_is_on_call_again_afterwards() -> None:
    said = told(("start_shift", 22), ("end_shift", 23))
    log = DutyLog(said, [on_call(18, 30), shift(6, 14, day=3)])
    assert states(log, 17, 20, 22.5, 23.5, 30) == ["off", "on_call", "on_shift", "on_call", "off"]
    assert states(log, 24.5) == ["on_call"]


def test_being_sick_counts_before_whatever_was_said() -> None:
    log = DutyLog(
        told(("start_shift", 6)), [shift(6, 14)], [Absence("aina", at(9), at(11), is_sick=True)]
    )
    assert states(log, 8, 9, 10.9, 11) == ["on_shift", "sick", "sick", "on_shift"]
    assert log.at(at(10)).allowed == (DutyStep.REPORT_FIT,)


def test_on_leave_nobody_begins_a_shift_but_may_fall_sick() -> None:
    log = DutyLog((), [shift(6, 14)], [Absence("aina", at(0), at(24))])
    assert log.at(at(8)).state is DutyState.OFF
    assert log.at(at(8)).allowed == (DutyStep.REPORT_SICK,)


@pytest.mark.parametrize(
    ("hour", "may"),
    [(5.9, False), (6, True), (10.2, True), (14.4, True), (14.6, False), (18, True), (31, False)],
)
def test_a_message_reaches_whoever_is_on_shift_or_on_call(hour: float, *, may: bool) -> None:
    said = told(("start_shift", 6.5), ("start_break", 10), ("end_break", 11))
    log = DutyLog(said, [shift(6, 14, overtime=1800), on_call(18, 30)])
    assert log.may_be_reached(at(hour)) is may


def test_no_message_reaches_whoever_ended_the_shift_early_or_is_away() -> None:
    ended = DutyLog(told(("start_shift", 6), ("end_shift", 12)), [shift(6, 14)])
    away = DutyLog((), [shift(6, 14)], [Absence("aina", at(0), at(24))])
    sick = DutyLog((), [shift(6, 14)], [Absence("aina", at(0), at(24), is_sick=True)])
    assert [log.may_be_reached(at(12.5)) for log in (ended, away, sick)] == [False] * 3
    begun_again = DutyLog([*ended.steps, *told(("start_shift", 13))], ended.shifts)
    assert begun_again.may_be_reached(at(13.5))


def test_a_night_in_which_the_clocks_change_is_worked_from_end_to_end() -> None:
    night = PatternShift(frozenset({5}), time(22), time(6))
    (worked,) = shifts_from_pattern(
        [night], technician_id="aina", first_day=date(2026, 10, 24), days=1, zone=ANDORRA
    )
    assert worked.ends_at - worked.starts_at == timedelta(hours=9)
    log = DutyLog([Told(DutyStep.START_SHIFT, worked.starts_at)], [worked])
    last = worked.ends_at - timedelta(seconds=1)
    assert [log.at(each).state.value for each in (last, worked.ends_at)] == ["on_shift", "off"]
