"""Proposing a stricter promise where one has been kept with ease for three months.

Proposed once a year at most, and never applied: an agreement changes by its own steps only.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import months_later
from dispatch.measures import Ratio, is_outgrown
from dispatch.measures.ratchet import USUAL_PERIODS
from server.agreements.tables import AgreementVersion
from server.breaches.overturning import SYSTEM
from server.improvements.actions import tell
from server.improvements.tables import Improvement
from server.kit.database import AnySession, Database
from server.measures.cases import Case, Wanted, cases
from server.measures.promises_kept import attainments
from server.measures.watermelons import ATTAINMENT_TARGET
from server.regions.tables import Region

RATCHET = "ratchet"
QUIET_FOR = timedelta(days=365)
TALKED_ABOUT_WITHIN = timedelta(days=60)
WEEKS = 12
Kept = Mapping[tuple[UUID, str], Sequence[Ratio]]


async def propose_ratchets(database: Database, now: datetime) -> int:
    """Propose what the last three whole months bear out; how many those were."""
    today = now.astimezone(UTC).date()
    async with database.read() as session:
        by_agreement = await _by_agreement(session, today, now)
    outgrown = [
        (agreement_id, clock, shares[-1])
        for (agreement_id, clock), shares in _kept(by_agreement).items()
        if is_outgrown(shares, ATTAINMENT_TARGET)
    ]
    told = 0
    async with database.write() as session:
        quiet = select(Improvement.agreement_id, Improvement.clock).where(
            Improvement.origin == RATCHET, Improvement.created_at > now - QUIET_FOR
        )
        known = {(each[0], each[1]) for each in (await session.execute(quiet)).all()}
        for agreement_id, clock, share in outgrown:
            if (agreement_id, clock) in known:
                continue
            row = _proposal(agreement_id, clock, share, by_agreement[agreement_id], now)
            session.add(row)
            await session.flush()
            await tell(session, SYSTEM, row, "improvement_opened", now)
            told += 1
    return told


async def _by_agreement(
    session: AnySession, today: date, now: datetime
) -> Mapping[UUID, list[list[Case]]]:
    """What was reported in each of the last whole months, by agreement, the newest month last."""
    regions = (await session.scalars(select(Region).order_by(Region.id))).all()
    versions = select(AgreementVersion.id, AgreementVersion.agreement_id)
    agreement_of = dict((await session.execute(versions)).all())
    found: dict[UUID, list[list[Case]]] = defaultdict(lambda: [[] for _ in range(USUAL_PERIODS)])
    first = today.replace(day=1)
    for place in range(USUAL_PERIODS):
        back = place - USUAL_PERIODS
        month = Wanted(months_later(first, back), months_later(first, back + 1))
        for case in await cases(session, regions, month, now):
            version_id = case.dossier.intervention.agreement_version_id
            if version_id is not None:
                found[agreement_of[version_id]][place].append(case)
    return found


def _kept(by_agreement: Mapping[UUID, list[list[Case]]]) -> Kept:
    """The share of each clock of each agreement, month by month."""
    found: dict[tuple[UUID, str], list[Ratio]] = defaultdict(list)
    for agreement_id, months in by_agreement.items():
        for month in months:
            for figure in attainments(month):
                share = Ratio(figure.numerator or 0, figure.denominator or 0)
                found[agreement_id, str(figure.clock)].append(share)
    return found


def _proposal(
    agreement_id: UUID, clock: str, share: Ratio, months: list[list[Case]], now: datetime
) -> Improvement:
    about = months[-1][0].dossier.intervention
    return Improvement(
        region_id=about.region_id,
        customer_id=about.customer_id,
        agreement_id=agreement_id,
        origin=RATCHET,
        rule_key=f"{RATCHET}:{agreement_id}:{clock}:{now.astimezone(UTC):%Y-%m}",
        facts={"clock": clock, "attainment": share.text or "", "months": USUAL_PERIODS},
        title="",
        owner_name="",
        due_on=(now + TALKED_ABOUT_WITHIN).date(),
        measure="sla_attainment",
        clock=clock,
        expected_points=Decimal(0),
        weeks=WEEKS,
        state="open",
        created_at=now,
        created_by_name="",
    )
