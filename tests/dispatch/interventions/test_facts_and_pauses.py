"""Facts are recorded once; pauses stop what their reason says, and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.errors import Invalid
from dispatch.hours import ClockKind
from dispatch.interventions import (
    PAUSE_RULES,
    EvidenceMissing,
    Fact,
    FactKind,
    PauseNotAllowed,
    PauseReason,
    RecordedPause,
    Role,
    SecondPersonNeeded,
    approval_needed,
    clocks_stopped,
    is_backdated,
    recorded,
    require_pause,
    require_second_person,
    time_of,
)

NINE = datetime(2026, 6, 2, 9, tzinfo=UTC)
ELEVEN = datetime(2026, 6, 2, 11, tzinfo=UTC)


def stopped_by(reason: str, *, is_approved: bool = False, parts: bool = False) -> set[str]:
    pause = RecordedPause(PauseReason(reason), NINE, is_approved=is_approved)
    return {clock.value for clock in clocks_stopped(pause, parts_stop_resolution=parts)}


def test_a_completion_by_somebody_else_never_overwrites_a_time() -> None:
    first = Fact(FactKind.BACK_IN_SERVICE, NINE)
    facts = recorded((first,), Fact(FactKind.BACK_IN_SERVICE, ELEVEN))
    assert time_of(facts, FactKind.BACK_IN_SERVICE) == NINE


def test_facts_of_different_kinds_stand_side_by_side() -> None:
    facts = recorded((Fact(FactKind.MADE_SAFE, NINE),), Fact(FactKind.PERSON_RELEASED, ELEVEN))
    assert time_of(facts, FactKind.PERSON_RELEASED) == ELEVEN
    assert time_of(facts, FactKind.BACK_IN_SERVICE) is None


def test_a_fact_without_an_offset_is_refused_for_both_of_its_times() -> None:
    naive = NINE.replace(tzinfo=None)
    with pytest.raises(Invalid) as refused:
        Fact(FactKind.MADE_SAFE, naive, naive)
    assert [fault.path for fault in refused.value.faults] == ["at", "device_at"]


def test_every_reason_has_its_rule() -> None:
    assert set(PAUSE_RULES) == set(PauseReason)


def test_only_four_reasons_stop_the_response_clock() -> None:
    stopping = {reason for reason, rule in PAUSE_RULES.items() if ClockKind.RESPONSE in rule.stops}
    assert stopping == {"no_access", "customer_requested_slot", "safety_stop", "force_majeure"}


def test_nothing_stops_the_acknowledge_clock() -> None:
    assert not any(ClockKind.ACKNOWLEDGE in rule.stops for rule in PAUSE_RULES.values())


def test_people_trapped_wait_only_for_force_majeure() -> None:
    stopping = {reason for reason, rule in PAUSE_RULES.items() if ClockKind.SAFE in rule.stops}
    assert stopping == {"force_majeure"}


def test_waiting_for_parts_stops_nothing_unless_the_agreement_lets_it_stop_resolution() -> None:
    assert stopped_by("awaiting_parts") == set()
    assert stopped_by("awaiting_parts", parts=True) == {"resolution"}


def test_force_majeure_stops_nothing_until_a_second_person_approves() -> None:
    assert stopped_by("force_majeure") == set()
    assert stopped_by("force_majeure", is_approved=True) == {"response", "safe", "resolution"}


def test_an_agreement_about_parts_changes_no_other_reason() -> None:
    assert stopped_by("no_access", parts=True) == {"response", "resolution"}


def test_a_reason_is_refused_to_a_role_that_may_not_use_it() -> None:
    with pytest.raises(PauseNotAllowed) as refused:
        require_pause(PauseReason.FORCE_MAJEURE, Role.TECHNICIAN)
    assert refused.value.allowed == {Role.DISPATCHER}


def test_a_technician_at_a_locked_door_may_pause() -> None:
    require_pause(PauseReason.NO_ACCESS, Role.TECHNICIAN, evidence="photo 41")


@pytest.mark.parametrize("reason", [each for each in PauseReason if each != "awaiting_parts"])
@pytest.mark.parametrize("evidence", ["", "  "])
def test_a_reason_that_stops_a_clock_is_refused_without_evidence(
    reason: PauseReason, evidence: str
) -> None:
    with pytest.raises(EvidenceMissing) as refused:
        require_pause(reason, Role.DISPATCHER, evidence=evidence)
    assert refused.value.reason is reason


def test_waiting_for_parts_needs_evidence_only_when_recorded_late() -> None:
    require_pause(PauseReason.AWAITING_PARTS, Role.TECHNICIAN)
    with pytest.raises(EvidenceMissing):
        require_pause(PauseReason.AWAITING_PARTS, Role.TECHNICIAN, backdated=True)


@pytest.mark.parametrize(("late", "is_late"), [(0, False), (60, False), (61, True), (-5, False)])
def test_a_minute_later_is_still_at_once(late: int, *, is_late: bool) -> None:
    assert is_backdated(NINE, NINE + timedelta(seconds=late)) is is_late


@pytest.mark.parametrize("reason", PauseReason)
def test_a_pause_recorded_late_always_needs_a_second_person(reason: PauseReason) -> None:
    assert approval_needed(reason, True)
    assert approval_needed(reason, False) is (reason is PauseReason.FORCE_MAJEURE)


def test_a_pause_recorded_late_stops_nothing_until_it_is_approved() -> None:
    late = RecordedPause(PauseReason.NO_ACCESS, NINE, author="ines", needs_approval=True)
    approved = RecordedPause(
        PauseReason.NO_ACCESS, NINE, author="ines", needs_approval=True, is_approved=True
    )
    assert clocks_stopped(late) == set()
    assert clocks_stopped(approved) == {ClockKind.RESPONSE, ClockKind.RESOLUTION}


def test_an_agreement_about_parts_lets_no_unapproved_pause_count() -> None:
    late = RecordedPause(PauseReason.AWAITING_PARTS, NINE, needs_approval=True)
    assert clocks_stopped(late, parts_stop_resolution=True) == set()


def test_nobody_approves_what_they_recorded_themselves() -> None:
    require_second_person("ines", "bram")
    with pytest.raises(SecondPersonNeeded) as refused:
        require_second_person("ines", "ines")
    assert refused.value.person == "ines"
