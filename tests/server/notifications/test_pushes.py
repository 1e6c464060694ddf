"""Pushes: what reaches a technician's phone, in which words, and what never does."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from py_vapid import Vapid
from sqlalchemy import select

from server.accounts import actions as accounts
from server.accounts.queries import scope_of
from server.accounts.schemas import Language
from server.accounts.tables import SignedIn
from server.kit.events import About, Actor, Happening, announce
from server.kit.tables import Event
from server.notifications import push_actions, push_service
from server.notifications.push_keys import PushKeys
from server.notifications.push_outbox import MOST_TRIES
from server.notifications.push_parcels import Parcel
from server.notifications.push_sender import push
from server.notifications.push_service import Address, Answer, PushService
from server.notifications.tables import PushSubscription
from server.presence.schemas import DutyKind
from tests.server.interventions.town import Town, minutes
from tests.server.notifications.phones import EMAIL, Phones
from tests.server.notifications.push_twin import SLOW, PushTwin

HOURS = timedelta(hours=1)


async def test_a_new_visit_reaches_the_phone_sealed_and_signed(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    visit = await town.visit("S2")
    assert await phones.push() == 1
    (got,) = twin.received
    assert got.said == {
        "title": "New visit: Out of service",
        "body": "Hotel Mérïtxell · Lift A · 09:45",
        "tag": visit.id.hex,
        "path": f"/app/visits/{visit.id}",
        "kind": "visit_dispatched",
    }
    assert got.signed_with == await PushKeys(town.database).public_key(town.now)
    assert got.signed["sub"] == "mailto:office@example.org"
    assert (got.headers["Urgency"], got.headers["Topic"]) == ("high", visit.id.hex)
    assert await phones.push() == 0


async def test_the_language_is_the_readers(town: Town, phones: Phones, twin: PushTwin) -> None:
    await phones.on_shift(town.now, hours=8, who=town.bruno)
    await phones.subscribe("other", who=town.bruno, language=Language.FRENCH)
    await town.assign(await town.report("S4"), town.bruno)
    await phones.push()
    assert twin.shade("other") == ["Nouveau passage"]
    assert twin.shade("phone") == []


async def test_nobody_is_told_what_they_did_themselves_or_never_heard_of(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    proposed = await town.assign(await town.report("S4"), dispatch=False)
    await town.move(proposed, after=minutes(300))
    visit = await town.assign(await town.report("S4"), after=minutes(120))
    await phones.push()
    await town.lead(visit, "accept")
    await phones.push()
    assert twin.titles == ["New visit"]


async def test_what_changed_and_what_fell_away_is_told_under_the_same_mark(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    visit = await town.visit("S3")
    await phones.push()
    visit = await town.move(visit, after=minutes(90))
    await phones.push()
    await town.tell(visit, "cancel", by=town.office)
    await phones.push()
    assert twin.titles == ["New visit", "Visit at another time", "Visit cancelled"]
    assert twin.shade() == ["Visit cancelled"]


async def test_what_waits_for_a_decision_is_told_to_whoever_sent_it_in_their_hours_alone(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    await phones.says("start_shift")
    visit = await town.visit("S3")
    await phones.push()
    self_sent = replace(town.of(town.aina), account_id=(await phones.account()).id)
    await town.tell(visit, "cancel", by=town.office)
    result = await town.tell(visit, "accept", by=self_sent)
    assert result.outcome == "conflict"
    await phones.push()
    assert twin.shade() == ["A visit needs your decision"]
    town.passes(minutes(1))
    await phones.says("end_shift")
    await town.tell(visit, "start_travel", by=self_sent)
    assert (await town.kinds())[-1] == "visit_conflict"
    await phones.push(after=minutes(1))
    assert len(twin.titles) == 2


async def test_nothing_disturbs_after_the_shift_and_the_next_one_begins_with_what_still_holds(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    town.passes(9 * HOURS)
    await phones.on_shift(town.now.replace(hour=6, minute=0) + 24 * HOURS, hours=9)
    stays = await town.assign(await town.report("S3"), after=15 * HOURS)
    moves = await town.assign(await town.report("S3"), after=17 * HOURS)
    taken = await town.assign(await town.report("S3"), after=19 * HOURS)
    await phones.push()
    await town.move(moves, after=21 * HOURS)
    await town.lead(taken, "accept")
    await phones.push(after=HOURS)
    assert twin.asked == []
    town.now = town.now.replace(hour=6, minute=0) + 24 * HOURS
    await phones.push()
    assert twin.titles == ["New visit", "Visit at another time"]
    assert {each.said["tag"] for each in twin.received} == {stays.id.hex, moves.id.hex}
    assert sorted(await phones.states()) == [
        ("dropped", "overtaken"),
        ("dropped", "overtaken"),
        ("sent", ""),
        ("sent", ""),
    ]


async def test_a_break_is_disturbed_by_what_is_urgent_alone(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    await phones.says("start_shift")
    await phones.says("start_break")
    await town.assign(await town.report("S4"), after=3 * HOURS)
    await town.visit("S1")
    await phones.push(after=minutes(5))
    assert twin.titles == ["New visit: Person trapped"]
    await phones.says("end_break")
    await phones.push(after=minutes(1))
    assert twin.titles[1:] == ["New visit"]


@pytest.mark.parametrize("kind", ["end_shift", "report_sick"])
async def test_whoever_has_gone_home_or_is_sick_is_left_in_peace(
    town: Town, phones: Phones, twin: PushTwin, kind: DutyKind
) -> None:
    await phones.says("start_shift")
    town.passes(minutes(1))
    await phones.says(kind)
    await town.visit("S1")
    await phones.push(after=minutes(1))
    assert twin.asked == []


async def test_a_push_service_is_told_to_forget_it_when_the_shift_ends(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    town.now = town.now.replace(hour=14, minute=30)
    await town.visit("S3")
    await phones.push()
    assert twin.received[0].headers["TTL"] == str(30 * 60)


async def test_a_whole_day_of_work_is_one_message_and_urgent_work_another(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    for hour in range(5):
        await town.assign(
            await town.report("S4"), after=hour * HOURS + minutes(30), lasts=minutes(20)
        )
    await town.assign(await town.report("S1"), after=6 * HOURS)
    await phones.push()
    assert twin.titles == ["New visit: Person trapped", "5 changes to your visits"]
    assert twin.received[1].said["path"] == "/app/"
    assert await phones.push() == 0


@pytest.mark.parametrize("status", [404, 410])
async def test_a_phone_that_is_gone_is_forgotten(
    town: Town, phones: Phones, twin: PushTwin, status: int
) -> None:
    await town.visit("S3")
    twin.answers = [(status, {})]
    await phones.push()
    assert await phones.subscriptions() == []
    assert await phones.push() == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 413])
async def test_what_a_push_service_refuses_is_not_sent_again_nor_anywhere_else(
    town: Town, phones: Phones, twin: PushTwin, status: int
) -> None:
    await town.visit("S3")
    twin.answers = [(status, {"Location": f"{twin.origin}/inside"})]
    await phones.push()
    await phones.push(after=HOURS)
    assert twin.asked == ["POST /push/phone-1"]
    assert await phones.states() == [("dropped", "refused")]


@pytest.mark.parametrize(
    ("answers", "pause"),
    [
        ([(429, {"Retry-After": "120"})], minutes(2)),
        ([(500, {})], minutes(1)),
        ([(503, {"Retry-After": "Tue, 02 Jun 2026 08:00:00 GMT"})], minutes(1)),
        ([(SLOW, {})], minutes(1)),
        ([(500, {}), (SLOW, {}), (429, {})], minutes(2)),
    ],
)
async def test_a_push_service_in_trouble_gets_it_later(
    town: Town,
    phones: Phones,
    twin: PushTwin,
    monkeypatch: pytest.MonkeyPatch,
    *,
    answers: list[tuple[int, dict[str, str]]],
    pause: timedelta,
) -> None:
    monkeypatch.setattr(push_service, "ANSWER_WITHIN_SECONDS", 0.05)
    await town.visit("S3")
    twin.answers = list(answers)
    await phones.push()
    assert await phones.push(after=timedelta(seconds=5)) == 0
    for _ in answers:
        await phones.push(after=pause)
    assert twin.titles == ["New visit"]
    assert await phones.states() == [("sent", "")]


async def test_at_some_time_it_is_no_news_any_more(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    await town.visit("S3")
    twin.answers = [(500, {})] * 40
    while await phones.push(after=minutes(15)):
        pass
    assert len(twin.asked) == MOST_TRIES
    assert await phones.states() == [("dropped", "failed")]


class Killed(BaseException):
    """The process ended right here."""


class Mortal:
    """Hands over, and dies before anybody could write down that it did."""

    def __init__(self, living: PushService, chance: random.Random) -> None:
        self._living = living
        self._chance = chance

    async def send(self, parcel: Parcel, to: Address) -> Answer:
        if self._chance.random() < 0.3:
            raise Killed
        answer = await self._living.send(parcel, to)
        if self._chance.random() < 0.3:
            raise Killed
        return answer


@pytest.mark.parametrize("seed", range(3))
async def test_whenever_the_server_dies_each_visit_is_shown_exactly_once(
    town: Town, phones: Phones, twin: PushTwin, seed: int
) -> None:
    chance = random.Random(seed)
    visits = [
        await town.assign(await town.report("S2"), after=minutes(30 + 40 * n), lasts=minutes(20))
        for n in range(10)
    ]

    @asynccontextmanager
    async def mortal() -> AsyncIterator[PushService]:
        async with phones.service() as living:
            yield Mortal(living, chance)

    for _ in range(8):
        town.passes(timedelta(seconds=5))
        try:
            await push(town.database, mortal, town.now)
        except BaseExceptionGroup:
            continue
    await phones.push()
    tags = [each.said["tag"] for each in twin.received]
    assert set(tags) == {visit.id.hex for visit in visits}
    assert len(twin.shade()) == len(visits)
    assert set(await phones.states()) == {("sent", "")}


async def test_in_a_whole_week_nothing_is_sent_outside_the_hours_of_work(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    tuesday = town.now.replace(hour=6, minute=0)
    spells = [(tuesday, 9)]
    # And a night on call over the weekend.
    later = [(tuesday + day * 24 * HOURS, 9) for day in (1, 2, 3)]
    for start, length in [*later, (tuesday + 110 * HOURS, 10)]:
        await phones.on_shift(start, hours=length)
        spells.append((start, length))
    await town.assign(await town.report("S4"), after=200 * HOURS)
    asked: list[tuple[datetime, int]] = []
    for _ in range(168):
        await moved(town)
        before = len(twin.asked)
        await phones.push(after=HOURS)
        asked.append((town.now, len(twin.asked) - before))
    outside = [
        at
        for at, count in asked
        if count and not any(start <= at < start + length * HOURS for start, length in spells)
    ]
    assert outside == []
    inside = [at for at, count in asked if count]
    assert len(inside) >= sum(length - 1 for _, length in spells)


async def moved(town: Town) -> None:
    """The office says once more that the visit is at another time."""
    async with town.write() as session:
        first = (await session.scalars(select(Event).where(Event.visit_id.is_not(None)))).first()
        assert first is not None
        about = About(
            region_id=first.region_id, visit_id=first.visit_id, technician_id=first.technician_id
        )
        what = Happening("visit_moved", about, first.data)
        await announce(session, Actor(None, "Dora"), town.now, what)


async def test_trying_it_out_works_at_any_hour(town: Town, phones: Phones, twin: PushTwin) -> None:
    town.passes(12 * HOURS)
    account = await phones.account()
    async with town.write() as session:
        told = await push_actions.try_out(session, scope_of(account), town.now)
    await phones.push()
    assert told.phones == 1
    assert twin.titles == ["Notifications work"]


async def test_a_phone_has_one_subscription_and_the_newest_counts(
    town: Town, phones: Phones, twin: PushTwin
) -> None:
    await phones.subscribe(generation=2)
    await town.visit("S3")
    await phones.push()
    assert twin.asked == ["POST /push/phone-2"]


@pytest.mark.parametrize("end", ["signed out", "expired", "shut"])
async def test_whoever_is_not_signed_in_any_more_hears_nothing(
    town: Town, phones: Phones, twin: PushTwin, end: str
) -> None:
    await town.visit("S3")
    async with town.write() as session:
        match end:
            case "signed out":
                row = (await session.scalars(select(PushSubscription))).one()
                opened = await session.get_one(SignedIn, row.session_hash)
                await session.delete(opened)
            case "expired":
                row = (await session.scalars(select(PushSubscription))).one()
                opened = await session.get_one(SignedIn, row.session_hash)
                opened.expires_at = town.now
            case _:
                await accounts.disable(session, EMAIL.format(town.aina.id))
    await phones.push()
    assert twin.asked == []


async def test_a_key_is_made_once_even_by_two_servers(town: Town) -> None:
    first, second = PushKeys(town.database), PushKeys(town.database)
    keys = [await each.public_key(town.now) for each in (first, second, first)]
    assert all(one == other for one, other in pairwise(keys))


async def test_a_key_of_the_operators_is_used_instead(town: Town, tmp_path: Path) -> None:
    made = Vapid()
    made.generate_keys()
    file = tmp_path / "push.pem"
    file.write_bytes(made.private_pem())
    keys = PushKeys(town.database, file)
    assert (await keys.pair(town.now)).public_pem() == made.public_pem()
    assert await keys.public_key(town.now) != await PushKeys(town.database).public_key(town.now)
