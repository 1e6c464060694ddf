"""Parts put in on site."""

from decimal import Decimal

from server.interventions.schemas import PartUsedBody, VisitPayload
from server.parts import actions as parts
from server.parts.queries import parts_by_code
from server.parts.schemas import PartChangeBody
from tests.server.interventions.town import FOUNDER, Town, command, minutes


def putting_in(code: str = "BELT", quantity: str = "2", **more: object) -> VisitPayload:
    used = PartUsedBody(part=code, quantity=Decimal(quantity), note="")
    return VisitPayload.model_validate({"parts": [used], **more})


async def test_parts_are_kept_with_their_visit_and_told_to_the_office(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    payload = putting_in(quantity="2.500", cause="door", action="Belt changed")
    done = await town.tell(visit, "complete", payload=payload)
    assert done.outcome == "applied"
    (used,) = (await town.look(visit)).parts
    assert (used.visit_id, used.part, used.names.fr) == (visit.id, "BELT", "Courroie de porte")
    assert (used.quantity, used.unit, used.author) == ("2.5", "piece", "Aina Ribera")


async def test_the_same_command_twice_puts_a_part_in_once(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive")
    note = command("note", visit, town.now, payload=putting_in())
    for _ in range(2):
        await town.tell_all(visit, note)
    assert len((await town.look(visit)).parts) == 1


async def test_parts_put_in_on_a_visit_taken_away_are_kept(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept")
    await town.assign(await town.look(visit), town.bruno, replaces=visit.id)
    late = command("arrive", visit, town.now, payload=putting_in())
    (result,) = await town.tell_all(visit, late)
    assert result.outcome == "conflict"
    assert [used.part for used in (await town.look(visit)).parts] == ["BELT"]


async def test_a_part_withdrawn_meanwhile_counts_as_any_other(town: Town) -> None:
    async with town.write() as session:
        belt = (await parts_by_code(session, ["BELT"]))["BELT"]
        gone = PartChangeBody(is_withdrawn=True)
        await parts.change_part(
            session, FOUNDER, belt.id, gone, expected=belt.version, now=town.now
        )
    visit = await town.lead(await town.visit(), "accept", "arrive")
    result = await town.tell(visit, "note", payload=putting_in())
    assert result.outcome == "applied"
    assert len((await town.look(visit)).parts) == 1


async def test_a_part_nobody_knows_is_refused_by_name(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive")
    result = await town.tell(visit, "note", payload=putting_in("UNHEARD-OF"))
    assert (result.outcome, result.code, result.facts) == (
        "rejected",
        "part_unknown",
        {"part": "UNHEARD-OF"},
    )


async def test_parts_are_told_of_all_visits_oldest_first(town: Town) -> None:
    first = await town.lead(await town.visit(), "accept", "arrive")
    await town.tell(first, "note", payload=putting_in())
    await town.tell(first, "cannot_complete")
    town.passes(minutes(120))
    second = await town.lead(
        await town.assign(await town.look(first), town.bruno), "accept", "arrive"
    )
    await town.tell(second, "note", payload=putting_in("ROPE", "12.5"))
    assert [(p.visit_id, p.part) for p in (await town.look(first)).parts] == [
        (first.id, "BELT"),
        (second.id, "ROPE"),
    ]
