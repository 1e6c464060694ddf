"""A visit that takes longer pushes the technician's later ones, and turns their promises."""

from datetime import timedelta

from dispatch.day import Day, UnderWay, cascade
from tests.dispatch.day.makers import HOME, at, day, free, lunch, person, visit, work

HALF_AN_HOUR = timedelta(minutes=30)


def _three_in_a_row(**last: object) -> Day:
    """Work at one place from nine to twelve, an hour each, and a drive of nothing between."""
    jobs = [
        work("first", at=HOME, visit=visit(starts="9:00")),
        work("second", at=HOME, visit=visit(starts="10:00"), due_at=at("10:20")),
        work("third", at=HOME, visit=visit(starts="11:30"), **last),
    ]
    return day(jobs=jobs, now="8:30")


def test_a_delay_reaches_later_visits_until_a_gap_takes_it_up() -> None:
    found = cascade(_three_in_a_row(), "anna", overrun=HALF_AN_HOUR, of="first")
    assert [(each.work, each.starts_after) for each in found.later] == [("second", at("10:30"))]
    longer = cascade(_three_in_a_row(), "anna", overrun=2 * HALF_AN_HOUR, of="first")
    assert [(each.work, each.starts_after) for each in longer.later] == [
        ("second", at("11:00")),
        ("third", at("12:00")),
    ]


def test_it_says_whose_promise_turns_and_by_how_much() -> None:
    found = cascade(_three_in_a_row(due_at=at("12:00")), "anna", overrun=HALF_AN_HOUR, of="first")
    (second,) = found.later
    assert (second.lateness_before, second.lateness_after) == (0, 600)
    assert second.promise_flips
    assert found.flips == 1


def test_lunch_is_pushed_along() -> None:
    crew = [person("anna", free("anna", lunch=lunch()))]
    jobs = [
        work("first", at=HOME, visit=visit(starts="11:00")),
        work("second", at=HOME, visit=visit(starts="12:30")),
    ]
    found = cascade(day(crew, jobs), "anna", overrun=HALF_AN_HOUR, of="first")
    assert [each.starts_after for each in found.later] == [at("13:00")]


def test_work_under_way_that_overruns_tells_when_its_technician_is_back() -> None:
    jobs = [work("next", at=HOME, visit=visit(starts="15:00"))]
    busy = UnderWay("anna", HOME, at("15:00"))
    asked = day(jobs=jobs, now="14:00", under_way=(busy,))
    assert cascade(asked, "anna", overrun=timedelta()).later == ()
    found = cascade(asked, "anna", overrun=HALF_AN_HOUR)
    assert [each.starts_after for each in found.later] == [at("15:30")]
    assert (found.returns_at, found.ends_at) == (at("16:30"), at("16:00"))


def test_nobody_elses_day_is_told_of() -> None:
    jobs = [
        work("mine", at=HOME, visit=visit("anna", "10:00")),
        work("yours", at=HOME, visit=visit("bert", "10:00")),
    ]
    asked = day([person("anna"), person("bert")], jobs)
    found = cascade(asked, "anna", overrun=2 * HALF_AN_HOUR, of="mine")
    assert found.later == ()
