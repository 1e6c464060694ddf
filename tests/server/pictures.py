"""Pictures as a camera leaves them, and sending them as a phone does."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from server.accounts.scope import Scope
from server.files.chunks import LARGEST_CHUNK
from server.interventions import evidence_uploads
from server.interventions.evidence_schemas import FileBody, FileStatusOut
from server.interventions.evidence_uploads import CHUNK_TYPE, Piece
from server.kit.database import Database

TAKEN_AT = datetime(2026, 6, 2, 7, 15, tzinfo=UTC)
GPS, LATITUDE, MAKE = 0x8825, 2, 0x010F


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: Any) -> bytes:
    """A picture in two colours."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((20, 90, 200), (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def with_place() -> bytes:
    """A JPEG that says where it was taken and with what."""
    exif = Image.Exif()
    exif[MAKE] = "SPYCAM"
    exif.get_ifd(GPS).update({1: "N", LATITUDE: (42.0, 30.0, 0.0), 3: "E", 4: (1.0, 30.0, 0.0)})
    return picture(exif=exif)


def noise(size: int) -> bytes:
    """A PNG of about so many bytes: nothing in it repeats."""
    edge = max(8, int((size / 3) ** 0.5))
    image = Image.effect_noise((edge, edge * 3), 100)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


PHOTO = picture()


def promised(content: bytes = PHOTO, **more: Any) -> FileBody:
    """What a phone says of a picture it has taken."""
    told = {
        "id": uuid4(),
        "kind": "photo",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "image/jpeg",
        "taken_at": TAKEN_AT,
    }
    return FileBody(**{**told, **more})


async def send_piece(
    database: Database, scope: Scope, given: Piece, now: datetime
) -> FileStatusOut:
    """One request as the route carries it out."""
    async with database.read() as session:
        looked = await evidence_uploads.piece(session, scope, given, CHUNK_TYPE, now)
    arrived = await evidence_uploads.looked_at(database.read, looked)
    async with database.write() as session:
        return await evidence_uploads.keep(session, scope, looked, arrived, now)


async def send_whole(
    database: Database,
    scope: Scope,
    key: tuple[UUID, UUID],
    content: bytes,
    now: datetime,
) -> FileStatusOut:
    """All of a file, piece after piece; how it stands then."""
    for offset in range(0, len(content), LARGEST_CHUNK):
        piece = Piece(key, offset, content[offset : offset + LARGEST_CHUNK])
        status = await send_piece(database, scope, piece, now)
    return status
