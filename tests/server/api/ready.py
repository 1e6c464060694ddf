"""What a write needs at this very moment, so that nothing but what a test spoils can refuse it.

Versions are read, and what an earlier call used up is made anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from server.accounts.queries import by_email
from server.accounts.schemas import Role
from server.interventions.evidence_uploads import CHUNK_TYPE
from tests.server.api.bodies import NOTHING, Body, bodies
from tests.server.api.callers import PUBLIC, QUERIES
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.objects import (
    Ids,
    Objects,
    aims,
    alternative,
    circulated,
    create,
    decision,
    deed,
    draft,
    followed,
    improvement,
    irritation,
    label,
    merged,
    negotiated,
    pause,
    plan_to_review,
    promised_photo,
    requirement,
    scenario_to_review,
    subscription,
    two_reports,
    wish,
)
from tests.server.api.operations import OPERATIONS, Operation
from tests.server.api.owed import (
    credit_note,
    credited_customer,
    ended,
    may_wait,
    missed_promise,
    unexcused,
)
from tests.server.pictures import PHOTO

# One's own preferences: the last change wins, no version is asked for.
UNVERSIONED = {"change_preferences"}
WITHDRAWING = "command_agreement_version"
OF_WHAT_IS_OWED = {"propose_excuse", "decide_excuse", "command_credit"}
OF_BILLING = {"issue_statement", "set_cost_rates"}
OF_EVIDENCE = {"send_evidence"}
OF_CHOICES = {"portal_choose"}
OF_VOICES = {
    "close_irritation",
    "command_improvement",
    "make_feedback_link",
    "answer_by_link",
}
OF_RESIDENTS = {"report_by_label", "tracked_survey"}
OF_PAPERS = {"upload_document_file"}
OF_TWO_REPORTS = {
    "merge_intervention",
    "separate_intervention",
    "tie_interventions",
    "untie_interventions",
}
OF_SCENARIOS = {"apply_scenario", "drop_scenario"}
OF_ACCOUNTS = {"change_api_key", "change_webhook", "invite_account", "accept_invitation"}
OF_THE_ROSTER = {"decide_absence", "change_calendar_feed"}
OF_WHAT_FOLLOWS = {
    "decide_agreement_change",
    "end_decision",
    "command_aim",
    "command_commitment",
}
OF_AN_AGREEMENT = OF_WHAT_FOLLOWS | {
    "add_agreement_version",
    "change_agreement_version",
    "command_agreement_version",
    "upload_agreement_file",
    "add_alternative",
    "change_requirement",
}
OF_TALKS = {
    "price_alternative",
    "choose_alternative",
    "propose_terms",
    "decide_proposal",
    "read_final_version",
    "answer_final_version",
}
# What is made anew for a write that uses it up.
CREATED = {
    "remove_webhook": ("webhook_id", "create_webhook"),
    "revoke_api_key": ("key_id", "create_api_key"),
    "remove_absence": ("absence_id", "record_absence"),
    "change_asset": ("asset_id", "create_asset"),
    "change_document": ("document_id", "create_document"),
    "remove_document": ("document_id", "create_document"),
}
MADE_ANEW = (
    OF_ACCOUNTS
    | OF_AN_AGREEMENT
    | OF_TALKS
    | OF_WHAT_IS_OWED
    | OF_BILLING
    | OF_EVIDENCE
    | OF_CHOICES
    | OF_VOICES
    | OF_RESIDENTS
    | OF_PAPERS
    | OF_TWO_REPORTS
    | OF_SCENARIOS
    | OF_THE_ROSTER
)


@dataclass(frozen=True, slots=True)
class Ready:
    """Who calls, on what, with which good body and version; or with bytes instead of a body."""

    who: str
    ids: Ids
    body: Body
    version: int | None
    file: bytes | None = None
    file_type: str = "application/pdf"

    def sent(self, operation: Operation, headers: Mapping[str, str]) -> Call:
        """What goes over the wire, with these headers beside."""
        kind = {} if self.file is None else {"Content-Type": self.file_type}
        return Call(
            body=self.body,
            query=QUERIES.get(operation.id, {}),
            version=self.version,
            headers={**headers, **kind},
            raw=self.file,
        )


def somebody(operation: Operation) -> str:
    """Whoever may call this and sees most."""
    if operation.roles == (PUBLIC,):
        return NOBODY
    return "admin" if "admin" in operation.roles else operation.roles[0]


async def ready(door: Door, objects: Objects, operation: Operation) -> Ready:
    """A call of this write that would succeed."""
    ids: Mapping[str, str] = objects.own
    body = await _body(door, operation)
    version = None
    if operation.id in MADE_ANEW:
        return await _made_for(door, operation, ids, body)
    match operation.id:
        case "command_intervention":
            ids = {**ids, "intervention_id": await create(door, "report_intervention")}
            body["base_version"] = await _version(door, "get_intervention", ids)
        case "record_pause":
            ids = {**ids, "intervention_id": await create(door, "report_intervention")}
            body["from_at"] = await _reported_at(door, ids)
        case "decide_pause":
            # Its reason always needs a second person.
            body["decision"] = "approved"
            ids = {**ids, "pause_id": await pause(door, door.company.home, "force_majeure")}
        case "assign_intervention":
            ids = {**ids, "intervention_id": await create(door, "report_intervention")}
        case "start_plan" | "start_plans":
            await _stop_planning(door)
        case "publish_plan" | "publish_plan_lines" | "cancel_plan" | "undo_deed":
            ids = {**ids, **await _to_use_up(door, operation)}
        case (
            "delete_shift"
            | "remove_absence"
            | "change_severity_matrix"
            | "remove_severity_matrix"
            | "unsubscribe_push"
            | "revoke_api_key"
            | "remove_webhook"
            | "change_asset"
            | "change_document"
            | "remove_document"
        ):
            ids = {**ids, **await _untouched(door, operation)}
            version = 1
        case changing if operation.method == "patch" and changing not in UNVERSIONED:
            version = await _version(door, changing.replace("change_", "get_"), ids)
    return Ready(somebody(operation), ids, body, version)


async def _of_choices(door: Door, operation: Operation, ids: Ids, _body: Body) -> Ready:
    """A job nobody was sent to, and the first time that may be chosen for it."""
    about = await create(door, "portal_report", who="manager")
    ids = {**ids, "intervention_id": await may_wait(door, about, ids)}
    answer = await door.call(OPERATIONS["portal_choices"], "manager", ids)
    first = answer.json()["items"][0]
    body = {"from_at": first["from_at"], "to_at": first["to_at"]}
    return Ready(somebody(operation), ids, body, None)


async def _of_accounts(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A key or a webhook nobody has changed, somebody not invited yet, a link that holds."""
    if operation.id == "change_webhook":
        ids = {**ids, "webhook_id": await create(door, "create_webhook")}
        return Ready(somebody(operation), ids, body, 1)
    if operation.id == "change_api_key":
        ids = {**ids, "key_id": await create(door, "create_api_key")}
        return Ready(somebody(operation), ids, body, 1)
    ids = {**ids, "account_id": await create(door, "create_account")}
    if operation.id == "accept_invitation":
        inviting = Call(body={"is_on": True}, version=1)
        link = await door.call(OPERATIONS["invite_account"], "admin", ids, inviting)
        return Ready(NOBODY, ids, body | {"token": link.json()["path"].split("/")[-1]}, None)
    return Ready(somebody(operation), ids, body, 1)


async def _of_the_roster(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A wish nobody has decided; a calendar, whose version is its technician's."""
    if operation.id == "change_calendar_feed":
        version = await _version(door, "get_technician", ids)
        return Ready(somebody(operation), ids, body, version)
    asked = await create(door, "request_absence", who="technician")
    return Ready(somebody(operation), {**ids, "absence_id": asked}, body, None)


async def _to_use_up(door: Door, operation: Operation) -> Ids:
    """Something that is done with once."""
    if operation.id == "undo_deed":
        return {"deed_id": await deed(door, door.company.home)}
    return {"plan_id": await plan_to_review(door)}


async def _of_two_reports(door: Door, operation: Operation, ids: Ids) -> Ready:
    """One report merged into another, taken apart again, or tied."""
    ids, other = await two_reports(door, ids)
    body: Body = {"other_id": other}
    if operation.id == "merge_intervention":
        body = {"into_id": other, "base_version": 1}
    elif operation.id == "separate_intervention":
        body = {"base_version": await merged(door, ids, other)}
    return Ready(somebody(operation), ids, body, None)


async def _untouched(door: Door, operation: Operation) -> Ids:
    """Something at its first version that nobody else needs."""
    if operation.id == "unsubscribe_push":
        return {"subscription_id": await subscription(door, door.company.home)}
    if operation.id in {"change_severity_matrix", "remove_severity_matrix"}:
        body = await _body(door, OPERATIONS["create_severity_matrix"])
        made = await door.call(OPERATIONS["create_severity_matrix"], "admin", sent=Call(body=body))
        return {"matrix_id": str(made.json()["id"])}
    kind, making = CREATED.get(operation.id, ("shift_id", "create_shift"))
    return {kind: await create(door, making)}


async def _made_for(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A write whose object an earlier call would have used up."""
    for kinds, making in (
        (OF_ACCOUNTS, _of_accounts),
        (OF_THE_ROSTER, _of_the_roster),
        (OF_AN_AGREEMENT | OF_TALKS, _of_an_agreement),
        (OF_PAPERS, _of_papers),
        (OF_BILLING, _of_billing),
        (OF_RESIDENTS, _of_residents),
        (OF_CHOICES, _of_choices),
    ):
        if operation.id in kinds:
            return await making(door, operation, ids, body)
    if operation.id in OF_TWO_REPORTS:
        return await _of_two_reports(door, operation, ids)
    if operation.id in OF_SCENARIOS:
        ids = {**ids, "scenario_id": await scenario_to_review(door, door.company.home)}
        return Ready(somebody(operation), ids, body, None)
    if operation.id in OF_VOICES:
        return await _of_voices(door, operation, ids, body)
    if operation.id in OF_EVIDENCE:
        ids = {**ids, "evidence_id": await promised_photo(door, ids)}
        return Ready(somebody(operation), ids, body, None, file=PHOTO, file_type=CHUNK_TYPE)
    return Ready(somebody(operation), {**ids, **await _owed(door, operation, ids)}, body, None)


async def _of_voices(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """Something nobody has answered; work that is over, and a link to say how it was."""
    if operation.id in {"make_feedback_link", "answer_by_link"}:
        about = await ended(door, await create(door, "report_intervention"))
        ids = {**ids, "intervention_id": about}
    else:
        ids = {**ids, "irritation_id": await irritation(door, ids)}
        ids = {**ids, "improvement_id": await improvement(door, ids)}
    if operation.id == "answer_by_link":
        made = await door.call(OPERATIONS["make_feedback_link"], "admin", ids, Call(body={}))
        body = body | {"token": made.json()["path"].split("/")[-1]}
    return Ready(somebody(operation), ids, body, None)


async def _of_residents(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A label of a lift; or a link to work that is over."""
    if operation.id == "report_by_label":
        body = body | {"token": await label(door, door.company.home)}
    else:
        token, about = await followed(door, door.company.home)
        await ended(door, about)
        body = body | {"token": token}
    return Ready(somebody(operation), ids, body, None)


async def _owed(door: Door, operation: Operation, ids: Ids) -> Ids:
    """A breach nobody has excused, an excuse nobody has decided, a note nobody has checked."""
    home = door.company.home
    match operation.id:
        case "propose_excuse":
            return {"breach_id": await unexcused(door, home, ids["intervention_id"])}
        case "decide_excuse":
            return await missed_promise(door, home, ids["intervention_id"])
    return {"credit_id": await credit_note(door, home, ids)}


async def _of_papers(_door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A document's file."""
    return Ready(somebody(operation), ids, body, None, file=b"%PDF-1.7")


async def _of_billing(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A new customer who is owed something, or the rates that hold now."""
    if operation.id == "issue_statement":
        customer_id = await create(door, "create_customer")
        await credited_customer(door, customer_id, ids)
        body = body | {"customer_id": customer_id}
    else:
        held = await door.call(OPERATIONS["cost_rates"], "admin")
        body = body | {"base_number": held.json()["number"]}
    return Ready(somebody(operation), ids, body, None)


async def _of_an_agreement(door: Door, operation: Operation, ids: Ids, body: Body) -> Ready:
    """A write on a draft of a new customer, or on a wish nobody has decided."""
    who = somebody(operation)
    if operation.id == "decide_agreement_change":
        ids = {**ids, "request_id": await wish(door, ids)}
    if operation.id == "end_decision":
        ids = {**ids, **await decision(door, ids)}
    if operation.id in {"command_aim", "command_commitment"}:
        ids = {**ids, **await aims(door, ids)}
    if operation.id in OF_WHAT_FOLLOWS:
        return Ready(who, ids, body, None)
    if operation.id in OF_TALKS:
        return Ready(who, {**ids, **await _talks(door, operation, who)}, body, None)
    ids = {**ids, **await draft(door)}
    match operation.id:
        case "change_requirement":
            return Ready(who, {**ids, "requirement_id": await requirement(door, ids)}, body, 1)
        case "add_agreement_version":
            withdrawing = Call(body=bodies(door.company, next(door.numbers))[WITHDRAWING])
            await door.call(OPERATIONS[WITHDRAWING], "admin", ids, withdrawing)
        case "change_agreement_version":
            return Ready(who, ids, body, 1)
        case "upload_agreement_file":
            return Ready(who, ids, body, None, file=b"%PDF-1.7")
    return Ready(who, ids, body, None)


async def _talks(door: Door, operation: Operation, who: str) -> Ids:
    """A draft that is negotiated, something to choose, or a version this caller is asked about."""
    if "alternative" in operation.id:
        return await alternative(door)
    if "proposal" in operation.id or "propose" in operation.id:
        return await negotiated(door)
    asked = {who, "admin", "dispatcher"}
    return await circulated(door, [await _account_of(door, each) for each in sorted(asked)])


async def _account_of(door: Door, who: str) -> str:
    """The account somebody has here."""
    async with door.database.read() as session:
        account = await by_email(session, door.company.emails[Role(who)])
    assert account is not None
    return str(account.id)


async def _body(door: Door, operation: Operation) -> Body:
    """A body no earlier call has used up."""
    body = dict(bodies(door.company, next(door.numbers)).get(operation.id, {}))
    match operation.id:
        case "sign_in":
            body["email"] = await _new_person(door)
        case "create_agreement" | "create_severity_matrix":
            body["customer_id"] = await create(door, "create_customer")
        case "open_improvement":
            body["region_id"] = str(door.company.valley.id)
        case "raise_irritation":
            body["intervention_id"] = await create(door, "report_intervention")
        case "give_feedback":
            body["intervention_id"] = await ended(door, await create(door, "report_intervention"))
        case "place_visits":
            body["rows"] = [{"intervention_id": await create(door, "report_intervention")}]
        case "publish_plan_lines":
            body["intervention_ids"] = [NOTHING]  # the one line of the plan to review
        case "see_alarm":
            body["alarm"] = f"entrapment:{await _trapped(door)}"
        case "create_service":
            body |= await _unserved(door)
    return body


async def _trapped(door: Door) -> str:
    """Somebody is trapped at home, and nobody goes yet; the id of the call."""
    body = dict(bodies(door.company, next(door.numbers))["report_intervention"])
    call = Call(body=body | {"severity": "S1"})
    return str(
        (await door.call(OPERATIONS["report_intervention"], "admin", sent=call)).json()["id"]
    )


async def _version(door: Door, reading: str, ids: Ids) -> int:
    operation = OPERATIONS[reading]
    answer = await door.call(operation, somebody(operation), ids)
    assert answer.is_success, answer.text
    return int(answer.json()["version"])


async def _reported_at(door: Door, ids: Ids) -> str:
    operation = OPERATIONS["get_intervention"]
    answer = await door.call(operation, somebody(operation), ids)
    return str(answer.json()["reported_at"])


async def _new_person(door: Door) -> str:
    """Nobody has tried their door before; the e-mail address."""
    body = bodies(door.company, next(door.numbers))["create_account"]
    answer = await door.call(OPERATIONS["create_account"], "admin", sent=Call(body=body))
    return str(answer.json()["email"])


async def _unserved(door: Door) -> Body:
    """A kind of work on a kind of asset for which there is no service yet."""
    listed = await door.call(OPERATIONS["list_services"], "admin")
    taken = {(each["work_type"], each["asset_kind"]) for each in listed.json()["items"]}
    for number in range(len(taken) + 1):
        body = bodies(door.company, number)["create_service"]
        if (body["work_type"], body["asset_kind"]) not in taken:
            return {name: body[name] for name in ("work_type", "asset_kind")}
    raise AssertionError(taken)


async def _stop_planning(door: Door) -> None:
    plans = (await door.call(OPERATIONS["list_plans"], "admin")).json()["items"]
    for plan in plans:
        if plan["status"] == "running":
            cancelled = {"plan_id": plan["id"]}
            await door.call(OPERATIONS["cancel_plan"], "admin", cancelled, Call())
