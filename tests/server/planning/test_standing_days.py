"""Days kept laid out: the cards of a day just read, and never those of old news."""

from datetime import UTC, datetime, timedelta

import pytest

from server.interventions.schemas import InterventionOut
from server.kit.clock import Clock
from server.planning import queries, standing_days
from server.planning.schemas import CandidatesOut
from server.planning.standing_days import StandingDays
from tests.server.planning.office import Office


@pytest.fixture
def days(office: Office) -> StandingDays:
    offset = office.now - datetime.now(UTC)
    return StandingDays(office.town.database, Clock(round(offset.total_seconds())))


async def asked(office: Office, days: StandingDays, about: InterventionOut) -> CandidatesOut:
    async with office.town.read() as session:
        return await queries.candidates(
            session, office.town.office, about.id, top=None, now=office.now, days=days
        )


def cards(found: CandidatesOut) -> object:
    return found.due_at, found.candidates, found.blocked


async def test_cards_are_those_of_a_day_just_read(office: Office, days: StandingDays) -> None:
    planned = await office.call("PLANNED", 6)
    await office.send_best(planned)
    urgent = await office.call("URGENT", 3, severity="S1")
    unskilled = await office.call("UNSKILLED", 5, skills={"rescue": 2})
    for about in (urgent, unskilled, planned):
        assert cards(await asked(office, days, about)) == cards(await office.candidates(about))


async def test_what_was_done_a_moment_ago_is_in_the_next_answer(
    office: Office, days: StandingDays
) -> None:
    first, second = await office.call("FIRST", 3), await office.call("SECOND", 6)
    before = await asked(office, days, second)
    await office.send_best(first)
    after = await asked(office, days, second)
    assert cards(after) != cards(before)
    assert cards(after) == cards(await office.candidates(second))
    third = await office.call("THIRD", 1)
    assert cards(await asked(office, days, third)) == cards(await office.candidates(third))


async def test_a_minute_later_nobody_is_offered_for_a_minute_that_has_passed(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    await asked(office, days, about)
    office.town.passes(timedelta(minutes=20))
    found = await asked(office, days, about)
    assert cards(found) == cards(await office.candidates(about))
    assert found.candidates[0].starts_at > office.now


async def test_a_card_from_a_kept_day_is_carried_out_as_shown(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    office.town.passes(timedelta(seconds=10))
    await asked(office, days, about)
    office.town.passes(timedelta(seconds=20))
    card = (await asked(office, days, about)).candidates[0]
    visit = await office.send(about, card)
    assert visit.starts_at == card.starts_at


async def test_a_day_is_laid_out_anew_before_anybody_asks_and_forgotten_when_nobody_does(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    await asked(office, days, about)
    await office.call("NEWS", 5)
    await days.renew(office.now)
    async with office.town.read() as session:
        assert (await days.standing(session))["days"] == 1
    await days.renew(office.now + standing_days.KEPT_FOR + timedelta(minutes=1))
    async with office.town.read() as session:
        assert (await days.standing(session))["days"] == 0
