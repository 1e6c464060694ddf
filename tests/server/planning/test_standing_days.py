"""Days kept laid out: the cards of a day just read, and never those of old news."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from server.interventions.queries import WantedInterventions, interventions
from server.interventions.schemas import InterventionOut
from server.interventions.standing import ENDED
from server.kit.clock import Clock
from server.kit.problems import Problem
from server.planning import queries, standing_days
from server.planning.schemas import CandidatesOut
from server.planning.standing_days import StandingDays
from tests.server.planning.office import Office, give_shift


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


async def open_work(office: Office) -> list[InterventionOut]:
    """What is left to be done in the valley, and what is being done."""
    async with office.town.read() as session:
        page = await interventions(
            session,
            office.town.office,
            WantedInterventions(region_id=office.town.valley.id),
            now=office.now,
            limit=200,
            cursor=None,
        )
    return [each for each in page.items if each.status not in ENDED]


async def happen(office: Office, draw: Random, number: int) -> None:
    """Something a day brings, done by real actions; what is refused does not happen."""
    town = office.town
    visits = list((await office.visits()).values())
    about = draw.choice(await open_work(office))
    what = draw.choice(("call", "send", "by hand", "tell", "tell", "tell", "severity", "duty"))
    with suppress(Problem):
        if what == "call":
            severity = draw.choice(("S1", "S2", "S3"))
            await office.call(f"NEW-{number}", draw.randrange(12), severity=severity)
        elif what == "send":
            await office.send_best(about)
        elif what == "by hand":
            who = draw.choice((town.aina, town.bruno))
            await town.assign(about, who, after=timedelta(minutes=draw.choice((30, 90, 200))))
        elif what == "severity":
            await town.change(about, duration_seconds=draw.choice((1800, 3600, 5400)))
        elif what == "duty":
            await give_shift(office, town.bruno, office.now + timedelta(hours=draw.choice((3, 9))))
        elif visits:
            visit = draw.choice(visits)
            await town.tell(visit, draw.choice(visit.allowed))
    town.passes(timedelta(minutes=draw.choice((0, 0, 0, 1, 17))))


async def compare_a_day_lived(office: Office, days: StandingDays, seed: int, steps: int) -> None:
    draw = Random(seed)
    for number in range(4):
        await office.call(f"FIRST-{number}", draw.randrange(12))
    for number in range(steps):
        await happen(office, draw, number)
        for about in await open_work(office):
            try:
                alone = await office.candidates(about)
            except Problem as refusal:
                with pytest.raises(type(refusal)):
                    await asked(office, days, about)
                continue
            assert cards(await asked(office, days, about)) == cards(alone)


async def test_whatever_happens_in_a_day_cards_are_those_of_a_day_just_read(
    office: Office, days: StandingDays
) -> None:
    await compare_a_day_lived(office, days, seed=1, steps=14)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(100, 110))
async def test_through_long_days_cards_are_those_of_a_day_just_read(
    office: Office, days: StandingDays, seed: int
) -> None:
    await compare_a_day_lived(office, days, seed, steps=80)
