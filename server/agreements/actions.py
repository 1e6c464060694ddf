"""Writing agreements: drafts and what may change without one. What was verified is never rewritten.

The steps that bring a draft into force are taken in `steps`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from dispatch.agreements import WRITTEN, AgreementKind, VersionStatus
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.amending import (
    require_free,
    require_no_draft,
    require_notice,
    running_version,
)
from server.agreements.attachments import attach
from server.agreements.documents import document, fingerprint, plain, stored
from server.agreements.owners import require_two, with_names
from server.agreements.problems import VersionImmutable
from server.agreements.schemas import (
    AgreementBody,
    AgreementChangeBody,
    AgreementOut,
    SignatoryBody,
    TermsBody,
    VersionBody,
    VersionChangeBody,
    VersionCommandBody,
    VersionCommandKind,
    VersionOut,
)
from server.agreements.snapshot import corporate_versions
from server.agreements.soundness import Parties, faults_of
from server.agreements.steps import command_version
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.turns import take_turn, tell, touch
from server.files.actions import PDF
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.problems import Invalid
from server.kit.span import require_known_day
from server.kit.work import require_version

MAY_BE_EMPTY = ("review_every_months", "next_review_on", "owner_id", "backup_id")


async def create_agreement(
    session: Session, scope: Scope, data: AgreementBody, now: datetime
) -> AgreementOut:
    """A new agreement with its first draft."""
    exists = await take_turn(session, data.customer_id)
    parties = Parties(
        AgreementKind(data.kind), data.customer_id, await corporate_versions(session, now)
    )
    first = data.first_version
    found = await faults_of(session, scope, first, parties)
    faults = [fault.under("first_version") for fault in found]
    if not exists:
        faults.append(Fault("customer_id", "unknown", "There is no such customer."))
    if faults:
        raise Invalid(faults)
    if data.next_review_on is not None:
        require_known_day("next_review_on", data.next_review_on)
    row = Agreement(**await with_names(session, data.model_dump(exclude={"first_version"})))
    require_two(row)
    session.add(row)
    await session.flush()
    version = await _write(session, scope, row, first, now)
    await tell(session, scope, row, "agreement_created", now=now, version=version)
    return await queries.agreement(session, scope, row.id, now.date())


async def change_agreement(
    session: Session,
    scope: Scope,
    agreement_id: UUID,
    data: AgreementChangeBody,
    *,
    expected: int,
    now: datetime,
) -> AgreementOut:
    """Change what was promised to nobody, on the version the caller saw."""
    row = await queries.agreement_row(session, scope, agreement_id)
    require_version(row.version, expected)
    if data.next_review_on is not None:
        require_known_day("next_review_on", data.next_review_on)
    named = await with_names(session, changes(data, may_be_empty=MAY_BE_EMPTY))
    for name, value in named.items():
        setattr(row, name, value)
    require_two(row)
    await session.flush()
    await tell(session, scope, row, "agreement_changed", now=now)
    return await queries.agreement(session, scope, row.id, now.date())


async def add_version(
    session: Session, scope: Scope, agreement_id: UUID, data: VersionBody, *, now: datetime
) -> AgreementOut:
    """A further draft; it will follow the version in force, not before that one's notice."""
    row = await queries.agreement_row(session, scope, agreement_id)
    await take_turn(session, row.customer_id)
    await session.refresh(row)
    await _require_sound(session, scope, row, data, now)
    await require_no_draft(session, row)
    require_notice(await running_version(session, row), data.valid_from, now)
    version = await _write(session, scope, row, data, now)
    await touch(session, row)
    await tell(session, scope, row, "agreement_version_added", now=now, version=version)
    return await queries.agreement(session, scope, row.id, now.date())


async def change_version(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: VersionChangeBody,
    *,
    expected: int,
    now: datetime,
) -> VersionOut:
    """Rewrite a draft, on the version the caller saw; `ids` are the agreement's and its own.

    Who rewrites it is its author from then on.
    """
    agreement, row = await queries.version_row(session, scope, *ids)
    require_version(row.version, expected)
    await take_turn(session, agreement.customer_id)
    await session.refresh(agreement)
    if VersionStatus(row.status) not in WRITTEN:
        raise VersionImmutable(stands=row.status)
    rewritten = _rewritten(row, data)
    await _require_sound(session, scope, agreement, rewritten, now)
    require_notice(await running_version(session, agreement), rewritten.valid_from, now)
    for name, value in _columns(scope, rewritten, now).items():
        setattr(row, name, value)
    await require_free(session, agreement, row)
    await touch(session, agreement)
    await tell(session, scope, agreement, "agreement_version_changed", now=now, version=row)
    return await queries.version(session, scope, agreement.id, row.id, now.date())


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signature consists of: the PDF, the day and the people, who approves it last."""

    content: bytes
    signed_on: date
    signatories: Sequence[SignatoryBody]
    name: str = "agreement.pdf"


async def put_in_force(
    session: Session,
    author: Scope,
    verifier: Scope,
    version: tuple[UUID, UUID],
    *,
    signing: Signing,
    now: datetime,
) -> AgreementOut:
    """Take a draft through every ordinary step, two people acting; ids as in `change_version`."""

    async def step(scope: Scope, kind: VersionCommandKind, **more: Any) -> AgreementOut:
        _, row = await queries.version_row(session, scope, *version)
        body = VersionCommandBody(kind=kind, base_version=row.version, **more)
        return await command_version(session, scope, version, body, now=now)

    await step(verifier, "verify")
    file = await attach(
        session, author, version, signing.content, name=signing.name, media_type=PDF, now=now
    )
    await step(
        author,
        "sign",
        file_id=file.id,
        signed_on=signing.signed_on,
        signatories=list(signing.signatories),
        approved_by=signing.signatories[-1].name,
    )
    return await step(author, "activate")


async def _require_sound(
    session: Session, scope: Scope, row: Agreement, data: VersionBody, now: datetime
) -> None:
    context = await _context(session, row, now)
    parties = Parties(AgreementKind(row.kind), row.customer_id, context)
    if faults := await faults_of(session, scope, data, parties):
        raise Invalid(faults)


async def _context(session: Session, row: Agreement, now: datetime) -> Sequence[VersionValue]:
    """What a version may rely on: corporate versions in force, its own agreement's left out."""
    corporate = await corporate_versions(session, now)
    return [each for each in corporate if each.agreement != row.number]


async def _write(
    session: Session, scope: Scope, row: Agreement, data: VersionBody, now: datetime
) -> AgreementVersion:
    last = await session.scalar(
        select(func.max(AgreementVersion.number)).where(AgreementVersion.agreement_id == row.id)
    )
    version = AgreementVersion(
        agreement_id=row.id,
        number=(last or 0) + 1,
        status=VersionStatus.DRAFT.value,
        **_columns(scope, data, now),
    )
    await require_free(session, row, version)
    session.add(version)
    await session.flush()
    return version


def _columns(scope: Scope, data: VersionBody, now: datetime) -> dict[str, Any]:
    terms = stored(data.terms)
    written = document(data.zone, data.valid_from, data.valid_to, terms)
    return {
        "zone": data.zone,
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
        "written_to": data.valid_to,
        "terms": terms,
        "fingerprint": fingerprint(written),
        "author_id": scope.account_id,
        "author_name": scope.name,
        "written_at": now,
    }


def _rewritten(row: AgreementVersion, data: VersionChangeBody) -> VersionBody:
    named = changes(data, may_be_empty=("valid_to",))
    return VersionBody(
        valid_from=named.get("valid_from", row.valid_from),
        valid_to=named.get("valid_to", row.written_to),
        zone=named.get("zone", row.zone),
        terms=data.terms or TermsBody.model_validate(plain(row.terms)),
    )
