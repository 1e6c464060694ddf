"""Giving visits to technicians and moving them: never two at one time, all of them or none."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from server.interventions.booking import return_to_queue
from server.interventions.problems import (
    AlreadyPlanned,
    InterventionEnded,
    TechnicianInactive,
    VisitFrozen,
)
from server.interventions.schemas import InterventionOut, VisitCommandKind
from server.kit.problems import Invalid, NotFound, Stale
from server.roster import actions as roster
from server.roster.schemas import TechnicianChangeBody
from tests.server.interventions.town import FOUNDER, Town, minutes

HALF_HOUR = minutes(30)


async def _tries(town: Town, intervention: InterventionOut, after: timedelta = HALF_HOUR) -> bool:
    """Whether Aina could be sent."""
    try:
        await town.assign(intervention, after=after)
    except DBAPIError as error:
        if "double_booked" in str(error.orig):
            return False
        raise
    return True


async def test_of_thirty_two_calls_for_one_slot_exactly_one_gets_it(town: Town) -> None:
    calls = [await town.report() for _ in range(32)]
    before = await town.rows()
    got = await asyncio.gather(*(_tries(town, call) for call in calls))
    after = await town.rows()
    assert got.count(True) == 1
    assert after["visit"] == 1
    assert after["event"] == before["event"] + 1


async def test_visits_may_touch_but_not_overlap(town: Town) -> None:
    await town.visit()
    assert await _tries(town, await town.report(), after=HALF_HOUR + minutes(60))
    assert await _tries(town, await town.report(), after=HALF_HOUR - minutes(60))
    assert not await _tries(town, await town.report(), after=HALF_HOUR + minutes(59))


async def test_another_technician_is_free_at_the_same_time(town: Town) -> None:
    await town.visit()
    assert (await town.assign(await town.report(), town.bruno)).status == "dispatched"


@pytest.mark.parametrize("kind", ["cancel", "unassign"])
async def test_a_visit_taken_back_frees_its_time(town: Town, kind: VisitCommandKind) -> None:
    visit = await town.visit()
    await town.tell(visit, kind, town.office)
    assert await _tries(town, await town.report())


async def test_a_proposal_takes_its_time_but_tells_nobody(town: Town) -> None:
    proposed = await town.assign(await town.report(), dispatch=False)
    assert (proposed.status, proposed.announced_at) == ("proposed", None)
    assert not await _tries(town, await town.report())


async def test_two_visits_swap_places_in_one_change(town: Town) -> None:
    first = await town.visit()
    second = await town.assign(await town.report(), after=HALF_HOUR + minutes(60))
    moved = await town.move_all((first, None, HALF_HOUR + minutes(60)), (second, None, HALF_HOUR))
    assert [each.starts_at for each in moved] == [second.starts_at, first.starts_at]
    assert [each.id for each in moved] == [first.id, second.id]
    assert [each.version for each in moved] == [2, 2]


async def test_two_technicians_exchange_their_visits_in_one_change(town: Town) -> None:
    ainas = await town.visit()
    brunos = await town.assign(await town.report(), town.bruno)
    moved = await town.move_all((ainas, town.bruno, HALF_HOUR), (brunos, town.aina, HALF_HOUR))
    assert [each.technician_id for each in moved] == [town.bruno.id, town.aina.id]
    left, came = (await town.look(ainas)).visits
    assert (left.id, left.status) == (ainas.id, "unassigned")
    assert (came.id, came.status) == (moved[0].id, "dispatched")


async def test_a_change_that_ends_in_a_double_booking_moves_nothing(town: Town) -> None:
    first = await town.visit()
    second = await town.assign(await town.report(), after=minutes(120))
    third = await town.assign(await town.report(), after=minutes(240))
    before = await town.rows()
    with pytest.raises(DBAPIError, match="double_booked"):
        await town.move_all((first, None, minutes(400)), (second, None, minutes(250)))
    assert await town.rows() == before
    seen = [(await town.look(each)).visits[0] for each in (first, second, third)]
    assert [each.starts_at for each in seen] == [v.starts_at for v in (first, second, third)]


@pytest.mark.parametrize("way", [("accept", "start_travel"), ("accept", "arrive"), ("decline",)])
async def test_a_visit_under_way_or_over_stays_where_it_is(
    town: Town, way: tuple[VisitCommandKind, ...]
) -> None:
    visit = await town.lead(await town.visit(), *way)
    with pytest.raises(VisitFrozen):
        await town.move(visit, after=minutes(90), overrules=True)


async def test_an_accepted_visit_may_slip_but_keeps_its_technician(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept")
    slipped = await town.move(visit, after=minutes(45))
    assert (slipped.status, slipped.technician_id) == ("accepted", town.aina.id)
    with pytest.raises(VisitFrozen):
        await town.move(slipped, town.bruno, after=minutes(45))
    overruled = await town.move(slipped, town.bruno, after=minutes(45), overrules=True)
    assert (overruled.status, overruled.technician_id) == ("dispatched", town.bruno.id)


async def test_a_change_made_on_an_older_view_is_refused(town: Town) -> None:
    visit = await town.visit()
    await town.lead(visit, "accept")
    with pytest.raises(Stale):
        await town.move(visit, after=minutes(45), seen=True)


async def test_one_visit_moves_once_in_one_change(town: Town) -> None:
    visit = await town.visit()
    with pytest.raises(Invalid):
        await town.move_all((visit, None, minutes(45)), (visit, None, minutes(50)))


async def test_a_second_dispatcher_learns_that_somebody_was_sent_already(town: Town) -> None:
    call = await town.report()
    visit = await town.assign(call)
    with pytest.raises(AlreadyPlanned) as refused:
        await town.assign(call, town.bruno)
    assert refused.value.facts["visit_id"] == str(visit.id)


async def test_whoever_replaces_a_visit_says_which(town: Town) -> None:
    visit = await town.visit()
    instead = await town.assign(await town.look(visit), town.bruno, replaces=visit.id)
    left, came = (await town.look(visit)).visits
    assert (left.status, came.id, came.status) == ("unassigned", instead.id, "dispatched")
    assert (await town.kinds())[-2:] == ["visit_unassigned", "visit_dispatched"]


async def test_nobody_is_sent_to_what_is_over(town: Town) -> None:
    call = await town.report()
    await town.decide(call, "cancel", "Called back: it runs.")
    with pytest.raises(InterventionEnded):
        await town.assign(call)


async def test_nobody_who_left_is_sent(town: Town) -> None:
    async with town.write() as session:
        await roster.change_technician(
            session,
            FOUNDER,
            town.aina.id,
            TechnicianChangeBody(is_active=False),
            expected=town.aina.version,
            now=town.now,
        )
    with pytest.raises(TechnicianInactive):
        await town.visit()


async def test_a_technician_of_a_foreign_region_looks_unknown(town: Town) -> None:
    town.office = town.office.__class__(
        town.office.account_id, "Dora", town.office.role, frozenset({town.valley.id})
    )
    call = await town.report()
    with pytest.raises(NotFound):
        await town.assign(call, town.clara)


async def test_visits_taken_back_return_to_the_queue(town: Town) -> None:
    visit = await town.visit()
    async with town.write() as session:
        await return_to_queue(session, town.office, [visit.id], now=town.now)
    seen = await town.look(visit)
    assert (seen.status, seen.visits[0].status) == ("qualified", "unassigned")
    with pytest.raises(NotFound):
        async with town.write() as session:
            await return_to_queue(session, town.office, [UUID(int=9)], now=town.now)


async def test_a_visit_takes_time(town: Town) -> None:
    with pytest.raises(Invalid):
        await town.assign(await town.report(), lasts=timedelta())
