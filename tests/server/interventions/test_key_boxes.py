"""A technician is told where the key is while the visit is theirs, and until it is put back."""

from datetime import timedelta

import pytest

from server.interventions import queries
from server.interventions.schemas import VisitCommandKind, VisitOut
from server.sites import actions as sites
from server.sites.schemas import SiteChangeBody
from tests.server.interventions.town import FOUNDER, Town

BOX = "Left of the door, 4711"


async def _told(town: Town, visit: VisitOut) -> str:
    async with town.read() as session:
        found = await queries.visit(session, town.technician_of(visit), visit.id, town.now)
    return found.site.key_box


async def _visit(town: Town) -> VisitOut:
    async with town.write() as session:
        site = town.hotel.site
        box = SiteChangeBody(key_box=BOX)
        await sites.change_site(session, FOUNDER, site.id, box, expected=site.version, now=town.now)
    return await town.visit()


@pytest.mark.parametrize("kind", ["cancel", "unassign"])
async def test_not_once_the_visit_was_taken_away(town: Town, kind: VisitCommandKind) -> None:
    visit = await _visit(town)
    before = await _told(town, visit)
    await town.tell(visit, kind, town.office)
    assert (before, await _told(town, visit)) == (BOX, "")


async def test_until_the_day_after_the_work(town: Town) -> None:
    visit = await town.lead(await _visit(town), "accept", "arrive", "start_work", "complete")
    town.passes(timedelta(hours=23))
    soon = await _told(town, visit)
    town.passes(timedelta(hours=2))
    assert (soon, await _told(town, visit)) == (BOX, "")
