"""Proposing what a finished month owes; asked again, what is still a proposal is worked out anew.

A note somebody has checked, approved or dropped is never touched again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.agreements import Credit, credit
from server.credits.months import Month
from server.credits.owed import Billed, Standing, billed_versions, standings
from server.credits.problems import MonthNotOver
from server.credits.tables import CreditNote
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.turns import wait_for_turn

NOTHING_OWED = "nothing_owed"
"""Why the server itself drops a proposal: its breaches were excused or overturned meanwhile."""


async def propose(
    session: Session, actor: Actor, month: Month, now: datetime
) -> Sequence[CreditNote]:
    """Write a note for each unit that is owed something; those that are new or have changed."""
    await wait_for_turn(session, "proposing credits")
    versions = await billed_versions(session, month)
    _require_over(month, {each.version.zone for each in versions} or {"UTC"}, now)
    written: list[CreditNote] = []
    for billed in versions:
        known = await _known(session, billed, month)
        found = {each.unit_id: each for each in await standings(session, billed, month, now)}
        for unit_id, standing in found.items():
            note = _settled(session, known.get(unit_id), billed, standing, month)
            if note is not None:
                written.append(note)
                _sign(note, actor, now)
        for unit_id in known.keys() - found.keys():
            _withdraw(known[unit_id])
    await session.flush()
    for note in written:
        what = Happening("credit_proposed", About(), {"credit_id": str(note.id)})
        await announce(session, actor, now, what)
    return written


def _require_over(month: Month, zones: set[str], now: datetime) -> None:
    if any(now.astimezone(ZoneInfo(zone)).date() < month.after for zone in zones):
        raise MonthNotOver(month=str(month))


async def _known(session: Session, billed: Billed, month: Month) -> Mapping[UUID, CreditNote]:
    """The note of each unit and month, unless the server dropped it itself."""
    query = select(CreditNote).where(
        CreditNote.agreement_version_id == billed.version.id,
        CreditNote.customer_id == billed.customer_id,
        CreditNote.month == month.first,
        CreditNote.counters_id.is_(None),
        CreditNote.reason != NOTHING_OWED,
    )
    return {row.unit_id: row for row in await session.scalars(query.with_for_update())}


def _settled(
    session: Session,
    known: CreditNote | None,
    billed: Billed,
    standing: Standing,
    month: Month,
) -> CreditNote | None:
    """The note as it must be; None when nothing is owed or it stands already."""
    owed = credit(billed.fee, billed.penalties, standing.month)
    if known is not None and known.status != "proposed":
        return None
    if not owed.amount:
        if known is not None:
            _withdraw(known)
        return None
    plain: dict[str, Any] = {
        "fee": owed.fee,
        "amount": owed.amount,
        "lines": _lines(owed, standing),
        "breach_ids": [str(breach_id) for breach_id in standing.breach_ids],
    }
    if known is not None:
        if all(getattr(known, name) == value for name, value in plain.items()):
            return None
        for name, value in plain.items():
            setattr(known, name, value)
        return known
    note = CreditNote(
        status="proposed",
        customer_id=billed.customer_id,
        agreement_version_id=billed.version.id,
        unit=billed.unit,
        unit_id=standing.unit_id,
        month=month.first,
        currency=billed.currency,
        **plain,
    )
    session.add(note)
    return note


def _lines(owed: Credit, standing: Standing) -> list[dict[str, Any]]:
    """Each rule's line; one about availability keeps the minutes of the ledger it rests on."""
    lines: list[dict[str, Any]] = [
        {"kind": line.kind, "amount": str(line.amount)} for line in owed.lines
    ]
    available = standing.availability
    for line in lines:
        if line["kind"] == "tier" and available is not None:
            line["availability"] = available.text
            line["agreed_minutes"] = available.agreed_minutes
            line["down_minutes"] = available.down_minutes
    return lines


def _withdraw(note: CreditNote) -> None:
    """Nothing is owed any more: the proposal goes, unless a person has looked at it."""
    if note.status == "proposed":
        note.status, note.reason = "dropped", NOTHING_OWED


def _sign(note: CreditNote, actor: Actor, now: datetime) -> None:
    note.proposed_at, note.proposed_by, note.proposed_by_name = now, actor.id, actor.name
