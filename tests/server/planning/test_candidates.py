"""Who should go: true costs, true displacement, and nothing done that was not shown."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from dispatch.planning import check, choose
from server.interventions.problems import AlreadyPlanned
from server.interventions.schemas import AssignBody, InterventionOut
from server.planning.problems import CandidateChanged, NotACandidate
from tests.server.interventions.town import clock
from tests.server.planning.office import Office, give_shift


async def test_a_call_gets_ranked_candidates_with_true_costs(office: Office) -> None:
    planned = await office.call("PLANNED", 6)
    await office.send_best(planned)
    asked = await office.call("ASKED", 3, severity="S1")
    found = await office.candidates(asked)
    question = await office.question(asked)
    before = check(question.problem, question.current).cost.total
    assert {each.technician_name for each in found.candidates} == {"Aina Ribera", "Bruno Ribera"}
    assert found.due_at == office.now + timedelta(hours=1)
    for card in found.candidates:
        code = card.technician_name.split()[0].upper()
        after = choose(question.problem, question.current, asked.number, code)
        assert card.delta == check(question.problem, after).cost.total - before
        assert card.keeps_promise
    assert [each.rank for each in found.candidates] == [1, 2]


async def test_the_planner_aims_at_our_own_stricter_due(office: Office) -> None:
    asked = await office.call("ASKED", 3)
    (job,) = (await office.question(asked)).problem.jobs
    assert await aimed_at(office, asked, job.aim) == clock(asked, "response").internal_due_at
    assert job.due is not None
    assert (job.aim or 0) < job.due


async def test_once_somebody_has_been_there_the_aim_is_what_our_own_repair_time_leaves(
    office: Office,
) -> None:
    asked = await office.call("ASKED", 3)
    visit = await office.send_best(asked)
    await office.town.lead(visit, "accept", "start_travel", "arrive", "cannot_complete")
    (job,) = (await office.question(asked)).problem.jobs
    repaired = clock(await office.town.look(asked), "resolution").internal_due_at
    assert repaired is not None
    assert await aimed_at(office, asked, job.aim) == repaired - timedelta(hours=1)


async def aimed_at(office: Office, about: InterventionOut, second: int | None) -> datetime:
    """The instant of a second of the day on which this is asked about."""
    assert second is not None
    return (await office.question(about)).instant(second)


async def test_those_who_cannot_go_are_told_why(office: Office) -> None:
    asked = await office.call("ASKED", 3, skills={"rescue": 2})
    found = await office.candidates(asked)
    assert found.candidates == []
    assert {(each.technician_name, each.code) for each in found.blocked} == {
        ("Aina Ribera", "skill_missing"),
        ("Bruno Ribera", "skill_missing"),
    }
    assert found.blocked[0].facts == {"skill": "rescue", "needed": 2, "has": 0}


async def test_the_displaced_visits_that_were_shown_are_those_that_move(office: Office) -> None:
    aina = office.town.aina
    planned = await office.call("PLANNED", 6)
    held = await office.send(planned, await office.card(planned, aina))
    asked = await office.call("ASKED", 3, severity="S1")
    card = await office.card(asked, aina)
    visit = await office.send(asked, card)
    (shown,) = card.moves
    after = (await office.visits())[planned.number]
    assert (shown.visit_id, shown.start_before) == (held.id, held.starts_at)
    assert after.starts_at == shown.start_after > held.starts_at
    assert (visit.starts_at, visit.travel_seconds) == (card.starts_at, card.travel_seconds)
    assert visit.status == "dispatched"
    assert visit.why is not None


async def test_an_urgent_call_displaces_planned_maintenance_within_its_window(
    office: Office,
) -> None:
    aina = office.town.aina
    asked_within = {"window_from": office.now, "window_to": office.now + timedelta(days=1)}
    due = await office.call(
        "PLANNED", 6, severity="S4", work_type="maintenance", source="plan", **asked_within
    )
    held = await office.send(due, await office.card(due, aina))
    urgent = await office.call("ASKED", 3, severity="S1")
    await office.send(urgent, await office.card(urgent, aina))
    after = (await office.visits())[due.number]
    assert held.starts_at < after.starts_at
    assert after.ends_at <= office.now + timedelta(days=1)


async def test_a_line_of_the_bill_is_refused_and_what_is_then_shown_is_done(office: Office) -> None:
    aina = office.town.aina
    planned = await office.call("PLANNED", 6)
    held = await office.send(planned, await office.card(planned, aina))
    asked = await office.call("ASKED", 3, severity="S1")
    assert [move.visit_id for move in (await office.card(asked, aina)).moves] == [held.id]
    card = await office.card(asked, aina, staying=[held.id])
    assert (card.moves, card.drops) == ([], [])
    visit = await office.send(asked, card, staying=[held.id])
    after = (await office.visits())[planned.number]
    assert (after.starts_at, after.version) == (held.starts_at, held.version)
    assert visit.starts_at == card.starts_at


async def test_a_card_asked_for_otherwise_is_refused(office: Office) -> None:
    aina = office.town.aina
    planned = await office.call("PLANNED", 6)
    held = await office.send(planned, await office.card(planned, aina))
    asked = await office.call("ASKED", 3, severity="S1")
    card = await office.card(asked, aina)
    with pytest.raises(CandidateChanged):
        await office.send(asked, card, staying=[held.id])


async def test_a_card_holds_while_a_dispatcher_thinks(office: Office) -> None:
    asked = await office.call("ASKED", 3)
    card = await office.card(asked, office.town.aina)
    office.town.passes(timedelta(minutes=5))
    visit = await office.send(asked, card)
    assert visit.starts_at == card.starts_at


async def test_a_card_is_refused_once_the_day_has_changed(office: Office) -> None:
    asked, other = await office.call("ASKED", 3), await office.call("OTHER", 5)
    card = await office.card(asked, office.town.aina)
    await office.send(other, await office.card(other, office.town.aina))
    with pytest.raises(CandidateChanged) as refused:
        await office.send(asked, card)
    fresh = refused.value.facts["candidate"]
    assert fresh["technician_id"] == str(office.town.aina.id)
    assert fresh["basis"] != card.basis
    assert asked.number not in await office.visits()


async def test_an_old_card_is_refused(office: Office) -> None:
    asked = await office.call("ASKED", 3)
    card = await office.card(asked, office.town.aina)
    office.town.passes(timedelta(minutes=11))
    with pytest.raises(CandidateChanged):
        await office.send(asked, card)


async def test_somebody_planned_meanwhile_is_not_replaced_unseen(office: Office) -> None:
    asked = await office.call("ASKED", 3)
    card = await office.card(asked, office.town.bruno)
    await office.send(asked, await office.card(asked, office.town.aina))
    with pytest.raises(CandidateChanged):
        await office.send(asked, card)
    with pytest.raises(AlreadyPlanned):
        await office.assign(asked, AssignBody(technician_id=office.town.bruno.id))


async def test_somebody_planned_is_replaced_by_whoever_saw_it(office: Office) -> None:
    asked = await office.call("ASKED", 3)
    await office.send(asked, await office.card(asked, office.town.aina))
    visit = await office.send(asked, await office.card(asked, office.town.bruno))
    assert (await office.visits())[asked.number].id == visit.id
    assert visit.technician_id == office.town.bruno.id


async def test_who_cannot_go_is_refused_with_the_reason(office: Office) -> None:
    asked = await office.call("ASKED", 3, skills={"rescue": 2})
    with pytest.raises(NotACandidate) as refused:
        await office.assign(asked, AssignBody(technician_id=office.town.aina.id))
    assert refused.value.facts["blocked"]["code"] == "skill_missing"


async def test_a_dispatchers_own_hand_overrules_and_fixes_the_start(office: Office) -> None:
    asked = await office.call("ASKED", 3, skills={"rescue": 2})
    at = office.now + timedelta(hours=2)
    visit = await office.assign(asked, AssignBody(technician_id=office.town.aina.id, starts_at=at))
    assert (visit.starts_at, visit.is_start_locked) == (at, True)
    assert visit.travel_seconds > 0


async def test_nobody_is_booked_twice_by_hand(office: Office) -> None:
    first, second = await office.call("FIRST", 3), await office.call("SECOND", 5)
    by_hand = AssignBody(
        technician_id=office.town.aina.id, starts_at=office.now + timedelta(hours=2)
    )
    await office.assign(first, by_hand)
    with pytest.raises(DBAPIError, match="double_booked"):
        await office.assign(second, by_hand)
    assert second.number not in await office.visits()


async def test_after_the_last_shift_the_next_day_is_offered(office: Office) -> None:
    asked = await office.call("ASKED", 3, severity="S3")
    office.town.passes(timedelta(hours=10))
    tomorrow = office.now.replace(hour=6, minute=0) + timedelta(days=1)
    await give_shift(office, office.town.bruno, tomorrow)
    (card,) = (await office.candidates(asked)).candidates
    assert card.starts_at > tomorrow
    visit = await office.send(asked, card)
    assert visit.starts_at == card.starts_at
