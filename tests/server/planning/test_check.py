"""The board says what would spoil a plan before it is made, and where it is mended."""

from datetime import timedelta

from sqlalchemy import delete

from server.planning.check_schemas import FindingOut, PlanningCheckOut
from server.planning.checking import planning_check
from server.roster.tables import Shift
from server.sites.tables import Site
from tests.server.planning.office import Office


async def check(office: Office) -> PlanningCheckOut:
    async with office.town.read() as session:
        return await planning_check(
            session, office.town.office, office.town.valley.id, None, office.now
        )


async def only(office: Office, code: str) -> FindingOut:
    found = [each for each in (await check(office)).findings if each.code == code]
    (finding,) = found
    return finding


async def test_a_day_with_sound_data_has_nothing_to_mend(office: Office) -> None:
    await office.call("SOUND", 3)
    found = await check(office)
    assert (found.work, found.technicians, found.blocked) == (1, 2, 0)
    assert found.findings == []


async def test_a_skill_nobody_has_is_told_with_the_work_it_keeps_from_being_done(
    office: Office,
) -> None:
    for place in (3, 4):
        await office.call(f"HOUSE-{place}", place, skills={"rescue": 3})
    finding = await only(office, "skill_nobody_has")
    assert (finding.weight, finding.affected, finding.subject_name) == ("blocks", 2, "rescue")
    assert finding.facts["level"] == 3
    assert (await check(office)).blocked == 2


async def test_a_site_in_the_sea_is_told_once_with_the_call_that_mends_it(office: Office) -> None:
    house = await office.building("LOST", -1.5 * 82.0)
    async with office.town.write() as session:
        row = await session.get(Site, house.site.id)
        assert row is not None
        row.lat, row.lon = 0.0, 0.0
    for _ in range(2):
        await office.town.report(building=house, severity="S2")
    await office.call("NEAR", 2)
    finding = await only(office, "place_missing")
    assert (finding.subject, finding.subject_id, finding.affected) == ("site", house.site.id, 2)
    assert finding.fix.call == f"PATCH /api/sites/{house.site.id}"


async def test_a_technician_whose_shift_is_gone_leaves_visits_behind(office: Office) -> None:
    call = await office.call("ASKED", 3)
    await office.send(call, await office.card(call, office.town.aina))
    async with office.town.write() as session:
        await session.execute(delete(Shift).where(Shift.technician_id == office.town.aina.id))
    finding = await only(office, "no_shift")
    assert (finding.subject_id, finding.weight, finding.affected) == (
        office.town.aina.id,
        "warns",
        1,
    )


async def test_work_is_mended_on_the_board_itself(office: Office) -> None:
    evening = office.now + timedelta(hours=12)
    call = await office.call("LATE", 3, window_from=evening, window_to=evening + timedelta(hours=1))
    finding = await only(office, "window_outside_shifts")
    assert finding.subject_name == call.number
    assert finding.fix.page == f"/board/#region={call.region_id}&intervention={call.id}"
