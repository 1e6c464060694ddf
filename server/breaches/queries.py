"""Reading breaches, their excuses and what clocks told.

Which breaches cost something is asked here by credit notes and by figures.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.breaches.schemas import BreachOut, ExcuseOut, MarkOut
from server.breaches.tables import Breach, Excuse, Mark
from server.customers.tables import Customer
from server.interventions.dossier import sees
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.span import require_known_instants
from server.kit.wire import Page
from server.sites.tables import Site

APPROVED = "approved"
PROPOSERS = (Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE)
DECIDERS = (Role.ADMIN, Role.EXPERIENCE)
BreachState = Literal["open", "waiting", "excused", "overturned"]
waits = exists().where(Excuse.breach_id == Breach.id, Excuse.decision.is_(None))
is_excused = exists().where(Excuse.breach_id == Breach.id, Excuse.decision == APPROVED)
# The breaches that stand: neither excused by a second person, nor overturned by evidence.
counts = ~is_excused & Breach.overturned_at.is_(None)


@dataclass(frozen=True, slots=True)
class WantedBreaches:
    """Which breaches a list asks for; they happened at `[from_at, to_at)`."""

    region_id: UUID | None = None
    customer_id: UUID | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    party: str | None = None
    state: BreachState | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What a breach is shown with: its excuses oldest first, and its clock while there is one."""

    intervention: Intervention
    site: Site
    customer: Customer
    clock: StoredClock | None
    excuses: Sequence[Excuse]


async def breaches(
    session: AnySession,
    scope: Scope,
    wanted: WantedBreaches,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[BreachOut]:
    """The breaches of the caller's regions, the newest first."""
    require_known_instants(**{"from": wanted.from_at, "to": wanted.to_at})
    rows, following = await page(
        session,
        _within(select(Breach).where(*_conditions(wanted)), scope),
        by=(Breach.occurred_at, Breach.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    around = await _around(session, rows)
    return Page([_shown(row, around[row.id], scope, now) for row in rows], following)


async def breach(session: AnySession, scope: Scope, breach_id: UUID, now: datetime) -> BreachOut:
    return await shown_breach(session, scope, await breach_row(session, scope, breach_id), now)


async def breach_row(
    session: AnySession, scope: Scope, breach_id: UUID, *, lock: bool = False
) -> Breach:
    """One breach of the caller's regions; any other looks unknown."""
    query = _within(select(Breach).where(Breach.id == breach_id), scope)
    row = await session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


async def shown_breach(session: AnySession, scope: Scope, row: Breach, now: datetime) -> BreachOut:
    return _shown(row, (await _around(session, [row]))[row.id], scope, now)


async def excuses_of(
    session: AnySession, breach_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Excuse]]:
    """The excuses of these breaches, in the order they were proposed."""
    query = select(Excuse).where(Excuse.breach_id.in_(breach_ids)).order_by(Excuse.id)
    found: dict[UUID, list[Excuse]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.breach_id].append(row)
    return found


async def marks(session: AnySession, scope: Scope, intervention_id: UUID) -> list[MarkOut]:
    """Everything that was told about an intervention, in the order it happened."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    query = select(Mark).where(Mark.intervention_id == row.id).order_by(Mark.at, Mark.id)
    return [
        MarkOut(
            kind=mark.kind,
            party=mark.party or None,  # type: ignore[arg-type]
            clock=mark.clock or None,  # type: ignore[arg-type]
            at=mark.at,
            recorded_at=mark.recorded_at,
            role=mark.role,
        )
        for mark in await session.scalars(query)
    ]


def _conditions(wanted: WantedBreaches) -> list[ColumnElement[bool]]:
    asked = (
        (wanted.region_id, Breach.region_id == wanted.region_id),
        (wanted.customer_id, Breach.customer_id == wanted.customer_id),
        (wanted.party, Breach.party == wanted.party),
    )
    found = [condition for value, condition in asked if value is not None]
    if wanted.from_at is not None:
        found.append(Breach.occurred_at >= wanted.from_at)
    if wanted.to_at is not None:
        found.append(Breach.occurred_at < wanted.to_at)
    match wanted.state:
        case "open":
            found.append(counts)
        case "waiting":
            found += [counts, waits]
        case "excused":
            found += [is_excused, Breach.overturned_at.is_(None)]
        case "overturned":
            found.append(Breach.overturned_at.is_not(None))
        case None:
            pass
    return found


def _within(query: Select[Breach], scope: Scope) -> Select[Breach]:
    if scope.region_ids is None:
        return query
    return query.where(Breach.region_id.in_(scope.region_ids))


async def _around(session: AnySession, rows: Sequence[Breach]) -> Mapping[UUID, _Around]:
    query = (
        select(Breach.id, Intervention, Site, Customer, StoredClock)
        .join(Intervention, Intervention.id == Breach.intervention_id)
        .join(Site, Site.id == Breach.site_id)
        .join(Customer, Customer.id == Breach.customer_id)
        .outerjoin(
            StoredClock,
            (StoredClock.intervention_id == Breach.intervention_id)
            & (StoredClock.party == Breach.party)
            & (StoredClock.kind == Breach.clock)
            & (StoredClock.round == Breach.round),
        )
        .where(Breach.id.in_([row.id for row in rows]))
    )
    excuses = await excuses_of(session, [row.id for row in rows])
    return {
        row_id: _Around(intervention, site, customer, clock, excuses.get(row_id, ()))
        for row_id, intervention, site, customer, clock in (await session.execute(query)).all()
    }


def _shown(row: Breach, around: _Around, scope: Scope, now: datetime) -> BreachOut:
    decisions = {excuse.decision for excuse in around.excuses}
    stands = row.overturned_at is None and APPROVED not in decisions
    clock = around.clock
    stopped_at = None if clock is None else clock.stopped_at
    ended_at = stopped_at or around.intervention.decided_at or now
    return BreachOut(
        id=row.id,
        intervention_id=row.intervention_id,
        number=around.intervention.number,
        summary=around.intervention.summary,
        site_name=around.site.name,
        customer_id=row.customer_id,
        customer_name=around.customer.name,
        region_id=row.region_id,
        party=row.party,  # type: ignore[arg-type]
        clock=row.clock,  # type: ignore[arg-type]
        round=row.round,
        severity=row.severity,  # type: ignore[arg-type]
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        stopped_at=stopped_at,
        overrun_seconds=None if clock is None else _seconds(row.occurred_at, ended_at),
        overturned_at=row.overturned_at,
        overturned_because=row.overturned_because,
        excuses=[_excuse(each) for each in around.excuses],
        counts=stands,
        can_propose=stands and None not in decisions and scope.role in PROPOSERS,
        can_decide=stands and scope.role in DECIDERS and _for_another(scope, around.excuses),
        version=row.version,
    )


def _for_another(scope: Scope, excuses: Sequence[Excuse]) -> bool:
    """Whether an excuse waits that somebody else proposed."""
    return any(e.decision is None and e.proposed_by != scope.account_id for e in excuses)


def _seconds(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds()))


def _excuse(row: Excuse) -> ExcuseOut:
    return ExcuseOut(
        id=row.id,
        reason=row.reason,
        proposed_by=row.proposed_by_name,
        proposed_at=row.proposed_at,
        decision=row.decision,  # type: ignore[arg-type]
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
    )
