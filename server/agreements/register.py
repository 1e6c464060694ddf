"""Writing the register out: as a document that can be read back, or as a table for people.

Reading one back is done in `register_reading`.
"""

import base64
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.agreements.documents import document, fingerprint, plain
from server.agreements.queries import files_of, versions_of
from server.agreements.register_codes import Codes, customer_code, read_codes, terms_by_code
from server.agreements.tables import Agreement, AgreementVersion, ChangeRequest, Review
from server.files.queries import content
from server.files.tables import StoredFile
from server.kit.database import AnySession

FORMAT = "palier-agreements-1"
OWN_COLUMNS = ("number", "kind", "party", "name", "owner_name", "review_every_months")
# What is told of a version as it was recorded, besides its document and its files.
STORY = (
    "number",
    "status",
    "valid_to",
    "author_name",
    "written_at",
    "verified_by",
    "verified_at",
    "blanket_reason",
    "blanket_reason_by",
    "signed_on",
    "signatories",
    "activated_by",
    "activated_at",
    "ends_on",
    "termination_reason",
    "termination_requested_by",
    "termination_requested_at",
    "terminated_by",
    "terminated_at",
    "closed_at",
)
REVIEW = ("held_on", "outcome", "note", "level", "present", "recorded_by", "recorded_at")
REQUEST = ("text", "asked_by", "asked_at", "decision", "reason", "decided_by", "decided_at")
COLUMNS = (
    "number",
    "version",
    "status",
    "kind",
    "customer",
    "party",
    "name",
    "owner",
    "valid_from",
    "valid_to",
    "signed_on",
    "signatories",
    "signed_file_sha256",
    "document_sha256",
    "next_review_on",
)
# A cell that begins so is a formula to a spreadsheet.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


async def export_register(
    session: AnySession, numbers: Iterable[str] | None = None
) -> dict[str, Any]:
    """The whole register, or the agreements with these numbers; the same rows, the same bytes.

    Everybody who may ask sees all of it: agreements belong to no region.
    """
    query = select(Agreement).order_by(Agreement.number)
    if numbers is not None:
        query = query.where(Agreement.number.in_(list(numbers)))
    rows = (await session.scalars(query)).all()
    codes = await read_codes(session)
    return {
        "format": FORMAT,
        "agreements": [await _agreement(session, row, codes) for row in rows],
    }


async def register_table(session: AnySession) -> str:
    """One line for each version, ready for a spreadsheet."""
    register = await export_register(session)
    lines = io.StringIO()
    written = csv.writer(lines)
    written.writerow(COLUMNS)
    for agreement in register["agreements"]:
        written.writerows(_lines(agreement))
    return lines.getvalue()


def safe_cell(value: object) -> str:
    """A cell no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("A-1"), safe_cell(None)
    ("'=1+1", 'A-1', '')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


def document_by_code(row: AgreementVersion, codes: Codes) -> dict[str, Any]:
    terms = terms_by_code(row.terms, codes)
    return document(row.zone, row.valid_from, row.written_to, terms)


async def _agreement(session: AnySession, row: Agreement, codes: Codes) -> dict[str, Any]:
    versions = (await versions_of(session, [row.id]))[row.id]
    files = await files_of(session, [version.id for version in versions])
    return {
        **{name: getattr(row, name) for name in OWN_COLUMNS},
        "customer": customer_code(row.customer_id, codes),
        "next_review_on": plain(row.next_review_on),
        "versions": [
            await _version(session, version, files.get(version.id, ()), codes)
            for version in versions
        ],
        "reviews": await _told(session, Review, row.id, REVIEW),
        "change_requests": await _told(session, ChangeRequest, row.id, REQUEST),
    }


async def _version(
    session: AnySession, row: AgreementVersion, files: Sequence[StoredFile], codes: Codes
) -> dict[str, Any]:
    written = document_by_code(row, codes)
    signed = next((file.sha256 for file in files if file.id == row.signed_file_id), None)
    return {
        **{name: plain(getattr(row, name)) for name in STORY},
        "document": written,
        "sha256": fingerprint(written),
        "signed_file": signed,
        "files": [await _file(session, file) for file in files],
    }


async def _file(session: AnySession, row: StoredFile) -> dict[str, Any]:
    return {
        "name": row.name,
        "media_type": row.media_type,
        "sha256": row.sha256,
        "uploaded_at": plain(row.uploaded_at),
        "content": base64.b64encode(await content(session, row.id)).decode(),
    }


async def _told(
    session: AnySession,
    table: type[Review | ChangeRequest],
    agreement_id: UUID,
    names: Sequence[str],
) -> list[dict[str, Any]]:
    rows = await session.scalars(select(table).where(table.agreement_id == agreement_id))
    told = [{name: plain(getattr(row, name)) for name in names} for row in rows]
    return sorted(told, key=lambda each: [str(each[name]) for name in _by_time(names)])


def _by_time(names: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: name not in {"recorded_at", "asked_at"})


def _lines(agreement: dict[str, Any]) -> Iterator[list[str]]:
    for version in agreement["versions"]:
        signatories = (f"{each['name']} ({each['party']})" for each in version["signatories"])
        cells = (
            agreement["number"],
            version["number"],
            version["status"],
            agreement["kind"],
            agreement["customer"],
            agreement["party"],
            agreement["name"],
            agreement["owner_name"],
            version["document"]["valid_from"],
            version["valid_to"],
            version["signed_on"],
            "; ".join(signatories),
            version["signed_file"],
            version["sha256"],
            agreement["next_review_on"],
        )
        yield [safe_cell(cell) for cell in cells]
