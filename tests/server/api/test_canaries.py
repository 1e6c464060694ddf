"""Nobody hears what is not theirs: a canary in every text, and every operation asked by everybody.

What each may hear is written down in `hearing`; what is sent unasked is looked at in
`test_canaries_unasked`.
"""

import pytest
from httpx import Response

from server.files.actions import PDF
from tests.server.api.callers import QUERIES, object_of
from tests.server.api.canaries import NUMBERS, OURS, Heard, heard
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.hearing import OUTSIDE, is_work, leaks
from tests.server.api.objects import Ids
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS, WRITES, Operation
from tests.server.api.planting import Planted
from tests.server.api.ready import ready
from tests.server.printed import read

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

READS = [each for each in OPERATIONS.values() if each.method == "get"]
# Whoever comes in by them is answered with who they are.
OWN_DOORS = {"sign_in", "accept_invitation"}


@pytest.mark.parametrize("who", OUTSIDE)
async def test_no_answer_tells_what_is_not_theirs(door: Door, planted: Planted, who: str) -> None:
    found: dict[str, Heard] = {}
    told: Heard = set()
    for operation in READS:
        for ids in (planted.objects.own, planted.objects.foreign):
            answer = await door.call(operation, who, ids, asked(operation, ids))
            told |= heard(said(answer))
            if leaks(who, heard(said(answer))):
                found[operation.id] = leaks(who, heard(said(answer)))
    assert found == {}
    # That nothing leaks says something only where there is something to hear.
    assert len(planted.columns) > 90
    assert who == NOBODY or len(told) > 10


@pytest.mark.parametrize("who", OUTSIDE)
async def test_no_command_answers_with_what_is_not_theirs(
    door: Door, planted: Planted, who: str
) -> None:
    found: dict[str, Heard] = {}
    for operation in (each for each in WRITES.values() if each.id not in OWN_DOORS):
        if who in operation.roles or "anyone" in operation.roles:
            good = await ready(door, planted.objects, operation)
            answer = await door.call(operation, who, good.ids, good.sent(operation, {}))
            if leaks(who, heard(said(answer))):
                found[operation.id] = leaks(who, heard(said(answer)))
    assert found == {}


async def test_staff_of_one_region_hear_of_no_work_in_another(door: Door, planted: Planted) -> None:
    found = {}
    for operation in READS:
        for ids in (planted.objects.own, planted.objects.foreign):
            answer = await door.call(operation, "dispatcher", ids, asked(operation, ids))
            told = {each for each in heard(said(answer)) if each[1] == "away" and is_work(each[0])}
            if told:
                found[operation.id] = told
    assert found == {}


async def test_the_office_hears_the_figures_that_are_ours(door: Door, planted: Planted) -> None:
    """Otherwise that nobody else does would say nothing."""
    told: Heard = set()
    for operation in READS:
        answer = await door.call(
            operation, "admin", planted.objects.own, asked(operation, planted.objects.own)
        )
        told |= heard(said(answer))
    assert {number for column, number in told if column == OURS} == set(NUMBERS)
    assert planted.columns >= {"clock.internal_due_at", "alternative.rates"}


async def test_what_stands_on_paper_is_heard_as_well(door: Door, planted: Planted) -> None:
    operation = OPERATIONS["portal_month_paper"]
    answer = await door.call(operation, "manager", planted.objects.own, asked(operation, {}))
    assert ("customer.name", "home") in heard(said(answer))


def said(answer: Response) -> str:
    """The words of an answer, also of one on paper."""
    is_paper = answer.headers.get("Content-Type") == PDF
    return read(answer.content) + answer.text if is_paper else answer.text


def asked(operation: Operation, ids: Ids) -> Call:
    query = dict(QUERIES.get(operation.id, {}))
    about = object_of(operation)
    if not operation.names and about is not None:
        query[about] = ids[about]
    return Call(query=query)
