"""Reading agreements with their versions and targets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import AgreementOut, AgreementVersionOut, TargetOut
from server.agreements.tables import Agreement, AgreementVersion, Target
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page

CLOCKS = [kind.value for kind in ClockKind]
CUSTOMER_KIND = "customer"
# What the house promises itself, and its suppliers promise it, is not the customer's to read.
SHOWN_TO_MANAGERS = (CUSTOMER_KIND,)


@dataclass(frozen=True, slots=True)
class Written:
    """One version as stored, with its targets."""

    version: AgreementVersion
    targets: Sequence[Target]


def shown_agreement(row: Agreement, written: Iterable[Written]) -> AgreementOut:
    return AgreementOut(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        kind=row.kind,  # type: ignore[arg-type]
        name=row.name,
        versions=[_shown_version(each) for each in written],
        version=row.version,
    )


def _shown_version(written: Written) -> AgreementVersionOut:
    row = written.version
    return AgreementVersionOut(
        id=row.id,
        number=row.number,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        zone=row.zone,
        targets=[_shown_target(target) for target in written.targets],
    )


def _shown_target(row: Target) -> TargetOut:
    return TargetOut(
        region_id=row.region_id,
        severity=row.severity,  # type: ignore[arg-type]
        clock=row.clock,  # type: ignore[arg-type]
        seconds=row.seconds,
        calendar_id=row.calendar_id,
    )


def sees_agreement(scope: Scope, row: Agreement) -> bool:
    """Staff see every agreement; a manager what was promised to their own company."""
    if scope.role is Role.MANAGER:
        return row.customer_id == scope.customer_id and row.kind in SHOWN_TO_MANAGERS
    return True


async def agreement_row(session: AnySession, scope: Scope, agreement_id: UUID) -> Agreement:
    """One agreement of the caller's; any other looks unknown."""
    row = await session.get(Agreement, agreement_id)
    if row is None or not sees_agreement(scope, row):
        raise NotFound
    return row


async def agreement(session: AnySession, scope: Scope, agreement_id: UUID) -> AgreementOut:
    row = await agreement_row(session, scope, agreement_id)
    return shown_agreement(row, (await written(session, [row.id]))[row.id])


async def agreements(
    session: AnySession,
    scope: Scope,
    *,
    customer_id: UUID | None = None,
    limit: int | None,
    cursor: str | None,
) -> Page[AgreementOut]:
    """The caller's agreements by number."""
    query = select(Agreement)
    if scope.role is Role.MANAGER:
        query = query.where(
            Agreement.customer_id == scope.customer_id, Agreement.kind.in_(SHOWN_TO_MANAGERS)
        )
    if customer_id is not None:
        query = query.where(Agreement.customer_id == customer_id)
    rows, following = await page(
        session, query, by=(Agreement.number, Agreement.id), limit=limit, cursor=cursor
    )
    found = await written(session, [row.id for row in rows])
    return Page(items=[shown_agreement(row, found[row.id]) for row in rows], next_cursor=following)


async def written(
    session: AnySession, agreement_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Written]]:
    """The versions of these agreements, oldest first, each with its targets in reading order."""
    versions = (
        await session.scalars(
            select(AgreementVersion)
            .where(AgreementVersion.agreement_id.in_(agreement_ids))
            .order_by(AgreementVersion.valid_from)
        )
    ).all()
    targets = await targets_of(session, [row.id for row in versions])
    found: dict[UUID, list[Written]] = defaultdict(list)
    for row in versions:
        found[row.agreement_id].append(Written(row, targets[row.id]))
    return found


async def targets_of(
    session: AnySession, version_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Target]]:
    """The targets of these versions: worst severity first, then clock, every region first."""
    rows = await session.scalars(select(Target).where(Target.version_id.in_(version_ids)))
    found: dict[UUID, list[Target]] = defaultdict(list)
    for row in sorted(rows, key=_reading_order):
        found[row.version_id].append(row)
    return found


def _reading_order(row: Target) -> tuple[str, int, str]:
    return row.severity, CLOCKS.index(row.clock), str(row.region_id or "")
