"""Agreed seconds and lost seconds, across clock changes and with intervals in any disorder."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.errors import Invalid
from dispatch.hours import Calendar, Window, every_weekday
from dispatch.measures import Availability, Interval, availability

ALWAYS = Calendar("Europe/Paris", always_open=True)
OFFICE = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
HOUR = 3600


def between(start: str, end: str | None) -> Interval:
    return Interval(
        datetime.fromisoformat(start), None if end is None else datetime.fromisoformat(end)
    )


TUESDAY = between("2026-06-02T00:00+02:00", "2026-06-03T00:00+02:00")


def on_tuesday(*down: tuple[str, str], planned: tuple[tuple[str, str], ...] = ()) -> Availability:
    def at(hours: tuple[tuple[str, str], ...]) -> list[Interval]:
        return [between(f"2026-06-02T{a}+02:00", f"2026-06-02T{b}+02:00") for a, b in hours]

    return availability(OFFICE, TUESDAY, downtime=at(down), planned=at(planned))


@pytest.mark.parametrize(
    ("month", "hours"),
    [
        (("2026-03-01T00:00+01:00", "2026-04-01T00:00+02:00"), 743),
        (("2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00"), 745),
        (("2026-06-01T00:00+02:00", "2026-07-01T00:00+02:00"), 720),
    ],
)
def test_a_month_has_the_hours_its_clocks_showed(month: tuple[str, str], hours: int) -> None:
    assert availability(ALWAYS, between(*month), downtime=[]).agreed_seconds == hours * HOUR


def test_downtime_told_twice_is_lost_once() -> None:
    figures = on_tuesday(("09:00", "11:00"), ("10:00", "12:00"), ("10:30", "10:45"))
    assert figures.downtime_seconds == 3 * HOUR


def test_downtime_inside_planned_maintenance_is_not_unplanned() -> None:
    figures = on_tuesday(("09:00", "12:00"), planned=(("10:00", "11:00"), ("10:30", "11:30")))
    assert (figures.agreed_seconds, figures.downtime_seconds) == (int(7.5 * HOUR), int(1.5 * HOUR))


def test_maintenance_at_night_takes_nothing_from_the_agreed_hours() -> None:
    assert on_tuesday(planned=(("02:00", "05:00"),)).agreed_seconds == 9 * HOUR


def test_what_sticks_out_of_the_period_is_cut_off() -> None:
    since_may = between("2026-05-01T00:00+02:00", "2026-06-02T09:00+02:00")
    still_down = between("2026-06-02T16:30+02:00", None)
    figures = availability(OFFICE, TUESDAY, downtime=[still_down, since_may])
    assert figures.downtime_seconds == HOUR + HOUR // 2


def test_a_target_is_compared_exactly_and_shown_no_better_than_it_is() -> None:
    hair_below = Availability(10**9, 10**6 + 1, Decimal("99.9"))
    assert (hair_below.ratio.text, hair_below.is_met) == ("99.89", False)
    reached = Availability(10**9, 10**6, Decimal("99.9"))
    assert (reached.ratio.text, reached.is_met) == ("99.9", True)
    assert Availability(10**9, 1, Decimal(100)).ratio.text == "99.99"


def test_a_unit_down_all_the_time_was_never_available() -> None:
    figures = availability(OFFICE, TUESDAY, downtime=[TUESDAY])
    assert (figures.downtime_seconds, figures.ratio.text) == (9 * HOUR, "0")


def test_without_agreed_time_nothing_is_told() -> None:
    sunday = between("2026-06-07T00:00+02:00", "2026-06-08T00:00+02:00")
    figures = availability(OFFICE, sunday, downtime=[sunday], target_percent=Decimal(99))
    assert (figures.ratio.text, figures.is_met) == (None, None)


def test_without_a_target_nothing_is_met_or_missed() -> None:
    assert on_tuesday().is_met is None


def test_a_period_without_an_end_is_refused() -> None:
    with pytest.raises(Invalid) as error:
        availability(ALWAYS, between("2026-06-02T00:00Z", None), downtime=[])
    assert [fault.code for fault in error.value.faults] == ["no_end"]


def test_an_interval_does_not_end_before_it_begins() -> None:
    with pytest.raises(Invalid) as error:
        between("2026-06-02T01:00Z", "2026-06-02T00:00Z")
    assert [fault.code for fault in error.value.faults] == ["ends_before_start"]


MIDNIGHT = datetime(2026, 3, 28, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
tens = st.integers(0, 3 * 144)
intervals = st.lists(
    st.tuples(tens, tens)
    .map(sorted)
    .map(lambda pair: Interval(*(MIDNIGHT + each * TEN_MINUTES for each in pair))),
    max_size=5,
)
PERIOD = Interval(MIDNIGHT + timedelta(hours=5), MIDNIGHT + timedelta(hours=60))


@given(intervals, intervals)
def test_seconds_agree_with_a_look_every_ten_minutes(
    down: list[Interval], planned: list[Interval]
) -> None:
    def covers(many: list[Interval], instant: datetime) -> bool:
        return any(each.start <= instant < (each.end or instant) for each in many)

    agreed = lost = 0
    instant, end = PERIOD.start, MIDNIGHT + timedelta(hours=60)
    while instant < end:
        local = instant.astimezone(OFFICE.zone_info)
        if local.weekday() < 5 and 8 <= local.hour < 17 and not covers(planned, instant):
            agreed += 600
            lost += 600 * covers(down, instant)
        instant += TEN_MINUTES
    figures = availability(OFFICE, PERIOD, downtime=down, planned=planned)
    assert (figures.agreed_seconds, figures.downtime_seconds) == (agreed, lost)


@given(intervals, intervals, intervals)
def test_more_downtime_never_makes_a_unit_more_available(
    down: list[Interval], more: list[Interval], planned: list[Interval]
) -> None:
    def share(downtime: list[Interval]) -> Fraction:
        figures = availability(ALWAYS, PERIOD, downtime=downtime, planned=planned)
        return figures.ratio.percent or Fraction(0)

    assert 0 <= share([*down, *more]) <= share(down) <= 100
    assert share([PERIOD]) == 0
