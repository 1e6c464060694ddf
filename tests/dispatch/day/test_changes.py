"""What a plan changes, as a dispatcher reviews it before publishing."""

from dispatch.agreements import Severity
from dispatch.day import ChangeKind, Day, DayProblem, Diff, UnderWay, diff, to_plan
from dispatch.interventions import VisitStatus
from dispatch.planning import Limits, solve
from tests.dispatch.day.makers import at, day, east, person, visit, work


def planned(given: Day, *, budget: int | None = None) -> tuple[DayProblem, Diff]:
    question = to_plan(given, change_budget=budget)
    plan = solve(question.problem, limits=Limits(iterations=60), start=question.current)
    return question, diff(question, plan)


def test_work_nobody_had_is_added() -> None:
    _, found = planned(day())
    (change,) = found.changes
    assert (change.kind, change.before) == (ChangeKind.ADDED, None)
    assert change.after is not None
    assert change.after.technician == "anna"
    assert change.after.travel_seconds > 0
    assert (found.before.unassigned, found.after.unassigned) == (1, 0)


def test_a_visit_nobody_can_make_any_more_is_removed_with_the_reasons() -> None:
    jobs = [work(visit=visit("anna"), skills={"rescue": 3})]
    _, found = planned(day(jobs=jobs))
    (change,) = found.changes
    assert change.kind is ChangeKind.REMOVED
    ((job, reasons),) = found.unassigned
    assert (job, reasons[0].code) == ("lift", "skill_missing")


def test_a_plan_moves_no_more_announced_visits_than_it_may() -> None:
    """Anna has three visits at berta's door; each would be better off with berta."""
    crew = [person("anna"), person("berta", home=east(30))]
    jobs = [
        work(f"far-{hour}", at=east(30), visit=visit("anna", f"{hour}:00")) for hour in (10, 12, 14)
    ]
    _, free = planned(day(crew, jobs))
    _, capped = planned(day(crew, jobs), budget=1)
    _, frozen = planned(day(crew, jobs), budget=0)
    assert free.announced_moved == 3
    assert capped.announced_moved == 1
    assert frozen.announced_moved == 0


def test_accepted_visits_keep_their_technician_whatever_it_saves() -> None:
    crew = [person("anna"), person("berta", home=east(30))]
    accepted = visit("anna", "10:00", status=VisitStatus.ACCEPTED)
    question, found = planned(day(crew, [work(at=east(30), visit=accepted)]))
    assert question.current.cost.total == found.after.total
    assert found.announced_moved == 0


def test_nobody_is_told_anew_for_a_few_minutes() -> None:
    jobs = [
        work(f"lift-{hour}", visit=visit("anna", f"{hour}:00", status=VisitStatus.ACCEPTED))
        for hour in (10, 12, 14)
    ]
    _, found = planned(day(jobs=jobs))
    assert found.changes == ()


def test_a_round_that_runs_a_little_late_is_left_as_it_is() -> None:
    accepted = visit("anna", "9:15", status=VisitStatus.ACCEPTED)
    busy = UnderWay("anna", east(2), at("9:20"))
    _, found = planned(day(jobs=[work(visit=accepted)], under_way=(busy,)))
    assert found.changes == ()


def test_what_a_dispatcher_set_by_hand_stays_whatever_the_rules_say() -> None:
    by_hand = visit("anna", "11:00", is_start_locked=True)
    _, found = planned(day(jobs=[work(skills={"rescue": 3}, visit=by_hand)]))
    assert found.changes == ()


def test_an_overdue_visit_is_moved_to_when_it_can_really_begin() -> None:
    overdue = work(visit=visit(starts="8:00"), due_at=at("8:30"))
    _, found = planned(day(jobs=[overdue], now="11:00"), budget=0)
    (change,) = found.changes
    assert change.kind is ChangeKind.MOVED
    assert change.after is not None
    assert change.before is not None
    assert change.after.starts_at > at("11:00")
    assert change.before.lateness == change.after.lateness > 0
    assert not change.moves_promise


def test_the_worst_is_planned_before_the_rest() -> None:
    jobs = [
        work("wish", severity=Severity.REQUEST, at=east(1)),
        work("stuck", severity=Severity.ENTRAPMENT, at=east(3), due_at=at("9:30")),
    ]
    _, found = planned(day(jobs=jobs))
    assert [change.work for change in found.changes] == ["stuck", "wish"]
    assert (found.after.on_time, found.after.late) == (1, 0)
