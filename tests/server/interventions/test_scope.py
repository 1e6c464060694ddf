"""Work that is not part of what was agreed promises nothing, and the customer reads why."""

import pytest
from sqlalchemy import func, select

from server.interventions.problems import DecisionRefused
from server.interventions.tables import Promise, StoredClock
from server.kit.problems import Invalid
from server.kit.tables import Event
from tests.server.interventions.town import TUESDAY, Town, clock, faults, minutes, repair


async def _counted(town: Town) -> tuple[int, int]:
    async with town.read() as session:
        clocks = await session.scalar(select(func.count()).select_from(StoredClock))
        promises = await session.scalar(select(func.count()).select_from(Promise))
    return int(clocks or 0), int(promises or 0)


async def test_out_of_scope_no_clock_of_anybody_runs_and_what_was_promised_stays_written(
    town: Town,
) -> None:
    await town.also_promises("internal", repair("S2", "response", 3600, town.always))
    call = await town.report()
    assert await _counted(town) == (3, 3)
    out = await town.decide(call, "rule_out_of_scope", "Vandalism")
    assert (out.is_out_of_scope, out.out_of_scope_reason, out.clocks) == (True, "Vandalism", [])
    assert await _counted(town) == (0, 3)
    assert (out.status, "bring_in_scope" in out.allowed, "rule_out_of_scope" in out.allowed) == (
        "qualified",
        True,
        False,
    )


async def test_back_in_scope_the_clocks_count_from_the_call(town: Town) -> None:
    call = await town.report()
    await town.decide(call, "rule_out_of_scope", "Vandalism")
    town.passes(minutes(60))
    back = await town.decide(call, "bring_in_scope")
    assert (back.is_out_of_scope, back.out_of_scope_reason) == (False, "")
    assert clock(back, "response").due_at == TUESDAY + minutes(120)
    assert (await town.kinds())[-2:] == [
        "intervention_ruled_out_of_scope",
        "intervention_brought_in_scope",
    ]


async def test_the_manager_reads_that_it_is_out_of_scope_and_why(town: Town) -> None:
    call = await town.report()
    await town.decide(call, "rule_out_of_scope", "Vandalism")
    told = await town.managers_trails(call)
    assert (told.is_out_of_scope, told.out_of_scope_reason, told.trails) == (True, "Vandalism", [])
    async with town.read() as session:
        event = (await session.scalars(select(Event).order_by(Event.seq.desc()))).first()
    assert event is not None
    assert (event.customer_id, event.data["reason"]) == (town.customer.id, "Vandalism")


async def test_it_needs_a_reason_and_has_to_be_in_scope(town: Town) -> None:
    call = await town.report()
    with pytest.raises(Invalid) as refused:
        await town.decide(call, "rule_out_of_scope")
    assert faults(refused.value) == [("payload.reason", "reason_missing")]
    await town.decide(call, "rule_out_of_scope", "Vandalism")
    with pytest.raises(DecisionRefused):
        await town.decide(call, "rule_out_of_scope", "Vandalism")
