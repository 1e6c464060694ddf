"""Where a key is: told to those who go there and those who send them, and in no other answer."""

import pytest

from server.accounts.schemas import Role
from tests.server.api.callers import ASKED_IN_QUERY, CALLERS, QUERIES, roles_of
from tests.server.api.door import Call, Door
from tests.server.api.objects import Ids, Objects
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

CANARY = "canary-4711"
TRUSTED = {Role.ADMIN.value, Role.DISPATCHER.value, Role.TECHNICIAN.value}
# A stream does not end; what it tells are the events that `list_events` lists.
ENDLESS = {"stream"}
READS = [each for each in OPERATIONS.values() if each.method == "get" and each.id not in ENDLESS]


async def _hidden_at_the_site(door: Door, ids: Ids) -> None:
    site = await door.call(OPERATIONS["get_site"], "admin", ids)
    changed = Call(body={"key_box": CANARY}, version=int(site.json()["version"]))
    answer = await door.call(OPERATIONS["change_site"], "admin", ids, changed)
    assert answer.is_success, answer.text


async def test_a_key_box_is_in_no_answer_to_those_who_neither_go_nor_send(
    door: Door, objects: Objects
) -> None:
    await _hidden_at_the_site(door, objects.own)
    told = set()
    for operation in READS:
        asked = ASKED_IN_QUERY.get(operation.id)
        query = {**QUERIES.get(operation.id, {}), **({asked: objects.own[asked]} if asked else {})}
        for who in roles_of(CALLERS[operation.id]) & {role.value for role in Role}:
            answer = await door.call(operation, who, objects.own, Call(query=query))
            if CANARY in answer.text:
                told.add((who, operation.id))
    assert {who for who, _ in told} == TRUSTED
    assert {id_ for who, id_ in told if who == "technician"} == {"list_visits", "get_visit", "sync"}
    assert {id_ for who, id_ in told if who == "dispatcher"} >= {"site_key_box", "get_intervention"}
