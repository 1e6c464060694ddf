"""What every answer carries, whatever was asked: safe headers, the time, a problem when refused."""

from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response

from server.kit.openapi import MEDIA_TYPE as OPENAPI
from server.kit.problems import MEDIA_TYPE as PROBLEM
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.objects import Objects
from tests.server.api.operations import DOCUMENT, ON_EITHER_DATABASE, OPERATIONS, Operation
from tests.server.api.ready import ready, somebody

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

EVERYWHERE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
}
CHANGE = OPERATIONS["change_region"]
CREATE = OPERATIONS["create_calendar"]
# A visit's commands carry ids of their own; a file never changes.
UNVERSIONED = {
    "get_visit",
    "get_agreement_file",
    "get_document_file",
    "get_evidence",
    "get_report_photo",
}
READ_ONE = [
    each
    for each in OPERATIONS.values()
    if each.method == "get" and each.id.startswith("get_") and each.id not in UNVERSIONED
]
NOTHING_TOLD = {"server", "x-powered-by"}


def require_safe(answer: Response) -> None:
    """The headers of every answer, whether it pleases or refuses."""
    found = {name: answer.headers.get(name, "") for name in EVERYWHERE}
    # A download is shut in even more.
    found["content-security-policy"] = found["content-security-policy"].removesuffix("; sandbox")
    assert found == EVERYWHERE
    told = datetime.fromisoformat(answer.headers["palier-time"])
    assert abs(datetime.now(UTC) - told) < timedelta(minutes=5)
    assert not NOTHING_TOLD & set(answer.headers)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
async def test_every_answer_is_safe_and_tells_the_time(
    door: Door, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    require_safe(await door.call(operation, NOBODY, objects.own))
    sent = Call(body=good.body, version=good.version)
    require_safe(await door.call(operation, good.who, good.ids, sent))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
async def test_what_is_answered_stands_in_the_document(
    door: Door, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    query = {"board": {"region_id": objects.own["region_id"]}}.get(operation.id, {})
    sent = Call(body=good.body, version=good.version, query=query)
    answer = await door.call(operation, good.who, good.ids, sent)
    documented = DOCUMENT["paths"][operation.path][operation.method]["responses"]
    if answer.is_success:
        assert str(answer.status_code) in documented
    else:
        assert answer.headers["content-type"] == PROBLEM
    assert (answer.status_code == 204) == (not answer.content)


@pytest.mark.parametrize("operation", READ_ONE, ids=[each.id for each in READ_ONE])
async def test_a_thing_that_can_be_changed_shows_its_version(
    door: Door, objects: Objects, operation: Operation
) -> None:
    answer = await door.call(operation, somebody(operation), objects.own)
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'


VALID = {"code": "ALWAYS", "name": "Always", "zone": "Europe/Paris", "always_open": True}
RENAMED = Call(body={"name": "A name"}, version=99)
# Status and code, and who has to send what to be refused so.
REFUSALS: list[tuple[int, str, str, Operation, Call]] = [
    (400, "idempotency_key_missing", "admin", CREATE, Call(VALID, headers={"Idempotency-Key": ""})),
    (401, "not_signed_in", NOBODY, CHANGE, RENAMED),
    (403, "not_allowed", "auditor", CHANGE, RENAMED),
    (409, "already_exists", "admin", CREATE, Call({**VALID, "code": "OFFICE"})),
    (412, "stale", "admin", CHANGE, RENAMED),
    (413, "http_413", "admin", CREATE, Call(raw=b" " * 2_000_000)),
    (415, "json_only", "admin", CREATE, Call(VALID, headers={"Content-Type": "text/plain"})),
    (422, "invalid", "admin", CREATE, Call({})),
    (428, "version_missing", "admin", CHANGE, Call({"name": "A name"})),
]


def require_problem(answer: Response, status: int, code: str) -> None:
    require_safe(answer)
    problem = answer.json()
    assert answer.headers["content-type"] == PROBLEM
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    ("status", "code", "who", "operation", "sent"), REFUSALS, ids=[each[1] for each in REFUSALS]
)
async def test_a_refusal_is_a_problem_with_a_code(
    door: Door,
    objects: Objects,
    *,
    status: int,
    code: str,
    who: str,
    operation: Operation,
    sent: Call,
) -> None:
    require_problem(await door.call(operation, who, objects.own, sent), status, code)


async def test_what_is_not_there_and_what_cannot_be_done_are_problems_too(door: Door) -> None:
    headers = door.headers("admin")
    require_problem(await door.client.get("/api/nothing", headers=headers), 404, "not_found")
    require_problem(await door.client.delete("/api/regions", headers=headers), 405, "http_405")
    require_problem(await door.client.request("TRACE", "/api/regions"), 405, "http_405")


async def test_every_fault_of_a_body_is_named_at_once(door: Door) -> None:
    answer = await door.call(CREATE, "admin", sent=Call(body={"code": "two words", "more": 1}))
    assert {fault["path"] for fault in answer.json()["errors"]} == {"code", "name", "zone", "more"}


async def test_what_was_refused_is_not_repeated_to_whoever_reads_along(door: Door) -> None:
    canary = "canary-4711"
    person = Call(body={"email": canary, "password": canary, "role": canary, canary: canary})
    answer = await door.call(OPERATIONS["create_account"], "admin", sent=person)
    faults = answer.json()["errors"]
    assert answer.status_code == 422
    assert not [fault for fault in faults if canary in fault["detail"]]


async def test_the_document_is_served_as_it_is_written_down(door: Door) -> None:
    answer = await door.client.get("/api/openapi.json")
    require_safe(answer)
    assert answer.headers["content-type"].split(";")[0] == OPENAPI
    assert answer.json() == DOCUMENT
