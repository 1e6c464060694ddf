"""What people do with a credit note: check, approve, drop, and take an approved one back.

An approved note has a number without gaps and never changes; only a counter note takes it back.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements.tables import AgreementVersion
from server.credits import queries
from server.credits.months import month_from
from server.credits.problems import AlreadyCountered, CreditMoveNotAllowed
from server.credits.proposing import propose as propose_month
from server.credits.schemas import CreditCommandBody, CreditNoteOut, ProposeBody, ProposedOut
from server.credits.tables import CreditNote
from server.interventions.numbering import NEXT
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid, SecondPersonNeeded
from server.kit.work import require_version

NEEDS_REASON = frozenset({"drop", "counter"})
NO_REASON = Fault("reason", "reason_missing", "Say why: it is kept with the credit note.")


async def propose(session: Session, scope: Scope, data: ProposeBody, now: datetime) -> ProposedOut:
    """Propose what a finished month owes."""
    month = month_from(data.month)
    notes = await propose_month(session, scope.actor, month, now)
    return ProposedOut(str(month), await queries.shown_credits(session, scope, notes))


async def command_credit(
    session: Session, scope: Scope, credit_id: UUID, data: CreditCommandBody, now: datetime
) -> CreditNoteOut:
    """Move a note on; countering one answers with the note that takes it back."""
    note = await queries.credit_row(session, scope, credit_id, lock=True)
    require_version(note.version, data.base_version)
    if data.kind not in queries.MOVES[note.status] or (data.kind == "counter" and note.counters_id):
        raise CreditMoveNotAllowed(note.status, queries.MOVES[note.status])
    if data.kind in NEEDS_REASON and not data.reason:
        raise Invalid([NO_REASON])
    moved = await _ACTS[data.kind](session, scope, note, data.reason, now)
    await session.flush()
    facts = {"credit_id": str(moved.id), "number": moved.number or ""}
    what = Happening(_ANNOUNCED_AS[data.kind], About(), facts)
    await announce(session, scope.actor, now, what)
    return (await queries.shown_credits(session, scope, [moved]))[0]


async def _check(
    session: Session, scope: Scope, note: CreditNote, reason: str, now: datetime
) -> CreditNote:
    del session, reason
    note.status = "checked"
    note.checked_at, note.checked_by, note.checked_by_name = now, scope.account_id, scope.name
    return note


async def _approve(
    session: Session, scope: Scope, note: CreditNote, reason: str, now: datetime
) -> CreditNote:
    """Give the note its number, in the transaction that approves it: a refusal leaves no gap."""
    del reason
    if note.checked_by == scope.account_id:
        raise SecondPersonNeeded
    version = await session.get_one(AgreementVersion, note.agreement_version_id)
    year = now.astimezone(ZoneInfo(version.zone)).year
    last = await session.scalar(NEXT, {"name": f"credit-note-{year}"})
    note.status, note.number = "approved", f"CN-{year}-{last:04}"
    note.approved_at, note.approved_by, note.approved_by_name = now, scope.account_id, scope.name
    return note


async def _drop(
    session: Session, scope: Scope, note: CreditNote, reason: str, now: datetime
) -> CreditNote:
    del session, scope, now
    note.status, note.reason = "dropped", reason
    return note


async def _counter(
    session: Session, scope: Scope, note: CreditNote, reason: str, now: datetime
) -> CreditNote:
    """A new note that takes this one back; it is checked and approved like any other."""
    taken_back = exists().where(CreditNote.counters_id == note.id, CreditNote.status != "dropped")
    if await session.scalar(select(taken_back)):
        raise AlreadyCountered
    counter = CreditNote(
        status="proposed",
        customer_id=note.customer_id,
        agreement_version_id=note.agreement_version_id,
        unit=note.unit,
        unit_id=note.unit_id,
        month=note.month,
        currency=note.currency,
        fee=note.fee,
        amount=-note.amount,
        lines=[{"kind": "counter", "amount": str(-note.amount)}],
        breach_ids=note.breach_ids,
        counters_id=note.id,
        reason=reason,
        proposed_at=now,
        proposed_by=scope.account_id,
        proposed_by_name=scope.name,
    )
    session.add(counter)
    return counter


Act = Callable[[Session, Scope, CreditNote, str, datetime], Awaitable[CreditNote]]
_ACTS: Mapping[str, Act] = {
    "check": _check,
    "approve": _approve,
    "drop": _drop,
    "counter": _counter,
}
_ANNOUNCED_AS = {
    "check": "credit_checked",
    "approve": "credit_approved",
    "drop": "credit_dropped",
    "counter": "credit_countered",
}
