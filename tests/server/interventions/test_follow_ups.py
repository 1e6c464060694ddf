"""Work a technician orders on site for another day."""

from datetime import date
from uuid import UUID

import pytest

from server.interventions import queries
from server.interventions.schemas import (
    FollowUpBody,
    InterventionOut,
    VisitCommandResultOut,
    VisitOut,
    VisitPayload,
)
from tests.server.interventions.town import Town, command

WANTED = {"summary": "Change the door belt", "severity": "S2", "work_type": "repair"}


def ordering(note: str = "", **more: object) -> VisitPayload:
    return VisitPayload(note=note, follow_up=FollowUpBody.model_validate(WANTED | more))


async def _made(town: Town, result: VisitCommandResultOut) -> InterventionOut:
    assert result.outcome in {"applied", "duplicate"}, result
    async with town.read() as session:
        made = UUID(result.facts["intervention_id"])
        return await queries.intervention(session, town.office, made, town.now)


async def _at_work(town: Town) -> VisitOut:
    return await town.lead(await town.visit(), "accept", "arrive", "start_work")


async def test_a_follow_up_is_new_work_on_the_same_asset_for_the_office_to_look_at(
    town: Town,
) -> None:
    visit = await _at_work(town)
    first = await town.look(visit)
    parts = [{"part": "BELT", "quantity": "1.50", "note": "long one"}]
    payload = ordering(description="Torn at the seam", parts=parts)
    made = await _made(town, await town.tell(visit, "order_follow_up", payload=payload))
    assert made.asset == first.asset
    assert (made.follow_up_of_id, made.source, made.status) == (first.id, "follow_up", "draft")
    assert (made.summary, made.description) == ("Change the door belt", "Torn at the seam")
    assert [(p.part, p.quantity, p.note) for p in made.wanted_parts] == [
        ("BELT", "1.5", "long one")
    ]
    assert made.caller_name == "Aina Ribera"
    assert (await town.kinds())[-1] == "follow_up_ordered"


async def test_nobody_waits_for_a_follow_up_so_no_clock_runs_on_it(town: Town) -> None:
    visit = await _at_work(town)
    made = await _made(town, await town.tell(visit, "order_follow_up", payload=ordering()))
    assert made.clocks == []


async def test_an_order_sent_twice_is_one_intervention(town: Town) -> None:
    visit = await _at_work(town)
    order = command("order_follow_up", visit, town.now, payload=ordering())
    ((first,), (again,)) = [await town.tell_all(visit, order) for _ in range(2)]
    assert (first.outcome, again.outcome) == ("applied", "duplicate")
    assert first.facts == again.facts
    assert (await town.kinds()).count("follow_up_ordered") == 1


@pytest.mark.parametrize("fate", ["cancelled", "reassigned", "completed"])
async def test_an_order_counts_whatever_became_of_the_visit(town: Town, fate: str) -> None:
    visit = await town.lead(await town.visit(), "accept")
    if fate == "completed":
        await town.lead(visit, "arrive", "start_work", "complete")
    elif fate == "cancelled":
        await town.tell(visit, "cancel", town.office)
    else:
        await town.assign(await town.look(visit), town.bruno, replaces=visit.id)
    made = await _made(town, await town.tell(visit, "order_follow_up", payload=ordering()))
    assert made.follow_up_of_id == visit.intervention_id


async def test_on_a_retired_asset_nothing_is_ordered(town: Town) -> None:
    visit = await _at_work(town)
    await town.retires(date(2026, 6, 2))
    before = (await town.rows())["intervention"]
    result = await town.tell(visit, "order_follow_up", payload=ordering())
    assert (result.outcome, result.code) == ("rejected", "asset_retired")
    assert (await town.rows())["intervention"] == before


@pytest.mark.parametrize(
    ("kind", "code"),
    [("order_follow_up", "follow_up_missing"), ("running_late", "minutes_missing")],
)
async def test_what_an_addition_is_about_must_be_said(town: Town, kind: str, code: str) -> None:
    result = await town.tell(await _at_work(town), kind, payload=VisitPayload())  # type: ignore[arg-type]
    assert (result.outcome, result.code) == ("rejected", code)


async def test_a_part_nobody_knows_is_not_ordered(town: Town) -> None:
    payload = ordering(parts=[{"part": "UNHEARD-OF", "quantity": "1"}])
    result = await town.tell(await _at_work(town), "order_follow_up", payload=payload)
    assert (result.outcome, result.code) == ("rejected", "part_unknown")
    assert result.facts == {"part": "UNHEARD-OF"}
