"""Reading agreements with their versions and files."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from dispatch.agreements import VersionStatus as VersionState
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.agreements.schemas import (
    AgreementBriefOut,
    AgreementKind,
    AgreementOut,
    VersionOut,
    VersionStatus,
)
from server.agreements.shown import (
    HOLDING_STATUSES,
    Beside,
    shown_agreement,
    shown_brief,
    shown_version,
)
from server.agreements.tables import Agreement, AgreementVersion, Attachment
from server.customers.tables import Customer
from server.files.tables import StoredFile
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page

CUSTOMER_KIND = "customer"
TALKED_ABOUT = (
    VersionState.NEGOTIATION.value,
    VersionState.FINAL_REVIEW.value,
    VersionState.APPROVED.value,
)


def held_by_customer(customer_id: UUID | None) -> ColumnElement[bool]:
    """A customer's own agreements of which some version was ever in force: theirs to read.

    What the house promises itself, and its suppliers promise it, is not.
    """
    in_force = exists().where(
        AgreementVersion.agreement_id == Agreement.id,
        AgreementVersion.status.in_(HOLDING_STATUSES),
    )
    is_theirs = (Agreement.customer_id == customer_id) & (Agreement.kind == CUSTOMER_KIND)
    return is_theirs & in_force


async def agreement_row(session: AnySession, scope: Scope, agreement_id: UUID) -> Agreement:
    """One agreement: any for staff, for a manager their own; any other looks unknown."""
    query = select(Agreement).where(Agreement.id == agreement_id)
    if scope.role is Role.MANAGER:
        query = query.where(held_by_customer(scope.customer_id))
    row = (await session.scalars(query)).first()
    if row is None:
        raise NotFound
    return row


async def version_row(
    session: AnySession, scope: Scope, agreement_id: UUID, version_id: UUID
) -> tuple[Agreement, AgreementVersion]:
    """One version of an agreement, and the agreement."""
    agreement = await agreement_row(session, scope, agreement_id)
    row = await session.get(AgreementVersion, version_id)
    if row is None or row.agreement_id != agreement.id:
        raise NotFound
    return agreement, row


async def version_talked_about(
    session: AnySession, scope: Scope, agreement_id: UUID, version_id: UUID
) -> tuple[Agreement, AgreementVersion]:
    """Any version for staff; for a manager of their own those they were shown, agreed or not."""
    if scope.role is not Role.MANAGER:
        return await version_row(session, scope, agreement_id, version_id)
    query = (
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(
            Agreement.id == agreement_id,
            Agreement.customer_id == scope.customer_id,
            Agreement.kind == CUSTOMER_KIND,
            AgreementVersion.id == version_id,
            AgreementVersion.status.in_((*TALKED_ABOUT, *HOLDING_STATUSES)),
        )
    )
    found = (await session.execute(query)).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


async def agreement(
    session: AnySession, scope: Scope, agreement_id: UUID, today: date
) -> AgreementOut:
    row = await agreement_row(session, scope, agreement_id)
    versions = (await versions_of(session, [row.id]))[row.id]
    return shown_agreement(row, versions, await _beside(session, scope, [row], versions, today))


async def version(
    session: AnySession, scope: Scope, agreement_id: UUID, version_id: UUID, today: date
) -> VersionOut:
    row, found = await version_row(session, scope, agreement_id, version_id)
    return shown_version(found, await _beside(session, scope, [row], [found], today))


async def agreements(
    session: AnySession,
    scope: Scope,
    *,
    today: date,
    customer_id: UUID | None = None,
    kind: AgreementKind | None = None,
    status: VersionStatus | None = None,
    limit: int | None,
    cursor: str | None,
) -> Page[AgreementBriefOut]:
    """The register by number; `status` finds agreements that have a version in it."""
    query = select(Agreement)
    if customer_id is not None:
        query = query.where(Agreement.customer_id == customer_id)
    if kind is not None:
        query = query.where(Agreement.kind == kind)
    if status is not None:
        has_one = exists().where(
            AgreementVersion.agreement_id == Agreement.id, AgreementVersion.status == status
        )
        query = query.where(has_one)
    rows, following = await page(
        session, query, by=(Agreement.number, Agreement.id), limit=limit, cursor=cursor
    )
    versions = await versions_of(session, [row.id for row in rows])
    beside = await _beside(session, scope, rows, [], today)
    items = [shown_brief(row, versions[row.id], beside) for row in rows]
    return Page(items=items, next_cursor=following)


async def versions_of(
    session: AnySession, agreement_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[AgreementVersion]]:
    """The versions of these agreements, oldest first."""
    query = (
        select(AgreementVersion)
        .where(AgreementVersion.agreement_id.in_(agreement_ids))
        .order_by(AgreementVersion.number)
    )
    found: dict[UUID, list[AgreementVersion]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.agreement_id].append(row)
    return found


async def files_of(
    session: AnySession, version_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[StoredFile]]:
    """The files kept with these versions, without their bytes, in the order they came."""
    query = (
        select(Attachment.version_id, StoredFile)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.version_id.in_(version_ids))
        .order_by(StoredFile.uploaded_at, StoredFile.name, StoredFile.id)
    )
    found: dict[UUID, list[StoredFile]] = defaultdict(list)
    for version_id, file in await session.execute(query):
        found[version_id].append(file)
    return found


async def _beside(
    session: AnySession,
    scope: Scope,
    rows: Collection[Agreement],
    versions: Collection[AgreementVersion],
    today: date,
) -> Beside:
    named = {row.customer_id for row in rows if row.customer_id is not None}
    customers = await session.execute(
        select(Customer.id, Customer.name).where(Customer.id.in_(named))
    )
    files = await files_of(session, [row.id for row in versions])
    owners = {row.owner_id for row in rows if row.owner_id is not None}
    gone = await session.scalars(
        select(Account.id).where(Account.id.in_(owners), Account.is_disabled.is_(True))
    )
    return Beside(scope, today, dict(customers.all()), files, set(gone))
