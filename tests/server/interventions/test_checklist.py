"""What must be done and read on site before work is complete."""

from typing import Any

import pytest

from server.interventions.problems import ChecklistOpen
from server.interventions.schemas import AnswerBody, VisitCommandResultOut, VisitOut, VisitPayload
from tests.server.interventions.town import Town, minutes


async def _round(town: Town) -> VisitOut:
    """Maintenance at work: two mandatory items, one of them a reading of 2 to 6 mm."""
    visit = await town.assign(await town.report("S4", work_type="maintenance"))
    return await town.lead(visit, "accept", "arrive", "start_work")


def _answers(**values: str | tuple[str, str]) -> list[AnswerBody]:
    pairs = {
        item: given if isinstance(given, tuple) else (given, "") for item, given in values.items()
    }
    return [AnswerBody(item=item, value=value, reason=why) for item, (value, why) in pairs.items()]


def _done(**values: Any) -> VisitPayload:
    return VisitPayload(cause="wear", action="Greased.", answers=_answers(**values))


async def _note(town: Town, visit: VisitOut, **values: Any) -> VisitCommandResultOut:
    return await town.tell(visit, "note", payload=VisitPayload(answers=_answers(**values)))


async def _told(town: Town, visit: VisitOut) -> dict[str, str | None]:
    return {each.item.key: each.value for each in (await town.look(visit)).checklist}


async def test_work_is_complete_once_every_mandatory_item_is_answered(town: Town) -> None:
    visit = await _round(town)
    early = await town.tell(visit, "complete", payload=_done(pit="done"))
    assert (early.outcome, early.code, early.facts) == (
        "rejected",
        "checklist_open",
        {"items": ["gap"]},
    )
    assert await _told(town, visit) == {"pit": "done", "gap": None, "light": None}
    done = await town.tell(visit, "complete", payload=_done(pit="done", gap="4,5"))
    assert done.outcome == "applied"
    assert await _told(town, visit) == {"pit": "done", "gap": "4,5", "light": None}


async def test_answers_come_with_any_command_and_the_newest_counts(town: Town) -> None:
    visit = await _round(town)
    await _note(town, visit, pit="done", gap="3")
    town.passes(minutes(5))
    await _note(town, visit, gap="4")
    seen = (await town.look(visit)).checklist
    assert [(each.item.key, each.value, each.author) for each in seen[:2]] == [
        ("pit", "done", "Aina Ribera"),
        ("gap", "4", "Aina Ribera"),
    ]
    assert seen[1].at == town.now
    done = await town.tell(visit, "complete", payload=_done())
    assert done.outcome == "applied"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"gap": "7"}, "reading_out_of_range"),
        ({"gap": "1.9"}, "reading_out_of_range"),
        ({"gap": "wide"}, "reading_not_a_number"),
        ({"gap": "NaN"}, "reading_not_a_number"),
        ({"roof": "done"}, "item_unknown"),
    ],
)
async def test_an_answer_that_cannot_be_is_refused_by_name(
    town: Town, answer: dict[str, str], code: str
) -> None:
    visit = await _round(town)
    (item,) = answer
    for result in (
        await _note(town, visit, **answer),
        await town.tell(visit, "complete", payload=_done(pit="done", **answer)),
    ):
        assert (result.outcome, result.code, result.facts["item"]) == ("rejected", code, item)


async def test_a_reading_out_of_range_is_taken_with_a_reason(town: Town) -> None:
    visit = await _round(town)
    worn = ("7", "Shoe worn, ordered.")
    done = await town.tell(visit, "complete", payload=_done(pit="done", gap=worn))
    assert done.outcome == "applied"
    assert (await town.look(visit)).checklist[1].reason == "Shoe worn, ordered."


async def test_answers_of_an_overtaken_visit_are_kept_once(town: Town) -> None:
    visit = await _round(town)
    await town.tell(visit, "pause", town.office)
    late = VisitPayload(reason="other", answers=_answers(pit="done", roof="done"))
    result = await town.tell(visit, "cannot_complete", payload=late)
    assert (result.outcome, result.code) == ("conflict", "changed_meanwhile")
    assert (await town.kinds())[-2:] == ["visit_note_added", "visit_conflict"]
    before = (await town.rows())["answer"]
    await _note(town, visit, pit="done")
    assert (await _told(town, visit))["pit"] == "done"
    assert (await town.rows())["answer"] == before == 1


async def test_the_office_does_not_close_what_was_begun_and_not_answered(town: Town) -> None:
    visit = await _round(town)
    await town.tell(visit, "cannot_complete")
    with pytest.raises(ChecklistOpen) as refused:
        await town.decide(await town.look(visit), "close")
    assert refused.value.facts["items"] == ["pit", "gap"]
    await _note(town, visit, pit="done", gap="4")
    assert (await town.decide(await town.look(visit), "close")).status == "closed"


async def test_what_nobody_began_can_be_closed(town: Town) -> None:
    planned = await town.report("S4", work_type="maintenance")
    assert (await town.decide(planned, "close")).status == "closed"


async def test_after_reopening_the_list_is_asked_again(town: Town) -> None:
    visit = await _round(town)
    await town.tell(visit, "complete", payload=_done(pit="done", gap="4"))
    town.passes(minutes(60))
    await town.decide(await town.look(visit), "reopen", "It shakes.")
    assert await _told(town, visit) == {"pit": None, "gap": None, "light": None}
