"""Photos sent with a report: drawn anew before they are kept, and still there after a merge.

What technicians photograph is evidence, in `evidence_uploads`.
"""

import asyncio
import binascii
import hashlib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.files.actions import store_picture
from server.files.images import NotAPicture, Picture, rewritten
from server.files.tables import StoredFile
from server.interventions.dossier import sees
from server.interventions.report_photo_schemas import ReportPhotoOut, ReportPhotosOut
from server.interventions.tables import Intervention, ReportPhoto
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid, NotFound

MOST_PIXELS = 12_000_000
"""Sent by anybody: far more than our pages send, and little enough to be drawn in a moment."""
_one_at_a_time = asyncio.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photo without anything its camera wrote beside it, and the hash of what came in."""

    picture: Picture
    original_sha256: str


async def drawn(photos: Sequence[str]) -> list[Drawn]:
    """Read base64 pictures, beside the loop and before anything is written."""
    found = []
    for place, photo in enumerate(photos):
        try:
            content = b64decode(photo, validate=True)
            async with _one_at_a_time:
                picture = await asyncio.to_thread(rewritten, content, MOST_PIXELS)
        except (binascii.Error, NotAPicture):
            sentence = "This cannot be read as a picture."
            raise Invalid([Fault(f"photos.{place}", "not_a_picture", sentence)]) from None
        found.append(Drawn(picture, hashlib.sha256(content).hexdigest()))
    return found


async def attach(
    session: Session, intervention_id: UUID, photos: Sequence[Drawn], now: datetime
) -> None:
    """Keep what came with a report."""
    for photo in photos:
        stored = await store_picture(
            session,
            photo.picture,
            name="report",
            original_sha256=photo.original_sha256,
            by=None,
            now=now,
        )
        session.add(
            ReportPhoto(intervention_id=intervention_id, stored_file_id=stored.id, received_at=now)
        )
    await session.flush()


async def report_photos(
    session: AnySession, scope: Scope, intervention_id: UUID
) -> ReportPhotosOut:
    """The photos of a report of the caller's, and of those merged into it; oldest first."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    query = (
        select(ReportPhoto, Intervention.number)
        .join(Intervention, Intervention.id == ReportPhoto.intervention_id)
        .where(or_(Intervention.id == row.id, Intervention.merged_into_id == row.id))
        .order_by(ReportPhoto.received_at, ReportPhoto.id)
    )
    return ReportPhotosOut(
        [
            ReportPhotoOut(photo.id, photo.intervention_id, number, photo.received_at)
            for photo, number in (await session.execute(query)).all()
        ]
    )


async def content(session: AnySession, scope: Scope, photo_id: UUID) -> StoredFile:
    """The file of a photo of the caller's, with its bytes; any other looks unknown."""
    photo = await session.get(ReportPhoto, photo_id)
    row = None if photo is None else await session.get(Intervention, photo.intervention_id)
    if photo is None or row is None or not sees(scope, row):
        raise NotFound
    file = await session.get_one(StoredFile, photo.stored_file_id)
    await session.refresh(file, ["content"])
    return file
