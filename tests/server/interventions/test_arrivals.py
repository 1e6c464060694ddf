"""When and where somebody arrived: right to two seconds by a wrong clock, and not kept for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.credits.duties import nightly_forgetting
from server.interventions.schemas import ArrivalPositionBody, VisitPayload
from server.interventions.tables import Arrival, VisitCommand
from server.kit.tables import Event
from tests.server.interventions.town import Town, clock, command, minutes

BEHIND, AHEAD, RIGHT = timedelta(days=-2), timedelta(hours=3), timedelta()
NEAR = VisitPayload(position=ArrivalPositionBody(distance_m=31.5, accuracy_m=12, by="geofence"))
ON_THE_WAY = timedelta(seconds=1)
Flags = list[tuple[int | None, bool]]


async def flags(town: Town) -> Flags:
    query = select(VisitCommand.skew_seconds, VisitCommand.is_skew_flagged)
    async with town.read() as session:
        rows = await session.execute(query.order_by(VisitCommand.received_at, VisitCommand.id))
        return [(skew, is_flagged) for skew, is_flagged in rows]


async def noticed(town: Town) -> list[int]:
    query = select(Event.data).where(Event.kind == "clock_skew_noticed")
    async with town.read() as session:
        return [row["seconds"] for row in await session.scalars(query)]


@pytest.mark.parametrize(
    ("stamped", "sent", "offset"),
    [
        (BEHIND, BEHIND, -BEHIND),
        (BEHIND, BEHIND, RIGHT),
        (AHEAD, AHEAD, -AHEAD),
        (AHEAD, AHEAD, RIGHT),
        (BEHIND, RIGHT, -BEHIND),
        (RIGHT, AHEAD, RIGHT),
    ],
    ids=["behind", "behind, unknown", "ahead", "ahead, unknown", "set right", "set wrong"],
)
async def test_an_arrival_is_known_however_wrong_the_phone_is(
    town: Town, stamped: timedelta, sent: timedelta, offset: timedelta
) -> None:
    """Stamped by a clock so far off, sent twenty minutes later by one so far off."""
    visit = await town.lead(await town.visit(), "accept", "start_travel")
    town.passes(minutes(10))
    arrived = town.now
    told = command(
        "arrive",
        visit,
        arrived + stamped,
        clock_offset_seconds=int(offset.total_seconds()),
        sent_at=arrived + minutes(20) + sent - ON_THE_WAY,
    )
    town.passes(minutes(20))
    (result,) = await town.tell_all(visit, told)
    seen = result.visit
    assert seen.arrived_at is not None
    assert abs(seen.arrived_at - arrived) <= timedelta(seconds=2)
    response = clock(await town.look(visit), "response")
    assert response.stopped_at == seen.arrived_at
    async with town.read() as session:
        stored = await session.scalar(select(VisitCommand).where(VisitCommand.id == told.id))
    assert stored is not None
    assert (stored.device_at, stored.judged_at) == (told.at, seen.arrived_at)
    assert stored.is_skew_flagged
    assert seen.skew_seconds == stored.skew_seconds
    worst = max(-stamped, -sent, key=abs)
    assert stored.skew_seconds == pytest.approx(worst.total_seconds(), abs=2)
    assert await noticed(town) == [stored.skew_seconds]


async def test_a_wrong_clock_is_noticed_once_of_a_visit(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(10))
    late = {"sent_at": town.now + BEHIND}
    steps = [command(kind, visit, town.now + BEHIND, **late) for kind in ("accept", "start_travel")]
    await town.tell_all(visit, *steps)
    await town.tell_all(visit, *steps)
    assert [is_flagged for _, is_flagged in await flags(town)] == [True, True]
    assert len(await noticed(town)) == 1


async def test_a_clock_five_minutes_off_is_set_right_and_nobody_is_told(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(10))
    wrong = timedelta(seconds=-290)
    happened = town.now - minutes(2)
    told = command("accept", visit, happened + wrong, sent_at=town.now + wrong)
    (result,) = await town.tell_all(visit, told)
    assert (result.visit.accepted_at, result.visit.skew_seconds) == (happened, None)
    assert (await flags(town), await noticed(town)) == ([(290, False)], [])


async def test_where_somebody_arrived_is_forgotten_after_a_year_and_when_is_not(
    town: Town,
) -> None:
    visit = await town.lead(await town.visit(), "accept", "start_travel")
    result = await town.tell(visit, "arrive", payload=NEAR)
    async with town.read() as session:
        row = await session.scalar(select(Arrival))
        stored = await session.scalar(select(VisitCommand).where(VisitCommand.kind == "arrive"))
    assert row is not None
    assert stored is not None
    assert (row.visit_id, row.at, row.distance_m, row.accuracy_m, row.by) == (
        visit.id,
        town.now,
        31.5,
        12,
        "geofence",
    )
    assert "position" not in stored.payload
    assert await nightly_forgetting(town.database, town.now + timedelta(days=364))
    assert (await town.rows())["arrival"] == 1
    assert await nightly_forgetting(town.database, town.now + timedelta(days=366))
    assert (await town.rows())["arrival"] == 0
    assert (await town.look(visit)).visits[0].arrived_at == result.visit.arrived_at
