"""Repeating without harm: keys for commands, versions for changes."""

import asyncio

import pytest
from httpx import Response

from server.kit.database import Database
from server.kit.problems import MEDIA_TYPE as PROBLEM
from tests.server.api.bodies import bodies
from tests.server.api.door import Call, Door
from tests.server.api.objects import Objects
from tests.server.api.operations import ON_EITHER_DATABASE, WRITES, Operation
from tests.server.api.picture import picture
from tests.server.api.ready import Ready, ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Who is not signed in has no account to keep an answer for; a visit's commands carry their ids;
# a calendar that is read and an extract that is verified change nothing.
KEYLESS = {
    "sign_in",
    "accept_invitation",
    "command_visit",
    "unsubscribe",
    "read_calendar",
    "verify_extract",
}
COMMANDS = [each for each in WRITES.values() if each.method == "post" and each.id not in KEYLESS]
WITH_BODY = [each for each in COMMANDS if each.has_body]
SHARED = [each for each in WITH_BODY if {"admin", "dispatcher"} <= set(each.roles)]
CHANGES = [
    each
    for each in WRITES.values()
    if each.method in {"patch", "delete"} and not each.path.endswith("/session")
]
AT_ONCE = 20


def keyed(good: Ready, key: str, operation: Operation) -> Call:
    return good.sent(operation, {"Idempotency-Key": key})


def require_problem(answer: Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == PROBLEM


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", COMMANDS, ids=[each.id for each in COMMANDS])
async def test_a_command_without_a_usable_key_does_nothing(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    before = await picture(database)
    for key in ("", " ", '""', "k" * 256):
        answer = await door.call(operation, good.who, good.ids, keyed(good, key, operation))
        require_problem(answer, 400, "idempotency_key_missing")
    assert await picture(database) == before


@pytest.mark.parametrize("operation", COMMANDS, ids=[each.id for each in COMMANDS])
async def test_a_command_sent_twenty_times_at_once_has_one_effect_and_one_answer(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    call = keyed(good, f"{operation.id}-at-once", operation)
    sending = (door.call(operation, good.who, good.ids, call) for _ in range(AT_ONCE))
    answers = await asyncio.gather(*sending)
    done = {(each.status_code, each.content) for each in answers if each.status_code != 409}
    after = await picture(database)
    again = await door.call(operation, good.who, good.ids, call)
    assert {each.json()["code"] for each in answers if each.status_code == 409} <= {"still_running"}
    assert done == {(again.status_code, again.content)}
    assert again.is_success
    assert await picture(database) == after


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", WITH_BODY, ids=[each.id for each in WITH_BODY])
async def test_a_key_belongs_to_one_body(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    key = f"{operation.id}-one-body"
    first = await door.call(operation, good.who, good.ids, keyed(good, key, operation))
    before = await picture(database)
    other = bodies(door.company, next(door.numbers))[operation.id]
    sent = Call(body=other, headers={"Idempotency-Key": key})
    assert first.is_success, first.text
    require_problem(
        await door.call(operation, good.who, good.ids, sent), 422, "idempotency_key_reused"
    )
    assert await picture(database) == before


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", SHARED, ids=[each.id for each in SHARED])
async def test_another_persons_key_is_another_key(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    key = f"{operation.id}-shared"
    kept = []
    for who in ("admin", "dispatcher"):
        good = await ready(door, objects, operation)
        before = await picture(database)
        answer = await door.call(operation, who, good.ids, keyed(good, key, operation))
        assert answer.is_success, answer.text
        kept.append((await picture(database))["stored_answer"][0] - before["stored_answer"][0])
    assert kept == [1, 1]


async def test_a_file_sent_twenty_times_at_once_is_one_file(
    door: Door, database: Database, objects: Objects
) -> None:
    operation = WRITES["send_evidence"]
    good = await ready(door, objects, operation)
    before = await picture(database)
    sending = (
        door.call(operation, good.who, good.ids, good.sent(operation, {})) for _ in range(AT_ONCE)
    )
    answers = await asyncio.gather(*sending)
    assert {(each.status_code, each.json()["state"]) for each in answers} == {(200, "received")}
    after = await picture(database)
    assert [after[name][0] - before[name][0] for name in ("stored_file", "file_chunk")] == [1, 0]


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", CHANGES, ids=[each.id for each in CHANGES])
async def test_a_change_without_a_version_does_nothing(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    before = await picture(database)
    answer = await door.call(operation, good.who, good.ids, Call(body=good.body))
    require_problem(answer, 428, "version_missing")
    assert await picture(database) == before


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", CHANGES, ids=[each.id for each in CHANGES])
async def test_only_the_version_that_is_stored_may_be_changed(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    assert good.version is not None
    before = await picture(database)
    tag = f'"{good.version}"'
    for wrong in (f"W/{tag}", "*", "", '""', "-1", "1.0", '"x"', f"{tag}, {tag}", '"' + "9" * 400):
        sent = Call(body=good.body, headers={"If-Match": wrong})
        answer = await door.call(operation, good.who, good.ids, sent)
        require_problem(answer, 412, "stale")
    assert await picture(database) == before


@pytest.mark.parametrize("operation", CHANGES, ids=[each.id for each in CHANGES])
async def test_of_two_changes_on_one_version_the_second_is_told(
    door: Door, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    sent = Call(body=good.body, version=good.version)
    both = [door.call(operation, good.who, good.ids, sent) for _ in range(2)]
    statuses = sorted(each.status_code for each in await asyncio.gather(*both))
    assert statuses in ([200, 412], [204, 404])
