"""Time that does not count: why, what shows it, and who agreed."""

from datetime import timedelta
from uuid import UUID

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.problems import InterventionEnded
from server.interventions.schemas import VisitPayload
from server.kit.problems import AlreadyDecided, Invalid, NotFound, SecondPersonNeeded
from tests.server.interventions.town import TUESDAY, VERIFIER, Town, clock, command, faults, minutes


async def test_a_pause_written_late_counts_once_somebody_else_agrees(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(60))
    told = await town.pause(call, from_at=TUESDAY + minutes(10))
    assert clock(told, "response").due_at == TUESDAY + minutes(120)
    (pause,) = told.pauses
    assert (pause.needs_approval, pause.is_approved, pause.can_decide, pause.author) == (
        True,
        False,
        False,
        "Dora",
    )
    agreed = await town.judge(pause)
    assert clock(agreed, "response").due_at == TUESDAY + minutes(170)
    assert (agreed.pauses[0].is_approved, agreed.pauses[0].decided_by) == (True, "Vera")
    assert (await town.kinds())[-2:] == ["pause_recorded", "pause_approved"]


async def test_a_refused_pause_never_counts(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(60))
    told = await town.pause(call, from_at=TUESDAY + minutes(10))
    refused = await town.judge(told.pauses[0], "refused")
    assert clock(refused, "response").due_at == TUESDAY + minutes(120)
    assert (refused.pauses[0].is_approved, refused.pauses[0].decided_at) == (False, town.now)


async def test_whoever_waits_for_it_is_told_that_it_is_due_later_and_not_why(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(60))
    told = await town.pause(call, from_at=TUESDAY + minutes(10))
    await town.judge(told.pauses[0])
    heard = [(each.kind, each.actor_name, each.data) for each in await town.managers_news()]
    assert heard[-2:] == [("pause_recorded", "", {}), ("pause_approved", "", {})]


async def test_nobody_agrees_with_themselves_or_decides_twice(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(60))
    (pause,) = (await town.pause(call, from_at=TUESDAY)).pauses
    with pytest.raises(SecondPersonNeeded):
        await town.judge(pause, by=town.office)
    await town.judge(pause)
    with pytest.raises(AlreadyDecided):
        await town.judge(pause, "refused")


async def test_what_needs_nobody_cannot_be_decided_and_what_is_foreign_looks_unknown(
    town: Town,
) -> None:
    call = await town.report()
    town.passes(minutes(60))
    (plain,) = (await town.pause(call, from_at=town.now - timedelta(seconds=30))).pauses
    with pytest.raises(AlreadyDecided):
        await town.judge(plain)
    (late, *_) = (await town.pause(call, from_at=TUESDAY)).pauses
    elsewhere = Scope(UUID(int=8), "Else", Role.DISPATCHER, frozenset({town.mountain.id}))
    with pytest.raises(NotFound):
        await town.judge(late, by=elsewhere)


async def test_force_majeure_always_needs_a_second_person(town: Town) -> None:
    held = await town.decide(
        await town.report(), "hold", "force_majeure", evidence="Roads are closed."
    )
    assert clock(held, "response").state == "running"
    (pause,) = held.pauses
    assert clock(await town.judge(pause), "response").state == "paused"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"evidence": ""}, ("evidence", "evidence_missing")),
        ({"reason": "lunch"}, ("reason", "reason_unknown")),
        ({"from_at": TUESDAY - minutes(1)}, ("from_at", "before_report")),
        ({"from_at": TUESDAY + minutes(65), "to_at": None}, ("from_at", "in_future")),
        ({"to_at": TUESDAY}, ("to_at", "not_after_start")),
    ],
)
async def test_a_pause_that_cannot_be_is_refused_by_name_and_nothing_is_written(
    town: Town, body: dict[str, object], fault: tuple[str, str]
) -> None:
    call = await town.report()
    town.passes(minutes(60))
    before = await town.rows()
    with pytest.raises(Invalid) as refused:
        await town.pause(call, **{"from_at": TUESDAY + minutes(5), **body})  # type: ignore[arg-type]
    assert faults(refused.value) == [fault]
    assert await town.rows() == before


async def test_an_open_pause_holds_until_it_is_released(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(30))
    held = await town.pause(call, from_at=town.now, to_at=None)
    assert (held.status, held.waiting_reason, clock(held, "response").state) == (
        "on_hold",
        "no_access",
        "paused",
    )
    town.passes(minutes(15))
    released = await town.decide(held, "release_hold")
    assert clock(released, "response").due_at == TUESDAY + minutes(135)


async def test_an_open_pause_is_not_for_work_somebody_is_sent_to(town: Town) -> None:
    visit = await town.visit()
    with pytest.raises(Invalid) as refused:
        await town.pause(await town.look(visit), from_at=town.now, to_at=None)
    assert faults(refused.value) == [("to_at", "missing")]


async def test_what_is_over_is_not_paused_any_more_but_may_still_be_decided(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(60))
    (pause,) = (await town.pause(call, from_at=TUESDAY)).pauses
    closed = await town.decide(call, "close")
    with pytest.raises(InterventionEnded):
        await town.pause(closed, from_at=TUESDAY)
    assert (await town.judge(pause, by=VERIFIER)).pauses[0].is_approved


async def test_a_technician_says_how_they_know_or_the_clock_runs_on(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    bare = await town.tell(visit, "pause", payload=VisitPayload(reason="no_access"))
    assert (bare.outcome, bare.code) == ("rejected", "evidence_missing")
    noted = VisitPayload(reason="no_access", note="The pit is locked, rang twice.")
    assert (await town.tell(visit, "pause", payload=noted)).outcome == "applied"
    (pause,) = (await town.look(visit)).pauses
    assert (pause.evidence, pause.author, pause.needs_approval) == (
        noted.note,
        "Aina Ribera",
        False,
    )


async def test_a_pause_sent_late_was_not_written_late(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    at = town.now + minutes(10)
    town.passes(timedelta(hours=2))
    await town.tell_all(visit, command("pause", visit, at))
    (pause,) = (await town.look(visit)).pauses
    assert (pause.from_at, pause.needs_approval) == (at, False)


async def test_a_pause_after_the_due_changes_nothing(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(121))
    held = await town.decide(call, "hold", "no_access")
    response = clock(held, "response")
    assert (response.state, response.due_at) == ("breached", TUESDAY + minutes(120))
