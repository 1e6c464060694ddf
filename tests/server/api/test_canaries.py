"""Nobody hears what is not theirs: a canary in every text, and every operation asked by everybody.

What each may hear of their own branch is written down here by hand; of the other branch, nothing
but the names of regions.
"""

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.tables import Account
from server.mail.tables import Mail
from server.notifications.mailing import collect
from tests.server.api.callers import QUERIES, object_of
from tests.server.api.canaries import Heard, heard, plant
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.objects import Ids, Objects
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS, WRITES, Operation
from tests.server.api.ready import ready

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

MANAGER, TECHNICIAN = Role.MANAGER.value, Role.TECHNICIAN.value
OUTSIDE = [MANAGER, TECHNICIAN, NOBODY]
READS = [each for each in OPERATIONS.values() if each.method == "get"]
# What a building manager says and owns, and what both sides write down together.
TO_MANAGERS = {
    "agreement.name",
    "agreement_aim.text",
    "agreement_review.note",
    "agreement_review.outcome",
    "asset.maker",
    "asset.name",
    "change_request.text",
    "comment.text",
    "commitment.text",
    "customer.name",
    "document.name",
    "event.asset_name",
    "event.site_name",
    "event.technician_first_name",
    "feedback.comment",
    "improvement.note",
    "improvement.owner_name",
    "improvement.title",
    "intervention.out_of_scope_reason",
    "intervention.summary",
    "intervention.told_reason",
    "irritation.text",
    "region.dispatch_phone",
    "review_decision.note",
    "review_decision.owner_name",
    "review_decision.text",
    "site.access_notes",
    "site.contact_name",
    "site.contact_phone",
    "site.name",
    "site.place",
    "site.street",
    "stored_file.name",
}
# What the work takes, and what they wrote themselves; the office is known to them by name.
TO_TECHNICIANS = {
    "absence.decided_by",
    "absence.note",
    "absence.recorded_by",
    "asset.maker",
    "asset.name",
    "event.actor_name",
    "event.asset_name",
    "event.site_name",
    "event.technician_first_name",
    "intervention.caller_name",
    "intervention.caller_phone",
    "intervention.description",
    "intervention.summary",
    "promised_file.author_name",
    "promised_file.note",
    "promised_file.signer",
    "promised_file.waived_by_name",
    "promised_file.waived_reason",
    "region.dispatch_phone",
    "region.name",
    "site.access_notes",
    "site.contact_name",
    "site.contact_phone",
    "site.key_box",
    "site.name",
    "site.place",
    "site.street",
    "technician.name",
    "technician.phone",
    "visit.action",
    "visit.note",
    "visit.reason",
}
# Whoever stands in front of a lift with its label reads where they are and whom to call.
TO_ANYBODY = {"asset.name", "region.dispatch_phone", "site.name", "site.place", "site.street"}
MAY_HEAR = {MANAGER: TO_MANAGERS, TECHNICIAN: TO_TECHNICIANS, NOBODY: TO_ANYBODY}
EVERYBODY_KNOWS = {("region.name", "away"), ("region.dispatch_phone", "away")}
# Whoever comes in by them is answered with who they are.
OWN_DOORS = {"sign_in", "accept_invitation"}
OWN_ACCOUNT = {"account.name", "account.email"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planted(door: Door, objects: Objects) -> set[str]:
    """The columns in which canaries sit; mail is collected from here on."""
    await collect(door.database, door.company.now)
    theirs = set(objects.foreign.values()) - set(objects.own.values())
    return await plant(door.database, theirs)


def leaks(who: str, told: Heard) -> Heard:
    """What they heard and should not have."""
    own = {(column, "home") for column in MAY_HEAR[who]}
    everywhere = {(column, "all") for column in MAY_HEAR[who]}
    account = {(column, who) for column in OWN_ACCOUNT}
    regions = EVERYBODY_KNOWS if who == TECHNICIAN else set()
    return told - own - everywhere - account - regions


@pytest.mark.parametrize("who", OUTSIDE)
async def test_no_answer_tells_what_is_not_theirs(
    door: Door, objects: Objects, planted: set[str], who: str
) -> None:
    found: dict[str, Heard] = {}
    told: Heard = set()
    for operation in READS:
        for ids in (objects.own, objects.foreign):
            answer = await door.call(operation, who, ids, asked(operation, ids))
            told |= heard(answer.text)
            if leaks(who, heard(answer.text)):
                found[operation.id] = leaks(who, heard(answer.text))
    assert found == {}
    # That nothing leaks says something only where there is something to hear.
    assert len(planted) > 90
    assert who == NOBODY or len(told) > 10


@pytest.mark.parametrize("who", OUTSIDE)
async def test_no_command_answers_with_what_is_not_theirs(
    door: Door, objects: Objects, planted: set[str], who: str
) -> None:
    assert planted
    found: dict[str, Heard] = {}
    for operation in (each for each in WRITES.values() if each.id not in OWN_DOORS):
        if who in operation.roles or "anyone" in operation.roles:
            good = await ready(door, objects, operation)
            answer = await door.call(operation, who, good.ids, good.sent(operation, {}))
            if leaks(who, heard(answer.text)):
                found[operation.id] = leaks(who, heard(answer.text))
    assert found == {}


async def test_staff_of_one_region_hear_of_no_work_in_another(
    door: Door, objects: Objects, planted: set[str]
) -> None:
    assert planted
    found = {}
    for operation in READS:
        for ids in (objects.own, objects.foreign):
            answer = await door.call(operation, "dispatcher", ids, asked(operation, ids))
            told = {each for each in heard(answer.text) if each[1] == "away" and is_work(each[0])}
            if told:
                found[operation.id] = told
    assert found == {}


def is_work(column: str) -> bool:
    return column.partition(".")[0] in {
        "intervention",
        "visit",
        "site",
        "technician",
        "pause",
        "excuse",
        "absence",
    }


async def test_no_mail_to_a_customer_tells_what_is_not_theirs(
    door: Door, objects: Objects, planted: set[str]
) -> None:
    assert planted
    for name in ("comment_on_intervention", "portal_report", "command_intervention"):
        operation = OPERATIONS[name]
        good = await ready(door, objects, operation)
        await door.call(operation, good.who, good.ids, good.sent(operation, {}))
    await collect(door.database, door.company.now)
    query = select(Mail.facts, Account.role).join(Account, Account.id == Mail.account_id)
    async with door.database.read() as session:
        mails = [
            heard(msgspec.json.encode(facts).decode())
            for facts, role in (await session.execute(query)).all()
            if role == MANAGER
        ]
    assert any(mails)
    assert [leaks(MANAGER, told) for told in mails if leaks(MANAGER, told)] == []


def asked(operation: Operation, ids: Ids) -> Call:
    query = dict(QUERIES.get(operation.id, {}))
    about = object_of(operation)
    if not operation.names and about is not None:
        query[about] = ids[about]
    return Call(query=query)
