"""Technicians of a neighbouring region: sent at a price if the region says so, else not at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.board import board
from server.interventions.board_schemas import BoardOut
from server.interventions.schemas import AssignBody
from server.kit.problems import Invalid, NotFound
from server.planning import actions, checking
from server.planning.explaining import explanation
from server.planning.planner import Planner
from server.planning.versions import comparison
from server.regions import actions as regions
from server.regions import queries as region_queries
from server.regions.schemas import RegionChangeBody, RegionOut
from tests.server.interventions.town import FOUNDER
from tests.server.planning.office import Office, give_shift

PRICE = 700


async def change(office: Office, **named: Any) -> RegionOut:
    """The valley's settings changed by an administrator."""
    valley = office.town.valley.id
    async with office.town.write() as session:
        before = await region_queries.region(session, FOUNDER, valley)
        return await regions.change_region(
            session,
            FOUNDER,
            valley,
            RegionChangeBody(**named),
            expected=before.version,
            now=office.now,
        )


@pytest.fixture
async def valley(office: Office) -> Office:
    """The valley's own dispatcher; Clara of the mountain is on duty and may be borrowed."""
    await give_shift(office, office.town.clara, office.now.replace(hour=6, minute=0))
    office.town.office = Scope(
        account_id=UUID(int=4),
        name="Vera",
        role=Role.DISPATCHER,
        region_ids=frozenset({office.town.valley.id}),
    )
    await change(office, borrows_from=[office.town.mountain.id], borrow_cost=PRICE)
    return office


async def board_of(office: Office, region: RegionOut, scope: Scope) -> BoardOut:
    async with office.town.read() as session:
        return await board(session, scope, region_id=region.id, day=None, now=office.now)


async def test_a_neighbours_technician_is_a_candidate_at_the_price_of_borrowing(
    valley: Office,
) -> None:
    found = await valley.candidates(await valley.call("LOOK", 3))
    borrowed = {each.technician_name: each.terms.get("borrow", 0) for each in found.candidates}
    assert borrowed == {"Aina Ribera": 0, "Bruno Ribera": 0, "Clara Ribera": PRICE}


async def test_nobody_is_borrowed_where_the_region_does_not_say_so(valley: Office) -> None:
    await change(valley, borrows_from=[])
    asked = await valley.call("LOOK", 3)
    found = await valley.candidates(asked)
    assert {each.technician_name for each in found.candidates} == {"Aina Ribera", "Bruno Ribera"}
    assert found.blocked == []
    by_hand = AssignBody(
        technician_id=valley.town.clara.id, starts_at=valley.now + timedelta(hours=1)
    )
    with pytest.raises(NotFound):
        await valley.assign(asked, by_hand)


async def test_who_is_borrowed_is_sent_and_seen_on_both_boards(valley: Office) -> None:
    town = valley.town
    asked = await valley.call("LOOK", 3)
    visit = await valley.send(asked, await valley.card(asked, town.clara))
    assert visit.technician_id == town.clara.id
    ours = await board_of(valley, town.valley, town.office)
    theirs = await board_of(valley, town.mountain, FOUNDER)
    for seen in (ours.technicians[-1], theirs.technicians[0]):
        assert (seen.id, [bar.visit.id for bar in seen.visits]) == (town.clara.id, [visit.id])


async def test_a_neighbours_own_work_stays_where_it_is_and_unseen(valley: Office) -> None:
    """Clara is busy at home until past noon: the valley gets her after that, and sees nothing."""
    town = valley.town
    hut = await valley.building("HUT", 2, region=town.mountain)
    ours_only, town.office = town.office, FOUNDER
    home = await town.report(building=hut, severity="S2", duration_seconds=10_800, skills={})
    town.office = ours_only
    async with town.write() as session:
        busy = await actions.send_best(session, FOUNDER, home.id, valley.now)
    assert busy.technician_id == town.clara.id
    card = await valley.card(await valley.call("LOOK", 3), town.clara)
    assert card.starts_at >= busy.ends_at
    assert card.moves == []
    ours = await board_of(valley, town.valley, town.office)
    assert [each.name for each in ours.technicians] == ["Aina Ribera", "Bruno Ribera"]


async def test_a_days_plan_borrows_where_that_saves_more_than_it_costs(
    valley: Office, planner: Planner
) -> None:
    calls = [await valley.call(f"HOUSE-{n}", n, duration_seconds=4 * 3600) for n in range(1, 6)]
    plan = await valley.plan_day(planner, seconds=1)
    assert (await valley.publish(plan)).status == "published"
    visits = await valley.visits()
    assert set(visits) <= {each.number for each in calls}
    assert valley.town.clara.id in {each.technician_id for each in visits.values()}


async def test_a_plan_names_who_is_borrowed_wherever_it_is_looked_into(
    valley: Office, planner: Planner
) -> None:
    far = [await valley.call(f"HOUSE-{n}", n, duration_seconds=4 * 3600) for n in range(1, 8)]
    plan = await valley.plan_day(planner, seconds=1)
    assert plan.diff is not None
    clara = valley.town.clara.name
    hers = {each.number for each in plan.diff.changes if each.to_technician_name == clara}
    asked = {each.number: each.id for each in far}
    await change(valley, borrows_from=[])
    alone = await valley.plan_day(planner, seconds=1)
    async with valley.town.read() as session:
        office = valley.town.office
        compared = await comparison(session, office, plan.id, alone.id)
        told = [
            await explanation(session, office, plan.id, asked[each.number])
            for each in plan.diff.unassigned
        ]
    assert {
        each.number for each in compared.differences if each.first_technician_name == clara
    } == hers
    named = {one.technician_name for each in told for way in each.remedies for one in way.changes}
    named |= {way.way.technician_name for each in told for way in each.remedies}
    assert clara in named
    assert named <= {clara, "Aina Ribera", "Bruno Ribera", ""}


async def test_what_is_amiss_with_a_neighbours_people_is_theirs_to_mend(valley: Office) -> None:
    async with valley.town.read() as session:
        told = await checking.planning_check(
            session, valley.town.office, valley.town.valley.id, None, valley.now
        )
    assert told.technicians == 2
    assert valley.town.clara.id not in {each.subject_id for each in told.findings}


async def test_a_region_borrows_from_other_regions_that_exist(office: Office) -> None:
    for stranger in (UUID(int=77), office.town.valley.id):
        with pytest.raises(Invalid) as refused:
            await change(office, borrows_from=[office.town.mountain.id, stranger])
        assert [each["path"] for each in refused.value.facts["errors"]] == ["borrows_from.1"]
    changed = await change(office, borrows_from=[office.town.mountain.id] * 2)
    assert (changed.borrows_from, changed.borrow_cost) == ([office.town.mountain.id], 1800)
