"""Worked examples of the bill, one term each, in the figures of the planning contract."""

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Cost,
    Job,
    Lock,
    Plan,
    Problem,
    Route,
    RouteBreak,
    Stability,
    Stop,
    Technician,
    check,
)
from dispatch.planning.rules import bill
from dispatch.planning.timing import Itinerary, TimedPlan, timed
from tests.dispatch.planning.makers import HOUR, job, line, problem, technician


def planned(question: Problem, *routes: tuple[str, list[str], int | None]) -> TimedPlan:
    """Times of a plan given as technician, jobs and the leg of the break."""
    people = {each.id: each for each in question.technicians}
    jobs = {each.id: each for each in question.jobs}
    itineraries = [
        Itinerary(people[name], tuple(jobs[job_id] for job_id in ids), leg)
        for name, ids, leg in routes
    ]
    return timed(question, itineraries)


def test_travel_costs_one_per_second_there_between_and_home() -> None:
    question = problem(jobs=[job("a", location=1), job("b", location=3)])
    plan = planned(question, ("anna", ["a", "b"], None))
    assert bill(question, plan).travel == 600 + 1200 + 1800


def test_an_empty_route_costs_nothing_even_with_a_way_home_and_a_charge_for_use() -> None:
    away = technician(end=3, use_cost=500)
    question = problem([away], [])
    assert bill(question, planned(question, ("anna", [], None))).total == 0


def test_overtime_is_paid_by_the_second_after_the_shift() -> None:
    tired = technician(shift=(0, 2000), overtime_max=1000, overtime_cost=3)
    question = problem([tired])
    plan = planned(question, ("anna", ["lift"], None))
    # Ten minutes there, thirty of work, ten home: back at 3000, 1000 s after the shift.
    assert plan.routes[0].return_ == 3000
    assert bill(question, plan).overtime == 3000


def test_lateness_counts_from_the_due_time_to_the_start_of_work() -> None:
    question = problem(jobs=[job(due=500, late_cost=12, late_fixed=900)])
    cost = bill(question, planned(question, ("anna", ["lift"], None)))
    assert (cost.late, cost.late_fixed) == (100 * 12, 900)


def test_starting_exactly_when_due_is_on_time() -> None:
    question = problem(jobs=[job(due=600, late_cost=12, late_fixed=900)])
    cost = bill(question, planned(question, ("anna", ["lift"], None)))
    assert (cost.late, cost.late_fixed) == (0, 0)


def test_a_job_left_out_costs_its_drop_cost_and_nothing_else() -> None:
    question = problem(jobs=[job(drop_cost=777, due=0, late_cost=9)])
    assert bill(question, planned(question)).total == 777


def test_a_promise_moved_is_charged_once_whether_dropped_given_away_or_late() -> None:
    people = [technician("anna"), technician("bert")]
    promised = job(drop_cost=0, announced=Announced("anna", 600))
    question = problem(people, [promised], stability=Stability(move_cost=50, tolerance=100))
    assert bill(question, planned(question)).stability == 50
    assert bill(question, planned(question, ("bert", ["lift"], None))).stability == 50
    assert bill(question, planned(question, ("anna", ["lift"], None))).stability == 0


def test_a_start_may_slip_by_the_tolerance_but_not_by_a_second_more() -> None:
    for slip, charge in ((100, 0), (101, 50)):
        promised = job(announced=Announced("anna", 600 - slip))
        question = problem(jobs=[promised], stability=Stability(move_cost=50, tolerance=100))
        plan = planned(question, ("anna", ["lift"], None))
        assert bill(question, plan).stability == charge


def test_an_announced_job_is_not_begun_earlier_than_announced_less_the_tolerance() -> None:
    promised = job(announced=Announced("anna", 3000))
    question = problem(jobs=[promised], stability=Stability(tolerance=400))
    assert planned(question, ("anna", ["lift"], None)).starts["lift"] == 2600


def test_another_technician_need_not_wait_for_the_announced_start() -> None:
    promised = job(announced=Announced("anna", 3000))
    question = problem([technician("anna"), technician("bert")], [promised])
    assert planned(question, ("bert", ["lift"], None)).starts["lift"] == 600


def test_calling_on_a_technician_is_paid_once_however_many_jobs() -> None:
    question = problem([technician(use_cost=500)], [job("a"), job("b")])
    assert bill(question, planned(question, ("anna", ["a", "b"], None))).use == 500


def test_borrowing_is_paid_for_a_technician_of_another_region_only() -> None:
    people = [technician("anna", regions=("north",)), technician("bert", regions=("south",))]
    question = problem(people, [job(region="north", borrow_cost=300)])
    assert bill(question, planned(question, ("anna", ["lift"], None))).borrow == 0
    assert bill(question, planned(question, ("bert", ["lift"], None))).borrow == 300


def test_a_preferred_technician_lowers_the_total_by_the_bonus() -> None:
    question = problem(jobs=[job(preferred={"anna": 250})])
    cost = bill(question, planned(question, ("anna", ["lift"], None)))
    assert cost.preferred == 250
    assert cost.total == 1200 - 250


def test_balance_charges_the_seconds_above_the_mean_rounded_down() -> None:
    people = [technician("anna"), technician("bert"), technician("idle")]
    jobs = [job("a", duration=1000), job("b", duration=1003)]
    question = problem(people, jobs, balance_cost=2)
    plan = planned(question, ("anna", ["a"], None), ("bert", ["b"], None))
    # 2200 and 2203 s of work and travel; the mean of the two used routes is 2201 s.
    assert bill(question, plan).balance == 2 * 2


@pytest.mark.parametrize(("reserve", "seconds"), [(0, 0), (1000, 500), (1500, 1000), (9000, 8500)])
def test_the_end_of_a_shift_kept_free_costs_by_the_second_used(reserve: int, seconds: int) -> None:
    spare = technician(shift=(0, 3500), reserve=reserve, reserve_cost=3)
    question = problem([spare])
    # Back at 3000: of the last 1000 s of the shift 500 are used, the whole way home included.
    assert bill(question, planned(question, ("anna", ["lift"], None))).reserve == 3 * seconds
    assert bill(question, planned(question)).reserve == 0


def test_overtime_uses_the_reserve_up_but_no_more_of_it() -> None:
    tired = technician(
        shift=(0, 2000), overtime_max=1000, overtime_cost=2, reserve=300, reserve_cost=5
    )
    cost = bill(problem([tired]), planned(problem([tired]), ("anna", ["lift"], None)))
    assert (cost.overtime, cost.reserve) == (1000 * 2, 300 * 5)


def test_each_arrival_at_another_place_is_charged_so_that_one_site_is_served_in_one_go() -> None:
    jobs = [job("a"), job("b", location=2), job("c")]
    question = problem(jobs=jobs, arrival_cost=40)
    apart = bill(question, planned(question, ("anna", ["a", "b", "c"], None)))
    together = bill(question, planned(question, ("anna", ["a", "c", "b"], None)))
    assert (apart.arrival, together.arrival) == (3 * 40, 2 * 40)


def test_a_first_job_where_the_day_begins_is_no_arrival_nor_is_coming_home() -> None:
    question = problem([technician(start=1, end=0)], arrival_cost=40)
    assert bill(question, planned(question, ("anna", ["lift"], None))).arrival == 0


@pytest.mark.parametrize(("aim", "minutes"), [(600, 0), (541, 0), (540, 1), (0, 10), (-60, 11)])
def test_work_after_our_own_aim_costs_by_the_full_minute(aim: int, minutes: int) -> None:
    question = problem(jobs=[job(aim=aim, aim_cost=5)])
    cost = bill(question, planned(question, ("anna", ["lift"], None)))
    assert (cost.aim, cost.late) == (5 * minutes, 0)


def test_an_aim_and_a_promise_are_counted_side_by_side_once_whatever_the_crew() -> None:
    people = [technician("anna"), technician("bert")]
    question = problem(people, [job(crew=2, due=300, late_cost=2, aim=240, aim_cost=5)])
    cost = bill(question, planned(question, ("anna", ["lift"], None), ("bert", ["lift"], None)))
    assert (cost.late, cost.aim) == (600, 6 * 5)


def test_each_of_a_crew_drives_but_lateness_is_counted_once() -> None:
    people = [technician("anna"), technician("bert", start=2, end=2)]
    heavy = job(crew=2, due=0, late_cost=1, late_fixed=70)
    question = problem(people, [heavy])
    cost = bill(question, planned(question, ("anna", ["lift"], None), ("bert", ["lift"], None)))
    assert cost.travel == 1200 + 1200
    assert (cost.late, cost.late_fixed) == (600, 70)


def test_a_crew_begins_together_when_the_last_has_arrived() -> None:
    people = [technician("anna"), technician("bert", start=3)]
    question = problem(people, [job(crew=2)])
    plan = planned(question, ("anna", ["lift"], None), ("bert", ["lift"], None))
    assert plan.starts["lift"] == 1200
    assert [route.stops[0].arrive for route in plan.routes] == [600, 1200]


def test_a_job_that_follows_another_waits_for_its_end_elsewhere() -> None:
    people = [technician("anna"), technician("bert")]
    question = problem(people, [job("first", duration=5000), job("then", after=("first",))])
    plan = planned(question, ("anna", ["first"], None), ("bert", ["then"], None))
    assert plan.starts["then"] == 600 + 5000


def test_now_holds_back_both_leaving_and_working() -> None:
    question = problem(now=1000)
    plan = planned(question, ("anna", ["lift"], None))
    assert (plan.routes[0].leave, plan.starts["lift"]) == (1000, 1600)


def test_release_and_window_hold_back_the_work_not_the_arrival() -> None:
    question = problem(jobs=[job(release=900, window=(1500, 2000))])
    stop = planned(question, ("anna", ["lift"], None)).routes[0].stops[0]
    assert (stop.arrive, stop.start, stop.finish) == (600, 1500, 3300)


def test_a_start_fixed_by_a_person_is_waited_for() -> None:

    question = problem(jobs=[job(locked=Lock(start=4000))])
    assert planned(question, ("anna", ["lift"], None)).starts["lift"] == 4000


def resting(rest: Break) -> tuple[Technician, list[Job]]:
    return technician(break_=rest), [job("a", duration=HOUR), job("b", location=2, duration=HOUR)]


def test_a_break_during_travel_interrupts_it() -> None:
    person, jobs = resting(Break(4500, 9000, 1800))
    question = problem([person], jobs)
    route = planned(question, ("anna", ["a", "b"], 1)).routes[0]
    # Ready at 4200, on the road until the break at 4500, then on: 4200 + 600 + 1800.
    assert route.break_ == RouteBreak(1, 4500, 6300)
    assert route.stops[1].arrive == 6600


def test_a_break_fills_waiting_at_the_door() -> None:
    person, jobs = resting(Break(6000, 9000, 1800))
    question = problem([person], jobs)
    route = planned(question, ("anna", ["a", "b"], 1)).routes[0]
    assert route.break_ == RouteBreak(1, 6000, 7800)
    assert route.stops[1].arrive == 7800


def test_a_break_that_is_due_begins_before_setting_out() -> None:
    person, jobs = resting(Break(1000, 9000, 1800))
    question = problem([person], jobs)
    route = planned(question, ("anna", ["a", "b"], 1)).routes[0]
    assert route.break_ == RouteBreak(1, 4200, 6000)
    assert route.stops[1].arrive == 4200 + 600 + 1800


def test_a_break_after_the_last_job_delays_the_return() -> None:
    person, jobs = resting(Break(8000, 9000, 1800))
    question = problem([person], jobs)
    assert planned(question, ("anna", ["a", "b"], 2)).routes[0].return_ == 8400 + 1200 + 1800


def test_the_verdict_restates_the_bill_whatever_the_plan_says() -> None:
    question = problem()
    stops = (Stop("lift", 600, 600, 2400),)
    verdict = check(question, Plan(routes=(Route("anna", stops, 0, 3000),)))
    assert verdict.cost.total == 1200
    assert {fault.code for fault in verdict.faults} == {"wrong_cost"}


def test_places_may_lie_on_one_spot() -> None:
    question = problem(durations=line(0, 0, 0, 0))
    assert bill(question, planned(question, ("anna", ["lift"], None))).total == 0


def test_the_gap_is_a_share_of_the_total_and_none_where_bonuses_leave_no_total() -> None:
    assert Plan(cost=Cost(travel=100), bound=95).gap == 0.05
    assert Plan(cost=Cost(travel=100)).gap is None
    assert Plan(cost=Cost(travel=5, preferred=15), bound=-20).gap is None
