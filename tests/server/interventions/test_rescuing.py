"""`palier import rescue`: the file of a phone that could not send what was done with it."""

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from server.accounts.tables import Account
from server.cli import main
from server.interventions.schemas import VisitOut, VisitPayload
from server.kit.database import Database
from tests.server.interventions.town import TUESDAY, Town, command
from tests.server.pictures import PHOTO, noise, promised

Saved = dict[str, Any]


async def _sent_out(town: Town, url: str) -> tuple[Town, VisitOut]:
    """Aina, with an account of her own, has been told to go."""
    database = Database(url)
    try:
        here = replace(town, database=database)
        async with here.write() as session:
            session.add(
                Account(
                    id=here.aina.id,
                    email="aina@example.org",
                    name=here.aina.name,
                    role="technician",
                    language="en",
                    password_hash="",
                    technician_id=here.aina.id,
                )
            )
        return here, await here.visit()
    finally:
        await database.close()


@pytest.fixture
def phone(copied_town: tuple[Town, str], monkeypatch: pytest.MonkeyPatch) -> tuple[Saved, VisitOut]:
    """What Aina's phone saved after she accepted and drove off without signal."""
    town, url = copied_town
    monkeypatch.setenv("PALIER_DATABASE_URL", url)
    here, visit = asyncio.run(_sent_out(town, url))
    given = [
        command("accept", visit, here.now),
        command("start_travel", visit, here.now, base_version=visit.version + 1),
    ]
    commands = [
        {
            "target": {"kind": "visit", "id": str(visit.id)},
            "state": "waiting",
            "command": each.model_dump(mode="json"),
        }
        for each in given
    ]
    saved = {"kind": "palier-rescue", "version": 1, "app": "0.1.0", "account": str(here.aina.id)}
    return saved | {"commands": commands, "files": []}, visit


@pytest.fixture
def read_in(tmp_path: Path) -> Callable[[object], tuple[int, list[str]]]:
    def run(saved: object) -> tuple[int, list[str]]:
        file = tmp_path / "palier.json"
        file.write_text(json.dumps(saved), encoding="utf-8")
        result = CliRunner().invoke(main, ["import", "rescue", str(file)])
        return result.exit_code, result.output.splitlines()

    return run


ReadIn = Callable[[object], tuple[int, list[str]]]


def test_what_the_phone_saved_is_done_and_counts_once(
    phone: tuple[Saved, VisitOut], read_in: ReadIn
) -> None:
    saved, visit = phone
    kinds = ("accept", "start_travel")
    assert read_in(saved) == (0, [f"{kind} visit {visit.id}: applied" for kind in kinds])
    assert read_in(saved) == (0, [f"{kind} visit {visit.id}: duplicate" for kind in kinds])


def _file(file_id: UUID, visit: VisitOut, content: bytes | None) -> Saved:
    written = None if content is None else base64.b64encode(content).decode()
    return {"id": str(file_id), "kind": "photo", "visitId": str(visit.id), "bytes": written}


def test_photos_come_with_what_the_phone_saved_and_count_once(
    phone: tuple[Saved, VisitOut], read_in: ReadIn
) -> None:
    saved, visit = phone
    content = noise(600_000)
    photo = promised(content, media_type="image/png")
    note = command("note", visit, TUESDAY, payload=VisitPayload(files=[photo]))
    saved["commands"].append(
        {
            "target": {"kind": "visit", "id": str(visit.id)},
            "state": "parked",
            "command": note.model_dump(mode="json"),
        }
    )
    saved["files"] = [_file(photo.id, visit, content)]
    for _ in range(2):
        code, told = read_in(saved)
        assert (code, told[-1]) == (0, f"photo {photo.id}: received")


def test_what_cannot_be_taken_is_named_and_keeps_nothing_else_from_counting(
    phone: tuple[Saved, VisitOut], read_in: ReadIn
) -> None:
    saved, visit = phone
    accept, travel = saved["commands"]
    stranger = {"kind": "visit", "id": str(uuid4())}
    saved["commands"] = [
        accept | {"command": accept["command"] | {"kind": "dance"}},
        accept | {"target": stranger},
        travel,
        accept,
    ]
    lost, strange = uuid4(), uuid4()
    saved["files"] = [_file(lost, visit, None), _file(strange, visit, PHOTO)]
    assert read_in(saved) == (
        0,
        [
            f"dance visit {visit.id}: rejected (invalid)",
            f"accept visit {stranger['id']}: rejected (not_found)",
            f"start_travel visit {visit.id}: rejected (move_not_allowed)",
            f"accept visit {visit.id}: applied",
            f"photo {lost}: the phone had lost it",
            f"photo {strange}: rejected (not_found)",
        ],
    )


def test_what_was_said_of_the_working_day_counts_too(
    phone: tuple[Saved, VisitOut], read_in: ReadIn
) -> None:
    saved, _ = phone
    aina = {"kind": "technician", "id": saved["account"]}
    sick = {**saved["commands"][0]["command"], "kind": "report_sick", "payload": {}}
    fields = ("id", "kind", "at", "base_version", "payload", "device", "sequence")
    said = {name: sick[name] for name in fields}
    stranger = aina | {"id": str(uuid4())}
    saved["commands"] = [{"target": each, "command": said} for each in (aina, aina, stranger)]
    outcomes = [line.rpartition(": ")[2] for line in read_in(saved)[1]]
    assert outcomes == ["applied", "duplicate", "rejected (not_found)"]


def test_a_file_that_no_phone_saved_is_refused(
    phone: tuple[Saved, VisitOut], read_in: ReadIn
) -> None:
    saved, _ = phone
    for wrong in ({}, saved | {"account": str(uuid4())}, saved | {"version": 2}):
        code, told = read_in(wrong)
        assert (code, len(told)) == (2, 1), told
