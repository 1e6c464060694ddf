"""What of a day reaches the planner: who is free where, what is fixed, what is owed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS, Day, UnderWay, Work, as_it_stands, to_plan, weights_of
from dispatch.interventions import VisitStatus
from dispatch.planning import Job, Limits, Lock, Technician, check, solve
from dispatch.planning.eligibility import borrowing
from dispatch.roster import ShiftKind
from tests.dispatch.day.makers import at, day, east, free, lent, lunch, person, visit, work


def only_technician(asked: Day) -> Technician:
    (technician,) = to_plan(asked).problem.technicians
    return technician


def only_job(asked: Day) -> Job:
    (job,) = to_plan(asked).problem.jobs
    return job


def seconds(clock: str) -> int:
    return int((at(clock) - at("0:00")).total_seconds())


def test_a_technician_is_free_where_and_when_the_visit_under_way_ends() -> None:
    busy = UnderWay("anna", east(5), at("10:30"))
    question = to_plan(day(jobs=[], under_way=(busy,)))
    (anna,) = question.problem.technicians
    assert anna.shift == (seconds("10:30"), seconds("16:00"))
    assert anna.start != anna.end


def test_work_under_way_past_the_end_of_the_shift_leaves_only_overtime() -> None:
    late = free("anna", "8:00", "10:00", overtime_max_seconds=7200)
    busy = UnderWay("anna", east(5), at("11:00"))
    technician = only_technician(day([person("anna", late)], [], under_way=(busy,)))
    assert technician.shift == (seconds("11:00"), seconds("11:00"))
    assert technician.latest_return == seconds("12:00")


def test_a_shift_that_is_over_cannot_be_planned() -> None:
    assert to_plan(day(now="16:00")).problem.technicians == ()


def test_lunch_is_owed_until_its_latest_start_has_passed() -> None:
    anna = person("anna", free("anna", lunch=lunch()))
    assert only_technician(day([anna], now="13:00")).break_ is not None
    assert only_technician(day([anna], now="13:01")).break_ is None


def test_overtime_ends_where_the_next_duty_begins() -> None:
    shift = free("anna", "8:00", "16:00", overtime_max_seconds=7200)
    on_call = free("anna", "16:30", "20:00", kind=ShiftKind.ON_CALL)
    first, second = to_plan(day([person("anna", shift, on_call)])).problem.technicians
    assert (first.id, first.latest_return) == ("anna", seconds("16:30"))
    assert (second.id, second.use_cost) == ("anna/2", WEIGHTS.call_out_cost)


def test_nobody_is_called_out_for_what_can_wait() -> None:
    on_call = person("anna", free("anna", kind=ShiftKind.ON_CALL))
    jobs = [work("stuck", severity=Severity.ENTRAPMENT), work("wish", severity=Severity.REQUEST)]
    stuck, wish = to_plan(day([on_call], jobs)).problem.jobs
    assert (stuck.excluded, wish.excluded) == ((), ("anna",))


def test_an_accepted_visit_keeps_its_technician_and_may_slip() -> None:
    accepted = visit(status=VisitStatus.ACCEPTED)
    job = only_job(day(jobs=[work(visit=accepted)]))
    assert job.locked is not None
    assert (job.locked.technician, job.locked.start) == ("anna", None)
    assert job.announced is not None
    assert job.announced.start == seconds("10:00")


def test_a_dispatchers_lock_on_the_start_is_kept_while_it_can_be() -> None:
    fixed = visit(is_start_locked=True)
    kept = only_job(day(jobs=[work(visit=fixed)]))
    passed = only_job(day(jobs=[work(visit=fixed)], now="10:30"))
    assert kept.locked is not None
    assert kept.locked.start == seconds("10:00")
    assert passed.locked is not None
    assert (passed.locked.technician, passed.locked.start) == ("anna", None)


def test_a_dispatched_visit_may_be_given_to_somebody_else_within_the_budget() -> None:
    question = to_plan(day(jobs=[work(visit=visit())]), change_budget=2)
    (job,) = question.problem.jobs
    assert job.locked is None
    assert job.announced is not None
    assert question.problem.stability.budget == 2


def test_a_visit_that_stands_late_is_not_blamed_on_the_plan() -> None:
    overdue = work(visit=visit(starts="8:00"))
    question = to_plan(day(jobs=[overdue], now="11:00"), change_budget=0)
    (job,) = question.problem.jobs
    assert job.announced is not None
    assert job.announced.start >= seconds("11:00")
    assert check(question.problem, question.current).is_legal


def test_promised_visits_may_run_into_overtime_that_nothing_new_could() -> None:
    jobs = [
        work(f"lift-{hour}", visit=visit(starts=f"{hour}:00", status=VisitStatus.ACCEPTED))
        for hour in (12, 13, 14)
    ]
    question = to_plan(day(jobs=jobs, now="14:00"), change_budget=0)
    assert len(question.current.routes[0].stops) == 3
    assert check(question.problem, question.current).is_legal
    solved = solve(question.problem, limits=Limits(iterations=20), start=question.current)
    assert [left.job for left in solved.unassigned] == []


def test_an_accepted_visit_of_somebody_who_went_home_is_left_alone() -> None:
    gone = work(visit=visit("berta", status=VisitStatus.ACCEPTED))
    question = to_plan(day(jobs=[gone]))
    assert question.left_alone == ("lift",)
    assert question.problem.jobs == ()


def test_a_dispatched_visit_of_somebody_who_went_home_is_planned_anew() -> None:
    gone = work(visit=visit("berta"))
    job = only_job(day(jobs=[gone]))
    assert (job.announced, job.locked) == (None, None)


def test_whom_a_dispatcher_fixed_is_not_asked_for_skills() -> None:
    by_hand = work(skills={"rescue": 2}, visit=visit(is_technician_locked=True))
    question = to_plan(day(jobs=[by_hand]))
    assert check(question.problem, question.current).is_legal
    assert question.current.unassigned == ()


def test_a_promise_already_missed_is_due_now_and_owes_nothing_more_for_being_late() -> None:
    missed = only_job(day(jobs=[work(due_at=at("8:00"))], now="9:00"))
    kept = only_job(day(jobs=[work(due_at=at("11:00"))], now="9:00"))
    weights = WEIGHTS.of(Severity.OUT_OF_SERVICE)
    assert (missed.due, missed.late_fixed) == (seconds("9:00"), 0)
    assert (kept.due, kept.late_fixed) == (seconds("11:00"), weights.late_fixed)


def test_somebody_trapped_waits_by_the_second_and_not_only_after_the_promise() -> None:
    promised = work(severity=Severity.ENTRAPMENT, due_at=at("11:00"))
    trapped = only_job(day(jobs=[promised], now="9:00"))
    assert (trapped.due, trapped.late_cost) == (
        seconds("9:00"),
        WEIGHTS.of(Severity.ENTRAPMENT).late_cost,
    )


def aimed(name: str = "lift", *, aim: str, due: str = "15:00", **given: object) -> Work:
    """Work promised by one time, that we mean to begin by an earlier one."""
    return work(name, due_at=at(due), internal_due_at=at(aim), **given)


def wish(asked: Day) -> tuple[int | None, int]:
    job = only_job(asked)
    return job.aim, job.aim_cost


def test_the_planner_works_towards_our_own_stricter_aim() -> None:
    price = WEIGHTS.of(Severity.OUT_OF_SERVICE).aim_cost
    assert wish(day(jobs=[aimed(aim="11:00")])) == (seconds("11:00"), price)


def test_an_aim_that_has_passed_counts_from_now_on() -> None:
    price = WEIGHTS.of(Severity.OUT_OF_SERVICE).aim_cost
    assert wish(day(jobs=[aimed(aim="8:00")], now="9:00")) == (seconds("9:00"), price)


def test_on_a_later_day_an_aim_of_the_day_before_counts_from_its_midnight() -> None:
    assert wish(day(jobs=[aimed(aim="-4:00")], now="-10:00"))[0] == 0


def test_there_is_no_aim_once_the_promise_is_missed_nor_where_it_is_no_stricter() -> None:
    assert wish(day(jobs=[aimed(aim="7:00", due="8:00")], now="9:00")) == (None, 0)
    assert wish(day(jobs=[aimed(aim="15:00", due="15:00")])) == (None, 0)


def test_a_clock_that_is_paused_has_no_aim_either() -> None:
    paused = work(internal_due_at=at("8:30"))
    assert wish(day(jobs=[paused])) == (None, 0)


def test_for_somebody_trapped_no_aim_comes_before_now() -> None:
    trapped = aimed(aim="9:30", due="10:00", severity=Severity.ENTRAPMENT)
    assert wish(day(jobs=[trapped])) == (None, 0)


@pytest.mark.parametrize("first", ["a", "b"])
def test_of_two_equal_visits_the_one_whose_aim_comes_first_is_done_first(first: str) -> None:
    jobs = [aimed(name, aim="9:30" if name == first else "14:00") for name in ("a", "b")]
    question = to_plan(day(jobs=jobs))
    plan = solve(question.problem, limits=Limits(iterations=50))
    assert plan.routes[0].stops[0].job == first


def test_an_aim_never_makes_a_promise_late() -> None:
    promised = work("promised", due_at=at("9:10"))
    wished = [aimed(f"wished-{number}", aim="9:05") for number in range(3)]
    question = to_plan(day(jobs=[promised, *wished]))
    plan = solve(question.problem, limits=Limits(iterations=200))
    assert plan.routes[0].stops[0].job == "promised"
    assert (plan.cost.late, plan.unassigned) == (0, ())


def test_an_aim_is_no_reason_to_drive_far_about_nor_to_tell_anybody_anew() -> None:
    told = aimed("told", aim="10:00", visit=visit(starts="10:20"))
    question = to_plan(day(jobs=[told, work("new")]))
    plan = solve(question.problem, limits=Limits(iterations=200), start=question.current)
    assert plan.cost.stability == 0
    weights = [WEIGHTS.of(severity) for severity in Severity if severity is not Severity.ENTRAPMENT]
    assert all(0 < each.aim_cost < 60 for each in weights)  # a minute on the road


def test_an_aim_is_never_a_reason_to_leave_work_for_another_day() -> None:
    evening = person("anna", free("anna", "15:00", "20:00"))
    strict = weights_of({"late_cost.S3": 600})
    tomorrow = aimed(aim="8:00", due="39:00", severity=Severity.DEGRADED)
    question = to_plan(day([evening], [tomorrow], weights=strict))
    plan = solve(question.problem, limits=Limits(iterations=5))
    assert plan.cost.aim > WEIGHTS.of(Severity.DEGRADED).wait_cost
    assert plan.unassigned == ()


def test_what_is_due_another_day_costs_less_to_leave() -> None:
    request = {"severity": Severity.REQUEST}
    today = only_job(day(jobs=[work(due_at=at("15:00"), **request)]))
    later = only_job(day(jobs=[work(due_at=at("30:00"), **request)]))
    assert today.drop_cost > later.drop_cost


def test_late_is_always_better_than_never_within_a_day() -> None:
    for severity in Severity:
        weights = WEIGHTS.of(severity)
        a_day_after_the_aim = weights.aim_cost * 1_440
        a_day_late = weights.late_cost * 86_400 + weights.late_fixed
        assert weights.drop_cost > a_day_late + a_day_after_the_aim
        assert weights.wait_cost > a_day_after_the_aim


def test_a_window_that_has_closed_binds_nobody() -> None:
    closed = work(window_from=at("7:00"), window_to=at("8:30"))
    job = only_job(day(jobs=[closed], now="9:00"))
    assert job.window is not None
    assert job.window[1] > seconds("16:00")


def test_a_window_that_closes_before_a_later_day_leaves_nothing_of_that_day() -> None:
    tonight = work("tonight", window_from=at("-9:00"), window_to=at("-7:00"))
    question = to_plan(day(jobs=[tonight, work("any time")], now="-10:00"))
    plan = solve(question.problem, limits=Limits(iterations=5))
    assert [left.job for left in plan.unassigned] == ["tonight"]


def test_visits_start_on_whole_minutes() -> None:
    odd = day([person(home=east(0.7))], [work("a", at=east(1.3)), work("b", at=east(4.1))])
    question = to_plan(replace(odd, now=at("9:00") + timedelta(seconds=7)))
    plan = solve(question.problem, limits=Limits(iterations=20))
    assert all(stop.start % 60 == 0 for route in plan.routes for stop in route.stops)
    assert plan.routes[0].leave == seconds("9:01")


def test_nothing_starts_earlier_when_one_thing_is_asked_about() -> None:
    jobs = [work("asked"), work("planned", visit=visit(starts="14:00"))]
    question = as_it_stands(day(jobs=jobs), "asked")
    (route,) = question.current.routes
    assert [(stop.job, stop.start) for stop in route.stops] == [("planned", seconds("14:00"))]


def test_a_day_yet_to_come_begins_with_its_shifts() -> None:
    question = to_plan(day(now="-10:00"))
    plan = solve(question.problem, limits=Limits(iterations=5))
    assert plan.routes[0].leave == seconds("8:00")


def test_another_regions_visit_stays_where_and_when_it_stands() -> None:
    theirs = work("theirs", visit=visit(starts="10:00"), is_elsewhere=True)
    job = only_job(day(jobs=[theirs]))
    assert job.locked == Lock("anna", seconds("10:00"))
    assert (job.region, job.borrow_cost) == (None, WEIGHTS.borrow_cost)


def test_somebody_lent_comes_at_the_price_the_region_names() -> None:
    question = to_plan(day([person(), lent("lena")], borrow_cost=900)).problem
    (job,) = question.jobs
    assert [borrowing(job, each) for each in question.technicians] == [0, 900]


def test_of_chosen_work_everything_else_stays_as_it_is_or_goes_on_waiting() -> None:
    near, far = east(1), east(9)
    jobs = [
        work("A", at=far, visit=visit("anna", "14:00")),
        work("B", at=near, visit=visit("anna", "11:00")),
        work("C", at=near),
        work("D", at=far),
    ]
    asked = day([person("anna", free("anna"))], jobs)
    question = to_plan(asked, only={"B", "C"})
    found = {job.id: job for job in question.problem.jobs}
    assert found.keys() == {"A", "B", "C"}
    assert found["A"].locked == Lock("anna", seconds("14:00"))
    assert (found["B"].locked, found["C"].locked) == (None, None)
    plan = solve(question.problem, limits=Limits(iterations=200), start=question.current)
    assert check(question.problem, plan).is_legal
    assert {stop.job: stop.start for route in plan.routes for stop in route.stops}["A"] == seconds(
        "14:00"
    )
