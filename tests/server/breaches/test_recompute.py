"""Every night: what is stored is compared with what happened, and a difference is an incident."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from server.breaches.duties import RECOMPUTE, clocks_standing, last_night, once_since
from server.breaches.recompute import Recomputed, recompute
from server.breaches.tables import Incident
from server.interventions.schemas import InterventionOut
from server.interventions.tables import StoredClock
from tests.server.interventions.town import Town, clock, minutes


async def corrupt(town: Town, intervention: InterventionOut) -> None:
    """Somebody wrote another due into the database."""
    wrong = update(StoredClock).where(
        StoredClock.intervention_id == intervention.id, StoredClock.kind == "response"
    )
    async with town.write() as session:
        await session.execute(wrong.values(due_at=town.now + minutes(999)))


async def incidents(town: Town) -> list[Incident]:
    async with town.read() as session:
        return list(await session.scalars(select(Incident).order_by(Incident.id)))


async def test_clocks_that_are_right_make_no_incident(town: Town) -> None:
    await town.report("S2")
    await town.report("S1")
    assert await recompute(town.database, town.now) == Recomputed(2, 0)
    assert await incidents(town) == []


async def test_a_corrupted_due_is_found_told_and_corrected(town: Town) -> None:
    intervention = await town.report("S2")
    right = clock(intervention, "response").due_at
    await corrupt(town, intervention)
    assert await recompute(town.database, town.now) == Recomputed(1, 1)
    (incident,) = await incidents(town)
    assert (incident.party, incident.clock, incident.resolved_at) == ("customer", "response", None)
    assert right is not None
    assert right.isoformat() in incident.recomputed
    assert clock(await town.look(intervention), "response").due_at == right


async def test_an_incident_is_resolved_by_the_next_night_that_finds_nothing(town: Town) -> None:
    await corrupt(town, await town.report("S2"))
    await recompute(town.database, town.now)
    town.passes(timedelta(days=1))
    await recompute(town.database, town.now)
    (incident,) = await incidents(town)
    assert incident.resolved_at == town.now


async def test_work_that_is_over_is_left_alone(town: Town) -> None:
    intervention = await town.report("S2")
    await town.decide(intervention, "cancel", "Wrong address")
    assert await recompute(town.database, town.now) == Recomputed(0, 0)


async def test_the_standing_of_the_clocks_can_be_read(town: Town) -> None:
    await corrupt(town, await town.report("S2"))

    async def act() -> int:
        return (await recompute(town.database, town.now)).differences

    assert await once_since(town.database, RECOMPUTE, last_night(town.now), town.now, act=act)
    async with town.read() as session:
        assert await clocks_standing(session) == {
            "last_recomputed_at": town.now.isoformat(),
            "interventions": 1,
            "differences": 1,
        }


async def test_a_nights_duty_is_done_once_and_made_up_for_after_an_outage(town: Town) -> None:
    done: list[datetime] = []

    async def tick(now: datetime) -> bool:
        async def act() -> int:
            done.append(now)
            return 0

        return await once_since(town.database, "sweep", last_night(now), now, act=act)

    evening = datetime(2026, 6, 2, 20, tzinfo=UTC)
    assert await tick(evening)
    assert not await tick(evening + timedelta(hours=6))
    assert await tick(evening + timedelta(hours=7))
    assert not await tick(evening + timedelta(hours=20))
    assert await tick(evening + timedelta(days=9))
    assert len(done) == 3
