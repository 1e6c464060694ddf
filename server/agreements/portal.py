"""A building manager's agreements: what is or was in force between them and us, nothing else."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.portal_schemas import (
    PortalAgreementOut,
    PortalAgreementsOut,
    PortalVersionOut,
)
from server.agreements.queries import files_of, held_by_customer, versions_of
from server.agreements.schemas import PenaltiesOut, ResponsibilityOut
from server.agreements.shown import HOLDING_STATUSES, shown_file, shown_signatories
from server.agreements.tables import Agreement, AgreementVersion
from server.files.tables import StoredFile
from server.kit.database import AnySession


async def portal_agreements(session: AnySession, scope: Scope) -> PortalAgreementsOut:
    """The manager's agreements by number, their versions newest first."""
    query = select(Agreement).where(held_by_customer(scope.customer_id)).order_by(Agreement.number)
    rows = (await session.scalars(query)).all()
    versions = await versions_of(session, [row.id for row in rows])
    ids = [version.id for row in rows for version in versions[row.id]]
    files = await files_of(session, ids)
    return PortalAgreementsOut(
        [
            PortalAgreementOut(
                id=row.id,
                number=row.number,
                name=row.name,
                next_review_on=row.next_review_on,
                versions=[
                    _shown(version, files.get(version.id, ()))
                    for version in reversed(versions[row.id])
                    if version.status in HOLDING_STATUSES
                ],
            )
            for row in rows
        ]
    )


def _shown(row: AgreementVersion, files: Sequence[StoredFile]) -> PortalVersionOut:
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
        notice_days=terms["amendment"]["notice_days"],
        penalties=msgspec.convert(terms["penalties"], PenaltiesOut | None),
        services=sorted({each["service"] for each in terms["services"]}),
    )
