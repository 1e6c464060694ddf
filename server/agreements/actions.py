"""Signing agreements and adding versions to them. What was promised is never rewritten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.problems import VersionsOverlap
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.schemas import AgreementBody, AgreementOut, AgreementVersionBody
from server.agreements.soundness import version_faults
from server.agreements.tables import Agreement, AgreementVersion, Target
from server.customers.tables import Customer
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid


async def create_agreement(
    session: Session, scope: Scope, data: AgreementBody, now: datetime
) -> AgreementOut:
    """A new agreement with its first version."""
    first = data.first_version
    faults = [fault.under("first_version") for fault in await version_faults(session, scope, first)]
    if not await _take_turn(session, data.customer_id):
        faults.append(Fault("customer_id", "unknown", "There is no such customer."))
    if faults:
        raise Invalid(faults)
    row = Agreement(**data.model_dump(exclude={"first_version"}))
    session.add(row)
    await session.flush()
    await _write_version(session, row, first)
    await _tell(session, scope, row, kind="agreement_created", now=now)
    return await queries.agreement(session, scope, row.id)


async def add_version(
    session: Session, scope: Scope, agreement_id: UUID, data: AgreementVersionBody, *, now: datetime
) -> AgreementOut:
    """A further version; an open-ended one that began earlier ends the day this one begins."""
    row = await queries.agreement_row(session, scope, agreement_id)
    await _take_turn(session, row.customer_id)
    if faults := await version_faults(session, scope, data):
        raise Invalid(faults)
    await _close_open_version(session, row, data)
    await _write_version(session, row, data)
    await _tell(session, scope, row, kind="agreement_changed", now=now)
    return await queries.agreement(session, scope, row.id)


async def _take_turn(session: Session, customer_id: UUID) -> bool:
    """Let one change of a customer's agreements wait for another; whether the customer exists."""
    query = select(Customer.id).where(Customer.id == customer_id).with_for_update(key_share=True)
    return await session.scalar(query) is not None


async def _close_open_version(session: Session, row: Agreement, data: AgreementVersionBody) -> None:
    query = select(AgreementVersion).where(
        AgreementVersion.agreement_id == row.id,
        AgreementVersion.valid_to.is_(None),
        AgreementVersion.valid_from < data.valid_from,
    )
    for version in await session.scalars(query):
        version.valid_to = data.valid_from
    # Whoever looked at the agreement before has now seen an older one.
    flag_modified(row, "name")
    await session.flush()


async def _write_version(session: Session, row: Agreement, data: AgreementVersionBody) -> None:
    await _require_free(session, row, data)
    last = await session.scalar(
        select(func.max(AgreementVersion.number)).where(AgreementVersion.agreement_id == row.id)
    )
    version = AgreementVersion(
        agreement_id=row.id, number=(last or 0) + 1, **data.model_dump(exclude={"targets"})
    )
    session.add(version)
    await session.flush()
    session.add_all(Target(version_id=version.id, **target.model_dump()) for target in data.targets)
    await session.flush()


async def _require_free(session: Session, row: Agreement, data: AgreementVersionBody) -> None:
    new = _days(data)
    for number, version in await _rivals(session, row):
        if _days(version).overlaps(new):
            raise VersionsOverlap(agreement=number, number=version.number)


async def _rivals(session: Session, row: Agreement) -> Sequence[tuple[str, AgreementVersion]]:
    """Versions that may not share a day with one of this agreement, with the agreement's number.

    What a customer was promised stands in one version at a time, whichever agreement it is of.
    """
    query = select(Agreement.number, AgreementVersion).join(
        AgreementVersion, AgreementVersion.agreement_id == Agreement.id
    )
    if row.kind == CUSTOMER_KIND:
        query = query.where(
            Agreement.customer_id == row.customer_id, Agreement.kind == CUSTOMER_KIND
        )
    else:
        query = query.where(Agreement.id == row.id)
    return [(number, version) for number, version in await session.execute(query)]


def _days(version: AgreementVersion | AgreementVersionBody) -> VersionValue:
    return VersionValue("", version.zone, version.valid_from, version.valid_to, ())


async def _tell(
    session: Session, scope: Scope, row: Agreement, *, kind: str, now: datetime
) -> None:
    # Managers read what concerns their customer; only their own promises do.
    is_theirs = row.kind in queries.SHOWN_TO_MANAGERS
    about = About(customer_id=row.customer_id if is_theirs else None)
    await announce(session, scope.actor, now, Happening(kind, about))
