"""Everything said about a version before it is agreed, in one answer: for us, and for managers."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.expectations import expectations_of, requirements_of
from server.agreements.final_review import managers_of, recipients_of, shown_recipient
from server.agreements.negotiation_schemas import (
    DraftPromiseOut,
    NegotiationOut,
    PortalNegotiationOut,
    PortalNegotiationsOut,
)
from server.agreements.places import PLACE, where_held
from server.agreements.portal import shown_portal_version
from server.agreements.proposals import proposals_of
from server.agreements.queries import CUSTOMER_KIND, TALKED_ABOUT, files_of
from server.agreements.schemas import PromiseOut
from server.agreements.shown import newest
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import AnySession


async def negotiation(session: AnySession, scope: Scope, agreement_id: UUID) -> NegotiationOut:
    """What was expected, required, proposed and answered about the newest version."""
    row = await queries.agreement_row(session, scope, agreement_id)
    version = newest((await queries.versions_of(session, [row.id]))[row.id])
    required = await requirements_of(session, row.id, version.terms)
    return NegotiationOut(
        version_id=version.id,
        expectations=await expectations_of(session, row.id),
        requirements=required,
        gaps=sum(not each.is_complete for each in required),
        proposals=await proposals_of(session, version.id),
        recipients=[shown_recipient(each, scope) for each in await recipients_of(session, version)],
        managers=await managers_of(session, row),
    )


async def portal_negotiations(session: AnySession, scope: Scope) -> PortalNegotiationsOut:
    """The versions that are talked about with the manager's company, by number."""
    query = (
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(
            Agreement.customer_id == scope.customer_id,
            Agreement.kind == CUSTOMER_KIND,
            AgreementVersion.status.in_(TALKED_ABOUT),
        )
        .order_by(Agreement.number, AgreementVersion.number)
    )
    rows = (await session.execute(query)).all()
    return PortalNegotiationsOut([await _shown(session, scope, *each) for each in rows])


async def _shown(
    session: AnySession, scope: Scope, agreement: Agreement, version: AgreementVersion
) -> PortalNegotiationOut:
    files = await files_of(session, [version.id])
    mine = [
        shown_recipient(each, scope)
        for each in await recipients_of(session, version)
        if each.account_id == scope.account_id
    ]
    promised = [
        each
        for each in version.terms["clauses"]
        if each["promise"] is not None and each["clock"] is not None
    ]
    places = await where_held(session, promised)
    return PortalNegotiationOut(
        agreement_id=agreement.id,
        number=agreement.number,
        name=agreement.name,
        status=version.status,  # type: ignore[arg-type]
        draft=shown_portal_version(version, files.get(version.id, ())),
        promises=[
            DraftPromiseOut(
                service=each["service"] or "",
                severity=each["severity"],
                clock=each["clock"],
                promise=msgspec.convert(each["promise"], PromiseOut),
                where=", ".join(place),
                **{name: msgspec.convert(each[name], UUID | None) for name in PLACE},
            )
            for each, place in zip(promised, places, strict=True)
        ],
        proposals=await proposals_of(session, version.id),
        me=mine[0] if mine else None,
    )
