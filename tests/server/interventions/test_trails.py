"""Deadlines explained, to staff and, with less in it, to the manager."""

from datetime import UTC, datetime, timedelta

import msgspec

from server.interventions.schemas import SpanOut
from tests.server.interventions.town import HOUR, TUESDAY, Town, minutes, repair


def _told(spans: list[SpanOut]) -> list[tuple[str, float, str, str]]:
    return [(each.kind, each.seconds / 60, each.note, each.author) for each in spans]


async def test_every_second_between_the_call_and_the_due_is_explained(town: Town) -> None:
    town.now = TUESDAY + timedelta(hours=6)  # 15:15 in Paris, the office closes at 17:00
    call = await town.report("S3")
    town.passes(minutes(5))
    await town.decide(call, "hold", "no_access")
    town.passes(minutes(10))
    await town.decide(call, "release_hold")
    (trail,) = (await town.trails(call)).trails
    assert _told(trail.spans) == [
        ("counted", 5, "", ""),
        ("paused", 10, "no_access", "Dora"),
        ("counted", 90, "", ""),
        ("closed", 15 * 60, "", ""),
        ("counted", 145, "", ""),
    ]
    assert trail.clock.due_at == trail.ends_at == datetime(2026, 6, 3, 8, 25, tzinfo=UTC)
    assert trail.zone == "Europe/Paris"


async def test_the_trail_says_where_each_value_was_written(town: Town) -> None:
    call = await town.report("S1", town.chalet)
    trail = next(t for t in (await town.trails(call)).trails if t.clock.kind == "response")
    origins = {each.value: each for each in trail.origins}
    assert (origins["promise"].agreement_number, origins["promise"].place) == ("A-1", "clauses.2")
    assert trail.clock.target_seconds == 90 * 60


async def test_a_paused_trail_ends_now_and_a_late_one_where_it_stopped(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(30))
    await town.decide(call, "hold", "no_access")
    town.passes(minutes(20))
    response = (await town.trails(call)).trails[0]
    assert (response.clock.due_at, response.ends_at) == (None, town.now)
    await town.decide(call, "release_hold")
    visit = await town.assign(call)
    town.passes(minutes(110))
    await town.lead(visit, "accept", "arrive")
    late = (await town.trails(call)).trails[0]
    assert late.clock.due_at == TUESDAY + minutes(140)
    assert (late.ends_at, late.overrun_seconds, late.service_overrun_seconds) == (
        TUESDAY + minutes(160),
        1200,
        1200,
    )
    assert late.spans[-1].to_at == late.ends_at


async def test_the_customers_trails_come_first(town: Town) -> None:
    await town.also_promises("internal", repair("S2", "response", HOUR, town.always))
    call = await town.report()
    assert [(t.clock.party, t.clock.kind) for t in (await town.trails(call)).trails] == [
        ("customer", "response"),
        ("customer", "resolution"),
        ("internal", "response"),
    ]


async def test_a_manager_reads_the_promise_and_the_pauses_and_nothing_of_the_house(
    town: Town,
) -> None:
    await town.also_promises("internal", repair("S2", "response", HOUR, town.always))
    call = await town.report()
    town.passes(minutes(5))
    await town.decide(call, "hold", "no_access")
    town.passes(minutes(10))
    await town.decide(call, "release_hold")
    told = await town.managers_trails(call)
    assert [(each.kind, each.state) for each in told.trails] == [
        ("response", "on_time"),
        ("resolution", "on_time"),
    ]
    assert [each.note for each in told.trails[0].spans] == ["", "no_access", ""]
    written = msgspec.json.encode(told).decode()
    for internal in (
        "Dora",
        "internal",
        "author",
        "origins",
        "at_risk_at",
        "escalation",
        "percent",
    ):
        assert internal not in written


async def test_a_promise_is_told_in_plain_states(town: Town) -> None:
    call = await town.report()
    states = [(await town.managers_trails(call)).trails[0].state]
    await town.decide(call, "hold", "no_access")
    states.append((await town.managers_trails(call)).trails[0].state)
    await town.decide(call, "release_hold")
    for step in (95, 30):
        town.passes(minutes(step))
        states.append((await town.managers_trails(call)).trails[0].state)
    assert states == ["on_time", "paused", "at_risk", "missed"]
    cancelled = await town.decide(await town.report(), "cancel", "Called twice.")
    assert (await town.managers_trails(cancelled)).trails[0].state == "none"


async def test_a_paused_clock_says_when_it_would_be_due_were_work_resumed_now(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(30))
    await town.pause(call, from_at=town.now, to_at=None)
    town.passes(minutes(15))
    paused, *others = (await town.trails(call)).trails
    assert (paused.clock.kind, paused.clock.due_at) == ("response", None)
    assert paused.due_if_resumed_at == town.now + minutes(90)
    running = [each for each in others if each.clock.state != "paused"]
    assert not any(each.due_if_resumed_at for each in running)
