"""Another site's page cannot act for somebody who is signed in here: not on any write."""

import pytest
import pytest_asyncio

from server.accounts.schemas import Role
from server.kit.database import Database
from tests.server.api.callers import PUBLIC
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.objects import Objects
from tests.server.api.operations import ON_EITHER_DATABASE, WRITES, Operation
from tests.server.api.picture import picture
from tests.server.api.ready import ready
from tests.server.company import Member

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

SIGNED_IN = [each for each in WRITES.values() if PUBLIC not in each.roles]
# What a link in a mail does, mail programs send as a form: the token is the right, not a session.
JSON = {name: each for name, each in WRITES.items() if name != "unsubscribe"}
STAYING = [each for each in SIGNED_IN if each.id != "sign_out"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def members(door: Door) -> dict[str, Member]:
    """People with a browser: what one of them may not do another may."""
    return {
        role.value: await door.company.sign_in(door.client, role)
        for role in (Role.ADMIN, Role.MANAGER, Role.TECHNICIAN, Role.AUDITOR)
    }


@pytest.mark.parametrize("operation", SIGNED_IN, ids=[each.id for each in SIGNED_IN])
async def test_a_cookie_alone_writes_nothing(
    door: Door,
    database: Database,
    objects: Objects,
    members: dict[str, Member],
    operation: Operation,
) -> None:
    good = await ready(door, objects, operation)
    member = members[good.who]
    before = await picture(database)
    for token in ("", "guessed", members["admin" if good.who == "manager" else "manager"].csrf):
        headers = {"Cookie": f"palier={member.cookie}", "X-CSRF-Token": token}
        sent = Call(body=good.body, version=good.version, headers=headers)
        answer = await door.call(operation, NOBODY, good.ids, sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_missing")
    assert await picture(database) == before


@pytest.mark.parametrize("operation", STAYING, ids=[each.id for each in STAYING])
async def test_the_same_call_with_its_token_is_no_forgery(
    door: Door, objects: Objects, members: dict[str, Member], operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    sent = good.sent(operation, members[good.who].headers())
    answer = await door.call(operation, NOBODY, good.ids, sent)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("operation", JSON.values(), ids=JSON)
async def test_a_form_cannot_pass_for_json(
    door: Door, database: Database, objects: Objects, operation: Operation
) -> None:
    good = await ready(door, objects, operation)
    before = await picture(database)
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"Content-Type": kind}
        sent = Call(raw=b'{"a": 1}', version=good.version, headers=headers)
        answer = await door.call(operation, good.who, good.ids, sent)
        assert (answer.status_code, answer.json()["code"]) == (415, "json_only"), kind
    assert await picture(database) == before
