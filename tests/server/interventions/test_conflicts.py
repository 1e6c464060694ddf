"""What becomes of what a phone did while others went on: every row of the table, over HTTP.

The stories of one database are played once, one after the other; each is then told as a test.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from dispatch.interventions import Ask, Meanwhile, Role, Verdict, ruling
from server.accounts.schemas import Role as AccountRole
from server.app import create_app
from server.interventions.booking import VisitChange, move_visits
from server.interventions.tables import VisitCommand
from server.kit.database import Database
from server.settings import Settings
from tests.server.company import FOUNDER
from tests.server.conftest import Founded, fresh_database
from tests.server.interventions.scene import Scene, Told, add_part, command, open_scene

pytestmark = pytest.mark.xdist_group("conflicts")


class Played(NamedTuple):
    """A visit, what was sent late of it and by whom, and what was answered last."""

    visit: Told
    sent: Told
    answer: Told
    by_office: bool = False


Story = Callable[[Scene], Awaitable[Played]]
Outcomes = dict[tuple[Meanwhile, Ask], Exception | None]
STORIES: dict[tuple[Meanwhile, Ask], Story] = {}


def story(meanwhile: Meanwhile, ask: Ask = Ask.STEP) -> Callable[[Story], Story]:
    def told(play: Story) -> Story:
        STORIES[meanwhile, ask] = play
        return play

    return told


def evidence(part: str = "SHOE", **more: Any) -> Told:
    """Everything a technician may say with a command, each of it new."""
    taken = datetime.now(UTC).isoformat()
    return {
        "note": f"Seen with my own eyes {uuid4().hex}",
        "answers": [{"item": "pit", "value": "done"}],
        "parts": [{"part": part, "quantity": "2"}],
        "files": [
            {
                "id": str(uuid4()),
                "kind": "photo",
                "sha256": uuid4().hex * 2,
                "size": 12_345,
                "media_type": "image/jpeg",
                "taken_at": taken,
            }
        ],
        **more,
    }


async def late(scene: Scene, seen: Told, kind: str, **payload: Any) -> Played:
    """Aina's phone sends what she did on the visit as she saw it."""
    sent = command(kind, seen, payload=evidence(**payload))
    (answer,) = await scene.send(scene.aina, seen, sent)
    return Played(seen, sent, answer)


@story(Meanwhile.COLLEAGUE_COMPLETED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    his = await scene.given_to_bruno(seen)
    steps = ("accept", "start_travel", "arrive", "start_work")
    his = await scene.lead(scene.bruno, his, *steps)
    done = command("complete", his, payload={"cause": "door", "action": "Shoe replaced"})
    await scene.send(scene.bruno, his, done)
    first = await scene.intervention(seen["intervention_id"])
    found = await late(scene, seen, "complete", cause="wear", action="Rope shortened")
    again = await scene.intervention(seen["intervention_id"])
    assert (again["status"], again["facts"]) == (first["status"], first["facts"])
    assert found.answer["facts"]["to_first_name"] == "Bruno"
    return found


@story(Meanwhile.CANCELLED_AFTER_WORK)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await scene.send(
        scene.office, seen, command("cancel", seen, payload={"reason": "The customer called off"})
    )
    steps = [command(kind, seen) for kind in ("start_travel", "arrive", "start_work")]
    done = command("complete", seen, payload=evidence(cause="door", action="Shoe replaced"))
    answers = await scene.send(scene.aina, seen, *steps, done)
    assert {each["code"] for each in answers} == {"visit_cancelled"}
    assert "Shoe replaced" in answers[-1]["visit"]["note"]
    return Played(seen, done, answers[-1])


@story(Meanwhile.CANCELLED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", "start_travel", "arrive", "start_work")
    off = command("cancel", seen, payload={"reason": "The customer called off"})
    await scene.send(scene.office, seen, off)
    return await late(scene, seen, "pause", reason="awaiting_parts")


@story(Meanwhile.CANCELLED, Ask.FACT)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", severity="S1")
    off = command("cancel", seen, payload={"reason": "The caller is out"})
    await scene.send(scene.office, seen, off)
    found = await late(scene, seen, "person_released")
    seen_now = await scene.intervention(seen["intervention_id"])
    assert "person_released" in {fact["kind"] for fact in seen_now["facts"]}
    return found


@story(Meanwhile.REASSIGNED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    his = await scene.given_to_bruno(seen)
    found = await late(scene, seen, "start_travel")
    assert found.answer["facts"]["to_first_name"] == "Bruno"
    assert (await scene.fresh(his))["status"] == "dispatched"
    return found


@story(Meanwhile.REASSIGNED, Ask.WORDS)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await scene.given_to_bruno(seen)
    return await late(scene, seen, "note")


@story(Meanwhile.UNASSIGNED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit()
    await scene.lead(scene.office, seen, "unassign")
    return await late(scene, seen, "accept")


@story(Meanwhile.UNASSIGNED, Ask.FOLLOW_UP)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await scene.lead(scene.office, seen, "unassign")
    return await late(scene, seen, "order_follow_up", follow_up=_ordered())


@story(Meanwhile.OFFICE_STEPPED_IN)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", "start_travel", "arrive", "start_work")
    still = {"reason": "no_access", "evidence": "The concierge called"}
    (held,) = await scene.send(scene.office, seen, command("pause", seen, payload=still))
    assert held["outcome"] == "applied"
    found = await late(scene, seen, "complete", cause="door", action="Shoe replaced")
    assert found.answer["visit"]["status"] == "paused"
    return found


@story(Meanwhile.TECHNICIAN_WENT_ON)
async def _(scene: Scene) -> Played:
    seen = await scene.visit()
    await scene.lead(scene.aina, seen, "accept")
    sent = command("unassign", seen, payload=evidence())
    (answer,) = await scene.send(scene.office, seen, sent)
    assert answer["visit"]["status"] == "accepted"
    return Played(seen, sent, answer, by_office=True)


@story(Meanwhile.STEP_DONE)
async def _(scene: Scene) -> Played:
    seen = await scene.visit()
    await scene.send(scene.aina, seen, command("accept", seen) | {"device": "tablet"})
    found = await late(scene, seen, "accept")
    assert found.answer["visit"]["status"] == "accepted"
    return found


@story(Meanwhile.ASSET_RETIRED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", "start_travel", "arrive", "start_work")
    await _retire(scene, seen)
    return await late(scene, seen, "complete", cause="door", action="Shoe replaced")


@story(Meanwhile.ASSET_RETIRED, Ask.FOLLOW_UP)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await _retire(scene, seen)
    found = await late(scene, seen, "order_follow_up", follow_up=_ordered())
    assert "Rope to be changed" in found.answer["visit"]["note"]
    listed = (await scene.office.get("/api/interventions", limit="200")).json()["items"]
    assert seen["intervention_id"] not in {each["follow_up_of_id"] for each in listed}
    return found


@story(Meanwhile.FACT_KNOWN, Ask.FACT)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", severity="S1")
    await scene.lead(scene.office, seen, "person_released")
    first = (await scene.intervention(seen["intervention_id"]))["facts"]
    found = await late(scene, seen, "person_released")
    assert (await scene.intervention(seen["intervention_id"]))["facts"] == first
    return found


@story(Meanwhile.REOPENED, Ask.FACT)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept", "start_travel", "arrive", "start_work")
    still_out = {"cause": "door", "action": "Shoe replaced", "is_back_in_service": False}
    (done,) = await scene.send(scene.aina, seen, command("complete", seen, payload=still_out))
    assert done["outcome"] == "applied", done
    await scene.decide(seen["intervention_id"], "reopen")
    return await late(scene, done["visit"], "back_in_service")


@story(Meanwhile.RESCHEDULED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit()
    begins = datetime.fromisoformat(seen["starts_at"]) + timedelta(minutes=30)
    change = VisitChange(
        UUID(seen["id"]),
        UUID(seen["technician_id"]),
        starts_at=begins,
        ends_at=datetime.fromisoformat(seen["ends_at"]) + timedelta(minutes=30),
        travel_seconds=600,
    )
    async with scene.database.write() as session:
        now = datetime.now(UTC)
        await move_visits(session, FOUNDER, [change], now=now, overrules=True)
    found = await late(scene, seen, "accept")
    assert datetime.fromisoformat(found.answer["visit"]["starts_at"]) == begins
    return found


@story(Meanwhile.SEVERITY_CHANGED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    worse = {"severity": "S1", "severity_reason": "Somebody is inside"}
    await _correct(scene, seen, worse)
    found = await late(scene, seen, "start_travel")
    assert (await _on_phone(scene, seen))["severity"] == "S1"
    return found


@story(Meanwhile.DETAILS_CHANGED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await _correct(scene, seen, {"summary": "Door does not close"})
    found = await late(scene, seen, "start_travel")
    assert (await _on_phone(scene, seen))["summary"] == "Door does not close"
    return found


@story(Meanwhile.OUT_OF_SCOPE)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    await scene.decide(seen["intervention_id"], "rule_out_of_scope", "Vandalism")
    found = await late(scene, seen, "start_travel")
    assert (await scene.intervention(seen["intervention_id"]))["is_out_of_scope"]
    return found


@story(Meanwhile.SITE_CHANGED)
async def _(scene: Scene) -> Played:
    seen = await scene.visit("accept")
    path = f"/api/sites/{scene.company.home.site.id}"
    version = (await scene.admin.get(path)).json()["version"]
    change = {"hazards": ["Asbestos in the shaft"], "key_box": "4711"}
    assert (await scene.admin.patch(path, change, version=version)).status_code == 200
    found = await late(scene, seen, "start_travel")
    assert (await _on_phone(scene, seen))["site"]["hazards"] == ["Asbestos in the shaft"]
    return found


@story(Meanwhile.PART_WITHDRAWN)
async def _(scene: Scene) -> Played:
    part = await add_part(scene, "OLDSHOE")
    seen = await scene.visit("accept", "start_travel", "arrive", "start_work")
    gone = {"is_withdrawn": True}
    path = f"/api/parts/{part['id']}"
    assert (await scene.admin.patch(path, gone, version=part["version"])).status_code == 200
    return await late(scene, seen, "complete", part="OLDSHOE", cause="door", action="Replaced")


@story(Meanwhile.SIGNED_OUT)
async def _(scene: Scene) -> Played:
    """Last: the phone waits, signs in again and sends what it kept."""
    seen = await scene.visit("accept")
    await scene.client.delete("/api/session", headers=scene.aina.headers())
    sent = command("start_travel", seen, payload=evidence())
    path = f"/api/visits/{seen['id']}/commands"
    unheard = await scene.aina.post(path, sent)
    assert unheard.json()["code"] == ruling([Meanwhile.SIGNED_OUT], Ask.STEP).code
    assert await _stored(scene, sent) is None
    scene.aina = await scene.company.sign_in(scene.client, AccountRole.TECHNICIAN)
    (answer,) = await scene.send(scene.aina, seen, sent)
    return Played(seen, sent, answer)


def _ordered() -> Told:
    return {
        "summary": "Rope to be changed",
        "severity": "S3",
        "work_type": "repair",
        "parts": [{"part": "SHOE", "quantity": "1"}],
    }


async def _retire(scene: Scene, seen: Told) -> None:
    asset = (await scene.intervention(seen["intervention_id"]))["asset"]["id"]
    now = (await scene.admin.get(f"/api/assets/{asset}")).json()
    change = {"retired_on": "2020-01-01"}
    answer = await scene.admin.patch(f"/api/assets/{asset}", change, version=now["version"])
    assert answer.status_code == 200, answer.text


async def _correct(scene: Scene, seen: Told, change: Told) -> None:
    about = await scene.intervention(seen["intervention_id"])
    path = f"/api/interventions/{about['id']}"
    answer = await scene.office.patch(path, change, version=about["version"])
    assert answer.status_code == 200, answer.text


async def _on_phone(scene: Scene, seen: Told) -> Told:
    """The visit as the technician's phone is told it now."""
    found: Told = (await scene.aina.get(f"/api/visits/{seen['id']}")).json()
    return found


async def _stored(scene: Scene, sent: Told) -> VisitCommand | None:
    async with scene.database.read() as session:
        return await session.scalar(select(VisitCommand).where(VisitCommand.id == sent["id"]))


async def _played(scene: Scene, meanwhile: Meanwhile, ask: Ask) -> None:
    """Play one story; then the answer is the table's, nothing is lost and both sides know."""
    visit, sent, answer, by_office = await STORIES[meanwhile, ask](scene)
    expected = ruling([meanwhile], ask)
    verdict = Verdict.APPLIED if expected.verdict is Verdict.WAITS else expected.verdict
    code = expected.code if verdict is expected.verdict and expected.code else None
    assert (answer["outcome"], answer["code"]) == (verdict.value, code)
    stored = await _stored(scene, sent)
    assert stored is not None
    assert (stored.outcome, stored.payload["note"]) == (verdict.value, sent["payload"]["note"])
    fresh = await scene.fresh(visit)
    assert (answer["visit"]["version"], answer["visit"]["status"]) == (
        fresh["version"],
        fresh["status"],
    )
    await _nothing_is_lost(scene, visit, sent["payload"])
    is_told = verdict is not Verdict.APPLIED and Role.DISPATCHER in expected.told and not by_office
    assert (await scene.notices(visit)).count("visit_conflict") == is_told


async def _nothing_is_lost(scene: Scene, visit: Told, said: Told) -> None:
    whole, fresh = await scene.intervention(visit["intervention_id"]), await scene.fresh(visit)
    assert said["note"] in fresh["note"]
    assert [each["value"] for each in whole["checklist"]] == ["done"]
    assert [(each["part"], each["quantity"]) for each in whole["parts"]] == [
        (each["part"], each["quantity"]) for each in said["parts"]
    ]
    assert [each["id"] for each in whole["files"]] == [each["id"] for each in said["files"]]


async def _all(template: Founded, url: str) -> Outcomes:
    found: Outcomes = {}
    app, database = create_app(Settings(database_url=url, is_demo=True)), Database(url)
    async with AsyncTestClient(app, base_url="http://127.0.0.1") as client:
        scene = await open_scene(client, deepcopy(template.company), database)
        for key in STORIES:
            try:
                await _played(scene, *key)
                found[key] = None
            except Exception as failure:  # noqa: BLE001 - told by the test of that story
                found[key] = failure
    await database.close()
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcomes]:
    """What came of each story on a company of their own, on one kind of database."""
    template: Founded = request.getfixturevalue(f"{request.param}_template")
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("conflicts") / "palier.db"
        shutil.copyfile(Path(template.name), file)
        yield asyncio.run(_all(template, f"sqlite+aiosqlite:///{file}"))
        return
    url, drop = fresh_database(request.getfixturevalue("postgres"), template.name)
    yield asyncio.run(_all(template, url))
    drop()


@pytest.mark.parametrize(("meanwhile", "ask"), list(STORIES))
def test_the_answer_is_the_tables_nothing_is_lost_and_both_sides_know(
    played: Outcomes, meanwhile: Meanwhile, ask: Ask
) -> None:
    failure = played[meanwhile, ask]
    if failure is not None:
        raise failure


def test_every_row_of_the_table_has_its_story() -> None:
    assert {meanwhile for meanwhile, _ in STORIES} == set(Meanwhile)
