"""What the office decides about an intervention, from where, and what comes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from dispatch.interventions import DECISIONS, InterventionCommand, InterventionStatus
from server.interventions import decisions, portal
from server.interventions.problems import DecisionRefused, InterventionEnded
from server.interventions.schemas import (
    InterventionCommandBody,
    InterventionCommandKind,
    InterventionOut,
    InterventionPayload,
)
from server.kit.problems import Invalid, Stale
from server.kit.tables import Event
from server.live.queries import events
from server.notifications.queries import told_facts
from tests.server.interventions.town import TUESDAY, Town, clock, faults, minutes

REASONS: dict[InterventionCommand, str] = {
    InterventionCommand.REFUSE: "This lift is not in our care.",
    InterventionCommand.HOLD: "awaiting_customer_decision",
    InterventionCommand.REOPEN: "It stopped again.",
    InterventionCommand.CANCEL: "Called twice.",
    InterventionCommand.RULE_OUT_OF_SCOPE: "Vandalism",
}

# What the table of decisions does not speak of: it changes no status.
BESIDE = ("acknowledge", "promise_goodwill")


async def _in(town: Town, status: InterventionStatus) -> InterventionOut:
    """An intervention that got to this status by the usual way."""
    match status:
        case InterventionStatus.DRAFT:
            found = await town.report("S3", source="portal")
        case InterventionStatus.QUALIFIED:
            found = await town.report()
        case InterventionStatus.SCHEDULED:
            found = await town.look(await town.visit())
        case InterventionStatus.IN_PROGRESS:
            found = await town.look(await town.lead(await town.visit(), "accept", "start_travel"))
        case InterventionStatus.ON_HOLD:
            found = await town.decide(await town.report(), "hold", "awaiting_parts")
        case InterventionStatus.COMPLETED:
            visit = await town.visit("S4", work_type="inspection")
            done = await town.lead(visit, "accept", "arrive", "start_work", "complete")
            found = await town.look(done)
        case InterventionStatus.CLOSED:
            found = await town.decide(await town.report(), "close")
        case InterventionStatus.CANCELLED:
            found = await town.decide(await town.report(), "cancel", "Called twice.")
    return found


@pytest.mark.parametrize("status", list(InterventionStatus))
async def test_only_what_the_table_allows_can_be_decided(
    town: Town, status: InterventionStatus
) -> None:
    for command in InterventionCommand:
        town.passes(timedelta(days=1))
        intervention = await _in(town, status)
        assert intervention.status == status.value
        offered = [kind for kind in intervention.allowed if kind not in BESIDE]
        # What is in scope already cannot be brought into it.
        allowed = [each for each in DECISIONS[status] if each != "bring_in_scope"]
        assert offered == [each.value for each in allowed]
        kind: InterventionCommandKind = command.value
        if command in allowed:
            await town.decide(intervention, kind, REASONS.get(command, ""))
            continue
        with pytest.raises(DecisionRefused) as refused:
            await town.decide(intervention, kind, REASONS.get(command, ""))
        assert refused.value.facts["intervention_status"] == status.value
        assert (await town.look(intervention)).version == intervention.version


@pytest.mark.parametrize("kind", ["hold", "cancel"])
async def test_who_keeps_others_waiting_says_why(town: Town, kind: InterventionCommandKind) -> None:
    call = await town.report()
    before = await town.rows()
    with pytest.raises(Invalid):
        await town.decide(call, kind)
    assert await town.rows() == before


async def test_a_hold_needs_one_of_the_known_reasons(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        await town.decide(await town.report(), "hold", "lunch")
    assert refused.value.facts["errors"][0]["code"] == "reason_unknown"


async def test_a_hold_that_stops_a_clock_says_how_we_know(town: Town) -> None:
    call = await town.report()
    with pytest.raises(Invalid) as refused:
        await town.decide(call, "hold", "no_access", evidence="")
    assert faults(refused.value) == [("payload.evidence", "evidence_missing")]
    assert (await town.decide(call, "hold", "awaiting_parts", evidence="")).status == "on_hold"


async def test_a_hold_stops_the_clocks_its_reason_stops_until_it_is_released(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(30))
    held = await town.decide(call, "hold", "no_access")
    assert (held.status, held.waiting_reason) == ("on_hold", "no_access")
    assert clock(held, "response").state == "paused"
    town.passes(minutes(45))
    released = await town.decide(call, "release_hold")
    assert (released.status, released.waiting_reason) == ("qualified", "")
    assert clock(released, "response").due_at == TUESDAY + minutes(165)


async def test_cancelling_calls_off_who_was_sent_and_judges_the_clocks_no_further(
    town: Town,
) -> None:
    visit = await town.visit()
    cancelled = await town.decide(await town.look(visit), "cancel", "Called twice.")
    assert (cancelled.status, cancelled.visits[0].status) == ("cancelled", "cancelled")
    assert (await town.kinds())[-2:] == ["visit_cancelled", "intervention_cancelled"]
    town.passes(timedelta(days=3))
    assert clock(await town.look(visit), "response").state == "ended"


async def test_after_reopening_only_new_visits_count(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "complete")
    town.passes(timedelta(hours=2))
    reopened = await town.decide(await town.look(visit), "reopen", "It stopped again.")
    assert reopened.status == "qualified"
    assert (await town.assign(reopened)).status == "dispatched"
    assert (await town.look(visit)).status == "scheduled"


async def test_acknowledging_is_recorded_once(town: Town) -> None:
    seen = await town.decide(await town.report(), "acknowledge")
    town.passes(minutes(3))
    again = await town.decide(seen, "acknowledge")
    facts = {fact.kind: fact.at for fact in again.facts}
    assert facts["acknowledged"] == TUESDAY
    assert "acknowledge" not in again.allowed
    with pytest.raises(InterventionEnded):
        await town.decide(await town.decide(seen, "close"), "acknowledge")


async def test_the_same_decision_sent_twice_is_one_decision(town: Town) -> None:
    call = await town.report()
    body = InterventionCommandBody(
        id=uuid4().hex,
        kind="cancel",
        at=town.now,
        base_version=call.version,
        payload=InterventionPayload(reason="Called twice."),
    )
    for _ in range(2):
        async with town.write() as session:
            answer = await decisions.decide(session, town.office, call.id, body, town.now)
        assert answer.status == "cancelled"
    assert (await town.kinds()).count("intervention_cancelled") == 1


async def test_a_decision_on_an_older_view_is_refused(town: Town) -> None:
    call = await town.report()
    await town.decide(call, "hold", "awaiting_parts")
    body = InterventionCommandBody(
        id=uuid4().hex, kind="close", at=town.now, base_version=call.version
    )
    with pytest.raises(Stale):
        async with town.write() as session:
            await decisions.decide(session, town.office, call.id, body, town.now)


@pytest.mark.parametrize(
    ("kind", "event"),
    [("close", "intervention_closed"), ("cancel", "intervention_cancelled")],
)
async def test_the_office_reads_in_the_story_why_it_ended_and_the_customer_does_not(
    town: Town, kind: InterventionCommandKind, event: str
) -> None:
    call = await town.report()
    await town.decide(call, kind, "Canary: the concierge is a liar.")
    async with town.read() as session:
        told = await events(session, town.office, after=0, intervention_id=call.id)
        read = await events(session, town.manager(), after=0, intervention_id=call.id)
        noticed = [told_facts(row) for row in await session.scalars(select(Event))]
        shown = await portal.portal_intervention(session, town.manager(), call.id, town.now)
    assert (told[-1].kind, told[-1].data["reason"]) == (event, "Canary: the concierge is a liar.")
    assert (read[-1].kind, read[-1].data) == (event, {})
    assert "Canary" not in str((read, noticed, shown))


async def test_closed_without_a_word_the_story_gives_none(town: Town) -> None:
    call = await town.report()
    await town.decide(call, "close")
    async with town.read() as session:
        told = await events(session, town.office, after=0, intervention_id=call.id)
    assert "reason" not in told[-1].data
