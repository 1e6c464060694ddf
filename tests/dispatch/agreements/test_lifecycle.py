"""How a version comes into force and goes out of it, and who may not act alone."""

import pytest

from dispatch.agreements import (
    HOLDS,
    NEEDS_OTHER_PERSON,
    VERSION_MOVES,
    WRITTEN,
    FirstPerson,
    VersionCommand,
    VersionMoveNotAllowed,
    VersionStatus,
    allowed_version_commands,
    move_version,
)

LIVES = [
    ("a version is written, verified, signed and put in force",
     "verify sign activate", "active"),
    ("a draft is talked about before it is verified", "negotiate verify", "verified"),
    ("everybody it concerns has the last word", "verify circulate approve sign", "signed"),
    ("who objects sends it back", "verify circulate send_back", "draft"),
    ("a version can go back to its author", "verify send_back", "draft"),
    ("a version nobody wants is withdrawn before it holds", "verify sign withdraw", "withdrawn"),
    ("the next version takes its place", "verify sign activate supersede", "superseded"),
    ("a wish to end it holds it", "verify sign activate request_termination", "legal_hold"),
    ("the wish can be taken back", "verify sign activate request_termination lift_hold", "active"),
    ("a second person ends it",
     "verify sign activate request_termination confirm_termination", "terminated"),
    ("what ended is closed",
     "verify sign activate request_termination confirm_termination close", "closed"),
    ("so is what was replaced", "verify sign activate supersede close", "closed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("commands", "status"), [life[1:] for life in LIVES], ids=[life[0] for life in LIVES]
)
def test_a_version_lives_like_this(commands: str, status: str) -> None:
    at = VersionStatus.DRAFT
    for command in commands.split():
        at = move_version(at, VersionCommand(command))
    assert at.value == status


@pytest.mark.parametrize("status", VersionStatus)
@pytest.mark.parametrize("command", VersionCommand)
def test_what_is_not_in_the_table_is_refused_with_what_is(
    status: VersionStatus, command: VersionCommand
) -> None:
    if (status, command) in VERSION_MOVES:
        assert command in allowed_version_commands(status)
        return
    with pytest.raises(VersionMoveNotAllowed) as refused:
        move_version(status, command)
    assert refused.value.code == "move_not_allowed"
    assert refused.value.allowed == allowed_version_commands(status)


@pytest.mark.parametrize("status", [VersionStatus.CLOSED, VersionStatus.WITHDRAWN])
def test_nothing_follows_the_end(status: VersionStatus) -> None:
    assert allowed_version_commands(status) == ()
    with pytest.raises(VersionMoveNotAllowed, match="nothing more"):
        move_version(status, VersionCommand.VERIFY)


def test_only_a_draft_may_be_edited_also_while_it_is_negotiated() -> None:
    assert frozenset({VersionStatus.DRAFT, VersionStatus.NEGOTIATION}) == WRITTEN


def test_what_ever_was_in_force_still_answers_for_its_days() -> None:
    reached = {to for (_, command), to in VERSION_MOVES.items() if command == "activate"}
    while True:
        further = {to for (at, _), to in VERSION_MOVES.items() if at in reached} | reached
        if further == reached:
            break
        reached = further
    assert reached == HOLDS


def test_an_active_version_is_ended_by_two_people() -> None:
    straight = {
        command
        for (at, command), to in VERSION_MOVES.items()
        if at is VersionStatus.ACTIVE and to is VersionStatus.TERMINATED
    }
    assert straight == set()
    assert NEEDS_OTHER_PERSON[VersionCommand.CONFIRM_TERMINATION] is FirstPerson.REQUESTER


def test_nobody_verifies_what_they_wrote() -> None:
    assert NEEDS_OTHER_PERSON[VersionCommand.VERIFY] is FirstPerson.AUTHOR
