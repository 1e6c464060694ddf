"""Every operation as each role and as nobody, on own and on foreign objects."""

import pytest
from httpx import Response

from server.accounts.schemas import Role
from tests.server.api.bodies import Body, bodies
from tests.server.api.callers import CALLERS, FOREIGN, PUBLIC, QUERIES, object_of, roles_of
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.objects import Ids, Objects
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS, Operation

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

EVERYBODY = [*(role.value for role in Role), NOBODY]
WITH_OBJECTS = [each for each in OPERATIONS.values() if object_of(each)]
# Nothing is at this version, so a change that finds its object is refused for that alone.
NO_SUCH_VERSION = 999
# What is refused only once the object was found, where a version does not do it.
REFUSED_LATER: dict[str, Body] = {
    "add_agreement_version": {"zone": "Mars/Olympus"},
    "command_agreement_version": {"base_version": NO_SUCH_VERSION},
    "hold_agreement_review": {"held_on": "2199-01-01"},
    "command_intervention": {"base_version": NO_SUCH_VERSION},
    "command_visit": {"kind": "resume"},
    "record_pause": {"reason": "lunch"},
    "command_credit": {"base_version": NO_SUCH_VERSION},
}


def harmless(door: Door, operation: Operation, ids: Ids) -> Call:
    """A call that passes the guard and finds its object, but then changes nothing."""
    query = QUERIES.get(operation.id, {})
    asked = object_of(operation)
    if asked is None:
        return Call(body={"not": "a field"}, query=query)
    if not operation.names:
        return Call(query=query | {asked: ids[asked]})
    body = dict(bodies(door.company, next(door.numbers)).get(operation.id, {}))
    body |= REFUSED_LATER.get(operation.id, {})
    return Call(body=body, query=query, version=NO_SUCH_VERSION)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
async def test_only_its_callers_get_in(door: Door, objects: Objects, operation: Operation) -> None:
    allowed = roles_of(CALLERS[operation.id])
    answers = {
        who: await door.call(operation, who, objects.own, harmless(door, operation, objects.own))
        for who in EVERYBODY
    }
    outside = {
        who: (answer.status_code, answer.json()["code"])
        for who, answer in answers.items()
        if who not in allowed and PUBLIC not in allowed
    }
    assert outside == {
        who: (401, "not_signed_in") if who == NOBODY else (403, "not_allowed") for who in outside
    }
    inside = {who: answer.status_code for who, answer in answers.items() if who not in outside}
    assert not {who: status for who, status in inside.items() if status in {401, 403, 404}}


@pytest.mark.parametrize("operation", WITH_OBJECTS, ids=[each.id for each in WITH_OBJECTS])
async def test_what_is_foreign_looks_unknown(
    door: Door, objects: Objects, operation: Operation
) -> None:
    async def answer(who: str, ids: Ids) -> Response:
        return await door.call(operation, who, ids, harmless(door, operation, ids))

    hidden_from = roles_of(FOREIGN[object_of(operation) or ""])
    for who in roles_of(CALLERS[operation.id]):
        unknown = await answer(who, objects.unknown)
        foreign = await answer(who, objects.foreign)
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found"), who
        if who in hidden_from:
            assert foreign.status_code == 404, who
            assert foreign.content == unknown.content, who
        else:
            assert foreign.status_code not in {401, 403, 404}, who
