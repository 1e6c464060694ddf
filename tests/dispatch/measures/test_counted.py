"""Shares, means, scores and verdicts, each in the words and figures of its definition."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.clocks import ClockState
from dispatch.errors import Invalid
from dispatch.measures import (
    USUAL_WEIGHTS,
    Attainment,
    Completion,
    Effort,
    FaultReport,
    FirstTimeFix,
    JobWatermelon,
    Part,
    Ratio,
    Repair,
    RepairTimes,
    Satisfaction,
    SiteWatermelon,
    TimeBetweenFailures,
    XlaScore,
    eta_accuracy,
    first_time_fixes,
    mean_text,
    pause_share,
    percent_text,
    reopen_rate,
)

MET, BREACHED, RUNNING = ClockState.MET, ClockState.BREACHED, ClockState.RUNNING
NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
counts = st.integers(0, 1000)


@given(counts, counts, counts, counts)
def test_attainment_lies_between_nothing_and_all_and_outsiders_do_not_move_it(
    met: int, breached: int, overdue: int, outside: int
) -> None:
    share = Attainment(met, breached, overdue).ratio
    assert share == Attainment(met, breached, overdue, *[outside] * 4).ratio
    assert (share.percent is None) == (met + breached + overdue == 0)
    assert 0 <= (share.percent or 0) <= 100


def test_one_broken_promise_in_a_hundred_thousand_is_never_shown_as_none() -> None:
    assert Attainment(99_999, 1).ratio.text == "99.99"


@given(st.fractions(0, 100))
def test_a_shown_share_is_at_most_the_true_one_and_less_than_a_hundredth_off(
    share: Fraction,
) -> None:
    assert 0 <= share - Fraction(percent_text(share)) < Fraction(1, 100)


@given(st.fractions(1, 7))
def test_a_shown_mean_is_within_half_a_thousandth(mean: Fraction) -> None:
    assert abs(mean - Fraction(mean_text(mean))) <= Fraction(1, 2000)


def test_means_are_taken_over_the_failures_that_have_both_ends() -> None:
    came = Repair(NOON, NOON + 30 * MINUTE, NOON + 90 * MINUTE)
    by_itself = Repair(NOON, None, NOON + 10 * MINUTE)
    waiting = Repair(NOON, None, None)
    figures = RepairTimes((came, by_itself, waiting)).answer()
    assert list(figures.values()) == [30, 50, 60]


@pytest.mark.parametrize(
    ("on_site", "restored", "path"),
    [(-1, 5, "on_site"), (9, 5, "restored"), (None, -1, "restored")],
)
def test_a_failure_out_of_order_is_refused(on_site: int | None, restored: int, path: str) -> None:
    arrived = None if on_site is None else NOON + on_site * MINUTE
    with pytest.raises(Invalid) as error:
        Repair(NOON, arrived, NOON + restored * MINUTE)
    assert [fault.path for fault in error.value.faults] == [path]


def test_time_between_failures_is_up_time_by_failure() -> None:
    assert TimeBetweenFailures(up_seconds=720 * 3600, failures=7).answer() == {"mtbf_hours": 102.86}


def done(
    after: timedelta = timedelta(0), *, asset: str = "A", family: str = "door", visits: int = 1
) -> Completion:
    report = FaultReport(asset, family, NOON + after - MINUTE)
    return Completion(report, NOON + after, visits)


def called(after: timedelta, asset: str = "A", family: str = "door") -> FaultReport:
    return FaultReport(asset, family, NOON + after)


LATER = NOON + 60 * DAY


@pytest.mark.parametrize(
    ("again", "fixed"),
    [
        (called(30 * DAY), 0),
        (called(30 * DAY + timedelta(seconds=1)), 1),
        (called(DAY, family="button"), 1),
        (called(DAY, asset="B"), 1),
        (called(-DAY), 1),
    ],
)
def test_a_repair_held_unless_the_same_fault_came_back_in_time(
    again: FaultReport, fixed: int
) -> None:
    figures = first_time_fixes([done()], [done().report, again], judged_at=LATER)
    assert figures.ratio == Ratio(fixed, 1)


def test_a_repair_in_two_visits_that_also_came_back_failed_once() -> None:
    figures = first_time_fixes([done(visits=2), done()], [called(DAY)], judged_at=LATER)
    assert (figures.second_visits, figures.repeats, figures.ratio) == (1, 1, Ratio(0, 2))


def test_a_repair_without_access_is_outside() -> None:
    nobody_in = Completion(called(-DAY), NOON, is_eligible=False)
    assert first_time_fixes([nobody_in, done()], [], judged_at=LATER).ratio == Ratio(1, 1)


def test_a_repair_younger_than_the_window_is_provisional() -> None:
    figures = first_time_fixes([done(), done(2 * DAY)], [], judged_at=NOON + 31 * DAY)
    assert (figures.provisional, figures.ratio.text) == (1, "100")
    assert first_time_fixes([done()], [], judged_at=NOON + 8 * DAY, window_days=7).provisional == 0


def test_more_failures_than_repairs_are_refused() -> None:
    with pytest.raises(Invalid):
        FirstTimeFix(completed=3, outside=1, second_visits=2, repeats=1)


def test_four_and_five_are_satisfied() -> None:
    assert [Satisfaction((score,)).satisfied.numerator for score in range(1, 6)] == [0, 0, 0, 1, 1]


def test_five_to_seven_are_easy_and_a_question_the_other_way_is_turned_round() -> None:
    assert [Effort((score,)).easy.numerator for score in range(1, 8)] == [0, 0, 0, 0, 1, 1, 1]
    hard = Effort((1, 1, 3), "how much work was it", high_is_easy=False)
    assert (hard.easy, hard.mean) == (Ratio(3, 3), Fraction(19, 3))


@pytest.mark.parametrize(("question", "best"), [(Satisfaction, 5), (Effort, 7)])
def test_an_answer_off_its_scale_is_refused_by_its_place(
    question: type[Satisfaction | Effort], best: int
) -> None:
    with pytest.raises(Invalid) as error:
        question((1, 0, best, best + 1))
    assert [fault.path for fault in error.value.faults] == ["scores[1]", "scores[3]"]


@pytest.mark.parametrize(
    ("job", "verdict"),
    [
        (JobWatermelon((MET, MET)), False),
        (JobWatermelon((MET, MET), csat=2), True),
        (JobWatermelon((MET, MET), csat=3), False),
        (JobWatermelon((MET,), ces=3), True),
        (JobWatermelon((MET,), csat=5, ces=4), False),
        (JobWatermelon((MET,), csat=5, complaint=True), True),
        (JobWatermelon((MET,), irritation=True), True),
        (JobWatermelon((MET, BREACHED), csat=1), False),
        (JobWatermelon((MET, RUNNING), csat=1), False),
        (JobWatermelon((), csat=1), False),
    ],
)
def test_a_job_is_a_watermelon_when_all_was_kept_and_somebody_is_unhappy(
    job: JobWatermelon, verdict: object
) -> None:
    assert job.is_watermelon is verdict


@pytest.mark.parametrize(
    ("attainment", "csat", "answers", "verdict"),
    [
        (95, 74, 5, True),
        (95, 75, 5, False),
        (94, 10, 5, False),
        (99, 10, 4, None),
        (99, 99, 4, None),
        (94, 10, 4, None),
        (None, 10, 9, None),
        (99, None, 9, None),
    ],
)
def test_a_site_is_a_watermelon_only_when_enough_people_said_so(
    attainment: int | None, csat: int | None, answers: int, verdict: object
) -> None:
    def share(percent: int | None) -> Fraction | None:
        return None if percent is None else Fraction(percent)

    site = SiteWatermelon(
        share(attainment), Fraction(95), share(csat), Fraction(75), answers=answers
    )
    assert site.is_watermelon is verdict


def score(*points: int | None) -> Fraction | None:
    pairs = zip(USUAL_WEIGHTS.items(), points, strict=True)
    parts = (
        Part(name, Fraction(weight), None if given is None else Fraction(given))
        for (name, weight), given in pairs
    )
    return XlaScore(tuple(parts)).points


def test_missing_parts_leave_the_weights_of_the_others() -> None:
    assert score(80, None, None, None) == 80
    assert score(80, 60, None, None) == Fraction(40 * 80 + 30 * 60, 70)
    assert score(None, None, None, None) is None


def test_a_score_lies_between_its_worst_and_its_best_part() -> None:
    for points in product((0, 50, 100, None), repeat=4):
        there = [each for each in points if each is not None]
        figure = score(*points)
        assert figure is None if not there else min(there) <= (figure or 0) <= max(there)


def test_a_part_without_weight_gives_no_score_alone() -> None:
    parts = (Part("csat", Fraction(0), Fraction(80)), Part("ces", Fraction(1), None))
    assert XlaScore(parts).points is None


def test_an_impossible_part_is_refused() -> None:
    with pytest.raises(Invalid) as error:
        XlaScore((Part("csat", Fraction(-1), Fraction(101)),))
    assert [fault.path for fault in error.value.faults] == ["weights.csat", "components.csat"]


def test_an_arrival_within_a_quarter_of_an_hour_either_way_was_announced_rightly() -> None:
    late = [timedelta(seconds=seconds) for seconds in (-901, -900, 0, 900, 901)]
    assert eta_accuracy([(NOON + each, NOON) for each in late]) == Ratio(3, 5)


def test_shares_of_nothing_are_unknown() -> None:
    shares = [
        eta_accuracy([]),
        reopen_rate(reopened=0, closed=0),
        pause_share(paused_seconds=0, open_seconds=0),
    ]
    assert [share.text for share in shares] == [None] * 3
