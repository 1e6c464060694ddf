"""A company in which every canary has a place to sit: what was promised today, felt, priced.

Where they sit is `canaries`'; what each may hear of them `hearing`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from server.agreements import actions as agreements
from server.agreements.actions import Signing
from server.agreements.schemas import AgreementBody, SignatoryBody
from server.notifications import mailing, push_outbox
from tests.server.api.bodies import ZONE
from tests.server.api.canaries import PRICE, plant
from tests.server.api.door import Door
from tests.server.api.objects import Ids, Objects, create, send
from tests.server.api.operations import OPERATIONS
from tests.server.api.ready import ready
from tests.server.company import FOUNDER, Branch

COLLEAGUE = replace(FOUNDER, account_id=UUID(int=2), name="Somebody else")
# What nobody has done yet when a company is new.
DONE_FIRST = (
    "add_agenda_item",
    "add_alternative",
    "change_planning_policy",
    "comment_on_intervention",
    "give_feedback",
    "issue_statement",
    "note_benchmark",
    "propose_terms",
    "record_expectation",
    "set_meeting_cadence",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """The columns in which canaries sit, and whose rows they are."""

    columns: frozenset[str]
    objects: Objects


async def planted_company(door: Door, objects: Objects) -> Planted:
    """Canaries everywhere; mails and pushes are collected from here on."""
    promised = replace(
        objects,
        own={**objects.own, **await promised_work(door, door.company.home)},
        foreign={**objects.foreign, **await promised_work(door, door.company.away)},
    )
    for name in DONE_FIRST:
        await done(door, promised, name)
    # No rate is ever rewritten.
    await done(door, promised, "set_cost_rates", {"work_hour": str(PRICE)})
    await mailing.collect(door.database, door.company.now)
    await push_outbox.collect(door.database, door.company.now)
    theirs = set(promised.foreign.values()) - set(promised.own.values())
    return Planted(frozenset(await plant(door.database, theirs)), promised)


async def done(
    door: Door, objects: Objects, name: str, more: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Take a write to its end, with this besides what it usually says."""
    operation = OPERATIONS[name]
    good = await ready(door, objects, operation)
    good.body.update(more)
    answer = await door.call(operation, good.who, good.ids, good.sent(operation, {}))
    assert answer.is_success, f"{name}: {answer.text}"


async def promised_work(door: Door, branch: Branch) -> Ids:
    """Work that is promised something today, with a stricter aim of ours, and its visit."""
    await promise_today(door, branch)
    intervention = await create(door, "report_intervention", branch)
    return {
        "intervention_id": intervention,
        "visit_id": await send(door, branch, intervention),
    }


async def promise_today(door: Door, branch: Branch) -> None:
    """An agreement in force around today."""
    today = door.company.now.date()
    body = AgreementBody.model_validate(
        {
            "number": f"TODAY-{branch.customer.code}",
            "customer_id": branch.customer.id,
            "name": "What holds today",
            "owner_name": "Jordi",
            "first_version": {
                "valid_from": today - timedelta(days=2),
                "valid_to": today + timedelta(days=3),
                "zone": ZONE,
                "terms": {"services": [{"service": "REPAIR"}], "clauses": [promise(door)]},
            },
        }
    )
    async with door.database.write() as session:
        made = await agreements.create_agreement(session, FOUNDER, body, door.company.now)
        await agreements.put_in_force(
            session,
            FOUNDER,
            COLLEAGUE,
            (made.id, made.versions[0].id),
            signing=signing(today, branch),
            now=door.company.now,
        )


def promise(door: Door) -> dict[str, object]:
    return {
        "service": "REPAIR",
        "severity": "S2",
        "clock": "response",
        "promise": {"kind": "seconds", "seconds": 14_400},
        "calendar_id": door.company.hours.id,
        "internal_percent": 50,
    }


def signing(today: date, branch: Branch) -> Signing:
    return Signing(
        content=b"%PDF-1.7",
        signed_on=today,
        signatories=[SignatoryBody(name="Núria", party=branch.customer.name)],
    )
