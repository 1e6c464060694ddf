"""What a call falls under, as the core reads it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from dispatch.agreements import (
    AgreementVersion,
    ClockKind,
    Severity,
    TargetDuration,
    deadlines,
    targets_for,
)
from server.agreements import actions
from server.agreements.schemas import AgreementBody, AgreementKind, AgreementVersionBody
from server.agreements.snapshot import in_force, version_value
from server.kit.database import Database
from tests.server.company import FOUNDER, Company

# Paris is two hours ahead of UTC on both days.
LAST_OF_JUNE = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)
FIRST_OF_JULY = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


def version(company: Company, valid_from: str, seconds: int) -> AgreementVersionBody:
    target = {"severity": "S2", "clock": "response", "calendar_id": company.hours.id}
    here = {**target, "region_id": company.valley.id, "seconds": seconds // 2}
    return AgreementVersionBody.model_validate(
        {
            "valid_from": valid_from,
            "zone": "Europe/Paris",
            "targets": [{**target, "seconds": seconds}, here],
        }
    )


async def sign(database: Database, company: Company, kind: AgreementKind = "customer") -> UUID:
    async with database.write() as session:
        made = await actions.create_agreement(
            session,
            FOUNDER,
            AgreementBody(
                number=kind,
                customer_id=company.home.customer.id,
                kind=kind,
                name=kind,
                first_version=version(company, "2026-01-01", 14_400),
            ),
            company.now,
        )
    return made.id


async def promised(database: Database, company: Company, at: datetime) -> AgreementVersion | None:
    async with database.read() as session:
        return await in_force(session, company.home.customer.id, at)


def response_seconds(held: AgreementVersion, region: UUID) -> int:
    (target,) = targets_for(held, str(region), Severity.OUT_OF_SERVICE)
    assert target.clock is ClockKind.RESPONSE
    assert isinstance(target.promise, TargetDuration)
    return target.promise.seconds


async def test_a_call_falls_under_the_version_of_its_local_day(
    company: Company, database: Database
) -> None:
    agreement = await sign(database, company)
    faster = version(company, "2026-07-01", 7_200)
    async with database.write() as session:
        await actions.add_version(session, FOUNDER, agreement, faster, now=company.now)
    before = await promised(database, company, LAST_OF_JUNE)
    after = await promised(database, company, FIRST_OF_JULY)
    assert before is not None
    assert after is not None
    mountain, valley = company.mountain.id, company.valley.id
    assert (response_seconds(before, mountain), response_seconds(before, valley)) == (14_400, 7_200)
    assert (response_seconds(after, mountain), response_seconds(after, valley)) == (7_200, 3_600)


async def test_deadlines_are_counted_in_the_calendar_of_the_target(
    company: Company, database: Database
) -> None:
    await sign(database, company)
    held = await promised(database, company, LAST_OF_JUNE)
    assert held is not None
    (target,) = targets_for(held, str(company.mountain.id), Severity.OUT_OF_SERVICE)
    called = datetime(2026, 6, 2, 13, 30, tzinfo=UTC)  # a Tuesday, 15:30 in Paris, open until 17:00
    promise = deadlines(target.calendar, called, promise=target.promise)
    assert promise.due == datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
    assert target.calendar_id == str(company.hours.id)


async def test_a_stored_version_reads_the_same_as_the_one_in_force(
    company: Company, database: Database
) -> None:
    await sign(database, company)
    held = await promised(database, company, LAST_OF_JUNE)
    assert held is not None
    async with database.read() as session:
        assert await version_value(session, UUID(held.id)) == held


async def test_before_the_first_day_and_for_promises_inside_the_house_a_call_is_uncovered(
    company: Company, database: Database
) -> None:
    await sign(database, company, "internal")
    assert await promised(database, company, LAST_OF_JUNE) is None
    await sign(database, company)
    assert await promised(database, company, LAST_OF_JUNE - timedelta(days=365)) is None
