"""Calls made up from the API's own document: no crash, and every answer as documented.

Schemathesis draws them; the same ones each time, except in the long proof.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from httpx import Request
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server.api.door import Door
from tests.server.api.objects import Objects
from tests.server.api.operations import DOCUMENT, ON_EITHER_DATABASE, OPERATIONS, Operation
from tests.server.api.ready import somebody

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Schemathesis writes a pair's `prefixItems` as a list of `items` before it validates an answer,
# and then finds its own writing to be no schema; what these answer is checked with regions.
ANSWERED_WITH_PAIRS = {
    "promise_cards",
    "portal_promise_cards",
    "get_calendar",
    "list_calendars",
    "create_calendar",
    "change_calendar",
    "calendar_revisions",
}
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
STRATEGIES = {
    found.definition.raw["operationId"]: found
    for found in (result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok))
}
FEW = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=200, derandomize=False)


async def call(door: Door, objects: Objects, operation: Operation, data: st.DataObject) -> None:
    mode = data.draw(st.sampled_from(list(GenerationMode)))
    ids = {name: objects.own[name] for name in operation.names} or None
    known = data.draw(st.booleans())
    strategy = STRATEGIES[operation.id].as_strategy(mode, path_parameters=ids if known else None)
    case = data.draw(strategy)
    answer = await door.client.send(_request(door, operation, case))
    spared = [response_schema_conformance] if operation.id in ANSWERED_WITH_PAIRS else []
    case.validate_response(answer, checks=CHECKS, excluded_checks=spared)


def _request(door: Door, operation: Operation, case: "Case[Any]") -> Request:
    headers = door.headers(somebody(operation))
    headers |= {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
    drawn = requests.Request(**case.as_transport_kwargs(str(door.client.base_url), headers=headers))
    prepared = drawn.prepare()
    body = prepared.body
    assert body is None or isinstance(body, bytes | str)
    sent = [(name.encode(), value.encode("latin-1")) for name, value in _texts(prepared.headers)]
    return Request(str(prepared.method), str(prepared.url), content=body, headers=sent)


def _texts(headers: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    return [
        (name, value if isinstance(value, str) else value.decode("latin-1"))
        for name, value in headers.items()
    ]


@ON_EITHER_DATABASE
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(data=st.data())
@FEW
async def test_made_up_calls_are_answered_as_documented(
    door: Door, objects: Objects, operation: Operation, data: st.DataObject
) -> None:
    await call(door, objects, operation, data)


@pytest.mark.proof
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(data=st.data())
@MANY
async def test_many_made_up_calls_are_answered_as_documented(
    door: Door, objects: Objects, operation: Operation, data: st.DataObject
) -> None:
    await call(door, objects, operation, data)
