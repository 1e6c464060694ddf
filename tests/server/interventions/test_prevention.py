"""What falls due for prevention: by the agreed interval, by certificates, and made with a click."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.agreements.schemas import ServiceRowBody, TermsBody
from server.documents import actions as documents
from server.documents.schemas import DocumentBody
from server.interventions.prevention import due_list
from server.interventions.prevention_schemas import DueOut
from server.interventions.schemas import InterventionOut
from tests.server.interventions.town import FOUNDER, HOUR, Town, in_force, repair

MIDNIGHT = datetime(2026, 6, 9, 22, tzinfo=UTC)
"""The midnight of 10 June 2026 in Paris."""


async def agreed(town: Town, months: int | None = 6) -> None:
    """The rival's lifts are maintained so often, from 10 December 2025 on."""
    terms = TermsBody(
        services=[
            ServiceRowBody(service="MAINTENANCE", every_months=months),
            ServiceRowBody(service="REPAIR"),
        ],
        clauses=[repair("S2", "response", 2 * HOUR, town.always)],
    )
    async with town.write() as session:
        await in_force(
            session, "B-1", terms, customer_id=town.rival.id, valid_from=date(2025, 12, 10)
        )


async def due(town: Town) -> list[DueOut]:
    async with town.read() as session:
        return (await due_list(session, town.office, town.valley.id, town.now)).items


async def make(town: Town, what: DueOut) -> InterventionOut:
    """What one click sends."""
    told: dict[str, Any] = {
        "work_type": what.work_type,
        "service": what.service,
        "source": "plan",
        "window_from": what.window_from,
        "window_to": what.window_to,
    }
    return await town.report("S4", town.rivals_house, **told)


async def certified(town: Town, until: date) -> None:
    body = DocumentBody(
        site_id=town.rivals_house.site.id,
        asset_id=town.rivals_house.lift.id,
        kind="certificate",
        name="Inspection",
        valid_until=until,
        is_shared=False,
    )
    async with town.write() as session:
        await documents.create(session, FOUNDER, body, town.now)


async def test_maintenance_is_due_so_many_months_after_the_agreement_began(town: Town) -> None:
    await agreed(town)
    (found,) = await due(town)
    assert (found.service, found.due_on, found.because, found.by) == (
        "MAINTENANCE", date(2026, 6, 10), "interval", "B-1",
    )  # fmt: skip
    assert (found.asset_id, found.is_overdue) == (town.rivals_house.lift.id, False)
    assert (found.window_from, found.window_to) == (town.now, MIDNIGHT + timedelta(days=1))


async def test_once_it_is_made_it_is_named_and_once_done_it_comes_back_later(town: Town) -> None:
    await agreed(town)
    made = await make(town, (await due(town))[0])
    assert (made.window_from, made.window_to) == (town.now, MIDNIGHT + timedelta(days=1))
    (known,) = await due(town)
    assert (known.intervention_id, known.number) == (made.id, made.number)
    visit = await town.assign(made)
    await town.lead(visit, "accept", "start_travel", "arrive", "start_work", "complete")
    assert await due(town) == []
    town.passes(timedelta(days=130))
    (again,) = await due(town)
    assert again.due_on == date(2026, 12, 2)


async def test_an_inspection_is_due_on_the_last_day_of_the_newest_certificate(town: Town) -> None:
    await certified(town, date(2026, 5, 20))
    (found,) = await due(town)
    assert (found.service, found.due_on, found.is_overdue) == (
        "INSPECTION",
        date(2026, 5, 20),
        True,
    )
    assert found.window_to - found.window_from == timedelta(days=14)
    await certified(town, date(2026, 7, 20))
    (newer,) = await due(town)
    assert (newer.due_on, newer.because, newer.by) == (
        date(2026, 7, 20),
        "certificate",
        "Inspection",
    )
    await certified(town, date(2027, 7, 20))
    assert await due(town) == []


async def test_nothing_is_due_where_no_interval_was_agreed_or_the_lift_is_retired(
    town: Town,
) -> None:
    await agreed(town, months=None)
    await certified(town, date(2026, 6, 20))
    assert [found.service for found in await due(town)] == ["INSPECTION"]
    town.hotel, town.rivals_house = town.rivals_house, town.hotel
    await town.retires(town.now.date())
    assert await due(town) == []


def test_a_document_that_names_no_interval_reads_as_it_was_signed() -> None:
    row = ServiceRowBody(service="MAINTENANCE")
    assert "every_months" not in row.model_dump()
    assert ServiceRowBody(service="MAINTENANCE", every_months=6).model_dump()["every_months"] == 6
