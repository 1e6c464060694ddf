"""Keeping files: a document as it was handed in, a picture without all that is not picture."""

import hashlib
import re
from datetime import datetime
from uuid import UUID

from server.files.images import Picture
from server.files.problems import FileTooLarge, FileTypeRefused
from server.files.tables import StoredFile
from server.kit.database import Session

PDF = "application/pdf"
PDF_BEGINS = b"%PDF-"
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120
UNNAMED = "document.pdf"
# What a name may not hold on one system or another, and what would hide its ending.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


async def store(
    session: Session, content: bytes, name: str, media_type: str, *, by: UUID | None, now: datetime
) -> StoredFile:
    """Keep a PDF under a plain file name, with the hash it came in with."""
    if len(content) > LARGEST:
        raise FileTooLarge
    if media_type != PDF or not content.startswith(PDF_BEGINS):
        raise FileTypeRefused
    row = StoredFile(
        name=plain_name(name),
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        uploaded_by=by,
        uploaded_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def store_picture(
    session: Session,
    picture: Picture,
    *,
    name: str,
    original_sha256: str,
    by: UUID | None,
    now: datetime,
) -> StoredFile:
    """Keep a picture that was written anew, and the hash of what it was made from."""
    row = StoredFile(
        name=f"{name}.{picture.ending}",
        media_type=picture.media_type,
        sha256=hashlib.sha256(picture.content).hexdigest(),
        original_sha256=original_sha256,
        size=len(picture.content),
        content=picture.content,
        uploaded_by=by,
        uploaded_at=now,
    )
    session.add(row)
    await session.flush()
    return row


def plain_name(given: str) -> str:
    """The last part of a path, without what a file name may not hold; it ends in .pdf.

    >>> plain_name("../../etc/passwd"), plain_name("Contract 2026.PDF"), plain_name("..")
    ('passwd.pdf', 'Contract 2026.pdf', 'document.pdf')
    """
    last = re.split(r"[/\\]", given)[-1]
    stem = re.sub(r"\.pdf$", "", UNSAFE.sub("", last).strip(), flags=re.IGNORECASE).strip(" .")
    return f"{stem[:LONGEST_NAME].strip()}.pdf" if stem else UNNAMED
