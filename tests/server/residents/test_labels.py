"""A fault is reported by the label in the lift: by anybody, once, and nothing is given away."""

from base64 import b64encode
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from server.interventions import queries, report_photos
from server.interventions.schemas import InterventionOut
from server.interventions.tables import Intervention, ReportPhoto
from server.kit.problems import Invalid, NotFound
from server.kit.tables import Event
from server.residents import reporting
from server.residents.duties import forget_reporters
from server.residents.problems import LabelEnded, TooManyReports
from server.residents.schemas import ResidentReportBody, ResidentReportsOut
from server.residents.tables import Label, PublicTry, ResidentReport, TrackingLink
from tests.server.experience.test_feedback import DONE
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town, minutes
from tests.server.pictures import PHOTO, picture, with_place
from tests.server.residents.scene import before, label_in, says


async def newest(town: Town) -> InterventionOut:
    async with town.read() as session:
        found = select(Intervention.id).order_by(Intervention.number.desc()).limit(1)
        about = await session.scalar(found)
        assert about is not None
        return await queries.intervention(session, town.office, about, town.now)


async def said(town: Town, about: InterventionOut) -> ResidentReportsOut:
    async with town.read() as session:
        return await reporting.reports_of(session, town.office, about.id)


async def test_the_label_tells_the_lift_and_its_place_and_nothing_else(town: Town) -> None:
    told = await before(town, await label_in(town))
    assert (told.asset_name, told.site_name) == (town.hotel.lift.name, town.hotel.site.name)
    assert told.known_since is None
    text = msgspec.json.encode(told).decode()
    assert town.hotel.lift.code not in text
    assert str(town.hotel.lift.id) not in text
    assert town.customer.name not in text


async def test_a_label_holds_until_the_day_its_lift_is_retired(town: Town) -> None:
    await town.retires(date(2026, 6, 3))
    token = await label_in(town)
    assert (await before(town, token)).asset_name == town.hotel.lift.name
    town.now += timedelta(days=1)
    with pytest.raises(LabelEnded):
        await before(town, token)
    with pytest.raises(Invalid):
        await label_in(town)


async def test_the_secret_of_a_label_is_kept_nowhere(town: Town) -> None:
    token = await label_in(town)
    async with town.read() as session:
        row = (await session.scalars(select(Label))).one()
        assert token not in str(vars(row))


async def test_a_replaced_label_says_the_same_as_one_that_never_was(town: Town) -> None:
    first, second = await label_in(town), await label_in(town)
    await before(town, first)
    third = await label_in(town, replaces=True)
    for token in (first, second, "nobody-printed-this", town.hotel.lift.code):
        with pytest.raises(LabelEnded):
            await before(town, token)
        with pytest.raises(LabelEnded):
            await says(town, token)
    await before(town, third)


async def test_labels_are_made_for_one_s_own_lifts_only(town: Town) -> None:
    town.office = town.manager(town.rival)
    with pytest.raises(Invalid):
        await label_in(town)


async def test_a_fault_waits_in_triage_with_its_words_and_its_photo(town: Town) -> None:
    token = await label_in(town)
    words = "The doors stay open.\nSecond floor."
    await says(town, token, "degraded", description=words, caller_name="Nil", photo=with_place())
    about = await newest(town)
    assert (about.source, about.severity, about.status) == ("qr", "S3", "draft")
    assert (about.summary, about.description) == ("The doors stay open.", words)
    async with town.read() as session:
        (photo,) = (await report_photos.report_photos(session, town.office, about.id)).photos
        file = await report_photos.content(session, town.office, photo.id)
        assert b"SPYCAM" not in file.content
        with pytest.raises(NotFound):
            await report_photos.content(session, town.manager(town.rival), photo.id)


async def test_somebody_trapped_is_an_entrapment_at_once(town: Town) -> None:
    await says(town, await label_in(town), "person_trapped")
    about = await newest(town)
    assert (about.severity, about.status) == ("S1", "qualified")
    assert "intervention_reported" in await town.kinds()


async def test_what_is_known_is_joined_and_its_words_and_photos_are_kept(town: Town) -> None:
    token = await label_in(town)
    first = await says(town, token)
    town.passes(minutes(5))
    second = await says(town, token, "degraded", description="Still stuck.", photo=PHOTO)
    assert (first.is_joined, second.is_joined) == (False, True)
    assert first.path != second.path
    about = await newest(town)
    assert [each.description for each in (await said(town, about)).reports] == ["", "Still stuck."]
    async with town.read() as session:
        assert len((await session.scalars(select(Intervention))).all()) == 1
        assert len((await report_photos.report_photos(session, town.office, about.id)).photos) == 1
    assert (await before(town, token)).known_since == about.reported_at
    assert "report_joined" in await town.kinds()


async def test_somebody_trapped_joins_nothing_that_can_wait(town: Town) -> None:
    token = await label_in(town)
    await says(town, token, "out_of_service")
    trapped = await says(town, token, "person_trapped")
    assert not trapped.is_joined
    assert (await newest(town)).severity == "S1"
    assert (await says(town, token, "person_trapped")).is_joined


async def test_who_is_trapped_after_a_release_is_trapped_anew(town: Town) -> None:
    token = await label_in(town)
    await says(town, token, "person_trapped")
    visit = await town.assign(await newest(town))
    await town.lead(visit, "accept", "start_travel", "arrive", "person_released")
    assert not (await says(town, token, "person_trapped")).is_joined


async def test_after_the_work_a_new_fault_is_new(town: Town) -> None:
    token = await label_in(town)
    await says(town, token)
    visit = await town.assign(await newest(town))
    await town.lead(visit, *DONE)
    assert not (await says(town, token)).is_joined


async def test_photos_stay_with_a_report_that_is_merged(town: Town) -> None:
    kept = await town.report("S2", asset_id=None, site_id=town.hotel.site.id)
    await says(town, await label_in(town), photo=PHOTO)
    double = await newest(town)
    await merged(town, double, kept)
    async with town.read() as session:
        (photo,) = (await report_photos.report_photos(session, town.office, kept.id)).photos
    assert photo.number == double.number


async def test_a_file_that_is_no_picture_is_refused_and_nothing_is_reported(town: Town) -> None:
    with pytest.raises(Invalid):
        await says(town, await label_in(town), photo=b"<svg onload=alert(1)>")
    async with town.read() as session:
        assert (await session.scalars(select(ReportPhoto))).all() == []
        assert (await session.scalars(select(Intervention))).all() == []


async def _counted(town: Town, token: str, kind: Any = "degraded", address: str = "::1") -> None:
    body = ResidentReportBody(token=token, kind=kind)
    async with town.write() as session:
        await reporting.count_report(session, body, address, town.now)


async def test_the_seventh_report_of_a_label_in_ten_minutes_waits_but_nobody_trapped_does(
    town: Town,
) -> None:
    token = await label_in(town)
    for each in range(6):
        await _counted(town, token, address=f"2001:db8::{each}")
    with pytest.raises(TooManyReports) as refused:
        await _counted(town, token, address="2001:db8::7")
    assert refused.value.headers == {"Retry-After": "600"}
    await _counted(town, token, "person_trapped")
    await _counted(town, "another-label")
    town.passes(minutes(11))
    await _counted(town, token)


async def test_one_address_reports_no_more_than_twelve_times_and_is_known_by_a_hash(
    town: Town,
) -> None:
    for each in range(12):
        await _counted(town, f"label-{each}", address="192.0.2.7")
    with pytest.raises(TooManyReports):
        await _counted(town, "label-13", address="192.0.2.7")
    async with town.read() as session:
        rows = (await session.scalars(select(PublicTry))).all()
        assert all("192.0.2.7" not in str(vars(row)) for row in rows)


async def test_whoever_tries_labels_nobody_printed_is_told_to_wait(town: Town) -> None:
    for _ in range(30):
        async with town.write() as session:
            await reporting.count_wrong(session, "192.0.2.7", town.now)
    async with town.write() as session:
        with pytest.raises(TooManyReports):
            await reporting.count_wrong(session, "192.0.2.7", town.now)


async def test_who_reported_is_forgotten_thirty_days_after_the_work(town: Town) -> None:
    token = await label_in(town)
    await says(
        town, token, caller_name="Nil", caller_phone="+376 1", caller_email="nil@example.org"
    )
    visit = await town.assign(await newest(town))
    await town.lead(visit, *DONE)
    assert await forget_reporters(town.database, town.now + timedelta(days=29)) == 0
    assert await forget_reporters(town.database, town.now + timedelta(days=31)) == 1
    async with town.read() as session:
        rows = (await session.scalars(select(ResidentReport))).all()
        work = (await session.scalars(select(Intervention))).all()
        events = (await session.scalars(select(Event))).all()
        kept = [str(vars(each)) for each in (*rows, *work, *events)]
        assert not any(word in text for text in kept for word in ("Nil", "+376 1", "nil@"))
        assert (await session.scalars(select(TrackingLink))).all() == []


async def test_a_picture_that_takes_long_to_draw_is_refused() -> None:
    vast = b64encode(picture("PNG", size=(5000, 3000))).decode()
    with pytest.raises(Invalid):
        await report_photos.drawn([vast])
