"""The steps in a version's life: a table of the core says which, what they write is here.

Writing drafts is done in `actions`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dispatch.agreements import (
    BY_ITSELF,
    VersionCommand,
    VersionMoveNotAllowed,
    VersionStatus,
    move_version,
)
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.amending import require_free, require_notice, running_version
from server.agreements.documents import stored
from server.agreements.expectations import require_expectation
from server.agreements.final_review import send_out
from server.agreements.findings import BLANKET, blankets, require_no_contradiction
from server.agreements.owners import require_owner
from server.agreements.problems import ApprovalMissing, NotOverYet
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.schemas import AgreementOut, VersionCommandBody
from server.agreements.shown import is_first_person, is_still_in_force
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.turns import local_today, take_turn, tell, touch
from server.kit.database import Session
from server.kit.problems import Invalid, SecondPersonNeeded
from server.kit.work import require_version

TOLD_AS: Mapping[VersionCommand, str] = {
    VersionCommand.NEGOTIATE: "agreement_version_negotiated",
    VersionCommand.VERIFY: "agreement_version_verified",
    VersionCommand.SEND_BACK: "agreement_version_sent_back",
    VersionCommand.CIRCULATE: "agreement_version_circulated",
    VersionCommand.SIGN: "agreement_version_signed",
    VersionCommand.ACTIVATE: "agreement_version_activated",
    VersionCommand.WITHDRAW: "agreement_version_withdrawn",
    VersionCommand.SUPERSEDE: "agreement_version_superseded",
    VersionCommand.REQUEST_TERMINATION: "agreement_version_termination_requested",
    VersionCommand.LIFT_HOLD: "agreement_version_hold_lifted",
    VersionCommand.CONFIRM_TERMINATION: "agreement_version_terminated",
    VersionCommand.CLOSE: "agreement_version_closed",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is being taken: by whom, when, with which words and papers."""

    session: Session
    scope: Scope
    agreement: Agreement
    row: AgreementVersion
    data: VersionCommandBody
    now: datetime

    @property
    def today(self) -> date:
        return local_today(self.row, self.now)


async def command_version(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: VersionCommandBody,
    *,
    now: datetime,
) -> AgreementOut:
    """Take one step with a version the caller saw; `ids` are the agreement's and the version's."""
    agreement, row = await queries.version_row(session, scope, *ids)
    await take_turn(session, agreement.customer_id)
    await session.refresh(agreement)
    await session.refresh(row)
    require_version(row.version, data.base_version)
    command = VersionCommand(data.kind)
    status = move_version(VersionStatus(row.status), command)
    if command in BY_ITSELF:
        raise VersionMoveNotAllowed(VersionStatus(row.status), command)
    if is_first_person(scope, row, command):
        raise SecondPersonNeeded
    step = Step(session, scope, agreement, row, data, now)
    await WRITES[command](step)
    row.status = status.value
    await touch(session, agreement)
    await tell(session, scope, agreement, TOLD_AS[command], now=now, version=row)
    return await queries.agreement(session, scope, agreement.id, now.date())


async def _negotiate(step: Step) -> None:
    await require_expectation(step.session, step.agreement.id)


async def _verify(step: Step) -> None:
    await require_owner(step.session, step.agreement)
    await require_no_contradiction(step.session, step.agreement, step.row)
    await _explain_blanket(step)
    step.row.verified_by = step.scope.name
    step.row.verified_at = step.now


async def _explain_blanket(step: Step) -> None:
    """One time for places that are reached differently holds only with somebody's word why."""
    row = step.row
    if row.blanket_reason or not await blankets(step.session, step.agreement, row):
        return
    if not step.data.reason:
        sentence = "Say why one time is meant for regions that are reached differently."
        raise Invalid([Fault("reason", BLANKET, sentence)])
    row.blanket_reason, row.blanket_reason_by = step.data.reason, step.scope.name


async def _send_back(step: Step) -> None:
    row = step.row
    row.verified_by, row.verified_at = "", None
    row.blanket_reason, row.blanket_reason_by = "", ""
    row.approved_by, row.approved_at = "", None


async def _circulate(step: Step) -> None:
    recipients = step.data.recipients
    await send_out(step.session, step.agreement, step.row, recipients, now=step.now)


async def _sign(step: Step) -> None:
    data, row = step.data, step.row
    files = await queries.files_of(step.session, [row.id])
    faults = []
    if data.file_id not in {file.id for file in files.get(row.id, ())}:
        sentence = "Hand in the signed file with this version first."
        faults.append(Fault("file_id", "missing" if data.file_id is None else "unknown", sentence))
    if data.signed_on is None:
        faults.append(Fault("signed_on", "missing", "Say on which day it was signed."))
    elif data.signed_on > step.today:
        faults.append(Fault("signed_on", "in_the_future", "Nobody has signed tomorrow yet."))
    if not data.signatories:
        faults.append(Fault("signatories", "missing", "Say who signed."))
    if faults:
        raise Invalid(faults)
    row.signed_file_id = data.file_id
    row.signed_on = data.signed_on
    row.signatories = [stored(each) for each in data.signatories]
    _note_approval(step)


def _note_approval(step: Step) -> None:
    """Who approved for the customer, unless a final review has told already."""
    row, name = step.row, step.data.approved_by
    if not name or row.approved_by:
        return
    if name not in {each["name"] for each in row.signatories}:
        sentence = "Whoever approves for the customer is among those who signed."
        raise Invalid([Fault("approved_by", "unknown", sentence)])
    row.approved_by, row.approved_at = name, step.now


async def _activate(step: Step) -> None:
    """Come into force; the version that held until now ends the day this one begins."""
    row = step.row
    _note_approval(step)
    is_for_a_customer = step.agreement.customer_id is not None
    if is_for_a_customer and step.agreement.kind == CUSTOMER_KIND and not row.approved_by:
        raise ApprovalMissing
    running = await running_version(step.session, step.agreement, besides=row)
    require_notice(running, row.valid_from, row.written_at)
    await require_free(step.session, step.agreement, row)
    await require_no_contradiction(step.session, step.agreement, row)
    await _explain_blanket(step)
    if running is not None:
        status = move_version(VersionStatus(running.status), VersionCommand.SUPERSEDE)
        running.status = status.value
        if running.valid_to is None or running.valid_to > row.valid_from:
            running.valid_to = row.valid_from
        # The old one has to make room before the new one takes it: the database keeps them apart.
        await step.session.flush()
        kind = TOLD_AS[VersionCommand.SUPERSEDE]
        await tell(step.session, step.scope, step.agreement, kind, now=step.now, version=running)
    row.activated_by = step.scope.name
    row.activated_at = step.now


async def _request_termination(step: Step) -> None:
    data, row = step.data, step.row
    faults = [] if data.reason else [Fault("reason", "missing", "Say why it shall end.")]
    faults += [] if data.ends_on is None else _ending_faults(step, data.ends_on)
    if data.ends_on is None:
        faults.append(Fault("ends_on", "missing", "Say on which day it shall end."))
    if faults:
        raise Invalid(faults)
    row.ends_on = data.ends_on
    row.termination_reason = data.reason
    row.termination_requested_by_id = step.scope.account_id
    row.termination_requested_by = step.scope.name
    row.termination_requested_at = step.now


def _ending_faults(step: Step, ends_on: date) -> list[Fault]:
    row = step.row
    earliest = step.today + timedelta(days=row.terms["amendment"]["notice_days"])
    earliest = max(earliest, row.valid_from + timedelta(days=1))
    if ends_on < earliest:
        sentence = f"With the notice agreed it can end on {earliest} at the earliest."
        return [Fault("ends_on", "notice_too_short", sentence)]
    if row.valid_to is not None and ends_on > row.valid_to:
        sentence = f"It ends on {row.valid_to} already."
        return [Fault("ends_on", "ends_before", sentence)]
    return []


async def _lift_hold(step: Step) -> None:
    row = step.row
    row.ends_on = None
    row.termination_reason = ""
    row.termination_requested_by_id = None
    row.termination_requested_by = ""
    row.termination_requested_at = None


async def _confirm_termination(step: Step) -> None:
    row = step.row
    row.valid_to = row.ends_on
    row.terminated_by = step.scope.name
    row.terminated_at = step.now


async def _close(step: Step) -> None:
    if is_still_in_force(step.row, step.today):
        raise NotOverYet(ends_on=str(step.row.valid_to))
    step.row.closed_at = step.now


async def _withdraw(_step: Step) -> None:
    """A withdrawn draft is kept as it is: its words may be asked for."""


WRITES: Mapping[VersionCommand, Callable[[Step], Awaitable[None]]] = {
    VersionCommand.NEGOTIATE: _negotiate,
    VersionCommand.VERIFY: _verify,
    VersionCommand.SEND_BACK: _send_back,
    VersionCommand.CIRCULATE: _circulate,
    VersionCommand.SIGN: _sign,
    VersionCommand.ACTIVATE: _activate,
    VersionCommand.WITHDRAW: _withdraw,
    VersionCommand.REQUEST_TERMINATION: _request_termination,
    VersionCommand.LIFT_HOLD: _lift_hold,
    VersionCommand.CONFIRM_TERMINATION: _confirm_termination,
    VersionCommand.CLOSE: _close,
}
