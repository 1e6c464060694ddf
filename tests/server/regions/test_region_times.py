"""Within how long a region means to be there, and how fast its roads are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from dispatch.agreements import Severity
from dispatch.geo import SpeedProfile
from dispatch.geo.busy_hours import BusyHours
from server.accounts.schemas import Role
from server.kit.database import Database
from server.planning.day_reading import read_rows
from server.regions.speeds import day_speeds, trip_speeds
from server.regions.tables import Region
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
BUSY: list[dict[str, Any]] = [{"from_minute": 480, "to_minute": 600, "factor": 1.5}]
OWN: list[dict[str, Any]] = [
    {"up_to_metres": 5000, "kilometres_per_hour": 20},
    {"up_to_metres": None, "kilometres_per_hour": 40},
]


@pytest.fixture
async def admin(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.ADMIN)


async def changed(admin: Member, company: Company, **named: object) -> Any:
    path = f"/api/regions/{company.valley.id}"
    version = (await admin.get(path)).json()["version"]
    return await admin.patch(path, named, version=version)


async def test_a_regions_own_times_are_what_its_day_is_planned_by(
    admin: Member, company: Company, database: Database
) -> None:
    before = (await admin.get(f"/api/regions/{company.valley.id}")).json()
    assert before["response_minutes"] == {"S1": 30, "S2": 240, "S3": 1440}
    assert before["speeds"] == {"bands": [], "busy": []}
    wanted = {"S2": 120, "S4": 2880}
    speeds = {"bands": OWN, "busy": BUSY}
    after = (await changed(admin, company, response_minutes=wanted, speeds=speeds)).json()
    assert after["response_minutes"] == {"S1": 30, "S2": 120, "S3": 1440, "S4": 2880}
    assert after["speeds"] == speeds
    async with database.read() as session:
        region = await session.get(Region, company.valley.id)
        assert region is not None
        rows = await read_rows(session, region, date(2026, 6, 2), company.now)
    aims = {each: row.aim_seconds for each, row in rows.weights.severities.items()}
    assert aims[Severity.OUT_OF_SERVICE] == 7_200
    assert aims[Severity.REQUEST] == 172_800
    assert isinstance(rows.profile, SpeedProfile)
    assert rows.profile.bands[0].kilometres_per_hour == 20
    # A Tuesday of nine hours, two of them half as long again: 1 + 2/9 x 0.5.
    assert rows.profile.calibration == pytest.approx(1 + 1 / 9)
    # What is as usual again follows the usual.
    again = await changed(admin, company, response_minutes={}, speeds={})
    assert again.json()["response_minutes"] == before["response_minutes"]
    assert again.json()["speeds"] == before["speeds"]


@pytest.mark.parametrize(
    ("speeds", "path"),
    [
        ({"bands": [{"up_to_metres": 1000, "kilometres_per_hour": 20}]}, "speeds"),
        ({"bands": [{**OWN[0], "kilometres_per_hour": 2}, OWN[1]]}, "speeds"),
        ({"busy": [*BUSY, {**BUSY[0], "factor": 2}]}, "speeds"),
        ({"busy": [{**BUSY[0], "to_minute": 400}]}, "speeds"),
        ({"busy": [{**BUSY[0], "factor": 0}]}, "speeds.busy.0.factor"),
    ],
)
async def test_speeds_that_contradict_themselves_are_refused(
    admin: Member, company: Company, speeds: dict[str, object], path: str
) -> None:
    refused = await changed(admin, company, speeds=speeds)
    assert refused.status_code == 422
    assert [each["path"] for each in refused.json()["errors"]] == [path]


def test_one_trip_takes_what_its_hour_says() -> None:
    region = Region(code="VALLEY", zone="Europe/Paris", profile="urban", speeds={"busy": BUSY})
    busy = trip_speeds(region, datetime(2026, 6, 2, 6, 30, tzinfo=UTC))
    assert isinstance(busy, SpeedProfile)
    assert busy.calibration == 1.5
    assert trip_speeds(region, datetime(2026, 6, 2, 12, tzinfo=UTC)) == "urban"
    region.speeds = {}
    assert day_speeds(region, [(480, 1020)]) == "urban"
    assert BusyHours(**BUSY[0]).factor == 1.5


async def test_the_agreements_of_a_region_are_told_beside(admin: Member, company: Company) -> None:
    told = await admin.get("/api/agreements/in_region", region_id=str(company.valley.id))
    lines = {each["severity"]: each for each in told.json()["items"]}
    assert list(lines) == ["S1", "S2", "S3", "S4"]
    for line in lines.values():
        assert 0 <= line["promised"] <= line["sites"]
        assert (line["least_seconds"] is None) == (line["most_seconds"] is None)
