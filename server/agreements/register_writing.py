"""Writing an agreement of a register as it was recorded elsewhere, once all of it was checked.

What is checked is said in `register_reading`.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.accounts.scope import Scope
from server.agreements.documents import document, fingerprint, stored
from server.agreements.register import STORY
from server.agreements.register_schemas import RegisterAgreement, RegisterVersion
from server.agreements.schemas import TermsBody
from server.agreements.tables import (
    Agreement,
    AgreementVersion,
    Attachment,
    ChangeRequest,
    Review,
)
from server.agreements.turns import tell
from server.files.actions import store
from server.kit.database import Session

# Copied as they stand from a version of the register to a row; signatories are values of their own.
COPIED = tuple(name for name in STORY if name != "signatories")


@dataclass(frozen=True, slots=True)
class Readable:
    """An agreement that can be written: its customer, and the terms of each of its versions."""

    given: RegisterAgreement
    customer_id: UUID | None
    terms: Sequence[TermsBody]


async def write_agreement(session: Session, scope: Scope, each: Readable, now: datetime) -> None:
    """Write one agreement with its versions, files, reviews and wishes."""
    given = each.given
    row = Agreement(
        number=given.number,
        customer_id=each.customer_id,
        kind=given.kind,
        party=given.party,
        name=given.name,
        owner_name=given.owner_name,
        review_every_months=given.review_every_months,
        next_review_on=given.next_review_on,
    )
    session.add(row)
    await session.flush()
    for version, terms in zip(given.versions, each.terms, strict=True):
        await _write_version(session, scope, row, version, stored(terms))
    told: list[Review | ChangeRequest] = [
        *(Review(agreement_id=row.id, **review.model_dump()) for review in given.reviews),
        *(
            ChangeRequest(agreement_id=row.id, **asked.model_dump())
            for asked in given.change_requests
        ),
    ]
    session.add_all(told)
    await session.flush()
    await tell(session, scope, row, "agreement_imported", now=now)


async def _write_version(
    session: Session,
    scope: Scope,
    agreement: Agreement,
    given: RegisterVersion,
    terms: Mapping[str, Any],
) -> None:
    written = given.document
    whole = document(written.zone, written.valid_from, written.valid_to, terms)
    row = AgreementVersion(
        agreement_id=agreement.id,
        zone=written.zone,
        valid_from=written.valid_from,
        written_to=written.valid_to,
        terms=terms,
        fingerprint=fingerprint(whole),
        # Whoever brings a draft in answers for it: somebody else has to verify it.
        author_id=scope.account_id,
        signatories=[stored(each) for each in given.signatories],
        **{name: getattr(given, name) for name in COPIED},
    )
    session.add(row)
    await session.flush()
    for each in given.files:
        file = await store(
            session,
            base64.b64decode(each.content),
            each.name,
            each.media_type,
            by=scope.account_id,
            now=each.uploaded_at,
        )
        session.add(Attachment(version_id=row.id, file_id=file.id))
        if each.sha256 == given.signed_file:
            row.signed_file_id = file.id
    await session.flush()
