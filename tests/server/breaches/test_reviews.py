"""A review of an agreement that is overdue is told once."""

from datetime import date

from sqlalchemy import update

from server.agreements.tables import Agreement
from server.breaches.reviews import tell_overdue_reviews
from tests.server.breaches.missed import told
from tests.server.interventions.town import Town


async def due_on(town: Town, day: date) -> None:
    async with town.write() as session:
        await session.execute(update(Agreement).values(next_review_on=day))


async def test_an_overdue_review_is_told_once_for_each_day_it_was_due(town: Town) -> None:
    await due_on(town, date(2026, 6, 1))
    assert await tell_overdue_reviews(town.database, town.now) == 1
    assert await tell_overdue_reviews(town.database, town.now) == 0
    await due_on(town, date(2026, 5, 1))
    assert await tell_overdue_reviews(town.database, town.now) == 1
    events = await told(town, "agreement_review_overdue")
    assert [event.data["due_on"] for event in events] == ["2026-06-01", "2026-05-01"]


async def test_a_review_due_today_is_not_overdue(town: Town) -> None:
    await due_on(town, date(2026, 6, 2))
    assert await tell_overdue_reviews(town.database, town.now) == 0
