"""A manager says how it was, once the work is over; nobody is named."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import actions, queries
from server.experience.problems import FeedbackClosed
from server.experience.queries import WantedFeedback
from server.experience.schemas import FeedbackBody, FeedbackOut
from server.experience.tables import Feedback
from server.interventions.schemas import InterventionOut, VisitCommandKind
from server.kit.problems import Invalid
from server.kit.tables import Event
from server.live.queries import MANAGER_KINDS, event_page
from tests.server.interventions.town import Building, Town, faults, minutes

DONE: tuple[VisitCommandKind, ...] = ("accept", "start_travel", "arrive", "start_work", "complete")


async def ended(town: Town, building: Building | None = None) -> InterventionOut:
    """A call about the hotel's lift, or another building's, that Aina has dealt with."""
    visit = await town.visit("S2", building=building)
    town.passes(minutes(40))
    return await town.look(await town.lead(visit, *DONE))


async def give(
    town: Town, about: InterventionOut, by: Scope | None = None, **said: Any
) -> FeedbackOut:
    body = FeedbackBody(intervention_id=about.id, **said)
    async with town.write() as session:
        return await actions.give_feedback(session, by or town.manager(), body, town.now)


async def seen(town: Town, by: Scope, **wanted: Any) -> list[FeedbackOut]:
    async with town.read() as session:
        page = await queries.feedback(
            session, by, WantedFeedback(**wanted), limit=None, cursor=None
        )
    return page.items


async def test_what_a_manager_says_is_read_by_them_and_by_the_office(town: Town) -> None:
    about = await ended(town)
    given = await give(town, about, csat=4, effort=6, comment="Quick, but the hall was left dirty.")
    assert (given.number, given.site_name) == (about.number, town.hotel.site.name)
    assert (given.csat, given.effort, given.effort_wording) == (4, 6, "made_it_easy")
    assert (given.role, given.channel, given.given_at) == ("manager", "portal", town.now)
    for reader in (town.manager(), town.office):
        assert await seen(town, reader, intervention_id=about.id) == [given]


async def test_one_question_tells_the_whole_of_it_from_the_report_to_the_answer(
    town: Town,
) -> None:
    about, other = await ended(town), await ended(town)
    await give(town, about, csat=4)

    async def story(by: Scope) -> list[str]:
        async with town.read() as session:
            page = await event_page(session, by, after=0, limit=None, intervention_id=about.id)
        assert {each.intervention_id for each in page.items} <= {about.id}
        return [each.kind for each in page.items]

    told = await story(town.office)
    assert (told[0], told[-1]) == ("intervention_reported", "feedback_given")
    steps = ["visit_dispatched", "visit_accepted", "visit_arrived", "visit_completed"]
    assert [kind for kind in told if kind in steps] == steps
    heard = await story(town.manager())
    assert heard == [kind for kind in told if kind in MANAGER_KINDS]
    assert await story(replace(town.manager(), customer_id=other.id)) == []


async def test_nobody_is_named(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=2)
    marta = town.manager()
    async with town.read() as session:
        row = (await session.scalars(select(Feedback))).one()
        kept = {column.name: getattr(row, column.name) for column in Feedback.__table__.columns}
        event = (await session.scalars(select(Event).where(Event.kind == "feedback_given"))).one()
    assert marta.name not in str(kept)
    assert (event.actor_id, event.actor_name) == (None, "manager")
    assert event.data["csat"] == 2


async def test_said_again_the_newer_answer_stands_and_the_older_is_kept(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=5)
    town.passes(timedelta(days=29))
    newer = await give(town, about, csat=1, is_irritated=True)
    assert await seen(town, town.manager()) == [newer]
    async with town.read() as session:
        rows = (await session.scalars(select(Feedback).order_by(Feedback.given_at))).all()
    assert [(row.csat, row.replaced_at) for row in rows] == [(5, town.now), (1, None)]


async def test_nothing_is_asked_before_the_end_of_the_work(town: Town) -> None:
    about = await town.look(await town.visit("S2"))
    with pytest.raises(FeedbackClosed):
        await give(town, about, csat=5)


async def test_after_thirty_days_it_is_too_late(town: Town) -> None:
    about = await ended(town)
    town.passes(timedelta(days=30) - minutes(1))
    await give(town, about, csat=5)
    town.passes(minutes(1))
    with pytest.raises(FeedbackClosed):
        await give(town, about, csat=4)


async def test_cancelled_work_was_never_done(town: Town) -> None:
    about = await town.decide(await town.report("S2"), "cancel", "Runs again.")
    with pytest.raises(FeedbackClosed):
        await give(town, about, csat=5)


@pytest.mark.parametrize(
    "said", [{"csat": 1}, {"effort": 7}, {"comment": "Thank you."}, {"is_irritated": True}]
)
async def test_one_thing_is_enough(town: Town, said: dict[str, Any]) -> None:
    given = await give(town, await ended(town), **said)
    assert given.effort_wording == ("made_it_easy" if "effort" in said else "")


async def test_saying_nothing_at_all_is_refused(town: Town) -> None:
    about = await ended(town)
    with pytest.raises(Invalid) as refused:
        await give(town, about)
    assert faults(refused.value) == [("csat", "nothing_said")]


async def test_the_lift_of_another_customer_looks_unknown(town: Town) -> None:
    theirs = await ended(town, town.rivals_house)
    rival = town.manager(town.rival)
    with pytest.raises(Invalid) as refused:
        await give(town, theirs, csat=1)
    assert faults(refused.value) == [("intervention_id", "unknown")]
    await give(town, theirs, rival, csat=3)
    assert await seen(town, town.manager()) == []
    assert len(await seen(town, rival)) == 1


async def test_a_dispatcher_reads_what_was_said_in_their_own_regions(town: Town) -> None:
    await give(town, await ended(town), csat=3)
    abroad = frozenset({town.mountain.id})
    elsewhere = Scope(town.office.account_id, "Elsa", Role.DISPATCHER, region_ids=abroad)
    assert await seen(town, elsewhere) == []
    assert await seen(town, elsewhere, region_id=town.valley.id) == []
    assert len(await seen(town, town.office, customer_id=town.customer.id)) == 1
    assert await seen(town, town.office, customer_id=town.rival.id) == []
