"""Excusing a breach: one person proposes why it should not count, another one decides.

The breach itself stays as it is, whatever is decided.
"""

from datetime import datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.breaches import queries
from server.breaches.problems import BreachOverturned
from server.breaches.schemas import BreachOut, ExcuseBody, ExcuseDecisionBody
from server.breaches.tables import Breach, Excuse
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import AlreadyDecided, NotFound, SecondPersonNeeded


async def propose_excuse(
    session: Session, scope: Scope, breach_id: UUID, data: ExcuseBody, now: datetime
) -> BreachOut:
    """Say why a breach should not count; it still does until somebody else agrees."""
    row = await queries.breach_row(session, scope, breach_id, lock=True)
    known = (await queries.excuses_of(session, [row.id])).get(row.id, ())
    if row.overturned_at is not None:
        raise BreachOverturned
    # One excuse at a time: a second would let two people decide differently about one breach.
    if any(excuse.decision != "refused" for excuse in known):
        raise AlreadyDecided("An excuse for this breach waits already, or was approved.")
    excuse = Excuse(
        breach_id=row.id,
        reason=data.reason,
        proposed_by=scope.account_id,
        proposed_by_name=scope.name,
        proposed_at=now,
    )
    session.add(excuse)
    await _tell(session, scope, "breach_excuse_proposed", row, excuse=excuse, now=now)
    return await queries.shown_breach(session, scope, row, now)


async def decide_excuse(
    session: Session,
    scope: Scope,
    breach_id: UUID,
    excuse_id: UUID,
    data: ExcuseDecisionBody,
    *,
    now: datetime,
) -> BreachOut:
    """Approve or refuse an excuse, once, and never one's own."""
    row = await queries.breach_row(session, scope, breach_id, lock=True)
    excuse = await session.get(Excuse, excuse_id, populate_existing=True)
    if excuse is None or excuse.breach_id != row.id:
        raise NotFound
    if excuse.decision is not None:
        raise AlreadyDecided
    if row.overturned_at is not None:
        raise BreachOverturned
    if excuse.proposed_by == scope.account_id:
        raise SecondPersonNeeded
    excuse.decision = data.decision
    excuse.decided_by = scope.account_id
    excuse.decided_by_name = scope.name
    excuse.decided_at = now
    kind = "breach_excused" if data.decision == "approved" else "breach_excuse_refused"
    await _tell(session, scope, kind, row, excuse=excuse, now=now)
    return await queries.shown_breach(session, scope, row, now)


async def _tell(
    session: Session, scope: Scope, kind: str, row: Breach, *, excuse: Excuse, now: datetime
) -> None:
    # Without the customer: what the house thinks of its own breaches is not theirs to read.
    about = About(region_id=row.region_id, site_id=row.site_id, intervention_id=row.intervention_id)
    facts = {"breach_id": str(row.id), "clock": row.clock, "reason": excuse.reason}
    await announce(session, scope.actor, now, Happening(kind, about, facts))
