"""Lines of a plan: which of them only hold together, and carrying out some of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server.kit.problems import Invalid
from server.planning import actions
from server.planning.lines import Step, needs_of
from server.planning.planner import Planner
from tests.server.planning.office import Office

NINE = datetime(2026, 6, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
AINA, BRUNO = uuid4(), uuid4()


def _moved(was: tuple[UUID, datetime], to: tuple[UUID, datetime], *, drive: int = 0) -> Step:
    return Step(uuid4(), uuid4(), *was, *to, ends_at=to[1] + HOUR, travel_seconds=drive)


@pytest.mark.parametrize(("drive", "needed"), [(0, False), (60, True)])
def test_a_line_needs_those_whose_time_it_takes_drive_included(drive: int, *, needed: bool) -> None:
    leaving = _moved((AINA, NINE), (BRUNO, NINE))
    taking = _moved((BRUNO, NINE), (AINA, NINE + HOUR), drive=drive)
    held = {each.visit_id: NINE + HOUR for each in (leaving, taking) if each.visit_id}
    needs = needs_of([leaving, taking], held)
    assert needs[taking.intervention_id] == ([leaving.intervention_id] if needed else [])
    assert needs[leaving.intervention_id] == [taking.intervention_id]


async def test_only_the_lines_a_dispatcher_names_are_carried_out(
    office: Office, planner: Planner
) -> None:
    wanted, other = [await office.call(f"HOUSE-{place}", place) for place in (2, 4)]
    ready = await office.plan_day(planner)
    async with office.town.write() as session:
        done = await actions.publish(
            session, office.town.office, ready.id, office.now, lines=[wanted.id]
        )
    assert done.diff is not None
    assert {change.number: change.is_declined for change in done.diff.changes} == {
        wanted.number: False,
        other.number: True,
    }
    assert set(await office.visits()) == {wanted.number}


async def test_a_line_the_plan_does_not_have_is_refused(office: Office, planner: Planner) -> None:
    await office.call("HOUSE-2", 2)
    ready = await office.plan_day(planner)
    with pytest.raises(Invalid):
        async with office.town.write() as session:
            await actions.publish(session, office.town.office, ready.id, office.now, lines=[AINA])
    assert (await office.look_at(ready)).status == "ready"
