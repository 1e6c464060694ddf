"""A manager's own calendar: visits as honest ranges, certificates, and nobody else's."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.documents.tables import Document
from server.interventions import portal_calendar
from server.interventions.portal_calendar_schemas import PortalCalendarBody
from server.interventions.tables import PortalCalendar
from server.roster.problems import CalendarFeedEnded
from tests.server.interventions.town import Building, Town


async def account_of(town: Town, manager: Scope, language: str = "fr") -> None:
    async with town.write() as session:
        session.add(
            Account(
                id=manager.account_id,
                email=f"{manager.account_id}@example.org",
                name=manager.name,
                role="manager",
                language=language,
                password_hash="argon",
                customer_id=manager.customer_id,
            )
        )


async def given(town: Town, manager: Scope, *, is_on: bool = True) -> str:
    async with town.write() as session:
        body = PortalCalendarBody(is_on=is_on)
        told = await portal_calendar.change(session, manager, body, town.now)
    return told.path.rpartition("=")[2]


async def read(town: Town, token: str) -> str:
    async with town.read() as session:
        written = await portal_calendar.read(session, token, town.now)
    return written.replace("\r\n ", "")


async def paper(town: Town, building: Building, *, is_shared: bool, until: date) -> None:
    async with town.write() as session:
        session.add(
            Document(
                site_id=building.site.id,
                asset_id=building.lift.id,
                kind="certificate",
                name="Contrôle",
                valid_until=until,
                is_shared=is_shared,
                file_id=None,
                added_by="Dora",
                added_at=town.now,
            )
        )


async def test_it_tells_who_comes_when_and_until_when_each_shared_certificate_holds(
    town: Town,
) -> None:
    marta = town.manager()
    await account_of(town, marta)
    visit = await town.visit()
    await paper(town, town.hotel, is_shared=True, until=date(2026, 9, 1))
    await paper(town, town.hotel, is_shared=False, until=date(2026, 9, 2))
    written = await read(town, await given(town, marta))
    assert written.count("BEGIN:VEVENT") == 2
    assert f"UID:visit-{visit.id}@palier" in written
    (begins,) = [
        line.partition(":")[2] for line in written.splitlines() if line.startswith("DTSTART:")
    ]
    assert datetime.strptime(begins, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) <= visit.starts_at
    assert "DTSTART;VALUE=DATE:20260901" in written
    assert "Contrôle\N{NO-BREAK SPACE}: dernier jour de validité" in written
    assert town.aina.name.split()[0] not in written


async def test_another_customers_visits_and_papers_are_not_in_it(town: Town) -> None:
    rival = town.manager(town.rival)
    await account_of(town, rival)
    await town.visit()
    await paper(town, town.hotel, is_shared=True, until=date(2026, 9, 1))
    assert "BEGIN:VEVENT" not in await read(town, await given(town, rival))


async def test_a_new_address_ends_the_old_one_and_off_ends_it_for_good(town: Town) -> None:
    marta = town.manager()
    await account_of(town, marta)
    first, second = await given(town, marta), await given(town, marta)
    await read(town, second)
    await given(town, marta, is_on=False)
    for token in (first, second, "nobody-was-given-this"):
        with pytest.raises(CalendarFeedEnded):
            await read(town, token)


async def test_it_ends_with_the_account_and_its_secret_is_kept_nowhere(town: Town) -> None:
    marta = town.manager()
    await account_of(town, marta)
    token = await given(town, marta)
    async with town.write() as session:
        row = await session.get_one(PortalCalendar, marta.account_id)
        assert token not in str(vars(row))
        (await session.get_one(Account, UUID(str(marta.account_id)))).is_disabled = True
    with pytest.raises(CalendarFeedEnded):
        await read(town, token)
