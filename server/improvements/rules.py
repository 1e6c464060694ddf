"""Improvements that nobody had to ask for: opened by rule, once for each thing that happened.

A rule proposes only: who does it, and whether, is decided by a person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.agreements.tables import AgreementVersion
from server.breaches.overturning import SYSTEM
from server.breaches.queries import counts
from server.breaches.recurring import RECURRING
from server.breaches.recurring import WINDOW as RECURRING_WINDOW
from server.breaches.tables import Breach, Mark
from server.improvements.actions import tell
from server.improvements.tables import Improvement
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession, Database, Session
from server.sites.tables import Asset

BREACHES, RECURRING_FAULT = "breaches", "recurring_fault"
WINDOW = timedelta(days=30)
ENOUGH = 3
CORRECTED_WITHIN, PREVENTED_WITHIN = timedelta(days=14), timedelta(days=30)
EXPECTED_POINTS = Decimal(5)
WEEKS = 8
CUSTOMER = "customer"


async def open_by_rule(database: Database, now: datetime) -> int:
    """Open what the rules ask for and is not there yet; how many those were."""
    async with database.write() as session:
        wanted = [*await _often_missed(session, now), *await _often_broken(session, now)]
        for row in wanted:
            session.add(row)
            await session.flush()
            await tell(session, SYSTEM, row, "improvement_opened", now)
    return len(wanted)


async def _often_missed(session: Session, now: datetime) -> list[Improvement]:
    """The third promise missed under one agreement within 30 days.

    While one is open nothing more is opened; afterwards counting begins anew.
    """
    query = (
        select(AgreementVersion.agreement_id, Breach)
        .join(AgreementVersion, AgreementVersion.id == Breach.agreement_version_id)
        .where(
            Breach.party == CUSTOMER,
            Breach.occurred_at > now - WINDOW,
            Breach.occurred_at <= now,
            counts,
        )
        .order_by(Breach.occurred_at, Breach.id)
    )
    missed: dict[UUID, list[Breach]] = defaultdict(list)
    for agreement_id, breach in (await session.execute(query)).all():
        missed[agreement_id].append(breach)
    before = await _before(session, missed)
    found = []
    for agreement_id, all_of_it in missed.items():
        new = _since(all_of_it, before.get(agreement_id, ()))
        if len(new) < ENOUGH:
            continue
        third = new[ENOUGH - 1]
        clock = Counter(each.clock for each in new).most_common(1)[0][0]
        row = _opened(BREACHES, third.id, third.region_id, now, due=CORRECTED_WITHIN)
        row.agreement_id, row.customer_id = agreement_id, third.customer_id
        row.measure, row.clock = "sla_attainment", clock
        row.facts = {"count": len(new), "days": WINDOW.days}
        found.append(row)
    return found


def _since(missed: Sequence[Breach], before: Iterable[Improvement]) -> list[Breach]:
    """What was missed after the last one was over; nothing while one is open."""
    left = list(missed)
    for row in before:
        if row.ended_at is None:
            return []
        left = [each for each in left if each.occurred_at > row.ended_at]
    return left


async def _before(
    session: AnySession, agreement_ids: Iterable[UUID]
) -> Mapping[UUID, list[Improvement]]:
    found: dict[UUID, list[Improvement]] = defaultdict(list)
    query = select(Improvement).where(
        Improvement.origin == BREACHES, Improvement.agreement_id.in_(list(agreement_ids))
    )
    for row in await session.scalars(query):
        assert row.agreement_id is not None
        found[row.agreement_id].append(row)
    return found


async def _often_broken(session: Session, now: datetime) -> list[Improvement]:
    """A unit that had one fault three times within 90 days: go there before the fourth."""
    query = (
        select(Mark, Intervention, Asset.name)
        .join(Intervention, Intervention.id == Mark.intervention_id)
        .join(Asset, Asset.id == Intervention.asset_id)
        .where(Mark.kind.startswith(RECURRING), Mark.recorded_at > now - RECURRING_WINDOW)
        .order_by(Mark.recorded_at, Mark.id)
    )
    told = (await session.execute(query)).all()
    known = set(
        await session.scalars(
            select(Improvement.rule_key).where(Improvement.origin == RECURRING_FAULT)
        )
    )
    found = []
    for mark, work, asset_name in told:
        row = _opened(RECURRING_FAULT, mark.id, work.region_id, now, due=PREVENTED_WITHIN)
        if row.rule_key in known:
            continue
        row.customer_id = work.customer_id
        row.measure = "first_time_fix"
        row.facts = await _facts(session, mark, asset_name)
        found.append(row)
    return found


async def _facts(session: AnySession, mark: Mark, asset_name: str) -> dict[str, Any]:
    query = (
        select(Visit.cause)
        .where(Visit.intervention_id == mark.intervention_id, Visit.cause.is_not(None))
        .order_by(Visit.starts_at.desc(), Visit.id.desc())
    )
    count = mark.kind.removeprefix(f"{RECURRING}_")
    cause = await session.scalar(query.limit(1))
    return {"asset_name": asset_name, "cause": cause or "", "count": int(count)}


def _opened(
    origin: str, of: UUID, region_id: UUID, now: datetime, *, due: timedelta
) -> Improvement:
    """What the rule knows of it; somebody names its owner."""
    return Improvement(
        region_id=region_id,
        origin=origin,
        rule_key=f"{origin}:{of}",
        title="",
        owner_name="",
        due_on=(now + due).date(),
        expected_points=EXPECTED_POINTS,
        weeks=WEEKS,
        state="open",
        created_at=now,
        created_by_name="",
    )
