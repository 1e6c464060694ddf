"""Days kept laid out: the cards of a day just read, and never those of old news."""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NoReturn
from uuid import UUID

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from server.interventions.queries import WantedInterventions, interventions
from server.interventions.schemas import AssignBody, InterventionOut
from server.interventions.standing import ENDED
from server.kit.clock import Clock
from server.kit.problems import Problem
from server.planning import day_reading, queries, standing_days
from server.planning.day_rows import DayRows
from server.planning.problems import CandidateChanged
from server.planning.schemas import CandidatesOut
from server.planning.standing_days import StandingDays
from tests.server.planning.office import Office, give_shift


@pytest.fixture
def days(office: Office) -> StandingDays:
    offset = office.now - datetime.now(UTC)
    return StandingDays(office.town.database, Clock(round(offset.total_seconds())))


async def asked(
    office: Office, days: StandingDays, about: InterventionOut, staying: Collection[UUID] = ()
) -> CandidatesOut:
    async with office.town.read() as session:
        return await queries.candidates(
            session,
            office.town.office,
            about.id,
            top=None,
            now=office.now,
            days=days,
            staying=staying,
        )


def cards(found: CandidatesOut) -> object:
    return found.due_at, found.candidates, found.blocked


def of_a_minute(found: CandidatesOut) -> object:
    """The cards, whichever second of the same minute their day was laid out at."""
    plain = [
        msgspec.structs.replace(each, basis="".join(each.basis.split(".")[::2]))
        for each in found.candidates
    ]
    return found.due_at, plain, found.blocked


async def test_cards_are_those_of_a_day_just_read(office: Office, days: StandingDays) -> None:
    planned = await office.call("PLANNED", 6)
    await office.send_best(planned)
    urgent = await office.call("URGENT", 3, severity="S1")
    unskilled = await office.call("UNSKILLED", 5, skills={"rescue": 2})
    for about in (urgent, unskilled, planned):
        assert cards(await asked(office, days, about)) == cards(await office.candidates(about))


async def test_a_refused_line_is_asked_and_sent_without_reading_the_day(
    office: Office, days: StandingDays
) -> None:
    planned = await office.call("PLANNED", 6)
    held = await office.send(planned, await office.card(planned, office.town.aina))
    urgent = await office.call("URGENT", 3, severity="S1")
    found = await asked(office, days, urgent, [held.id])
    assert cards(found) == cards(await office.candidates(urgent, [held.id]))
    card = next(each for each in found.candidates if each.technician_id == office.town.aina.id)
    await office.send(urgent, card, days=days, staying=[held.id])
    assert (await office.visits())[planned.number].starts_at == held.starts_at


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


@pytest.fixture
def nothing_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads a whole region's day fails, but for the first time it is laid out."""
    read, readings = day_reading.read_rows, []

    async def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a day laid out already was read again")

    async def read_once(*given: Any) -> DayRows:
        readings.append(given)
        return await read(*given) if len(readings) == 1 else await refuse()

    monkeypatch.setattr(queries, "read_day", refuse)
    monkeypatch.setattr(standing_days, "read_rows", read_once)


@pytest.mark.usefixtures("nothing_read_anew")
@pytest.mark.parametrize("seconds", [0, 40, 400])
async def test_sending_whom_a_card_names_reads_no_region_again(
    office: Office, days: StandingDays, seconds: int
) -> None:
    about, other = await office.call("ASKED", 3), await office.call("OTHER", 5)
    await asked(office, days, about)
    office.town.passes(timedelta(seconds=30))
    card = (await asked(office, days, about)).candidates[-1]
    office.town.passes(timedelta(seconds=seconds))
    await asked(office, days, other)
    visit = await office.send(about, card, days=days)
    assert (visit.technician_id, visit.starts_at) == (card.technician_id, card.starts_at)


@pytest.mark.usefixtures("nothing_read_anew")
async def test_sending_without_a_card_and_by_hand_read_no_region_again(
    office: Office, days: StandingDays
) -> None:
    best, by_hand = await office.call("BEST", 3), await office.call("BY-HAND", 5)
    who = office.town.bruno.id
    found = await asked(office, days, best)
    card = next(each for each in found.candidates if each.technician_id == who)
    sent = await office.assign(best, AssignBody(technician_id=who), days=days)
    assert sent.starts_at == card.starts_at
    at = office.now + timedelta(hours=4)
    fixed = await office.assign(by_hand, AssignBody(technician_id=who, starts_at=at), days=days)
    assert (fixed.starts_at, fixed.is_start_locked) == (at, True)


async def test_a_card_of_a_kept_day_is_refused_once_the_day_has_changed(
    office: Office, days: StandingDays
) -> None:
    first, second = await office.call("FIRST", 3), await office.call("SECOND", 5)
    cards_of_second = (await asked(office, days, second)).candidates
    card = next(each for each in cards_of_second if each.technician_id == office.town.aina.id)
    await office.assign(first, AssignBody(technician_id=office.town.aina.id), days=days)
    with pytest.raises(CandidateChanged) as refused:
        await office.send(second, card, days=days)
    assert refused.value.facts["candidate"]["basis"] != card.basis
    assert second.number not in await office.visits()


async def test_a_send_that_fails_leaves_the_kept_day_as_it_was(
    office: Office, days: StandingDays
) -> None:
    first, second = await office.call("FIRST", 3), await office.call("SECOND", 5)
    body = AssignBody(technician_id=office.town.aina.id, starts_at=office.now + timedelta(hours=2))
    await office.assign(first, body, days=days)
    with pytest.raises(DBAPIError, match="double_booked"):
        await office.assign(second, body, days=days)
    for about in (first, second):
        assert cards(await asked(office, days, about)) == cards(await office.candidates(about))


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


@pytest.mark.usefixtures("nothing_read_anew")
async def test_the_first_question_after_a_look_at_the_board_reads_no_region(
    office: Office, days: StandingDays
) -> None:
    about = await office.call("ASKED", 3)
    days.look(office.town.valley.id, office.now)
    await days.renew(office.now)
    assert await kept_by(office, days) == 1
    days.look(office.town.valley.id, office.now)
    assert cards(await asked(office, days, about))


async def test_a_day_somebody_looks_at_is_not_forgotten(office: Office, days: StandingDays) -> None:
    about = await office.call("ASKED", 3)
    await asked(office, days, about)
    later = office.now + standing_days.KEPT_FOR
    days.look(office.town.valley.id, later)
    await days.renew(later + timedelta(minutes=1))
    assert await kept_by(office, days) == 1


@pytest.mark.usefixtures("nothing_read_anew")
async def test_a_look_takes_no_other_days_place(
    office: Office, days: StandingDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_days, "MOST_DAYS", 1)
    about = await office.call("ASKED", 3)
    days.look(office.town.mountain.id, office.now)
    await asked(office, days, about)
    await days.renew(office.now)
    days.look(office.town.mountain.id, office.now)
    await days.renew(office.now)
    assert await kept_by(office, days) == 1
    assert cards(await asked(office, days, about))


async def kept_by(office: Office, days: StandingDays) -> object:
    """How many days are laid out."""
    async with office.town.read() as session:
        return (await days.standing(session))["days"]


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


async def happen(office: Office, days: StandingDays, draw: Random, number: int) -> None:
    """Something a day brings, done by real actions; what is refused does not happen."""
    town = office.town
    visits = [each for each in (await office.visits()).values() if each.allowed]
    work = await open_work(office)
    # a day that is done with brings another call
    about = draw.choice(work) if work else await office.call(f"MORE-{number}", draw.randrange(12))
    what = draw.choice(
        ("call", "send", "card", "by hand", "tell", "tell", "tell", "severity", "duty")
    )
    with suppress(Problem, DBAPIError):  # the database itself refuses two visits at once
        if what == "call":
            severity = draw.choice(("S1", "S2", "S3"))
            await office.call(f"NEW-{number}", draw.randrange(12), severity=severity)
        elif what == "send":
            await office.send_best(about)
        elif what == "card":
            found = (await asked(office, days, about)).candidates
            office.town.passes(timedelta(seconds=draw.choice((0, 20, 130))))
            if found:
                await office.send(about, draw.choice(found), days=days)
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
        await happen(office, days, draw, number)
        for about in await open_work(office):
            try:
                alone = await office.candidates(about)
            except Problem as refusal:
                with pytest.raises(type(refusal)):
                    await asked(office, days, about)
                continue
            assert of_a_minute(await asked(office, days, about)) == of_a_minute(alone)


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
