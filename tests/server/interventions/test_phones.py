"""What phones say and when: repeated, late, on an old view, by a clock that is wrong."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.interventions.schemas import VisitPayload
from server.interventions.tables import VisitCommand
from tests.server.interventions.town import TUESDAY, Town, command, minutes


async def test_a_command_sent_twice_has_one_effect_and_says_so(town: Town) -> None:
    visit = await town.visit()
    accept = command("accept", visit, town.now)
    first, again = (await town.tell_all(visit, accept))[0], (await town.tell_all(visit, accept))[0]
    assert (first.outcome, again.outcome) == ("applied", "duplicate")
    assert again.visit == first.visit
    assert (await town.kinds()).count("visit_accepted") == 1


async def test_a_refusal_sent_again_is_refused_again_even_if_it_would_now_be_possible(
    town: Town,
) -> None:
    visit = await town.visit()
    arrive = command("arrive", visit, town.now)
    (early,) = await town.tell_all(visit, arrive)
    await town.lead(visit, "accept")
    (again,) = await town.tell_all(visit, arrive)
    assert (early.outcome, again.outcome, again.code) == ("rejected", "rejected", early.code)


async def test_somebody_elses_command_with_the_same_id_is_another_command(town: Town) -> None:
    visit = await town.visit()
    accept = command("accept", visit, town.now)
    await town.tell_all(visit, accept)
    cancel = command("cancel", (await town.look(visit)).visits[0], town.now, id=accept.id)
    (result,) = await town.tell_all(visit, cancel, by=town.office)
    assert (result.outcome, result.visit.status) == ("applied", "cancelled")


async def test_fifty_accepts_at_once_accept_once(town: Town) -> None:
    visit = await town.visit()
    same = command("accept", visit, town.now)
    sent = [same if place % 2 else command("accept", visit, town.now) for place in range(50)]
    answers = await asyncio.gather(*(town.tell_all(visit, each) for each in sent))
    outcomes = [result.outcome for (result,) in answers]
    assert outcomes.count("applied") == 1
    assert set(outcomes) <= {"applied", "duplicate", "rejected"}
    assert (await town.kinds()).count("visit_accepted") == 1


async def test_a_visit_cancelled_meanwhile_is_a_conflict_but_the_note_is_kept(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept")
    await town.tell(visit, "cancel", town.office)
    late = command(
        "start_travel", visit, town.now, payload=VisitPayload(note="Key is with the concierge.")
    )
    (result,) = await town.tell_all(visit, late)
    assert (result.outcome, result.code) == ("conflict", "visit_cancelled")
    assert (result.visit.status, result.visit.note) == ("cancelled", "Key is with the concierge.")
    assert (await town.kinds())[-2:] == ["visit_note_added", "visit_conflict"]


async def test_a_visit_reassigned_meanwhile_is_a_conflict_but_what_was_done_is_kept(
    town: Town,
) -> None:
    visit = await town.lead(await town.visit(), "accept")
    intervention = await town.look(visit)
    await town.assign(intervention, town.bruno, replaces=visit.id)
    kept = [
        command("arrive", visit, town.now),
        command("person_released", visit, town.now),
        command("note", visit, town.now, payload=VisitPayload(note="Freed by hand.")),
    ]
    outcomes = [(r.outcome, r.code) for r in await town.tell_all(visit, *kept)]
    assert outcomes == [("conflict", "visit_reassigned"), ("applied", None), ("applied", None)]
    seen = await town.look(visit)
    assert "person_released" in {fact.kind for fact in seen.facts}
    assert [each.note for each in seen.visits] == ["Freed by hand.", ""]


async def test_who_had_the_work_before_is_not_who_has_it_now(town: Town) -> None:
    first = await town.assign(await town.report(), town.bruno)
    first = await town.lead(first, "accept", "start_travel", "arrive", "start_work", "complete")
    town.passes(minutes(90))
    visit = await town.assign(await town.decide(await town.look(first), "reopen", "Again"))
    await town.tell(visit, "unassign", town.office)
    result = await town.tell(visit, "accept")
    assert (result.outcome, result.code) == ("conflict", "visit_unassigned")
    assert "to_first_name" not in result.facts


async def test_the_same_words_sent_as_a_note_after_a_conflict_are_not_written_twice(
    town: Town,
) -> None:
    visit = await town.visit()
    await town.tell(visit, "cancel", town.office)
    words = VisitPayload(note="Door shoe ordered.\n\nCall the concierge.")
    await town.tell(visit, "accept", payload=words)
    result = await town.tell(visit, "note", payload=words)
    assert result.visit.note == words.note


async def test_what_the_office_decided_since_is_not_undone_by_an_old_view(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    await town.tell(visit, "pause", town.office)
    result = await town.tell(visit, "cannot_complete")
    assert (result.outcome, result.code) == ("conflict", "changed_meanwhile")
    assert result.visit.status == "paused"


async def test_the_office_does_not_overrule_a_technician_it_has_not_heard(town: Town) -> None:
    visit = await town.visit()
    await town.lead(visit, "accept")
    result = await town.tell(visit, "unassign", town.office)
    assert (result.outcome, result.code, result.visit.status) == (
        "conflict",
        "changed_meanwhile",
        "accepted",
    )


async def test_an_old_view_is_no_obstacle_where_only_the_time_moved(town: Town) -> None:
    visit = await town.visit()
    moved = await town.move(visit, after=minutes(90))
    result = await town.tell(visit, "accept")
    assert (result.outcome, result.visit.starts_at) == ("applied", moved.starts_at)


async def test_a_second_device_of_the_same_technician_is_no_stranger(town: Town) -> None:
    visit = await town.visit()
    await town.tell(visit, "accept", device="phone")
    result = await town.tell(visit, "start_travel", device="tablet")
    assert result.outcome == "applied"


@pytest.mark.parametrize(
    ("wrong_by", "known_offset", "judged_after"),
    [
        (timedelta(hours=-3), 3 * 3600, minutes(20)),  # the phone knows how wrong it is
        (timedelta(hours=3), -3 * 3600, minutes(20)),
        (timedelta(hours=3), 0, minutes(20)),  # it does not: nothing happens in the future
        (timedelta(hours=-3), 0, minutes(0)),  # nor before the visit was announced
        (timedelta(minutes=-5), 0, minutes(15)),
    ],
)
async def test_a_wrong_phone_clock_is_set_right_and_both_times_are_kept(
    town: Town, wrong_by: timedelta, known_offset: int, judged_after: timedelta
) -> None:
    visit = await town.visit()
    town.passes(minutes(20))
    told = command("accept", visit, town.now + wrong_by, clock_offset_seconds=known_offset)
    (result,) = await town.tell_all(visit, told)
    assert result.visit.accepted_at == TUESDAY + judged_after
    async with town.read() as session:
        stored = await session.scalar(select(VisitCommand))
    assert stored is not None
    assert (stored.device_at, stored.judged_at) == (told.at, TUESDAY + judged_after)
    assert (stored.received_at, stored.clock_offset_seconds) == (town.now, known_offset)


async def test_steps_keep_their_order_however_the_clock_jumps(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(30))
    visit = await town.lead(visit, "accept")
    (result,) = await town.tell_all(visit, command("arrive", visit, town.now - minutes(20)))
    assert result.visit.arrived_at == result.visit.accepted_at


async def test_what_was_asked_is_kept_whatever_was_answered(town: Town) -> None:
    visit = await town.visit()
    await town.tell(visit, "complete", payload=VisitPayload(note="Done, I think."))
    async with town.read() as session:
        stored = await session.scalar(select(VisitCommand))
    assert stored is not None
    assert (stored.outcome, stored.payload["note"]) == ("rejected", "Done, I think.")
    assert (await town.look(visit)).visits[0].note == "Done, I think."
