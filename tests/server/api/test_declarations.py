"""What routes declare about their callers is what the table says, for every route."""

import pytest

from server.accounts.schemas import Role
from tests.server.api.callers import CALLERS, FOREIGN, PUBLIC, object_of, roles_of
from tests.server.api.operations import OPERATIONS, Operation


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
