"""The hours of a house are respected, told, and set aside for somebody trapped."""

from typing import Any

import pytest

from server.interventions.schemas import InterventionOut
from server.interventions.shown import shown_site
from server.sites import actions as sites
from server.sites.queries import site_row
from server.sites.schemas import SiteChangeBody
from tests.server.interventions.town import FOUNDER
from tests.server.planning.office import Office

LATER = {"days": [1], "from_minute": 660, "to_minute": 900, "note": "Only with the caretaker"}
TOMORROW = {"days": [2], "from_minute": 480, "to_minute": 900}


async def opened(office: Office, hours: dict[str, Any], **more: Any) -> InterventionOut:
    """A call about a house with these hours, on a Tuesday morning."""
    asked = await office.call("ASKED", 3, **more)
    async with office.town.write() as session:
        row = await site_row(session, FOUNDER, asked.site.id)
        body = SiteChangeBody.model_validate({"access_hours": [hours]})
        await sites.change_site(
            session, FOUNDER, row.id, body, expected=row.version, now=office.now
        )
        told = shown_site(row, has_key=False, at=office.now)
    expected = "11:00–15:00 (Only with the caretaker)" if hours is LATER else ""
    assert told.access_notes == expected
    return asked


async def test_nobody_is_sent_before_the_house_opens(office: Office) -> None:
    asked = await opened(office, LATER)
    found = await office.candidates(asked)
    assert found.access is not None
    assert (found.access.note, found.access.set_aside) == ("Only with the caretaker", None)
    assert found.candidates
    assert all(card.starts_at >= found.access.opens_at for card in found.candidates)
    visit = await office.send(asked, found.candidates[0])
    assert visit.starts_at == found.access.opens_at


async def test_a_house_that_is_shut_today_keeps_everybody_until_it_opens(office: Office) -> None:
    found = await office.candidates(await opened(office, TOMORROW))
    assert found.access is not None
    assert found.access.opens_at.date() > office.now.date()
    assert all(card.starts_at >= found.access.opens_at for card in found.candidates)


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"severity": "S1"}, "trapped"), ({"window_from": "2026-06-02T05:00:00Z"}, "appointment")],
)
async def test_hours_are_set_aside_with_the_reason(
    office: Office, more: dict[str, Any], reason: str
) -> None:
    found = await office.candidates(await opened(office, LATER, **more))
    assert found.access is not None
    assert found.access.set_aside == reason
    assert found.candidates[0].starts_at < found.access.opens_at
