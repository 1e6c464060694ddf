"""A building manager's agreements: what is or was in force between them and us, nothing else."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select

from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.agreements.portal_schemas import (
    PortalAgreementOut,
    PortalAgreementsOut,
    PortalVersionOut,
    PortalWishOut,
)
from server.agreements.queries import files_of, held_by_customer, versions_of
from server.agreements.schemas import PenaltiesOut, ResponsibilityOut
from server.agreements.shown import (
    HOLDING_STATUSES,
    shown_file,
    shown_signatories,
    shown_terms,
)
from server.agreements.tables import Agreement, AgreementVersion, ChangeRequest
from server.files.tables import StoredFile
from server.kit.database import AnySession


async def portal_agreements(session: AnySession, scope: Scope) -> PortalAgreementsOut:
    """The manager's agreements by number, their versions newest first."""
    query = select(Agreement).where(held_by_customer(scope.customer_id)).order_by(Agreement.number)
    rows = (await session.scalars(query)).all()
    versions = await versions_of(session, [row.id for row in rows])
    ids = [version.id for row in rows for version in versions[row.id]]
    files = await files_of(session, ids)
    wishes = await _wishes(session, scope, [row.id for row in rows])
    return PortalAgreementsOut(
        [
            PortalAgreementOut(
                id=row.id,
                number=row.number,
                name=row.name,
                next_review_on=row.next_review_on,
                versions=[
                    shown_portal_version(version, files.get(version.id, ()))
                    for version in reversed(versions[row.id])
                    if version.status in HOLDING_STATUSES
                ],
                wishes=[_shown_wish(wish) for wish in wishes.get(row.id, ())],
            )
            for row in rows
        ]
    )


async def _wishes(
    session: AnySession, scope: Scope, agreement_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[ChangeRequest]]:
    """What the customer's own managers asked for; what staff wants changed is not theirs."""
    names = select(Account.name).where(Account.customer_id == scope.customer_id)
    query = (
        select(ChangeRequest)
        .where(ChangeRequest.agreement_id.in_(agreement_ids), ChangeRequest.asked_by.in_(names))
        .order_by(ChangeRequest.asked_at.desc(), ChangeRequest.id)
    )
    found: dict[UUID, list[ChangeRequest]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.agreement_id].append(row)
    return found


def _shown_wish(row: ChangeRequest) -> PortalWishOut:
    return PortalWishOut(
        id=row.id,
        text=row.text,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decision=row.decision,  # type: ignore[arg-type]
        reason=row.reason,
        decided_at=row.decided_at,
    )


def shown_portal_version(row: AgreementVersion, files: Sequence[StoredFile]) -> PortalVersionOut:
    terms = row.terms
    return PortalVersionOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        signed_on=row.signed_on,
        signatories=shown_signatories(row),
        files=[shown_file(file) for file in files],
        responsibilities=msgspec.convert(terms["responsibilities"], list[ResponsibilityOut]),
        obligations=list(terms["obligations"]),
        desired_outcome=terms["desired_outcome"],
        objectives=shown_terms(row).objectives,
        choices=shown_terms(row).choices,
        pricing=shown_terms(row).pricing,
        notice_days=terms["amendment"]["notice_days"],
        penalties=msgspec.convert(terms["penalties"], PenaltiesOut | None),
        services=sorted({each["service"] for each in terms["services"]}),
    )
