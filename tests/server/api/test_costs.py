"""What our work costs us: told to those who look after agreements, and in no other answer."""

import pytest

from server.accounts.schemas import Role
from tests.server.api.callers import ASKED_IN_QUERY, CALLERS, QUERIES, roles_of
from tests.server.api.door import Call, Door
from tests.server.api.objects import Objects
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

CANARY = "7731.13"
TRUSTED = {Role.ADMIN.value, Role.EXPERIENCE.value, Role.AUDITOR.value}
# A stream does not end; what it tells are the events that `list_events` lists.
ENDLESS = {"stream"}
READS = [each for each in OPERATIONS.values() if each.method == "get" and each.id not in ENDLESS]


async def test_what_our_work_costs_is_in_no_answer_to_a_customer_or_on_the_road(
    door: Door, objects: Objects
) -> None:
    held = (await door.call(OPERATIONS["cost_rates"], "admin")).json()["number"]
    body = {"base_number": held, "work_hour": CANARY, "travel_hour": CANARY}
    answer = await door.call(OPERATIONS["set_cost_rates"], "admin", sent=Call(body=body))
    assert answer.is_success, answer.text
    told = set()
    for operation in READS:
        asked = ASKED_IN_QUERY.get(operation.id)
        query = QUERIES.get(operation.id, {}) | ({asked: objects.own[asked]} if asked else {})
        for who in roles_of(CALLERS[operation.id]) & {role.value for role in Role}:
            if CANARY in (await door.call(operation, who, objects.own, Call(query=query))).text:
                told.add(who)
    assert told == TRUSTED
    assert not roles_of(CALLERS["margins"]) - TRUSTED
