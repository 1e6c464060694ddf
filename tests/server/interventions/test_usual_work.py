"""What a service says such work takes is what a call for it brings along, from then on."""

from typing import Any

import pytest

from server.interventions.schemas import AnswerBody, VisitPayload
from server.services import actions as services
from server.services.queries import service_called
from server.services.schemas import ServiceChangeBody
from tests.server.interventions.town import FOUNDER, Town

DOORS = {"key": "doors", "label": "How the doors close"}
CHOICE = {**DOORS, "kind": "choice", "choices": ["softly", "hard"]}
NOTE = {"key": "note", "label": "What was seen", "kind": "text", "is_mandatory": False}


async def _says(town: Town, code: str, **body: Any) -> None:
    async with town.write() as session:
        row = await service_called(session, code)
        assert row is not None
        said = ServiceChangeBody.model_validate(body)
        await services.change_service(
            session, FOUNDER, row.id, said, expected=row.version, now=town.now
        )


async def test_a_call_brings_what_its_service_takes_and_keeps_it(town: Town) -> None:
    before = await town.report("S2")
    takes = {"duration_seconds": {"S2": 5400}, "skills": {"traction": 3}, "checklist": [CHOICE]}
    await _says(town, before.service, **takes, parts=[{"part": "ROPE", "quantity": "2.500"}])
    after = await town.report("S2")
    assert (after.duration_seconds, after.skills) == (5400, {"traction": 3})
    assert [each.item.key for each in after.checklist] == ["doors"]
    assert [(each.part, each.quantity) for each in after.wanted_parts] == [("ROPE", "2.5")]
    await _says(town, before.service, checklist=[], duration_seconds={}, parts=[])
    kept = await town.look(after)
    assert [each.item.key for each in kept.checklist] == ["doors"]
    assert (await town.look(before)).checklist == []
    assert (await town.report("S2")).duration_seconds == before.duration_seconds


async def test_an_entrapment_takes_somebody_who_frees_people_whatever_the_service_says(
    town: Town,
) -> None:
    call = await town.report("S2")
    await _says(town, call.service, skills={"traction": 2})
    assert (await town.report("S1")).skills == {"rescue": 1, "traction": 2}


async def test_a_severity_found_later_follows_the_service(town: Town) -> None:
    call = await town.report("S3")
    await _says(town, call.service, duration_seconds={"S2": 7200})
    worse = await town.change(await town.report("S3"), severity="S2", severity_reason="It stands.")
    assert worse.duration_seconds == 7200


async def test_an_item_of_the_agreement_stands_before_the_house_s_own(town: Town) -> None:
    call = await town.report("S4", work_type="maintenance")
    pit = {"key": "pit", "label": "The pit, as the house asks"}
    await _says(town, call.service, checklist=[pit, NOTE])
    asked = (await town.report("S4", work_type="maintenance")).checklist
    assert [each.item.label for each in asked][:2] == ["What was seen", "The pit is clean and dry"]


@pytest.mark.parametrize(("review", "status"), [(None, "closed"), (True, "completed")])
async def test_the_office_reviews_where_the_service_says_so(
    town: Town, *, review: bool | None, status: str
) -> None:
    call = await town.report("S2")
    await _says(town, call.service, asks_for_review=review)
    visit = await town.assign(await town.report("S2"))
    visit = await town.lead(visit, "accept", "arrive", "start_work")
    done = VisitPayload(cause="wear", action="Mended.", is_back_in_service=True)
    assert (await town.tell(visit, "complete", payload=done)).outcome == "applied"
    assert (await town.look(visit)).status == status


async def test_only_what_there_is_to_choose_can_be_chosen(town: Town) -> None:
    call = await town.report("S2")
    await _says(town, call.service, checklist=[CHOICE, NOTE])
    visit = await town.assign(await town.report("S2"))
    visit = await town.lead(visit, "accept", "arrive", "start_work")
    told = {}
    for value in ("never", "softly"):
        answers = [AnswerBody(item="doors", value=value), AnswerBody(item="note", value="Dust.")]
        result = await town.tell(visit, "note", payload=VisitPayload(answers=answers))
        told[value] = (result.outcome, result.code)
    assert told == {"never": ("rejected", "choice_unknown"), "softly": ("applied", None)}
