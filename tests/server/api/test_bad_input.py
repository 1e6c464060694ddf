"""Hostile input on every operation: refused by name, nothing written, never a crash."""

from dataclasses import dataclass, field

import pytest
from httpx import Response

from server.kit.database import Database
from server.kit.problems import MEDIA_TYPE
from tests.server.api.callers import ASKED_IN_QUERY, QUERIES
from tests.server.api.door import Call, Door
from tests.server.api.hostile import CURSORS, DOCUMENTS, QUERY_VALUES, VALUES, places, spoilt
from tests.server.api.objects import Objects
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS, WRITES, Operation
from tests.server.api.picture import Picture, picture
from tests.server.api.ready import Ready, ready, somebody

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Signed files come with a register; a table holds thousands of rows.
TAKES_MUCH = {"import_register", "import_table"}
WITH_BODY = [each for each in WRITES.values() if each.has_body]
WITH_QUERY = [each for each in OPERATIONS.values() if each.asks]
WITH_PATH = [each for each in OPERATIONS.values() if each.names]


def complaint(answer: Response) -> str | None:
    """What is wrong with how an answer refuses; None when it does not, or does it well."""
    if answer.status_code >= 500:
        return f"crashed: {answer.text}"
    if answer.is_success:
        return None
    if answer.headers.get("content-type") != MEDIA_TYPE:
        return f"not a problem document: {answer.text}"
    document = answer.json()
    if document["status"] != answer.status_code or not document["code"]:
        return f"a problem without its code: {answer.text}"
    if document["code"] == "invalid" and not all(
        fault["path"] and fault["code"] and fault["detail"] for fault in document["errors"]
    ):
        return f"a fault without a name: {answer.text}"
    return None


@dataclass(slots=True)
class Watch:
    """Sends hostile bodies and keeps what went wrong, by the name of what was sent."""

    door: Door
    database: Database
    operation: Operation
    wrong: dict[str, str] = field(default_factory=dict)
    before: Picture = field(default_factory=dict)

    async def ready(self, objects: Objects) -> Ready:
        """A good call to spoil, and what is stored before it is spoilt."""
        good = await ready(self.door, objects, self.operation)
        self.before = await picture(self.database)
        return good

    async def send(self, name: str, raw: bytes, good: Ready) -> Response:
        sent = Call(raw=raw, version=good.version)
        answer = await self.door.call(self.operation, good.who, good.ids, sent)
        found = complaint(answer)
        if found is None and not answer.is_success and await picture(self.database) != self.before:
            found = f"refused, yet written: {answer.text}"
        if found is not None:
            self.wrong[name] = found
        return answer


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", WITH_BODY, ids=[each.id for each in WITH_BODY])
async def test_a_body_that_makes_no_sense_is_refused_whole(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    watch = Watch(door, database, operation)
    good = await watch.ready(objects)
    answers = {name: await watch.send(name, raw, good) for name, raw in DOCUMENTS.items()}
    assert watch.wrong == {}
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses.pop("two_megabytes") == (422 if operation.id in TAKES_MUCH else 413)
    assert set(statuses.values()) == {422}


@pytest.mark.parametrize("operation", WITH_BODY, ids=[each.id for each in WITH_BODY])
async def test_a_good_body_with_one_hostile_value_harms_nothing(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    watch = Watch(door, database, operation)
    good = await watch.ready(objects)
    for path in places(good.body):
        for name, value in VALUES.items():
            answer = await watch.send(f"{path}={name}", spoilt(good.body, path, value), good)
            if answer.is_success:
                good = await watch.ready(objects)
    assert watch.wrong == {}


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", WITH_BODY, ids=[each.id for each in WITH_BODY])
async def test_the_body_these_tests_spoil_is_a_good_one(
    door: Door, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    sent = Call(body=good.body, version=good.version)
    answer = await door.call(operation, good.who, good.ids, sent)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("operation", WITH_QUERY, ids=[each.id for each in WITH_QUERY])
async def test_a_hostile_query_is_refused_or_harmless(
    door: Door, objects: Objects, operation: Operation
) -> None:
    wrong = {}
    needed = QUERIES.get(operation.id, {})
    if operation.id in ASKED_IN_QUERY:
        needed = {ASKED_IN_QUERY[operation.id]: objects.own[ASKED_IN_QUERY[operation.id]]}
    for name in operation.asks:
        for value in (*QUERY_VALUES, *(CURSORS if name == "cursor" else ())):
            sent = Call(query={**needed, name: value})
            answer = await door.call(operation, somebody(operation), objects.own, sent)
            if found := complaint(answer):
                wrong[f"{name}={value[:60]!r}"] = found
    assert wrong == {}


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", WITH_PATH, ids=[each.id for each in WITH_PATH])
@pytest.mark.parametrize("hostile", ["x", "%00", "..%2f..%2fx", "é", "9" * 5000])
async def test_an_address_that_is_none_is_not_found(
    door: Door, operation: Operation, hostile: str
) -> None:
    ids = dict.fromkeys(operation.names, hostile)
    answer = await door.call(operation, somebody(operation), ids, Call(body={}))
    assert complaint(answer) is None
    assert answer.status_code in {404, 405}
