"""A promise tried out on weeks gone by: asked, lived in its own process, kept or stopped."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from dispatch.agreements import ClockKind, Severity
from dispatch.roster import ShiftKind
from server.feasibility import actions, queries, trials
from server.feasibility.problems import TooManyTrials
from server.feasibility.reading import Past, Weeks, read_past
from server.feasibility.schemas import TrialBody, TrialOut
from server.feasibility.trials import Trials
from server.kit.clock import Clock
from server.kit.problems import NotFound
from server.kit.tables import Event
from server.regions.tables import Region
from tests.server.interventions.town import FOUNDER, TUESDAY, Town
from tests.server.planning.office import Office

WEEK = timedelta(weeks=1)


@pytest.fixture
async def running(town: Town, copied_town: tuple[Town, str]) -> AsyncIterator[Trials]:
    """Trials with their real child processes, on the town's clock."""
    offset = round((TUESDAY - datetime.now(UTC)).total_seconds())
    made = Trials(town.database, copied_town[1], Clock(offset))
    yield made
    await made.close()


class Watched(Trials):
    """Trials of another server process, and the last word of its child."""

    def __init__(self, like: Trials) -> None:
        super().__init__(like._database, like._database_url, like._clock)
        self.is_asked = asyncio.Event()
        self.last: dict[str, Any] = {}

    async def _heard(self, trial_id: UUID, process: Process, task: bytes) -> dict[str, Any]:
        self.is_asked.set()
        self.last = await super()._heard(trial_id, process, task)
        return self.last


async def start(town: Town, **more: Any) -> TrialOut:
    given: dict[str, Any] = {"region_id": town.valley.id, "within_seconds": 3600, "weeks": 1}
    async with town.write() as session:
        return await actions.start(session, FOUNDER, TrialBody(**given | more), town.now)


async def look_at(town: Town, trial: TrialOut) -> TrialOut:
    async with town.read() as session:
        return await queries.trial(session, FOUNDER, trial.id)


async def tried(town: Town, running: Trials, **more: Any) -> TrialOut:
    trial = await start(town, **more)
    running.begin(trial.id)
    await running.settled()
    return await look_at(town, trial)


async def past(town: Town, weeks: int = 1) -> Past:
    """The valley as a trial of the weeks that end today sees it."""
    first_day = town.now.date() - weeks * WEEK
    async with town.read() as session:
        region = await session.get(Region, town.valley.id)
        assert region is not None
        span = Weeks(first_day, weeks, ZoneInfo(region.zone))
        return await read_past(session, region, span, now=town.now, seed=1)


async def rung(office: Office, *days_ago: int) -> None:
    """Calls of days gone by, each about a lift of its own."""
    town = office.town
    for days in days_ago:
        town.now = TUESDAY - timedelta(days)
        await office.call(f"HOUSE-{days}", 1 + days)
    town.now = TUESDAY


async def test_a_trial_tells_what_would_have_been_kept_and_what_it_would_have_cost(
    office: Office, running: Trials
) -> None:
    await rung(office, 6, 5, 4)
    trial = await tried(office.town, running, within_seconds=1800)
    assert (trial.status, trial.progress, trial.problem_code) == ("ready", 1.0, None)
    found = trial.answer
    assert found is not None
    assert (found.calls, found.calls_from) == (3, "records")
    assert found.planned_for.kept + found.planned_for.missed == 3
    assert found.extra_travel_seconds == (
        found.planned_for.travel_seconds - found.today.travel_seconds
    )
    again = await tried(office.town, running, within_seconds=1800)
    assert again.answer == found


async def test_without_records_of_every_week_chance_draws_the_calls(office: Office) -> None:
    await rung(office, 6)
    assert [call.id for call in (await past(office.town)).calls] == ["2026-000001"]
    drawn = await past(office.town, weeks=2)
    assert drawn.calls_from == "chance"
    assert "2026-000001" not in {call.id for call in drawn.calls}


async def test_a_lift_keeps_what_its_own_agreement_promises(office: Office) -> None:
    own = (await past(office.town)).territory
    hotel = next(lift for lift in own.lifts if lift.id == office.town.hotel.lift.code)
    assert hotel.targets is not None
    kinds = {(target.clock, target.severity) for target in hotel.targets}
    assert (ClockKind.RESPONSE, Severity.OUT_OF_SERVICE) in kinds
    assert {target.clock for target in own.targets} == {ClockKind.RESPONSE}


async def test_weeks_without_a_roster_borrow_the_nearest_one(office: Office) -> None:
    shifts = (await past(office.town)).territory.shifts
    (duty,) = shifts[str(office.town.aina.id)]
    assert duty.kind is ShiftKind.SHIFT
    assert duty.starts_at.astimezone(ZoneInfo("Europe/Paris")).weekday() == TUESDAY.weekday()
    assert duty.starts_at < office.now


async def test_a_trial_that_is_stopped_ends_its_process_and_keeps_nothing(
    office: Office, running: Trials
) -> None:
    trial = await start(office.town, weeks=12)
    running.begin(trial.id)
    async with office.town.write() as session:
        stopped = await actions.cancel(session, FOUNDER, trial.id, office.now)
    running.stop(trial.id)
    await running.settled()
    assert stopped.status == "cancelled"
    found = await look_at(office.town, trial)
    assert (found.status, found.answer) == ("cancelled", None)
    async with office.town.write() as session:
        await actions.keep(session, trial.id, {}, office.now)
    assert (await look_at(office.town, trial)).status == "cancelled"


async def test_a_trial_stopped_through_another_server_ends_its_process_too(
    office: Office, running: Trials
) -> None:
    trial = await start(office.town, weeks=12)
    elsewhere = Watched(running)
    elsewhere.begin(trial.id)
    await elsewhere.is_asked.wait()
    async with office.town.write() as session:
        await actions.cancel(session, FOUNDER, trial.id, office.now)
    await elsewhere.settled()
    assert elsewhere.last == {"refused": "stopped"}
    assert (await look_at(office.town, trial)).status == "cancelled"


async def test_only_so_many_trials_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    first, _ = await start(office.town), await start(office.town)
    with pytest.raises(TooManyTrials):
        await start(office.town)
    async with office.town.write() as session:
        await actions.cancel(session, FOUNDER, first.id, office.now)
    assert (await start(office.town)).status == "running"
    office.town.now += timedelta(days=2)
    assert (await start(office.town)).status == "running"


async def test_who_asked_for_a_trial_and_who_stopped_it_is_on_record(office: Office) -> None:
    trial = await start(office.town, within_seconds=5400)
    async with office.town.write() as session:
        await actions.cancel(session, FOUNDER, trial.id, office.now)
    async with office.town.read() as session:
        query = select(Event).where(Event.kind.startswith("trial_")).order_by(Event.seq)
        events = (await session.scalars(query)).all()
    assert [event.kind for event in events] == ["trial_started", "trial_cancelled"]
    assert {event.actor_name for event in events} == {FOUNDER.actor.name}
    assert events[0].data["within_seconds"] == 5400
    assert {event.data["trial_id"] for event in events} == {str(trial.id)}


async def test_what_waits_its_turn_says_how_many_come_before(
    office: Office, running: Trials
) -> None:
    asked = [await start(office.town, weeks=12) for _ in range(2)]
    for trial in asked:
        running.begin(trial.id)
    shown = [running.with_progress(trial).queue_position for trial in asked]
    assert shown == [0, 1]


async def test_a_child_that_dies_fails_its_trial_and_not_the_next(
    office: Office, running: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "COMMAND", ("false",))
    failed = await tried(office.town, running)
    assert (failed.status, failed.problem_code) == ("failed", "trial_crashed")
    monkeypatch.undo()
    assert (await tried(office.town, running)).status == "ready"


async def test_what_ran_when_the_server_ended_is_told_as_interrupted(office: Office) -> None:
    trial = await start(office.town)
    async with office.town.write() as session:
        await actions.fail_interrupted(session, office.now)
    found = await look_at(office.town, trial)
    assert (found.status, found.problem_code) == ("failed", "interrupted")


async def test_trials_of_other_regions_look_unknown(office: Office) -> None:
    trial = await start(office.town)
    elsewhere = replace(FOUNDER, region_ids=frozenset({office.town.mountain.id}))
    async with office.town.read() as session:
        with pytest.raises(NotFound):
            await queries.trial(session, elsewhere, trial.id)
        found = await queries.trials(session, elsewhere, limit=None, cursor=None)
    assert found.items == []
