"""A voice becomes an improvement with an owner and a day; it comes back until it is done."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from server.accounts.scope import Scope
from server.experience.problems import IrritationSettled
from server.improvements import actions, queries
from server.improvements.effects import measure_effects
from server.improvements.problems import ImprovementOver
from server.improvements.queries import WantedImprovements
from server.improvements.schemas import ImprovementBody, ImprovementCommandBody, ImprovementOut
from server.kit.problems import Invalid
from tests.server.experience.test_feedback import ended, give
from tests.server.experience.test_irritations import listed, noted
from tests.server.interventions.town import Town

DUE = date(2026, 7, 1)


async def opened(town: Town, *voices: Any, **more: Any) -> ImprovementOut:
    said: dict[str, Any] = {
        "irritation_ids": [voice.id for voice in voices],
        "title": "Sweep the hall",
        "owner_name": "Elena",
        "due_on": DUE,
        "measure": "csat_top2",
        "expected_points": 20,
        "weeks": 4,
    }
    async with town.write() as session:
        body = ImprovementBody(**{**said, **more})
        return await actions.open_improvement(session, town.office, body, town.now)


async def told(town: Town, row: ImprovementOut, kind: Any, **more: Any) -> ImprovementOut:
    body = ImprovementCommandBody(kind=kind, base_version=row.version, **more)
    async with town.write() as session:
        return await actions.command_improvement(session, town.office, row.id, body, now=town.now)


async def kept(town: Town, by: Scope | None = None, **wanted: Any) -> list[ImprovementOut]:
    async with town.read() as session:
        found = await queries.improvements(
            session,
            by or town.office,
            WantedImprovements(**wanted),
            now=town.now,
            limit=None,
            cursor=None,
        )
    return found.items


async def test_a_voice_is_taken_up_once_and_its_agreement_carries_it(town: Town) -> None:
    voice = await noted(town, await ended(town), town.manager())
    row = await opened(town, voice)
    assert (row.origin, row.irritations, row.customer_name) == ("voices", 1, town.customer.name)
    assert row.agreement_id is not None
    assert await kept(town, agreement_id=row.agreement_id, state="open") == [row]
    # Who of ours wrote it is not theirs to read.
    (told_outside,) = await kept(town, town.manager())
    assert told_outside == msgspec.structs.replace(row, created_by="")
    assert await kept(town, town.manager(town.rival)) == []
    assert [each.state for each in await listed(town, town.office)] == ["taken_up"]
    with pytest.raises(IrritationSettled):
        await opened(town, voice)


async def test_it_comes_back_until_it_is_done_and_then_answers_whoever_spoke(town: Town) -> None:
    voice = await noted(town, await ended(town), town.manager())
    row = await told(town, await opened(town, voice), "assign", owner_name="Pere")
    town.passes(timedelta(days=60))
    assert [(each.owner_name, each.is_overdue) for each in await kept(town, state="open")] == [
        ("Pere", True)
    ]
    done = await told(town, row, "complete", note="The hall is swept after every visit.")
    assert (done.state, await kept(town, state="open")) == ("done", [])
    assert [each.closed_reason for each in await listed(town, town.manager())] == [
        "The hall is swept after every visit."
    ]
    with pytest.raises(ImprovementOver):
        await told(town, done, "drop", note="No.")


async def test_what_customers_need_has_a_priority_that_is_changed_alone(town: Town) -> None:
    usual = await opened(town, region_id=town.valley.id)
    pressing = await opened(town, region_id=town.valley.id, priority=1)
    assert (usual.priority, pressing.priority) == (2, 1)
    later = await told(town, usual, "assign", priority=3)
    assert (later.priority, later.owner_name, later.due_on) == (3, "Elena", DUE)
    with pytest.raises(ValidationError):
        await told(town, later, "assign", priority=4)


async def test_what_it_did_is_measured_after_its_weeks_and_says_of_how_many(town: Town) -> None:
    for csat in (2, 2, 4, 2, 5):
        await give(town, await ended(town), csat=csat)
        town.passes(timedelta(days=1))
    row = await opened(town, region_id=town.valley.id, customer_id=town.customer.id)
    done = await told(town, row, "complete")
    for csat in (5, 4, 4, 2, 5):
        town.passes(timedelta(days=1))
        await give(town, await ended(town), csat=csat)
    assert await measure_effects(town.database, town.now) == 0
    town.passes(timedelta(weeks=4))
    assert await measure_effects(town.database, town.now) == 1
    found = (await kept(town))[0].effect
    assert found is not None
    assert (found.before.percent, found.after.percent) == ("40", "80")
    assert (found.before.denominator, found.after.denominator) == (5, 5)
    assert (found.gain_points, found.is_reached) == ("40", True)
    assert await measure_effects(town.database, town.now) == 0
    assert done.effect is None


@pytest.mark.parametrize(
    "wrong",
    [{"measure": "sla_attainment"}, {"clock": "response"}, {"region_id": None}],
)
def test_an_effect_that_cannot_be_measured_is_refused(wrong: dict[str, Any]) -> None:
    good = {"region_id": "00000000-0000-4000-8000-000000000000", "title": "Sweep"}
    good |= {"owner_name": "Elena", "due_on": "2026-07-01", "measure": "csat_top2"}
    with pytest.raises(ValidationError):
        ImprovementBody.model_validate({**good, "expected_points": 5, **wrong})


async def test_nothing_is_due_before_today(town: Town) -> None:
    with pytest.raises(Invalid):
        await opened(town, region_id=town.valley.id, due_on=date(2026, 6, 1))
