"""What a technician's phone is told, at first and afterwards."""

from datetime import timedelta

import msgspec
import pytest

from fixtures import town as fixture
from server.interventions import sync
from server.interventions.phone_schemas import SyncOut
from server.kit.database import Session
from server.kit.problems import NotFound
from server.parts import actions as parts
from server.parts.queries import parts_by_code
from server.parts.schemas import CatalogueBody, PartChangeBody
from server.regions import queries as regions
from server.sites import actions as sites
from server.sites.schemas import ContactBody, SiteChangeBody
from tests.server.interventions.town import FOUNDER, TUESDAY, Town, minutes

TOWNS = fixture("andorra").parent


async def _sync(town: Town, cursor: str | None = None) -> SyncOut:
    async with town.read() as session:
        return await sync.sync(session, town.of(town.aina), cursor=cursor, now=town.now)


async def test_at_first_a_phone_gets_today_and_tomorrow_whole(town: Town) -> None:
    today = await town.visit()
    tomorrow = await town.assign(await town.report(), after=timedelta(hours=30))
    await town.assign(await town.report(), after=timedelta(hours=60))
    await town.assign(await town.report(), town.bruno)
    await town.assign(await town.report(), after=timedelta(hours=3), dispatch=False)
    first = await _sync(town)
    assert (first.is_full, first.gone) == (True, [])
    assert [each.visit.id for each in first.visits] == [today.id, tomorrow.id]
    assert first.visits[0].site.address == "Carrer Major 3, Ordino"


async def test_a_phone_is_told_each_time_where_the_office_is_reached(town: Town) -> None:
    assert (await _sync(town)).office.phone == ""
    cursor = (await _sync(town)).cursor
    async with town.write() as session:
        row = await regions.region_row(session, FOUNDER, town.valley.id)
        row.dispatch_phone = "+376800123"
    told = (await _sync(town, cursor)).office
    assert (told.name, told.phone) == (town.valley.name, "+376800123")
    assert told.zone == town.valley.zone


async def test_nothing_new_is_nothing_sent(town: Town) -> None:
    await town.visit()
    again = await _sync(town, (await _sync(town)).cursor)
    assert (again.is_full, again.visits, again.gone) == (False, [], [])


async def test_only_what_changed_is_sent_again(town: Town) -> None:
    await town.visit()
    other = await town.assign(await town.report(building=town.chalet), after=minutes(180))
    cursor = (await _sync(town)).cursor
    await town.move(other, after=minutes(240))
    news = await _sync(town, cursor)
    assert [each.visit.id for each in news.visits] == [other.id]
    assert news.visits[0].visit.starts_at == TUESDAY + minutes(240)


async def test_what_the_office_learns_about_the_intervention_reaches_the_phone(town: Town) -> None:
    visit = await town.visit("S1")
    cursor = (await _sync(town)).cursor
    await town.tell(visit, "person_released", town.office)
    news = await _sync(town, cursor)
    assert "person_released" in {fact.kind for fact in news.visits[0].facts}


async def test_a_change_of_the_site_reaches_the_phone(town: Town) -> None:
    await town.visit()
    cursor = (await _sync(town)).cursor
    async with town.write() as session:
        await sites.change_site(
            session,
            FOUNDER,
            town.hotel.site.id,
            SiteChangeBody(access_notes="Code 4711"),
            expected=town.hotel.site.version,
            now=town.now,
        )
    news = await _sync(town, cursor)
    assert [each.site.access_notes for each in news.visits] == ["Code 4711"]


async def test_what_is_no_longer_theirs_is_named_as_gone(town: Town) -> None:
    cancelled = await town.visit()
    reassigned = await town.assign(await town.report(), after=minutes(180))
    cursor = (await _sync(town)).cursor
    await town.tell(cancelled, "cancel", town.office)
    await town.move(reassigned, town.bruno, after=minutes(180))
    news = await _sync(town, cursor)
    assert (news.visits, set(news.gone)) == ([], {cancelled.id, reassigned.id})


async def test_a_visit_that_is_over_stays_for_its_day(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "complete")
    assert [each.visit.status for each in (await _sync(town)).visits] == ["completed"]
    town.passes(timedelta(days=1))
    assert (await _sync(town)).visits == []
    assert visit.status == "completed"


async def test_what_was_not_finished_yesterday_is_still_there_today(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive")
    town.passes(timedelta(days=1))
    assert [each.visit.id for each in (await _sync(town)).visits] == [visit.id]


@pytest.mark.parametrize("cursor", ["", "nonsense", "0.2026-06-01", "999999.2026-06-02"])
async def test_a_cursor_of_another_day_or_of_nobody_knows_starts_anew(
    town: Town, cursor: str
) -> None:
    assert (await _sync(town, cursor)).is_full


async def test_a_change_made_while_others_still_write_is_not_skipped(town: Town) -> None:
    """A phone asks while an earlier event is not yet committed; it must come with the next sync."""
    visit = await town.visit()
    if town.database.is_sqlite:
        cursor = (await _sync(town)).cursor
        await town.move(visit, after=minutes(45))
    else:
        async with town.write() as slow:
            await _change_notes(town, slow)
            await town.report(building=town.chalet)
            cursor = (await _sync(town)).cursor
    assert [each.visit.id for each in (await _sync(town, cursor)).visits] == [visit.id]


async def _change_notes(town: Town, session: Session) -> None:
    await sites.change_site(
        session,
        FOUNDER,
        town.hotel.site.id,
        SiteChangeBody(access_notes="Code 4711"),
        expected=town.hotel.site.version,
        now=town.now,
    )


async def test_an_account_without_a_technician_has_nothing_to_sync(town: Town) -> None:
    with pytest.raises(NotFound):
        async with town.read() as session:
            await sync.sync(session, town.manager(), cursor=None, now=town.now)


async def _change_part(town: Town) -> None:
    async with town.write() as session:
        belt = (await parts_by_code(session, ["BELT"]))["BELT"]
        gone = PartChangeBody(is_withdrawn=True)
        await parts.change_part(
            session, FOUNDER, belt.id, gone, expected=belt.version, now=town.now
        )


async def test_the_catalogue_of_parts_is_told_once_and_again_when_it_changes(town: Town) -> None:
    first = await _sync(town)
    again = await _sync(town, first.cursor)
    await _change_part(town)
    changed = await _sync(town, again.cursor)
    assert first.parts is not None
    assert changed.parts is not None
    assert [part.code for part in first.parts] == ["BELT", "ROPE"]
    assert again.parts is None
    assert [(part.code, part.is_withdrawn) for part in changed.parts] == [
        ("BELT", True),
        ("ROPE", False),
    ]
    assert (changed.is_full, (await _sync(town, changed.cursor)).parts) == (False, None)


async def test_what_happens_in_other_work_at_the_site_reaches_the_phone(town: Town) -> None:
    """A colleague's visit to the same lift is the newest on its card."""
    visit = await town.visit()
    colleagues = await town.assign(await town.report(), town.bruno)
    cursor = (await _sync(town)).cursor
    await town.lead(colleagues, "accept", "arrive", "cannot_complete")
    (told,) = (await _sync(town, cursor)).visits
    assert told.visit.id == visit.id
    assert told.asset_card is not None
    assert [each.technician_first_name for each in told.asset_card.last_visits] == ["Bruno"]


async def test_what_is_gone_is_told_with_why_and_who_has_it_now(town: Town) -> None:
    cancelled = await town.visit()
    reassigned = await town.assign(await town.report(), after=minutes(180))
    waiting = await town.assign(await town.report(), after=minutes(300))
    later = await town.assign(await town.report(), after=minutes(420))
    cursor = (await _sync(town)).cursor
    await town.tell(cancelled, "cancel", town.office)
    await town.move(reassigned, town.bruno, after=minutes(180))
    await town.tell(waiting, "unassign", town.office)
    await town.move(later, after=timedelta(days=5))
    news = await _sync(town, cursor)
    assert {each.id: (each.reason, each.to_first_name) for each in news.left} == {
        cancelled.id: ("cancelled", None),
        reassigned.id: ("reassigned", "Bruno"),
        waiting.id: ("unassigned", None),
    }
    assert later.id in news.gone


async def test_a_visit_given_back_to_the_same_technician_has_not_left(town: Town) -> None:
    visit = await town.visit()
    cursor = (await _sync(town)).cursor
    await town.tell(visit, "unassign", town.office)
    again = await town.assign(await town.look(visit))
    news = await _sync(town, cursor)
    assert ([each.visit.id for each in news.visits], news.left) == ([again.id], [])


async def test_a_day_of_thirty_visits_is_small_enough_for_a_weak_signal(town: Town) -> None:
    """With everything a site, an asset and the work can say; the catalogue as a real one is."""
    catalogue = CatalogueBody.model_validate_json((TOWNS / "parts.json").read_bytes())
    async with town.write() as session:
        await parts.import_parts(session, FOUNDER, catalogue, town.now)
        await sites.change_site(
            session,
            FOUNDER,
            town.hotel.site.id,
            SiteChangeBody(
                access_notes="Report to reception; the machine room key hangs there. " * 3,
                hazards=["Asbestos cladding in the machine room", "Water in the pit after rain"],
                key_box="Left of the front door, knee high; code 4711",
                contacts=[
                    ContactBody(name="Carles Riba", phone="+376 000 203", role="on site"),
                    ContactBody(name="Montse Farré", phone="+376 001 203", role="outside hours"),
                ],
            ),
            expected=town.hotel.site.version,
            now=town.now,
        )
    for _ in range(6):
        await town.lead(await town.visit(), "accept", "arrive", "start_work", "complete")
        town.passes(minutes(10))
    for number in range(24):
        call = await town.report(description="It stopped between two floors, doors closed. " * 3)
        await town.assign(call, after=minutes(30 + 15 * number), lasts=minutes(10))
    told = await _sync(town)
    assert len(told.visits) == 30
    assert len(msgspec.json.encode(told)) <= 200_000
