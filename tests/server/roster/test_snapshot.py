"""What planning is told about a region's day."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.geo import Point
from dispatch.roster import Certificate, Lunch, Shift, ShiftKind, available
from server.kit.database import Database
from server.roster import actions
from server.roster.schemas import CertificateBody, LunchBody, ShiftBody, TechnicianChangeBody
from server.roster.snapshot import roster_of
from tests.server.company import FOUNDER, Company

ANDORRA = ZoneInfo("Europe/Andorra")
TUESDAY = date(2026, 6, 2)


def june(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


async def give_shift(database: Database, now: datetime, body: ShiftBody) -> None:
    async with database.write() as session:
        await actions.create_shift(session, FOUNDER, body, now)


async def change(
    database: Database, company: Company, technician: UUID, data: TechnicianChangeBody
) -> None:
    async with database.write() as session:
        await actions.change_technician(
            session, FOUNDER, technician, data, expected=1, now=company.now
        )


async def test_a_regions_day_holds_its_people_and_their_hours(
    company: Company, database: Database
) -> None:
    aina = company.home.technician.id
    lunch = LunchBody(earliest_at=june(2, 10), latest_at=june(2, 11), duration_seconds=1800)
    shift = ShiftBody(
        technician_id=aina,
        starts_at=june(2, 6),
        ends_at=june(2, 14),
        overtime_max_seconds=600,
        lunch=lunch,
    )
    await give_shift(database, company.now, shift)
    rescue = [CertificateBody(name="rescue", valid_until=date(2026, 6, 30))]
    await change(database, company, aina, TechnicianChangeBody(certificates=rescue))
    async with database.read() as session:
        roster = await roster_of(session, [company.valley.id], TUESDAY, ANDORRA)
    (technician,) = roster.technicians
    assert (technician.id, technician.region) == (str(aina), str(company.valley.id))
    assert (technician.home, technician.skills) == (Point(42.51, 1.52), {"traction": 2})
    assert technician.certificates == (Certificate("rescue", date(2026, 6, 30)),)
    assert roster.shifts == (
        Shift(
            str(aina),
            ShiftKind.SHIFT,
            june(2, 6),
            june(2, 14),
            overtime_max_seconds=600,
            lunch=Lunch(june(2, 10), june(2, 11), 1800),
        ),
    )


async def test_a_night_that_began_the_evening_before_is_told_and_counts_for_its_own_day(
    company: Company, database: Database
) -> None:
    aina = company.home.technician.id
    for starts_at, ends_at in ((june(1, 18), june(2, 4)), (june(2, 18), june(3, 4))):
        body = ShiftBody(technician_id=aina, kind="on_call", starts_at=starts_at, ends_at=ends_at)
        await give_shift(database, company.now, body)
    async with database.read() as session:
        roster = await roster_of(session, [company.valley.id], TUESDAY, ANDORRA)
    assert [shift.starts_at for shift in roster.shifts] == [june(1, 18), june(2, 18)]
    (free,) = available(roster.technicians[0], roster.shifts, day=TUESDAY, zone=ANDORRA)
    assert (free.kind, free.starts_at) == (ShiftKind.ON_CALL, june(2, 18))


async def test_a_day_is_local_and_shifts_that_only_touch_it_are_left_out(
    company: Company, database: Database
) -> None:
    aina = company.home.technician.id
    for starts_at, ends_at in ((june(1, 14), june(1, 22)), (june(2, 22), june(3, 4))):
        body = ShiftBody(technician_id=aina, starts_at=starts_at, ends_at=ends_at)
        await give_shift(database, company.now, body)
    async with database.read() as session:
        local = await roster_of(session, [company.valley.id], TUESDAY, ANDORRA)
        utc = await roster_of(session, [company.valley.id], TUESDAY, ZoneInfo("UTC"))
    assert local.shifts == ()
    assert [shift.starts_at for shift in utc.shifts] == [june(2, 22)]


async def test_who_has_left_is_not_planned_with(company: Company, database: Database) -> None:
    aina = company.home.technician.id
    body = ShiftBody(technician_id=aina, starts_at=june(2, 6), ends_at=june(2, 14))
    await give_shift(database, company.now, body)
    await change(database, company, aina, TechnicianChangeBody(is_active=False))
    async with database.read() as session:
        roster = await roster_of(session, [company.valley.id], TUESDAY, ANDORRA)
    assert (roster.technicians, roster.shifts) == ((), ())
