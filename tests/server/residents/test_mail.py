"""Whoever left an address in the lift is told how it goes on: once, with a link, without names."""

from datetime import timedelta

from sqlalchemy import select

from server.mail.outbox import pack
from server.mail.tables import Mail
from server.mail.writing import written
from server.notifications.mailing import collect
from server.notifications.reporters import stop_telling
from server.residents.tables import ResidentReport
from server.settings import Settings
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town, minutes
from tests.server.residents.scene import follows, label_in, says
from tests.server.residents.test_labels import newest

NIL, IU = "nil@example.org", "iu@example.org"
SETTINGS = Settings(public_url="https://palier.example.org", mail_from="Palier <p@example.org>")


async def _mailed(town: Town) -> list[Mail]:
    await collect(town.database, town.now)
    async with town.read() as session:
        rows = await session.scalars(
            select(Mail).where(Mail.account_id.is_(None)).order_by(Mail.id)
        )
        return list(rows)


async def test_each_step_is_mailed_once_to_everybody_who_reported_it(town: Town) -> None:
    await _mailed(town)
    token = await label_in(town)
    await says(town, token, caller_email=NIL, language="fr")
    town.passes(minutes(1))
    await says(town, token, caller_email=IU, language="nl")
    visit = await town.assign(await newest(town))
    await town.lead(visit, "accept", "start_travel")
    told = [(row.address, row.language, row.facts["code"]) for row in await _mailed(town)]
    codes = ("reported", "planned", "accepted", "on_the_way")
    assert sorted(told) == sorted(
        [(NIL, "fr", code) for code in codes] + [(IU, "nl", code) for code in codes]
    )
    assert len(await _mailed(town)) == len(told)


async def test_the_mail_carries_a_link_that_follows_and_no_name_of_anybody(town: Town) -> None:
    await _mailed(town)
    await says(town, await label_in(town), caller_email=NIL, language="fr")
    visit = await town.assign(await newest(town))
    await town.lead(visit, "accept", "start_travel")
    (first, *_) = await _mailed(town)
    assert (await follows(town, first.secret)).state == "on_the_way"
    async with town.write() as session:
        parcels = await pack(session, town.now + timedelta(minutes=2))
        (parcel,) = [each for each in parcels if each.first.address == NIL]
        text = written(parcel, SETTINGS, town.now).as_string()
    assert "https://palier.example.org/t/" in text
    assert "List-Unsubscribe" in text
    assert "Content-Language: fr" in text.partition("\n\n")[0]
    assert town.aina.name.split()[0] not in text


async def test_of_what_was_merged_the_reporter_hears_on(town: Town) -> None:
    await _mailed(town)
    await says(town, await label_in(town), "degraded", caller_email=NIL)
    double, kept = await newest(town), await town.report("S2")
    await merged(town, double, kept)
    await town.assign(await town.look(kept))
    assert [row.facts["code"] for row in await _mailed(town)] == ["reported", "planned"]


async def test_whoever_wants_no_more_is_forgotten_and_without_an_address_nobody_is_told(
    town: Town,
) -> None:
    await _mailed(town)
    token = await label_in(town)
    await says(town, token, caller_email=NIL)
    await says(town, token)
    assert len(await _mailed(town)) == 1
    async with town.write() as session:
        await stop_telling(session, NIL)
    await town.assign(await newest(town))
    assert len(await _mailed(town)) == 1
    async with town.read() as session:
        assert {row.email for row in await session.scalars(select(ResidentReport))} == {""}
