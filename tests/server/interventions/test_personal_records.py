"""`palier user export` and `palier user erase`: what a technician is given, goes and stays."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from server.accounts.tables import Account, SignedIn
from server.cli import main
from server.interventions.schemas import VisitPayload
from server.kit.database import Database
from server.metadata import METADATA
from server.notifications.tables import Device, PushSubscription
from server.personal.leavers import forget_names, mark_of
from server.personal.records import SECRET
from server.presence.tables import LocationChoice, SeenPosition
from server.roster.tables import Technician
from tests.server.interventions.town import Town
from tests.server.pictures import PHOTO, promised, send_whole

EMAIL = "aina@example.org"
GONE = {"position", "device", "push_subscription"}
ABOUT = GONE | {
    "account",
    "event",
    "location_choice",
    "promised_file",
    "signed_in",
    "stored_file",
    "technician",
    "visit",
    "visit_command",
}
Kept = dict[str, list[dict[str, Any]]]


async def _lives(town: Town, url: str) -> None:
    """Aina with a phone, seen on her way, has taken a photo; Bruno has been somewhere too."""
    database = Database(url)
    here, now = replace(town, database=database), town.now
    aina = {"technician_id": here.aina.id}
    phone = {"account_id": here.aina.id, "device": "phone-1"}
    async with here.write() as session:
        session.add(
            Account(
                id=here.aina.id,
                email=EMAIL,
                name=here.aina.name,
                role="technician",
                language="en",
                password_hash="argon",
                **aina,
            )
        )
        await session.flush()
        session.add(
            SignedIn(
                token_hash="token",
                account_id=here.aina.id,
                csrf="csrf",
                created_at=now,
                expires_at=now,
            )
        )
        await session.flush()
        told = {"is_installed": True, "is_persisted": True, "notifications": "granted"}
        session.add(Device(**phone, **told, app_version="1", platform="android", heard_at=now))
        door = {"endpoint": "https://push.example.org/1", "p256dh": "key", "auth": "secret"}
        session.add(PushSubscription(**phone, **door, session_hash="token", created_at=now))
        for one in (here.aina.id, here.bruno.id):
            place = {"lat": 42.5, "lon": 1.5, "accuracy_m": 12}
            session.add(SeenPosition(technician_id=one, at=now, **place))
        session.add(LocationChoice(**aina, at=now, is_on=True, notice_version=1))
    visit = await here.lead(await here.visit(), "accept", "arrive")
    photo = promised()
    await here.tell(visit, "note", payload=VisitPayload(files=[photo]))
    scope = here.technician_of(visit)
    await send_whole(database, scope, (visit.id, photo.id), PHOTO, now)
    await database.close()


async def _leaves(town: Town, url: str) -> None:
    database = Database(url)
    async with database.write() as session:
        left = update(Technician).where(Technician.id == town.aina.id)
        await session.execute(left.values(is_active=False))
    await database.close()


@pytest.fixture
def says(copied_town: tuple[Town, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`palier user …` on the database where Aina works."""
    town, url = copied_town
    monkeypatch.setenv("PALIER_DATABASE_URL", url)
    asyncio.run(_lives(town, url))

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["user", *words])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_a_technician_is_given_all_that_is_kept_and_has_the_rest_deleted_but_the_record(
    says: Callable[..., str], copied_town: tuple[Town, str]
) -> None:
    town, url = copied_town
    kept: Kept = json.loads(says("export", EMAIL))
    for table in METADATA.tables.values():
        if {"technician_id", "account_id"} & set(table.c.keys()):
            assert table.name in kept, f"{table.name} is not handed out"
    assert {name for name, rows in kept.items() if rows} >= ABOUT
    assert len(kept["position"]) == len(kept["technician"]) == 1
    assert not [row for rows in kept.values() for row in rows if SECRET & set(row)]
    assert {each["technician_id"] for each in kept["visit"]} == {str(town.aina.id)}
    (home,) = kept["technician"]
    said = says("erase", EMAIL).splitlines()
    assert said == [
        f"positions of {EMAIL} deleted: 1",
        f"phones of {EMAIL} deleted: 1",
        f"subscriptions of {EMAIL} deleted: 1",
        f"addresses of {EMAIL} deleted: 0",
    ]
    left: Kept = json.loads(says("export", EMAIL))
    assert {name for name in kept if kept[name] != left[name]} == GONE
    assert not [row for name in GONE for row in left[name]]
    asyncio.run(_leaves(town, url))
    says("erase", EMAIL)
    (away,) = json.loads(says("export", EMAIL))["technician"]
    assert (away["phone"], away["home_lat"], away["home_lon"]) == ("", 0.0, 0.0)
    assert (away["name"], away["skills"]) == (home["name"], home["skills"])


async def _everything(database: Database) -> dict[str, list[str]]:
    async with database.read() as session:
        return {
            table.name: [str(row) for row in await session.execute(select(table))]
            for table in METADATA.sorted_tables
        }


async def _names_go(town: Town, url: str) -> None:
    database, left = Database(url), timedelta(days=30)
    assert await forget_names(database, 30, town.now + left) == 0, "she still works here"
    async with database.write() as session:
        gone = update(Technician).where(Technician.id == town.aina.id)
        await session.execute(gone.values(is_active=False))
    before = await _everything(database)
    assert [name for name, rows in before.items() if "aina" in str(rows).lower()]
    assert await forget_names(database, 30, town.now + left - timedelta(days=1)) == 0
    assert await forget_names(database, 0, town.now + left) == 0
    assert await forget_names(database, 30, town.now + left) == 1
    assert await forget_names(database, 30, town.now + left + left) == 0
    after = await _everything(database)
    assert not [name for name, rows in after.items() if "aina" in str(rows).lower()]
    assert mark_of(town.aina.id) in str(after["technician"])
    assert "Bruno" in str(after["technician"])
    # What was done, promised and measured is as it was.
    for name in ("visit", "intervention", "clock", "promise", "shift", "visit_command"):
        assert after.get(name) == before.get(name)
    assert len(after["event"]) == len(before["event"]) + 1
    await database.close()


def test_the_name_of_somebody_who_left_goes_in_time_and_nothing_else_does(
    says: Callable[..., str], copied_town: tuple[Town, str]
) -> None:
    asyncio.run(_names_go(*copied_town))
    assert EMAIL not in says("list")
