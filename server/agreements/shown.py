"""Agreements as they are shown to staff.

What building managers see is said in `portal`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from dispatch.agreements import (
    BY_ITSELF,
    HOLDS,
    NEEDS_OTHER_PERSON,
    FirstPerson,
    VersionCommand,
    VersionStatus,
    allowed_version_commands,
)
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import (
    AgreementBriefOut,
    AgreementOut,
    FileOut,
    SignatoryOut,
    TermsOut,
    VersionOut,
)
from server.agreements.tables import Agreement, AgreementVersion
from server.files.tables import StoredFile

WRITERS = (Role.ADMIN, Role.EXPERIENCE)
WITHOUT: dict[str, Any] = {"objectives": [], "choices": None, "pricing": None}
HOLDING_STATUSES = frozenset(status.value for status in HOLDS)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown with an agreement's own rows: names, files, and who asks on which day."""

    scope: Scope
    today: date
    customers: Mapping[UUID, str]
    files: Mapping[UUID, Sequence[StoredFile]]
    gone: Collection[UUID]

    def customer_name(self, row: Agreement) -> str:
        return "" if row.customer_id is None else self.customers[row.customer_id]


def shown_agreement(
    row: Agreement, versions: Sequence[AgreementVersion], beside: Beside
) -> AgreementOut:
    return AgreementOut(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=beside.customer_name(row),
        kind=row.kind,  # type: ignore[arg-type]
        party=row.party,
        name=row.name,
        owner_name=row.owner_name,
        owner_id=row.owner_id,
        backup_name=row.backup_name,
        backup_id=row.backup_id,
        is_owner_gone=row.owner_id in beside.gone,
        review_every_months=row.review_every_months,
        next_review_on=row.next_review_on,
        is_review_overdue=is_review_overdue(row, beside.today),
        versions=[shown_version(version, beside) for version in versions],
        version=row.version,
    )


def shown_brief(
    row: Agreement, versions: Sequence[AgreementVersion], beside: Beside
) -> AgreementBriefOut:
    """One row of the register: the version that holds today, else the newest one."""
    held = next((each for each in versions if holds_on(each, beside.today)), None)
    told = held or newest(versions)
    return AgreementBriefOut(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=beside.customer_name(row),
        kind=row.kind,  # type: ignore[arg-type]
        party=row.party,
        name=row.name,
        owner_name=row.owner_name,
        is_owner_gone=row.owner_id in beside.gone,
        status=told.status,  # type: ignore[arg-type]
        in_force_number=None if held is None else held.number,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
        next_review_on=row.next_review_on,
        is_review_overdue=is_review_overdue(row, beside.today),
        version=row.version,
    )


def shown_version(row: AgreementVersion, beside: Beside) -> VersionOut:
    files = beside.files.get(row.id, ())
    signed = next((file for file in files if file.id == row.signed_file_id), None)
    return VersionOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        written_to=row.written_to,
        zone=row.zone,
        terms=shown_terms(row),
        fingerprint=row.fingerprint,
        author_name=row.author_name,
        written_at=row.written_at,
        verified_by=row.verified_by,
        verified_at=row.verified_at,
        blanket_reason=row.blanket_reason,
        blanket_reason_by=row.blanket_reason_by,
        signed_on=row.signed_on,
        signatories=shown_signatories(row),
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        signed_file=None if signed is None else shown_file(signed),
        attachments=[shown_file(file) for file in files if file is not signed],
        activated_by=row.activated_by,
        activated_at=row.activated_at,
        ends_on=row.ends_on,
        termination_reason=row.termination_reason,
        termination_requested_by=row.termination_requested_by,
        terminated_by=row.terminated_by,
        terminated_at=row.terminated_at,
        closed_at=row.closed_at,
        allowed=[each.value for each in allowed_to(beside, row)],  # type: ignore[misc]
        version=row.version,
    )


def shown_terms(row: AgreementVersion) -> TermsOut:
    return msgspec.convert(WITHOUT | row.terms, TermsOut)


def shown_signatories(row: AgreementVersion) -> list[SignatoryOut]:
    return [SignatoryOut(name=each["name"], party=each["party"]) for each in row.signatories]


def shown_file(row: StoredFile) -> FileOut:
    return FileOut(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        uploaded_at=row.uploaded_at,
    )


def allowed_to(beside: Beside, row: AgreementVersion) -> list[VersionCommand]:
    """The steps this caller may take with a version today; the system's own are left out."""
    if beside.scope.role not in WRITERS:
        return []
    return [
        command
        for command in allowed_version_commands(VersionStatus(row.status))
        if command not in BY_ITSELF
        and not is_first_person(beside.scope, row, command)
        and not (command is VersionCommand.CLOSE and is_still_in_force(row, beside.today))
    ]


def is_still_in_force(row: AgreementVersion, today: date) -> bool:
    """Whether a version's last day has not come yet: until then nobody puts it away."""
    return row.valid_to is not None and today < row.valid_to


def is_first_person(scope: Scope, row: AgreementVersion, command: VersionCommand) -> bool:
    """Whether a step needs a second person and the caller was the first."""
    first = {
        FirstPerson.AUTHOR: row.author_id,
        FirstPerson.REQUESTER: row.termination_requested_by_id,
    }
    needed = NEEDS_OTHER_PERSON.get(command)
    return needed is not None and first[needed] == scope.account_id


def holds_on(row: AgreementVersion, day: date) -> bool:
    """Whether a version is in force on a local day of its zone."""
    is_after = row.valid_to is not None and day >= row.valid_to
    return row.status in HOLDING_STATUSES and row.valid_from <= day and not is_after


def newest(versions: Sequence[AgreementVersion]) -> AgreementVersion:
    """The newest version that was not withdrawn, or the newest of all."""
    kept = [each for each in versions if each.status != VersionStatus.WITHDRAWN.value]
    return max(kept or versions, key=lambda each: each.number)


def is_review_overdue(row: Agreement, today: date) -> bool:
    return row.next_review_on is not None and row.next_review_on < today
