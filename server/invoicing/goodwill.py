"""Goodwill on a month's statement: what a technician promised comes off once, whatever the cap.

A cap limits what missed promises give back; goodwill is a gift beside them. What was withdrawn
before any statement gave it stands on none; afterwards a line of its own takes it back.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Exists, Select, and_, exists, func, or_, select

from server.agreements.tables import Agreement, AgreementVersion
from server.credits.months import Month
from server.interventions.tables import Goodwill, Intervention
from server.invoicing.schemas import GivenOut, StatementLineOut, StatementOut
from server.invoicing.tables import StatementGoodwill
from server.kit.database import AnySession
from server.regions.tables import Region

EUR = "EUR"
ZERO = Decimal(0)
ONE_DAY = timedelta(days=1)


async def goodwill_lines(
    session: AnySession, customer_id: UUID, month: Month
) -> Sequence[StatementLineOut]:
    """Goodwill given and withdrawn by the end of a month that no statement tells of yet.

    Days are those of the agreement's zone, or of the region where nothing was agreed.
    """
    on_one, taken_back = _listed(is_withdrawal=False), _listed(is_withdrawal=True)
    waits = and_(Goodwill.withdrawn_at.is_(None), ~on_one)
    goes_back = and_(Goodwill.withdrawn_at.is_not(None), on_one, ~taken_back)
    query = _with_names().where(
        Intervention.customer_id == customer_id,
        or_(waits, goes_back),
        Goodwill.at < datetime.combine(month.after, time(), UTC) + ONE_DAY,
    )
    found = await session.execute(query.order_by(Goodwill.at, Goodwill.id))
    lines = [_line(row, number, agreed, ZoneInfo(zone)) for row, number, agreed, zone in found]
    return [each for each in lines if _day_of(each) < month.after]


async def with_givers(
    session: AnySession, statements: Sequence[StatementOut]
) -> list[StatementOut]:
    """The same for the office: who promised or withdrew goodwill, where and why.

    It is read where it is kept, so that a name that is forgotten there is forgotten here.
    """
    ids = {
        line.goodwill.id for each in statements for line in each.lines if line.goodwill is not None
    }
    query = (
        select(Goodwill, Intervention.region_id)
        .join(Intervention, Intervention.id == Goodwill.intervention_id)
        .where(Goodwill.id.in_(ids))
    )
    known = {row.id: (row, region_id) for row, region_id in await session.execute(query)}
    return [
        msgspec.structs.replace(each, lines=[_named(line, known) for line in each.lines])
        for each in statements
    ]


async def goodwill_given(
    session: AnySession, agreement_id: UUID, start: datetime, end: datetime
) -> Decimal:
    """What was promised under an agreement in `[start, end)` and still stands, EUR."""
    query = (
        select(func.sum(Goodwill.amount_eur))
        .join(Intervention, Intervention.id == Goodwill.intervention_id)
        .join(AgreementVersion, AgreementVersion.id == Intervention.agreement_version_id)
        .where(
            AgreementVersion.agreement_id == agreement_id,
            Goodwill.withdrawn_at.is_(None),
            Goodwill.at >= start,
            Goodwill.at < end,
        )
    )
    return await session.scalar(query) or ZERO


def _listed(*, is_withdrawal: bool) -> Exists:
    """Whether a statement gave it, or took it back."""
    return exists().where(
        StatementGoodwill.goodwill_id == Goodwill.id,
        StatementGoodwill.is_withdrawal.is_(is_withdrawal),
    )


def _with_names() -> Select[Goodwill, str, str, str]:
    """Goodwill with its intervention's number, what was agreed there, and the zone of its days."""
    return (
        select(
            Goodwill,
            Intervention.number,
            func.coalesce(Agreement.number, ""),
            func.coalesce(AgreementVersion.zone, Region.zone),
        )
        .join(Intervention, Intervention.id == Goodwill.intervention_id)
        .join(Region, Region.id == Intervention.region_id)
        .outerjoin(AgreementVersion, AgreementVersion.id == Intervention.agreement_version_id)
        .outerjoin(Agreement, Agreement.id == AgreementVersion.agreement_id)
    )


def _line(row: Goodwill, number: str, agreement_number: str, zone: ZoneInfo) -> StatementLineOut:
    withdrawn_at = row.withdrawn_at
    return StatementLineOut(
        kind="goodwill" if withdrawn_at is None else "goodwill_withdrawn",
        agreement_number=agreement_number,
        currency=EUR,
        amount=f"{-row.amount_eur if withdrawn_at is None else row.amount_eur:.2f}",
        interventions=[number],
        goodwill=GivenOut(
            id=row.id,
            given_on=row.at.astimezone(zone).date(),
            withdrawn_on=None if withdrawn_at is None else withdrawn_at.astimezone(zone).date(),
        ),
    )


def _day_of(line: StatementLineOut) -> date:
    assert line.goodwill is not None
    return line.goodwill.withdrawn_on or line.goodwill.given_on


def _named(line: StatementLineOut, known: Mapping[UUID, tuple[Goodwill, UUID]]) -> StatementLineOut:
    given = line.goodwill
    if given is None:
        return line
    row, region_id = known[given.id]
    is_back = given.withdrawn_on is not None
    told = msgspec.structs.replace(
        given,
        by=row.withdrawn_by_name if is_back else row.author_name,
        reason=row.withdrawn_reason if is_back else row.reason,
        intervention_id=row.intervention_id,
        region_id=region_id,
    )
    return msgspec.structs.replace(line, goodwill=told)
