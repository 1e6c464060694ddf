"""Reading a register: every row is checked before any is written, and all are or none.

What stands here word for word already is passed over; nothing that stands here is changed.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from uuid import UUID

from pydantic import ValidationError

from dispatch.agreements import AgreementKind
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements.documents import canonical, fingerprint, stored
from server.agreements.references import known_to
from server.agreements.register import export_register
from server.agreements.register_codes import Codes, read_codes, terms_by_id
from server.agreements.register_schemas import (
    RegisterAgreement,
    RegisterBody,
    RegisterFile,
    RegisterReadOut,
    RegisterVersion,
)
from server.agreements.register_writing import Readable, write_agreement
from server.agreements.schemas import TermsBody, VersionBody
from server.agreements.shown import HOLDING_STATUSES
from server.agreements.snapshot import corporate_versions
from server.agreements.soundness import Parties, faults_of
from server.agreements.turns import take_turn
from server.agreements.values import version_of
from server.files.actions import LARGEST, PDF_BEGINS
from server.kit.database import Session
from server.kit.http import faults_of as shape_faults
from server.kit.problems import Invalid
from server.kit.span import EARLIEST, LATEST, SENTENCE

REGISTER_NAMES = {
    "region_id": "region",
    "site_id": "site",
    "asset_id": "asset",
    "calendar_id": "calendar",
    "site_ids": "sites",
    "availability_calendar_id": "availability_calendar",
}


async def import_register(
    session: Session, scope: Scope, data: RegisterBody, *, now: datetime
) -> RegisterReadOut:
    """Write the agreements that are not here yet; every fault of every row, or all of them."""
    await take_turn(session, None)
    new, faults = await _new_ones(session, data)
    codes = await read_codes(session)
    readable = []
    for index, given in new:
        found = _read(given, codes)
        if isinstance(found, Readable):
            readable.append((index, found))
        else:
            faults += (fault.under(f"agreements.{index}") for fault in found)
    context = [
        *await corporate_versions(session, now),
        *await _corporate(session, scope, [each for _, each in readable]),
    ]
    for index, each in readable:
        found_faults = await _unsound(session, scope, each, context)
        faults += (fault.under(f"agreements.{index}") for fault in found_faults)
    if faults:
        raise Invalid(faults)
    for _, each in readable:
        await write_agreement(session, scope, each, now)
    return RegisterReadOut(written=len(readable), skipped=len(data.agreements) - len(readable))


async def _new_ones(
    session: Session, data: RegisterBody
) -> tuple[list[tuple[int, RegisterAgreement]], list[Fault]]:
    """Agreements not stored yet; one with a number of ours has to be ours word for word."""
    numbers = {each.number for each in data.agreements}
    stored_ones = (await export_register(session, numbers))["agreements"]
    here = {each["number"]: canonical(each) for each in stored_ones}
    seen: set[str] = set()
    new, faults = [], []
    for index, each in enumerate(data.agreements):
        path = f"agreements.{index}.number"
        if each.number in seen:
            faults.append(Fault(path, "listed_twice", "This number stands above already."))
        elif each.number not in here:
            new.append((index, each))
        elif canonical(stored(each)) != here[each.number]:
            sentence = "Another agreement has this number here: nothing of it is overwritten."
            faults.append(Fault(path, "already_exists", sentence))
        seen.add(each.number)
    return new, faults


def _read(given: RegisterAgreement, codes: Codes) -> Readable | list[Fault]:
    faults: list[Fault] = []
    customer = None if given.customer is None else codes.ids("customers").get(given.customer)
    if given.customer is not None and customer is None:
        faults.append(Fault("customer", "unknown", "There is no customer with this code."))
    terms = []
    for index, version in enumerate(given.versions):
        path = f"versions.{index}"
        faults += (fault.under(path) for fault in _version_faults(version))
        found = _terms(version, codes)
        if isinstance(found, TermsBody):
            terms.append(found)
        else:
            faults += (fault.under(f"{path}.document.terms") for fault in found)
    faults += _order_faults(given.versions)
    if faults:
        return faults
    return Readable(given, None if customer is None else UUID(customer), terms)


def _terms(version: RegisterVersion, codes: Codes) -> TermsBody | list[Fault]:
    decoded = terms_by_id(version.document.terms, codes)
    if decoded.faults:
        return decoded.faults
    try:
        return TermsBody.model_validate(decoded.terms)
    except ValidationError as error:
        return [_by_code(fault) for fault in shape_faults(error)]


def _by_code(fault: Fault) -> Fault:
    parts = [REGISTER_NAMES.get(part, part) for part in fault.path.split(".")]
    return Fault(".".join(parts), fault.code, fault.sentence)


def _version_faults(version: RegisterVersion) -> Iterator[Fault]:
    if fingerprint(stored(version.document)) != version.sha256:
        sentence = "The document is not the one this hash was taken of."
        yield Fault("sha256", "hash_mismatch", sentence)
    if version.signed_file not in {None, *(file.sha256 for file in version.files)}:
        yield Fault("signed_file", "unknown", "The signed file is not among the files.")
    begins, ends = version.document.valid_from, version.valid_to
    if ends is not None and ends <= begins:
        yield Fault("valid_to", "ends_before_start", "The version ends before its first day.")
    if ends is not None and not EARLIEST.date() <= ends < LATEST.date():
        yield Fault("valid_to", "out_of_range", SENTENCE)
    for index, file in enumerate(version.files):
        yield from (fault.under(f"files.{index}") for fault in _file_faults(file))


def _file_faults(file: RegisterFile) -> Iterator[Fault]:
    try:
        content = base64.b64decode(file.content, validate=True)
    except binascii.Error:
        yield Fault("content", "not_base64", "This is not base64.")
        return
    if hashlib.sha256(content).hexdigest() != file.sha256:
        yield Fault("sha256", "hash_mismatch", "The file is not the one this hash was taken of.")
    if not content.startswith(PDF_BEGINS):
        yield Fault("content", "file_type_refused", "Only PDF files are kept here.")
    if len(content) > LARGEST:
        yield Fault("content", "file_too_large", "This file is larger than 10 MB.")


def _order_faults(versions: Sequence[RegisterVersion]) -> Iterator[Fault]:
    for (first, _), (second, later) in combinations(enumerate(versions), 2):
        if versions[first].number >= later.number:
            sentence = "Versions come by number, each once."
            yield Fault(f"versions.{second}.number", "not_ascending", sentence)
        elif _overlap(versions[first], later):
            sentence = f"Version {versions[first].number} is in force on some of these days."
            yield Fault(f"versions.{second}", "versions_overlap", sentence)


def _overlap(first: RegisterVersion, second: RegisterVersion) -> bool:
    if not {first.status, second.status} <= HOLDING_STATUSES:
        return False
    begins = first.document.valid_from, second.document.valid_from
    is_before = first.valid_to is not None and first.valid_to <= begins[1]
    is_after = second.valid_to is not None and second.valid_to <= begins[0]
    return not is_before and not is_after


async def _corporate(
    session: Session, scope: Scope, readable: Sequence[Readable]
) -> list[VersionValue]:
    """Versions of the register itself on whose hours others in it may rely."""
    found = []
    for each in readable:
        if each.customer_id is not None:
            continue
        for version, terms in zip(each.given.versions, each.terms, strict=True):
            known = await known_to(session, scope, terms)
            hours = {str(calendar): value for calendar, value in known.calendars.items()}
            kind = AgreementKind(each.given.kind)
            value = version_of(stored(terms), hours, kind=kind, customer=None)
            found.append(
                replace(
                    value,
                    id=f"{each.given.number}.{version.number}",
                    agreement=each.given.number,
                )
            )
    return found


async def _unsound(
    session: Session, scope: Scope, each: Readable, context: Sequence[VersionValue]
) -> list[Fault]:
    others = [value for value in context if value.agreement != each.given.number]
    parties = Parties(AgreementKind(each.given.kind), each.customer_id, others)
    faults: list[Fault] = []
    for index, (version, terms) in enumerate(zip(each.given.versions, each.terms, strict=True)):
        body = VersionBody.model_construct(
            valid_from=version.document.valid_from,
            valid_to=version.document.valid_to,
            zone=version.document.zone,
            terms=terms,
        )
        found = await faults_of(session, scope, body, parties)
        faults += (_by_code(fault).under(f"versions.{index}.document") for fault in found)
    return faults
