"""Finding out that it is worse than was reported, or less bad."""

import pytest

from dispatch.agreements import USUAL_MATRIX, Impact, Severity, Urgency
from server.interventions.problems import InterventionEnded
from server.kit.problems import Invalid
from server.severity.actions import create_matrix
from server.severity.schemas import SeverityMatrixBody
from tests.server.interventions.town import FOUNDER, TUESDAY, Town, clock, faults, minutes


async def test_a_worse_severity_brings_the_due_forward_and_keeps_the_first_in_sight(
    town: Town,
) -> None:
    call = await town.report("S2")
    town.passes(minutes(10))
    worse = await town.change(call, severity="S1", severity_reason="Somebody is inside.")
    response = clock(worse, "response")
    assert (response.due_at, response.original_due_at, response.severity) == (
        TUESDAY + minutes(70),
        TUESDAY + minutes(120),
        "S1",
    )
    assert clock(worse, "safe").due_at == TUESDAY + minutes(70)
    assert clock(worse, "acknowledge").started_at == TUESDAY + minutes(10)
    assert {each.kind for each in worse.clocks} == {"acknowledge", "response", "safe"}


async def test_an_earlier_due_is_not_moved_by_a_worse_severity(town: Town) -> None:
    call = await town.report("S2")
    town.passes(minutes(90))
    worse = await town.change(call, severity="S1", severity_reason="Somebody is inside.")
    response = clock(worse, "response")
    assert (response.due_at, response.original_due_at) == (TUESDAY + minutes(120), None)
    assert response.remaining_seconds == 30 * 60


async def test_a_lesser_severity_counts_from_the_call(town: Town) -> None:
    call = await town.report("S2")
    town.passes(minutes(30))
    lesser = await town.change(call, severity="S3", severity_reason="It runs, but shakes.")
    assert clock(lesser, "response").due_at == TUESDAY + minutes(240)
    assert [each.kind for each in lesser.clocks] == ["response"]


async def test_a_promise_missed_stays_missed_whatever_it_is_found_to_be(town: Town) -> None:
    call = await town.report("S1")
    town.passes(minutes(61))
    lesser = await town.change(call, severity="S4", severity_reason="Nobody was inside.")
    assert clock(lesser, "response").state == "breached"


async def test_the_history_says_who_found_what_and_why(town: Town) -> None:
    call = await town.report("S2")
    await town.change(call, severity="S1", severity_reason="Somebody is inside.")
    (change,) = (await town.look(call)).severity_changes
    assert (change.at, change.severity_before, change.severity, change.reason, change.author) == (
        TUESDAY,
        "S2",
        "S1",
        "Somebody is inside.",
        "Dora",
    )
    assert (await town.kinds())[-1] == "intervention_severity_changed"


async def test_a_new_severity_needs_a_reason_and_the_same_one_is_no_change(town: Town) -> None:
    call = await town.report("S2")
    with pytest.raises(Invalid) as refused:
        await town.change(call, severity="S1")
    assert faults(refused.value) == [("severity_reason", "reason_missing")]
    same = await town.change(call, severity="S2", summary="Stands still again")
    assert (same.severity_changes, same.summary) == ([], "Stands still again")


async def test_what_is_over_keeps_its_severity(town: Town) -> None:
    closed = await town.decide(await town.report("S2"), "close")
    with pytest.raises(InterventionEnded):
        await town.change(closed, severity="S1", severity_reason="Somebody was inside.")


async def test_what_it_takes_follows_the_severity_unless_somebody_set_it(town: Town) -> None:
    usual = await town.report("S2")
    by_hand = await town.report("S2", duration_seconds=900, skills={"traction": 3})
    reason = {"severity": "S1", "severity_reason": "Somebody is inside."}
    changed = [await town.change(each, **reason) for each in (usual, by_hand)]
    assert [(each.duration_seconds, each.skills) for each in changed] == [
        (2400, {"rescue": 1}),
        (900, {"traction": 3}),
    ]


async def test_a_promise_already_kept_is_not_asked_for_again(town: Town) -> None:
    visit = await town.lead(await town.visit("S2"), "accept")
    town.passes(minutes(20))
    visit = await town.lead(visit, "arrive")
    town.passes(minutes(5))
    worse = await town.change(
        await town.look(visit), severity="S1", severity_reason="Somebody is inside."
    )
    response = clock(worse, "response")
    assert (response.state, response.severity, response.stopped_at) == (
        "met",
        "S2",
        TUESDAY + minutes(20),
    )
    # Accepted long ago: there is nothing left to acknowledge.
    assert "acknowledge" not in {each.kind for each in worse.clocks}
    assert clock(worse, "safe").due_at == TUESDAY + minutes(85)


async def test_what_the_caller_answers_proposes_a_severity_the_dispatcher_may_override(
    town: Town,
) -> None:
    plain = await town.report("S2")
    told = await town.report("S2", impact="stopped", urgency="later")
    assert (plain.impact, plain.severity_proposed) == (None, None)
    assert (told.severity, told.severity_proposed, told.urgency) == ("S2", "S3", "later")


async def test_a_customer_s_own_matrix_goes_before_the_house_s(town: Town) -> None:
    cells = {impact: dict(row) for impact, row in USUAL_MATRIX.items()}
    cells[Impact.STOPPED] = dict.fromkeys(Urgency, Severity("S2"))
    async with town.write() as session:
        body = SeverityMatrixBody(customer_id=town.customer.id, cells=cells)
        await create_matrix(session, FOUNDER, body, town.now)
    here = await town.report("S2", impact="stopped", urgency="later")
    elsewhere = await town.report("S2", town.rivals_house, impact="stopped", urgency="later")
    assert (here.severity_proposed, elsewhere.severity_proposed) == ("S2", "S3")
