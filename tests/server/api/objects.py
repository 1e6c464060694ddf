"""One object of each kind at home and one away: what a caller may see, and what looks unknown.

Made through the API itself, by the administrator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, select

from server.accounts import queries as accounts
from server.accounts.schemas import Role
from server.accounts.secrets import fingerprint
from server.agreements import actions as agreements
from server.agreements.actions import Signing
from server.agreements.schemas import SignatoryBody
from server.agreements.tables import AgreementVersion
from server.interventions import pause_actions
from server.interventions.booking import Booking, assign
from server.interventions.schemas import PauseBody
from server.kit.clock import Clock
from server.kit.database import Session
from server.notifications import push_actions as pushes
from server.notifications.push_endpoints import PushServices
from server.notifications.push_schemas import SubscriptionBody
from server.planning import actions as plans
from server.planning.lines import Step
from server.planning.outcome import stored_steps
from server.planning.scenario_schemas import ScenarioFiguresOut, ScenarioResultOut
from server.planning.scenario_tables import Scenario
from server.planning.schemas import PlanBody, PlanDiffOut, PlanMeasuresOut
from server.planning.tables import Plan
from server.residents.tables import PublicTry, TrackingLink
from tests.server.api.bodies import NOTHING, bodies
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.operations import OPERATIONS
from tests.server.api.owed import credit_note, missed_promise
from tests.server.company import FOUNDER, Branch
from tests.server.pictures import PHOTO, promised, send_whole

UNKNOWN = UUID("00000000-0000-4000-8000-000000000000")
STILL = PlanMeasuresOut(0, 0, 0, 0, 0, 0)
Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Objects:
    """Ids by the name of the path parameter that takes them."""

    own: Ids
    foreign: Ids
    unknown: Ids


async def made(door: Door) -> Objects:
    company = door.company
    own = await _of(door, company.home)
    foreign = await _of(door, company.away)
    return Objects(own, foreign, dict.fromkeys(own, str(UNKNOWN)))


async def _of(door: Door, branch: Branch) -> Ids:
    ids = {
        "region_id": str(branch.site.region_id),
        "calendar_id": str(door.company.hours.id),
        "service_id": str(door.company.services["REPAIR"].id),
        "customer_id": str(branch.customer.id),
        "site_id": str(branch.site.id),
        "asset_id": str(branch.lift.id),
        "technician_id": str(branch.technician.id),
    }
    ids["account_id"] = await create(door, "create_account", branch)
    ids["key_id"] = await create(door, "create_api_key", branch)
    ids["webhook_id"] = await create(door, "create_webhook", branch)
    ids["delivery_id"] = await tried(door, ids)
    ids["part_id"] = await create(door, "create_part", branch)
    ids["document_id"] = await paper(door, branch)
    ids["matrix_id"] = await create(door, "create_severity_matrix", branch)
    ids["shift_id"] = await create(door, "create_shift", branch)
    ids["absence_id"] = await create(door, "record_absence", branch)
    ids |= await agreement_in_force(door, branch)
    ids["intervention_id"] = await create(door, "report_intervention", branch)
    ids["pause_id"] = await pause(door, branch, "no_access")
    ids["visit_id"] = await send(door, branch, ids["intervention_id"])
    ids["evidence_id"] = await taken_photo(door, ids)
    ids["photo_id"] = await reported_photo(door, branch)
    ids["irritation_id"] = await irritation(door, ids)
    ids["improvement_id"] = await improvement(door, ids)
    ids["deed_id"] = await deed(door, branch)
    ids["plan_id"] = await discarded_plan(door, branch)
    ids["scenario_id"] = await scenario_to_review(door, branch)
    ids["trial_id"] = await create(door, "start_trial", branch)
    ids |= await missed_promise(door, branch, ids["intervention_id"])
    ids["credit_id"] = await credit_note(door, branch, ids)
    ids["subscription_id"] = await subscription(door, branch)
    return ids


async def paper(door: Door, branch: Branch) -> str:
    """A document with its file; its id."""
    made = {"document_id": await create(door, "create_document", branch)}
    kind = {"Content-Type": "application/pdf"}
    sent = Call(query={"name": "certificate.pdf"}, headers=kind, raw=b"%PDF-1.7")
    answer = await door.call(OPERATIONS["upload_document_file"], "admin", made, sent)
    assert answer.is_success, answer.text
    return made["document_id"]


async def tried(door: Door, ids: Ids) -> str:
    """A call to a webhook that somebody tries out; its id."""
    return str((await door.call(OPERATIONS["try_webhook"], "admin", ids)).json()["id"])


async def label(door: Door, branch: Branch) -> str:
    """What stands on a new label of a branch's lift."""
    body = {"asset_ids": [str(branch.lift.id)]}
    answer = await door.call(OPERATIONS["make_labels"], "admin", sent=Call(body=body))
    assert answer.is_success, answer.text
    async with door.database.write() as session:
        # All tests knock from one address, more often than people do.
        await session.execute(delete(PublicTry))
    return str(answer.json()["labels"][0]["path"].rpartition("#")[2])


async def followed(door: Door, branch: Branch) -> tuple[str, str]:
    """A fault reported by a label: the link to follow it, and its intervention's id."""
    body = bodies(door.company, next(door.numbers))["report_by_label"]
    call = Call(body=body | {"token": await label(door, branch)})
    answer = await door.call(OPERATIONS["report_by_label"], NOBODY, sent=call)
    assert answer.is_success, answer.text
    token = str(answer.json()["path"].rpartition("/")[2])
    about = select(TrackingLink.intervention_id)
    async with door.database.read() as session:
        found = await session.scalar(about.where(TrackingLink.token_hash == fingerprint(token)))
    return token, str(found)


async def reported_photo(door: Door, branch: Branch) -> str:
    """A photo that came with a report by the label; its id."""
    _, about = await followed(door, branch)
    asking = OPERATIONS["report_photos"]
    answer = await door.call(asking, "admin", {"intervention_id": about})
    return str(answer.json()["photos"][-1]["id"])


async def irritation(door: Door, ids: Ids) -> str:
    """Something somebody wants talked about; its id."""
    body = bodies(door.company, next(door.numbers))["raise_irritation"]
    call = Call(body=body | {"intervention_id": ids["intervention_id"]})
    return str((await door.call(OPERATIONS["raise_irritation"], "admin", sent=call)).json()["id"])


async def improvement(door: Door, ids: Ids) -> str:
    """What is to become better about an irritation; its id."""
    body = bodies(door.company, next(door.numbers))["open_improvement"]
    call = Call(body=body | {"irritation_ids": [await irritation(door, ids)]})
    return str((await door.call(OPERATIONS["open_improvement"], "admin", sent=call)).json()["id"])


async def subscription(door: Door, branch: Branch) -> str:
    """A phone that is reached: the technician's at home, somebody else's away; its id."""
    role = Role.TECHNICIAN if branch is door.company.home else Role.AUDITOR
    data = SubscriptionBody(**bodies(door.company, next(door.numbers))["subscribe_push"])
    now = door.company.now
    async with door.database.write() as session:
        account = await accounts.by_email(session, door.company.emails[role])
        assert account is not None
        scope = accounts.scope_of(account)
        made = await pushes.subscribe(session, scope, data, PushServices(), opened=None, now=now)
    return str(made.id)


async def create(
    door: Door, operation_id: str, branch: Branch | None = None, *, who: str = "admin"
) -> str:
    """Create something in a branch; its id."""
    body = bodies(door.company, next(door.numbers), branch)[operation_id]
    answer = await door.call(OPERATIONS[operation_id], who, sent=Call(body=body))
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def two_reports(door: Door, ids: Ids) -> tuple[Ids, str]:
    """A report, and one before it about the same lift, into which it can be merged."""
    first = await create(door, "report_intervention")
    return {**ids, "intervention_id": await create(door, "report_intervention")}, first


async def merged(door: Door, ids: Ids, into: str) -> int:
    """Merge a report; its version then."""
    body = {"into_id": into, "base_version": 1}
    answer = await door.call(OPERATIONS["merge_intervention"], "admin", ids, Call(body=body))
    assert answer.is_success, answer.text
    seen = await door.call(OPERATIONS["get_intervention"], "admin", ids)
    return int(seen.json()["version"])


async def agreement_in_force(door: Door, branch: Branch) -> dict[str, str]:
    """An agreement in force with its version, its signed file, and a wish to change it."""
    made = {"agreement_id": await create(door, "create_agreement", branch)}
    agreement_id = UUID(made["agreement_id"])
    signing = Signing(
        content=b"%PDF-1.7",
        signed_on=door.company.now.date(),
        signatories=[SignatoryBody(name="Núria", party=branch.customer.name)],
    )
    async with door.database.write() as session:
        draft = await drafted(session, agreement_id)
        held = await agreements.put_in_force(
            session,
            FOUNDER,
            FOUNDER,
            (agreement_id, draft),
            signing=signing,
            now=door.company.now,
        )
    (version,) = held.versions
    assert version.signed_file is not None
    made |= {"version_id": str(version.id), "file_id": str(version.signed_file.id)}
    made |= {"request_id": await wish(door, made), "proposal_id": str(uuid4())}
    made["alternative_id"] = str(uuid4())
    made |= await decision(door, made)
    made |= await aims(door, made)
    return made | {"requirement_id": await requirement(door, made)}


async def drafted(session: Session, agreement_id: UUID) -> UUID:
    """The id of an agreement's first version."""
    query = select(AgreementVersion.id).where(AgreementVersion.agreement_id == agreement_id)
    return (await session.scalars(query)).one()


async def aims(door: Door, ids: Ids) -> dict[str, str]:
    """Something to be reached and something that comes back, both by id."""
    written = bodies(door.company, next(door.numbers))
    found = {}
    for operation, items, id_ in (
        ("set_aim", "key_results", "aim_id"),
        ("make_commitment", "items", "commitment_id"),
    ):
        made = await door.call(OPERATIONS[operation], "admin", ids, Call(body=written[operation]))
        assert made.is_success, made.text
        found[id_] = str(made.json()[items][-1]["id"])
    return found


async def decision(door: Door, ids: Ids) -> dict[str, str]:
    """A meeting about an agreement and what it decided, both by id."""
    written = bodies(door.company, next(door.numbers))
    holding = Call(body=written["hold_agreement_review"])
    held = await door.call(OPERATIONS["hold_agreement_review"], "admin", ids, holding)
    assert held.is_success, held.text
    about = {"review_id": str(held.json()["held"][0]["id"])}
    deciding = Call(body=written["record_decision"])
    made = await door.call(OPERATIONS["record_decision"], "admin", {**ids, **about}, deciding)
    assert made.is_success, made.text
    return about | {"decision_id": str(made.json()["id"])}


async def requirement(door: Door, ids: Ids) -> str:
    """Something an agreement has to say; its id."""
    body = bodies(door.company, next(door.numbers))["record_requirement"]
    answer = await door.call(OPERATIONS["record_requirement"], "admin", ids, Call(body=body))
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def take_step(door: Door, ids: Ids, kind: str, who: str = "admin", **more: object) -> None:
    """A step with a version, as it is stored now."""
    found = (await door.call(OPERATIONS["get_agreement"], "admin", ids)).json()
    body = {"kind": kind, "base_version": found["versions"][-1]["version"]} | more
    call = Call(body=body)
    answer = await door.call(OPERATIONS["command_agreement_version"], who, ids, call)
    assert answer.is_success, answer.text


async def negotiated(door: Door) -> dict[str, str]:
    """A draft of a new customer that is negotiated, with a proposal; all their ids."""
    ids = await draft(door)
    for what in ("record_expectation", "propose_terms"):
        if what == "propose_terms":
            await take_step(door, ids, "negotiate")
        body = bodies(door.company, next(door.numbers))[what]
        answer = await door.call(OPERATIONS[what], "admin", ids, Call(body=body))
        assert answer.is_success, answer.text
    return ids | {"proposal_id": str(answer.json()["id"])}


async def circulated(door: Door, account_ids: Iterable[str]) -> dict[str, str]:
    """A version of a new customer that somebody of ours is asked about."""
    ids = await draft(door)
    await take_step(door, ids, "verify", "experience")
    people = [{"account_id": each, "side": "provider"} for each in account_ids]
    people.append({"name": "Núria", "side": "customer"})
    await take_step(door, ids, "circulate", recipients=people)
    return ids


async def alternative(door: Door) -> dict[str, str]:
    """A draft of a new customer with something to choose; all their ids."""
    ids = await draft(door)
    body = bodies(door.company, next(door.numbers))["add_alternative"]
    answer = await door.call(OPERATIONS["add_alternative"], "admin", ids, Call(body=body))
    assert answer.is_success, answer.text
    return ids | {"alternative_id": str(answer.json()["id"])}


async def wish(door: Door, ids: Ids) -> str:
    """Ask for a change of an agreement; the id of the wish."""
    body = bodies(door.company, next(door.numbers))["ask_agreement_change"]
    asking = OPERATIONS["ask_agreement_change"]
    answer = await door.call(asking, "admin", ids, Call(body=body))
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def draft(door: Door) -> dict[str, str]:
    """An agreement of a new customer, still a draft; its id and its version's."""
    body = dict(bodies(door.company, next(door.numbers))["create_agreement"])
    body["customer_id"] = await create(door, "create_customer")
    answer = await door.call(OPERATIONS["create_agreement"], "admin", sent=Call(body=body))
    made = answer.json()
    return {"agreement_id": made["id"], "version_id": made["versions"][0]["id"]}


async def send(door: Door, branch: Branch, intervention_id: str) -> str:
    """Send the branch's technician, at an hour nobody else was given; the id of the visit."""
    starts = door.company.now + timedelta(hours=next(door.numbers))
    booking = Booking(
        technician_id=branch.technician.id,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        travel_seconds=600,
    )
    async with door.database.write() as session:
        visit = await assign(session, FOUNDER, UUID(intervention_id), booking, now=door.company.now)
    return str(visit.id)


async def deed(door: Door, branch: Branch) -> str:
    """Somebody was sent from the board, which can be undone; the id of the deed."""
    ids = {"intervention_id": await create(door, "report_intervention", branch)}
    body = bodies(door.company, next(door.numbers), branch)["assign_intervention"]
    sent = await door.call(OPERATIONS["assign_intervention"], "admin", ids, Call(body=body))
    assert sent.is_success, sent.text
    asked = Call(query={"region_id": str(branch.site.region_id)})
    listed = await door.call(OPERATIONS["list_deeds"], "admin", sent=asked)
    return str(listed.json()["deeds"][0]["id"])


async def promised_photo(door: Door, ids: Ids) -> str:
    """A photo named in a note to a visit; its id."""
    photo = promised()
    body = dict(bodies(door.company, next(door.numbers))["command_visit"])
    body |= {"kind": "note", "payload": {"files": [photo.model_dump(mode="json")]}}
    answer = await door.call(OPERATIONS["command_visit"], "admin", ids, Call(body=body))
    assert answer.is_success, answer.text
    return str(photo.id)


async def taken_photo(door: Door, ids: Ids) -> str:
    """One that has arrived; its id."""
    photo_id = await promised_photo(door, ids)
    key = (UUID(ids["visit_id"]), UUID(photo_id))
    await send_whole(door.database, FOUNDER, key, PHOTO, door.company.now)
    return photo_id


async def pause(door: Door, branch: Branch, reason: str) -> str:
    """A pause of some work in a branch that began just now; its id."""
    intervention_id = await create(door, "report_intervention", branch)
    now = Clock().now()
    body = PauseBody(reason=reason, evidence="The road is closed.", from_at=now)
    async with door.database.write() as session:
        held = await pause_actions.record(session, FOUNDER, UUID(intervention_id), body, now)
    return str(held.pauses[0].id)


async def discarded_plan(door: Door, branch: Branch) -> str:
    """A plan of the branch's region that was discarded; its id."""
    now = door.company.now
    async with door.database.write() as session:
        body = PlanBody(region_id=branch.site.region_id)
        started = await plans.start(session, FOUNDER, body, now)
        await plans.cancel(session, FOUNDER, started.id, now)
    return str(started.id)


async def scenario_to_review(door: Door, branch: Branch) -> str:
    """What would come of a storm, worked out and of no consequence; its id."""
    now = door.company.now
    figures = ScenarioFiguresOut(STILL, {}, 0, 0)
    result = ScenarioResultOut(figures, figures, figures, 1, PlanDiffOut([], [], STILL, STILL, 0))
    row = Scenario(
        region_id=branch.site.region_id,
        day=now.date(),
        status="ready",
        supposed=[{"kind": "storm", "calls": 1}],
        seconds=1,
        seed=0,
        requested_at=now,
        requested_by=FOUNDER.account_id,
        requested_by_name=FOUNDER.name,
        result=msgspec.to_builtins(result),
        steps=[],
    )
    async with door.database.write() as session:
        session.add(row)
    return str(row.id)


async def plan_to_review(door: Door) -> str:
    """A plan with one line, about work that is gone, so that it would change nothing; its id."""
    now = door.company.now
    row = Plan(
        region_id=door.company.valley.id,
        day=now.date(),
        status="ready",
        seconds=1,
        seed=0,
        requested_at=now,
        requested_by=FOUNDER.account_id,
        finished_at=now,
        trace=[],
        diff=msgspec.to_builtins(PlanDiffOut([], [], STILL, STILL, 0)),
        steps=stored_steps([Step(UUID(NOTHING), visit_id=UNKNOWN)]),
    )
    async with door.database.write() as session:
        session.add(row)
    return str(row.id)
