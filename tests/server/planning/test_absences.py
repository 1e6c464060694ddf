"""Whoever is away or has ended the shift is not planned; what they hold is told, not taken away."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from server.kit.clock import Clock
from server.planning import queries
from server.planning.checking import planning_check
from server.planning.standing_days import StandingDays
from server.presence.actions import command_duty
from server.presence.schemas import DutyCommandBody
from server.roster import absences
from server.roster.schemas import AbsenceBody
from server.roster.tables import Absence
from tests.server.planning.office import Office

HOUR = timedelta(hours=1)


@pytest.fixture
def days(office: Office) -> StandingDays:
    offset = office.now - datetime.now(UTC)
    return StandingDays(office.town.database, Clock(round(offset.total_seconds())))


async def say(office: Office, kind: str, **more: Any) -> None:
    """Aina says something of her day."""
    town = office.town
    body = DutyCommandBody.model_validate(
        {"id": uuid4().hex, "kind": kind, "at": office.now, "base_version": 0} | more
    )
    async with town.write() as session:
        found = await command_duty(session, town.of(town.aina), town.aina.id, [body], office.now)
    assert [each.outcome for each in found.results] == ["applied"]


async def names(office: Office, about: Any, days: StandingDays | None = None) -> set[str]:
    """Who could go, from the kept day if there is one; both must say the same."""
    fresh = await office.candidates(about)
    if days is not None:
        async with office.town.read() as session:
            kept = await queries.candidates(
                session, office.town.office, about.id, top=None, now=office.now, days=days
            )
        assert kept.candidates == fresh.candidates
        assert kept.blocked == fresh.blocked
    return {each.technician_name for each in fresh.candidates}


async def test_nobody_sick_or_off_duty_is_proposed_whatever_was_laid_out_before(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    everybody = {office.town.aina.name, office.town.bruno.name}
    assert await names(office, about, days) == everybody
    await say(office, "report_sick")
    assert await names(office, about, days) == {office.town.bruno.name}
    await say(office, "report_fit")
    assert await names(office, about, days) == everybody
    await say(office, "start_shift")
    await say(office, "end_shift")
    assert await names(office, about, days) == {office.town.bruno.name}
    office.town.passes(timedelta(minutes=1))
    await say(office, "start_shift")
    assert await names(office, about, days) == everybody


async def test_an_absence_of_some_hours_leaves_the_rest_of_the_day(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    before = await office.card(about, office.town.aina)
    assert await names(office, about, days)
    async with office.town.write() as session:
        body = AbsenceBody(
            technician_id=office.town.aina.id,
            kind="training",
            starts_at=office.now,
            ends_at=office.now + 2 * HOUR,
        )
        made = await absences.record_absence(session, office.town.office, body, office.now)
    assert await names(office, about, days)
    after = await office.card(about, office.town.aina)
    assert after.starts_at >= made.ends_at > before.starts_at
    async with office.town.write() as session:
        await absences.remove_absence(
            session, office.town.office, made.id, expected=made.version, now=office.now
        )
    assert await names(office, about, days)
    assert (await office.card(about, office.town.aina)).starts_at == before.starts_at


async def test_announced_visits_of_somebody_sick_are_told_before_planning_and_stay(
    office: Office,
) -> None:
    call = await office.call("PLANNED", 3)
    visit = await office.send(call, await office.card(call, office.town.aina))
    await say(office, "report_sick")
    async with office.town.read() as session:
        check = await planning_check(
            session, office.town.office, office.town.valley.id, None, office.now
        )
        (absence,) = (await session.scalars(select(Absence))).all()
    (finding,) = check.findings
    assert (finding.code, finding.weight, finding.affected) == ("absent", "warns", 1)
    assert finding.facts["until"] == absence.ends_at.isoformat()
    assert (await office.town.look(visit)).status == "scheduled"
