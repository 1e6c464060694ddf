"""Every night each agreement is held against those who are to keep it."""

from datetime import timedelta

from sqlalchemy import select

from server.agreements.tables import Agreement, AgreementVersion
from server.conformity.duties import nightly_conformity
from server.conformity.queries import conformity
from server.conformity.schemas import ConformityOut
from tests.server.interventions.town import HOUR, Town, repair
from tests.server.measures.test_capacity import lived

NIGHT = timedelta(days=1)


async def morning(town: Town) -> ConformityOut:
    """What stands on the list after another night."""
    town.passes(NIGHT)
    assert await nightly_conformity(town.database, town.now)
    async with town.read() as session:
        return await conformity(session)


async def slow_down(town: Town, seconds: int) -> None:
    """The supplier's promise as it stands now, whatever was checked when it was signed."""
    async with town.write() as session:
        query = (
            select(AgreementVersion)
            .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
            .where(Agreement.kind == "supplier")
        )
        version = (await session.scalars(query)).one()
        (line,) = version.terms["clauses"]
        promise = {**line["promise"], "seconds": seconds}
        version.fingerprint = f"{seconds} seconds"
        version.terms = {**version.terms, "clauses": [{**line, "promise": promise}]}


async def test_a_supplier_who_may_come_later_than_we_promised_is_listed_the_next_morning(
    town: Town,
) -> None:
    await town.also_promises("supplier", repair("S2", "response", HOUR, town.always))
    first = await morning(town)
    assert (first.items, first.checked_at) == ([], town.now)
    await slow_down(town, 3 * HOUR)
    (found,) = (await morning(town)).items
    seen_at = town.now
    assert (found.agreement_number, found.other_number, found.code) == (
        "A-1",
        "supplier-1",
        "slower_than_customer",
    )
    assert (found.service, found.clock, found.found_at) == ("REPAIR", "response", seen_at)
    (again,) = (await morning(town)).items
    assert (again.id, again.found_at) == (found.id, seen_at)
    await slow_down(town, HOUR)
    assert (await morning(town)).items == []


async def test_the_night_is_looked_at_once(town: Town) -> None:
    await morning(town)
    assert not await nightly_conformity(town.database, town.now + timedelta(minutes=5))


async def test_a_region_whose_work_outgrows_its_hours_is_listed_for_its_agreements(
    town: Town,
) -> None:
    await lived(town, 1, 2, 2, 4)
    town.now -= 2 * NIGHT
    (found,) = (await morning(town)).items
    assert (found.code, found.agreement_number) == ("capacity_short", "A-1")
    assert (found.region_id, found.facts) == (
        town.valley.id,
        {"rise_points": "11.25", "load": "50"},
    )
