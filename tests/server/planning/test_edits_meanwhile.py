"""The board stays editable while a day is planned: whatever people do then survives publishing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete

from server.interventions.schemas import AssignBody, VisitOut
from server.planning.planner import Planner
from server.planning.schemas import PlanChangeOut, PlanOut
from server.roster.tables import Shift
from tests.server.planning.office import Office

Edit = Callable[[Office, VisitOut], Awaitable[object]]
SHORT = 1_200


async def _accept(office: Office, visit: VisitOut) -> None:
    await office.town.lead(visit, "accept")


async def _set_out(office: Office, visit: VisitOut) -> None:
    await office.town.lead(visit, "accept", "start_travel")


async def _take_back(office: Office, visit: VisitOut) -> None:
    await office.town.tell(visit, "unassign", by=office.town.office)


async def _cancel(office: Office, visit: VisitOut) -> None:
    await office.town.decide(await office.town.look(visit), "cancel", "a mistake")


async def _move(office: Office, visit: VisitOut) -> None:
    await office.town.move(visit, office.town.clara, after=timedelta(hours=9))


async def _fix(office: Office, visit: VisitOut) -> None:
    """Taken back and given again by hand: the start is the dispatcher's word."""
    await _take_back(office, visit)
    body = AssignBody(technician_id=visit.technician_id, starts_at=visit.starts_at)
    await office.assign(await office.town.look(visit), body)


async def _ask_for_more(office: Office, visit: VisitOut) -> None:
    await office.town.change(await office.town.look(visit), duration_seconds=3 * SHORT)


EDITS: dict[str, Edit] = {
    "accept": _accept,
    "set out": _set_out,
    "take back": _take_back,
    "cancel": _cancel,
    "give to somebody else": _move,
    "fix by hand": _fix,
    "ask for more time": _ask_for_more,
}


async def _zigzag(office: Office) -> None:
    """Aina is sent from one end of the street to the other and back, Bruno nowhere."""
    for place in (12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6):
        call = await office.call(f"HOUSE-{place}", place, duration_seconds=SHORT)
        await office.send(call, await office.card(call, office.town.aina))


def _moved(plan: PlanOut) -> list[PlanChangeOut]:
    assert plan.diff is not None
    return [change for change in plan.diff.changes if change.kind == "moved"]


async def test_every_kind_of_edit_made_during_a_search_survives_publishing(
    office: Office, planner: Planner
) -> None:
    await _zigzag(office)
    plan = await office.plan_day(planner, change_budget=None, iterations=2_000)
    moved = _moved(plan)
    assert len(moved) >= len(EDITS)
    visits = await office.visits()
    for edit, change in zip(EDITS.values(), moved, strict=False):
        await edit(office, visits[change.number])
    edited = await office.visits()
    published = await office.publish(plan)
    after = await office.visits()
    assert published.stale_changes >= len(EDITS)
    for name, change in zip(EDITS, moved, strict=False):
        assert _where(after.get(change.number)) == _where(edited.get(change.number)), name


def _where(visit: VisitOut | None) -> tuple[object, ...] | None:
    if visit is None:
        return None
    return visit.id, visit.technician_id, visit.starts_at, visit.ends_at, visit.status


async def test_nobody_is_given_work_in_hours_taken_from_them_during_a_search(
    office: Office, planner: Planner
) -> None:
    await _zigzag(office)
    plan = await office.plan_day(planner, change_budget=None, iterations=2_000)
    bruno = office.town.bruno.id
    assert any(change.to_technician_id == bruno for change in _moved(plan))
    async with office.town.write() as session:
        await session.execute(delete(Shift).where(Shift.technician_id == bruno))
    announced = (await office.look_at(plan)).stale_changes
    published = await office.publish(plan)
    assert published.stale_changes == announced > 0
    assert bruno not in {visit.technician_id for visit in (await office.visits()).values()}


async def test_a_plan_says_what_it_costs_line_by_line_and_who_is_told_anew(
    office: Office, planner: Planner
) -> None:
    await _zigzag(office)
    plan = await office.plan_day(planner, change_budget=None)
    assert plan.diff is not None
    told = sum(change.tells_customer for change in plan.diff.changes)
    assert told == plan.diff.announced_moved > 0
    for measures in (plan.diff.before, plan.diff.after):
        assert sum(measures.terms.values()) == measures.total
    assert [point.total for point in plan.trace] == sorted(
        {point.total for point in plan.trace}, reverse=True
    )
    counted = [point for point in plan.trace if point.in_time is not None]
    assert {
        (point.in_time or 0) + (point.late or 0) + (point.unassigned or 0) for point in counted
    } == {12}
    assert plan.trace[-1].total == plan.diff.after.total
