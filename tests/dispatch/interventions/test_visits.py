"""The life of a visit against the published table, row by row.

The table below is a transcript for the eye; the product's own table must say the same and no more.
"""

from itertools import product

import pytest

from dispatch.interventions import (
    OPEN_STATUSES,
    VISIT_MOVES,
    Condition,
    InterventionCommand,
    MoveNotAllowed,
    Role,
    VisitCommand,
    VisitStatus,
    allowed_commands,
    move,
    permission,
    requirements,
)

# from | command | to | who (and on what condition) | what it must carry
PUBLISHED = """
- | propose | proposed | planner, dispatcher |
proposed | dispatch | dispatched | dispatcher, policy |
dispatched | accept | accepted | technician, policy:urgent_and_auto_accepted |
dispatched, accepted | decline | declined | technician | reason
accepted | start_travel | en_route | technician |
accepted, en_route | arrive | arrived | technician, geofence:can_be_undone |
arrived | start_work | in_progress | technician |
in_progress | pause | paused | technician, dispatcher | reason
paused | resume | in_progress | technician, dispatcher |
in_progress | complete | completed | technician | cause, action, evidence
in_progress, arrived | complete_partially | partially_completed | technician | remaining
dispatched, accepted, en_route, arrived, in_progress, paused | cannot_complete | cannot_complete \
| technician | reason
proposed, dispatched, accepted | unassign | unassigned | dispatcher, planner:within_budget |
proposed, dispatched, accepted | reassign | unassigned | dispatcher, planner:within_budget |
proposed, dispatched, accepted, en_route, arrived, in_progress, paused | cancel | cancelled \
| dispatcher, manager:agreement_allows | reason
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in PUBLISHED.strip().splitlines()]
MOVES = {
    (None if start == "-" else VisitStatus(start), VisitCommand(row[1])): VisitStatus(row[2])
    for row in ROWS
    for start in row[0].split(", ")
}
NOT_IN_THE_TABLE = [
    pair for pair in product([None, *VisitStatus], VisitCommand) if pair not in MOVES
]


def test_every_command_has_its_row() -> None:
    assert {row[1] for row in ROWS} == {command.value for command in VisitCommand}


def test_the_table_holds_the_published_moves_and_no_others() -> None:
    assert dict(VISIT_MOVES) == MOVES


@pytest.mark.parametrize(("start", "command"), MOVES)
def test_a_published_move_is_made(start: VisitStatus | None, command: VisitCommand) -> None:
    assert move(start, command) is MOVES[start, command]


@pytest.mark.parametrize(("start", "command"), NOT_IN_THE_TABLE)
def test_any_other_move_is_refused_with_the_moves_there_are(
    start: VisitStatus | None, command: VisitCommand
) -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        move(start, command)
    assert refused.value.code == "move_not_allowed"
    assert refused.value.status is start
    assert {each for each in VisitCommand if (start, each) in MOVES} == set(refused.value.allowed)


def test_the_refusal_tells_the_person_what_can_be_done() -> None:
    with pytest.raises(MoveNotAllowed, match="is paused: complete cannot follow, only resume"):
        move(VisitStatus.PAUSED, VisitCommand.COMPLETE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_the_published_roles_may_and_nobody_else(row: list[str]) -> None:
    published = {}
    for entry in row[3].split(", "):
        role, _, condition = entry.partition(":")
        published[Role(role)] = Condition(condition or "always")
    command = VisitCommand(row[1])
    assert {role: permission(role, command) for role in Role} == {
        role: published.get(role) for role in Role
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_a_command_carries_what_was_published(row: list[str]) -> None:
    published = [] if not row[4] else row[4].split(", ")
    assert [need.value for need in requirements(VisitCommand(row[1]))] == published


def test_a_visit_that_has_ended_moves_no_more() -> None:
    ended = set(VisitStatus) - OPEN_STATUSES
    assert ended == {
        VisitStatus.COMPLETED,
        VisitStatus.PARTIALLY_COMPLETED,
        VisitStatus.CANNOT_COMPLETE,
        VisitStatus.DECLINED,
        VisitStatus.UNASSIGNED,
        VisitStatus.CANCELLED,
    }
    assert all(allowed_commands(status) == () for status in ended)


def test_every_visit_can_reach_an_end() -> None:
    ended = set(VisitStatus) - OPEN_STATUSES
    for status in OPEN_STATUSES:
        assert ended & {move(status, command) for command in allowed_commands(status)}


def test_cancelling_a_visit_and_an_intervention_are_different_commands() -> None:
    assert permission(Role.MANAGER, VisitCommand.CANCEL) is Condition.AGREEMENT_ALLOWS
    assert permission(Role.TECHNICIAN, InterventionCommand.CANCEL) is None
