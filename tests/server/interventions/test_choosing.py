"""A customer chooses when somebody comes, where their agreement lets them; the clocks follow it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from server.accounts.scope import Scope
from server.agreements.documents import stored
from server.agreements.schemas import ChoicesBody
from server.agreements.tables import AgreementVersion
from server.interventions import choosing
from server.interventions.choosing_schemas import ChoicesForJobOut, ChooseBody
from server.interventions.problems import ChoiceClosed
from server.interventions.schemas import InterventionOut
from server.interventions.tables import ChosenTime
from server.kit.problems import NotFound
from server.kit.tables import Event
from tests.server.interventions.town import TUESDAY, Town, clock, minutes

PARIS = ZoneInfo("Europe/Paris")
MORNING, AFTERNOON = [480, 720], [780, 1020]


async def may_choose(town: Town, **more: Any) -> None:
    """All agreements let S3 be put off for two days, for 20 euros from the next day on."""
    given: dict[str, Any] = {
        "severities": ["S3"],
        "most_days": 2,
        "parts": [MORNING, AFTERNOON],
        "later_discount": Decimal(20),
        **more,
    }
    async with town.write() as session:
        for row in await session.scalars(select(AgreementVersion)):
            terms = row.terms | {"choices": stored(ChoicesBody(**given))}
            one = update(AgreementVersion).where(AgreementVersion.id == row.id)
            await session.execute(one.values(terms=terms))


async def offered(town: Town, about: InterventionOut, by: Scope | None = None) -> ChoicesForJobOut:
    async with town.read() as session:
        return await choosing.choices_for(session, by or town.manager(), about.id, town.now)


async def chosen(
    town: Town, about: InterventionOut, number: int, by: Scope | None = None
) -> ChoicesForJobOut:
    """Choose the so-manieth of what is offered."""
    slot = (await offered(town, about)).items[number]
    return await at(town, about, slot.from_at, slot.to_at, by)


async def at(
    town: Town,
    about: InterventionOut,
    from_at: datetime,
    to_at: datetime,
    by: Scope | None = None,
) -> ChoicesForJobOut:
    data = ChooseBody(from_at=from_at, to_at=to_at)
    async with town.write() as session:
        return await choosing.choose(session, by or town.manager(), about.id, data, town.now)


async def test_what_is_offered_lies_in_service_hours_and_tells_what_waiting_is_worth(
    town: Town,
) -> None:
    await may_choose(town)
    about = await town.report("S3")
    items = (await offered(town, about)).items
    local = [each.from_at.astimezone(PARIS) for each in items]
    assert [(each.day, each.hour) for each in local] == [(2, 13), (3, 8), (3, 13), (4, 8), (4, 13)]
    assert [each.discount for each in items] == [None, "20", "20", "20", "20"]


async def test_what_is_due_is_counted_from_the_time_that_was_chosen(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    assert clock(about, "response").due_at == TUESDAY + minutes(240)
    told = await chosen(town, about, 1)
    assert told.chosen is not None
    begins = told.chosen.from_at
    seen = await town.look(about)
    assert clock(seen, "response").due_at == begins + minutes(240)
    town.now = begins + minutes(30)
    assert clock(await town.look(about), "response").due_at == begins + minutes(240)
    trail = (await town.managers_trails(about)).trails[0]
    assert "paused" in [span.kind for span in trail.spans]


async def test_what_was_used_up_before_the_choice_stays_used_up(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    town.passes(minutes(60))
    told = await chosen(town, about, 1)
    assert told.chosen is not None
    due = clock(await town.look(about), "response").due_at
    assert due == told.chosen.from_at + minutes(180)


async def test_the_choice_is_kept_with_who_and_when_and_the_board_plans_for_it(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    told = await chosen(town, about, 1)
    seen = await town.look(about)
    async with town.read() as session:
        row = (await session.scalars(select(ChosenTime))).one()
        event = (await session.scalars(select(Event).order_by(Event.seq.desc()))).first()
    assert (row.chosen_by, row.chosen_by_name, row.chosen_at) == (
        town.customer.id,
        "Marta",
        town.now,
    )
    assert (row.discount, row.currency) == (Decimal(20), "EUR")
    assert told.chosen is not None
    assert (seen.window_from, seen.window_to) == (told.chosen.from_at, told.chosen.to_at)
    assert event is not None
    assert (event.kind, event.actor_name) == ("time_chosen", "Marta")
    assert seen.status == "qualified"


async def test_a_colleague_who_looks_on_is_told_that_the_time_has_changed(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    await chosen(town, about, 1)
    told = (await town.managers_news())[-1]
    assert (told.kind, told.actor_name, told.data) == ("time_chosen", "", {})


async def test_another_choice_takes_the_place_of_the_first(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    await chosen(town, about, 4)
    town.passes(minutes(30))
    told = await chosen(town, about, 0)
    assert told.chosen is not None
    assert (told.chosen.discount, told.chosen.chosen_at) == (None, town.now)
    begins = told.chosen.from_at
    due = clock(await town.look(about), "response").due_at
    # Nothing was used up: the first choice held the clock until the second was made.
    assert due is not None
    assert due.astimezone(PARIS) == begins.astimezone(PARIS) + minutes(240)
    async with town.read() as session:
        assert len((await session.scalars(select(ChosenTime))).all()) == 2


async def test_a_time_that_is_not_offered_cannot_be_chosen(town: Town) -> None:
    about = await town.report("S3")
    assert (await offered(town, about)).items == []
    await may_choose(town)
    slot = (await offered(town, about)).items[0]
    before = await town.rows()
    for wrong in (slot.from_at - minutes(1), slot.from_at - timedelta(days=1)):
        with pytest.raises(ChoiceClosed):
            await at(town, about, wrong, slot.to_at)
    town.now = slot.from_at
    with pytest.raises(ChoiceClosed):
        await at(town, about, slot.from_at, slot.to_at)
    assert await town.rows() == before


async def test_nothing_is_to_choose_while_somebody_is_trapped_or_sent_or_it_is_over(
    town: Town,
) -> None:
    await may_choose(town)
    assert (await offered(town, await town.report("S1"))).items == []
    assert (await offered(town, await town.report("S2"))).items == []
    sent = await town.look(await town.visit("S3"))
    assert (await offered(town, sent)).items == []
    over = await town.report("S3", town.chalet)
    await town.decide(over, "cancel", "Called twice")
    assert (await offered(town, over)).items == []
    outside = await town.report("S3", town.chalet)
    await town.decide(outside, "rule_out_of_scope", "Vandalism")
    assert (await offered(town, outside)).items == []


async def test_nobody_chooses_for_another_company(town: Town) -> None:
    await may_choose(town)
    about = await town.report("S3")
    with pytest.raises(NotFound):
        await offered(town, about, town.manager(town.rival))
    with pytest.raises(NotFound):
        await chosen(town, about, 0, town.manager(town.rival))
