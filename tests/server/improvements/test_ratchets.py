"""A promise kept with ease for three months is proposed to become stricter, once."""

from datetime import UTC, datetime, timedelta

from server.improvements.ratchets import propose_ratchets
from tests.server.experience.test_feedback import ended
from tests.server.improvements.test_improvements import kept
from tests.server.interventions.town import Town

SEPTEMBER = datetime(2026, 9, 1, 8, tzinfo=UTC)


async def test_three_months_above_target_and_margin_propose_it_once(town: Town) -> None:
    for month in (6, 7, 8):
        town.now = datetime(2026, month, 2, 7, 15, tzinfo=UTC)
        for _ in range(5):
            await ended(town)
            town.passes(timedelta(hours=1))
        assert await propose_ratchets(town.database, town.now) == 0
    town.now = SEPTEMBER
    told = await propose_ratchets(town.database, town.now)
    rows = await kept(town)
    assert told == len(rows) > 0
    assert {(row.origin, row.state, row.owner_name) for row in rows} == {("ratchet", "open", "")}
    assert "response" in {row.clock for row in rows}
    assert {row.facts["attainment"] for row in rows} == {"100"}
    town.passes(timedelta(days=30))
    assert await propose_ratchets(town.database, town.now) == 0
