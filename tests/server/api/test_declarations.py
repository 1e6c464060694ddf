"""What routes declare about their callers is what the table says, for every route."""

import pytest

from server.accounts.schemas import Role
from tests.server.api.callers import CALLERS, FOREIGN, PUBLIC, object_of, roles_of
from tests.server.api.operations import DOCUMENT, OPERATIONS, Operation

WITH_BODY = [each for each in OPERATIONS.values() if each.has_body]


def test_every_operation_stands_in_the_table_and_no_other() -> None:
    assert sorted(CALLERS) == sorted(OPERATIONS)


def test_every_kind_of_object_says_to_whom_it_is_foreign() -> None:
    assert set(FOREIGN) == {object_of(each) for each in OPERATIONS.values()} - {None}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_a_route_declares_the_callers_of_the_table(operation: Operation) -> None:
    assert set(operation.roles) == roles_of(CALLERS[operation.id])


def test_the_document_knows_every_role() -> None:
    declared = {role for each in OPERATIONS.values() for role in each.roles}
    assert declared == {PUBLIC, *(role.value for role in Role)}


def _bodies(value: object) -> set[str]:
    """The components a body is made of."""
    found: set[str] = set()
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            name = str(each.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(DOCUMENT["components"]["schemas"][name])
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found


@pytest.mark.parametrize("operation", WITH_BODY, ids=[each.id for each in WITH_BODY])
def test_a_body_takes_no_field_that_is_not_documented(operation: Operation) -> None:
    described = DOCUMENT["paths"][operation.path][operation.method]["requestBody"]
    schemas = {name: DOCUMENT["components"]["schemas"][name] for name in _bodies(described)}
    shapes = {name: schema for name, schema in schemas.items() if "properties" in schema}
    assert shapes
    assert {
        name for name, s in shapes.items() if s.get("additionalProperties") is not False
    } == set()
