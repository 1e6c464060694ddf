"""An intervention's status, in the published order, and what a person may decide from it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from dispatch.interventions import (
    DECISIONS,
    Decided,
    DecisionNotAllowed,
    InterventionCommand,
    InterventionStatus,
    ReopenTooLate,
    Requirement,
    Role,
    VisitStatus,
    decided_by_completion,
    derive_status,
    permission,
    require_decision,
    require_reopening,
    requirements,
)

UNDER_WAY = [
    VisitStatus.EN_ROUTE,
    VisitStatus.ARRIVED,
    VisitStatus.IN_PROGRESS,
    VisitStatus.PAUSED,
]
PLANNED = [VisitStatus.PROPOSED, VisitStatus.DISPATCHED, VisitStatus.ACCEPTED]
UNFINISHED = [VisitStatus.CANNOT_COMPLETE, VisitStatus.PARTIALLY_COMPLETED]
NO_TRACE = [VisitStatus.DECLINED, VisitStatus.UNASSIGNED, VisitStatus.CANCELLED]


@pytest.mark.parametrize(("decided", "visit"), list(product(Decided, VisitStatus)))
def test_a_decision_stands_above_every_visit(decided: Decided, visit: VisitStatus) -> None:
    assert derive_status(decided, [visit], waiting_reason="parts").value == decided.value


@pytest.mark.parametrize(("visit", "other"), list(product(UNDER_WAY, VisitStatus)))
def test_any_visit_under_way_means_in_progress(visit: VisitStatus, other: VisitStatus) -> None:
    for visits in ([visit, other], [other, visit]):
        assert derive_status(None, visits) is InterventionStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("visit", "other"),
    list(product(PLANNED, [*PLANNED, *UNFINISHED, *NO_TRACE, VisitStatus.COMPLETED])),
)
def test_any_visit_planned_and_none_under_way_means_scheduled(
    visit: VisitStatus, other: VisitStatus
) -> None:
    for visits in ([visit, other], [other, visit]):
        assert derive_status(None, visits, qualified=False) is InterventionStatus.SCHEDULED


def test_a_completed_latest_visit_means_completed() -> None:
    visits = [VisitStatus.CANNOT_COMPLETE, VisitStatus.COMPLETED]
    assert derive_status(None, visits, waiting_reason="parts") is InterventionStatus.COMPLETED


@pytest.mark.parametrize("latest", UNFINISHED)
def test_an_unfinished_latest_visit_waits_only_for_a_reason(latest: VisitStatus) -> None:
    visits = [VisitStatus.COMPLETED, latest]
    waiting = derive_status(None, visits, waiting_reason="parts", qualified=False)
    assert waiting is InterventionStatus.ON_HOLD
    assert derive_status(None, visits, qualified=False) is InterventionStatus.QUALIFIED


@pytest.mark.parametrize("latest", NO_TRACE)
def test_a_visit_that_came_to_nothing_returns_the_intervention_to_the_queue(
    latest: VisitStatus,
) -> None:
    assert derive_status(None, [latest]) is InterventionStatus.QUALIFIED


def test_without_visits_triage_makes_the_difference() -> None:
    assert derive_status(None, [], qualified=True) is InterventionStatus.QUALIFIED
    assert derive_status(None, [], qualified=False) is InterventionStatus.DRAFT


DECIDABLE = {
    "draft": {"qualify", "refuse", "cancel", "rule_out_of_scope", "bring_in_scope"},
    "qualified": {"hold", "close", "cancel", "rule_out_of_scope", "bring_in_scope"},
    "scheduled": {"cancel", "rule_out_of_scope", "bring_in_scope"},
    "in_progress": set(),
    "on_hold": {"release_hold", "close", "cancel", "rule_out_of_scope", "bring_in_scope"},
    "completed": {"close", "reopen"},
    "closed": {"reopen"},
    "cancelled": set(),
}


def test_the_table_of_decisions_is_the_one_written_here() -> None:
    table = {
        status.value: {command.value for command in commands}
        for status, commands in DECISIONS.items()
    }
    assert table == DECIDABLE


@pytest.mark.parametrize(
    ("status", "command"), list(product(InterventionStatus, InterventionCommand))
)
def test_a_decision_outside_the_table_is_refused_with_those_inside(
    status: InterventionStatus, command: InterventionCommand
) -> None:
    if command.value in DECIDABLE[status.value]:
        require_decision(status, command)
        return
    with pytest.raises(DecisionNotAllowed) as refused:
        require_decision(status, command)
    assert {allowed.value for allowed in refused.value.allowed} == DECIDABLE[status.value]


def test_completion_closes_unless_the_office_wants_to_look() -> None:
    assert decided_by_completion(asks_for_review=False) is Decided.CLOSED
    assert decided_by_completion(asks_for_review=True) is None


def test_nobody_on_site_decides_about_an_intervention() -> None:
    assert all(permission(Role.TECHNICIAN, command) is None for command in InterventionCommand)


@pytest.mark.parametrize("command", ["refuse", "hold", "reopen", "cancel", "rule_out_of_scope"])
def test_what_changes_a_promise_needs_a_reason(command: str) -> None:
    assert requirements(InterventionCommand(command)) == (Requirement.REASON,)


@pytest.mark.parametrize("command", ["qualify", "release_hold", "close", "bring_in_scope"])
def test_what_moves_work_along_needs_nothing(command: str) -> None:
    assert requirements(InterventionCommand(command)) == ()


def test_only_the_office_says_what_the_agreement_covers() -> None:
    for command in (InterventionCommand.RULE_OUT_OF_SCOPE, InterventionCommand.BRING_IN_SCOPE):
        assert {role for role in Role if permission(role, command)} == {Role.DISPATCHER}


CLOSED = datetime(2026, 6, 2, 10, tzinfo=UTC)
THREE_DAYS = 72 * 3600


def test_closed_work_is_taken_up_again_up_to_the_last_second_of_its_window() -> None:
    require_reopening(CLOSED, CLOSED + timedelta(seconds=THREE_DAYS), THREE_DAYS)


def test_after_the_window_a_repeat_is_reported_instead() -> None:
    with pytest.raises(ReopenTooLate) as refused:
        require_reopening(CLOSED, CLOSED + timedelta(seconds=THREE_DAYS + 1), THREE_DAYS)
    assert refused.value.until == datetime(2026, 6, 5, 10, tzinfo=UTC)
    assert "repeat" in str(refused.value)
