"""The bytes of promised files, piece by piece: each piece counts once, wherever a phone lost count.

A file is taken once it is whole, is what was promised and is a picture; its intervention ends when
that was all it waited for.
"""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.files import chunks
from server.files.actions import store_picture
from server.files.images import NotAPicture, Picture, rewritten
from server.files.tables import StoredFile
from server.interventions.consequences import end_when_complete, settle
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions
from server.interventions.events import tell
from server.interventions.evidence_schemas import FileStatusOut
from server.interventions.problems import ChunkRefused, FileQuotaReached, UploadOffsetDiffers
from server.interventions.tables import Intervention, PromisedFile, Visit
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid, NotFound

Key = tuple[UUID, UUID]
Reading = Callable[[], AbstractAsyncContextManager[AnySession]]
DAY = timedelta(days=1)
CHUNK_TYPE = "application/offset+octet-stream"
MOST_A_DAY = 512 * 1024 * 1024
_few_at_a_time = asyncio.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file from `offset` on; the last ones say what all of it was promised to be."""

    key: Key
    offset: int
    content: bytes
    sha256: str = ""
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """A whole file that was looked at: what was promised or not, a picture or not."""

    is_promised: bool
    picture: Picture | None = None


async def piece(
    session: AnySession, scope: Scope, given: Piece, media_type: str, now: datetime
) -> Piece:
    """Look at a piece before anything is written; one that was kept already is fine again."""
    row = await _promised(session, scope, given.key)
    if media_type != CHUNK_TYPE:
        raise ChunkRefused
    end = given.offset + len(given.content)
    if not given.content or len(given.content) > chunks.LARGEST_CHUNK or end > row.size:
        sentence = f"Send 1 to {chunks.LARGEST_CHUNK} bytes, and none beyond the end of the file."
        raise Invalid([Fault("body", "chunk_size", sentence)])
    if given.offset != row.received_size:
        return given
    await _require_quota(session, scope, len(given.content), now)
    return replace(given, sha256=row.sha256, is_last=end == row.size)


async def looked_at(reading: Reading, given: Piece) -> Arrived | None:
    """Hash and redraw a whole file, beside the loop; None where more is still to come.

    However many phones send their last piece at once, few files are held in memory.
    """
    if not given.is_last:
        return None
    async with _few_at_a_time:
        async with reading() as session:
            before = await chunks.gathered(session, _upload(given.key))
        return await asyncio.to_thread(_looked_at, before + given.content, given.sha256)


def _looked_at(whole: bytes, sha256: str) -> Arrived:
    if hashlib.sha256(whole).hexdigest() != sha256:
        return Arrived(is_promised=False)
    try:
        return Arrived(is_promised=True, picture=rewritten(whole))
    except NotAPicture:
        return Arrived(is_promised=True)


async def keep(
    session: Session, scope: Scope, given: Piece, arrived: Arrived | None, now: datetime
) -> FileStatusOut:
    """Keep a piece, or take the file it completes; the same piece again changes nothing."""
    dossier = None
    if arrived is not None:
        dossier = await _locked(session, scope, given.key)
    row = await _promised(session, scope, given.key, for_change=True)
    end = given.offset + len(given.content)
    if row.received_size >= end:
        return _status(row)
    if row.received_size != given.offset:
        raise UploadOffsetDiffers(row.received_size)
    if dossier is None or arrived is None:
        chunks.keep(session, _upload(given.key), given.offset, given.content)
        row.received_size = end
    else:
        await chunks.forget(session, _upload(given.key))
        await _take(session, row, arrived, now)
        await _tell(session, scope, dossier, row, now)
    return _status(row)


async def _take(session: Session, row: PromisedFile, arrived: Arrived, now: datetime) -> None:
    """Keep a whole file as what it turned out to be; what was not promised begins again."""
    row.received_size = row.size if arrived.is_promised else 0
    if arrived.picture is not None:
        stored = await store_picture(
            session,
            arrived.picture,
            name=f"{row.kind}-{row.id}",
            original_sha256=row.sha256,
            by=row.account_id,
            now=now,
        )
        row.stored_file_id, row.state = stored.id, "received"
    elif arrived.is_promised and row.state == "promised":
        row.state = "refused"
    await session.flush()


async def _tell(
    session: Session, scope: Scope, dossier: Dossier, row: PromisedFile, now: datetime
) -> None:
    """Say that a file is here, or cannot be read; and that nothing else was waited for."""
    if row.received_size < row.size:
        return
    kinds = ["evidence_refused" if row.stored_file_id is None else "evidence_received"]
    if end_when_complete(session, dossier):
        kinds.append("intervention_closed")
    settle(dossier, now)
    await session.flush()
    visit = dossier.visit(row.visit_id)
    for kind in kinds:
        await tell(session, scope.actor, now, kind=kind, dossier=dossier, visit=visit)


async def status(session: AnySession, scope: Scope, key: Key) -> FileStatusOut:
    """How much of a file is here."""
    return _status(await _promised(session, scope, key))


async def picture(session: AnySession, scope: Scope, key: Key) -> tuple[str, str, bytes]:
    """Name, media type and bytes of a file, once it is here."""
    row = await _promised(session, scope, key)
    query = select(StoredFile.name, StoredFile.media_type, StoredFile.content)
    found = (await session.execute(query.where(StoredFile.id == row.stored_file_id))).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1], found[2]


async def _locked(session: Session, scope: Scope, key: Key) -> Dossier:
    row = await _promised(session, scope, key)
    return (await all_dossiers(session, await lock_interventions(session, [row.intervention_id])))[
        0
    ]


async def _promised(
    session: AnySession, scope: Scope, key: Key, *, for_change: bool = False
) -> PromisedFile:
    """A file of a visit this caller may see; any other looks unknown."""
    visit_id, file_id = key
    query = (
        select(PromisedFile)
        .join(Visit, Visit.id == PromisedFile.visit_id)
        .join(Intervention, Intervention.id == PromisedFile.intervention_id)
        .where(PromisedFile.visit_id == visit_id, PromisedFile.id == file_id)
    )
    if scope.role is Role.TECHNICIAN:
        query = query.where(Visit.technician_id == scope.technician_id)
    elif scope.region_ids is not None:
        query = query.where(Intervention.region_id.in_(scope.region_ids))
    if for_change:
        query = query.with_for_update(of=PromisedFile).execution_options(populate_existing=True)
    row = await session.scalar(query)
    if row is None:
        raise NotFound
    return row


async def _require_quota(session: AnySession, scope: Scope, more: int, now: datetime) -> None:
    query = select(func.coalesce(func.sum(PromisedFile.received_size), 0)).where(
        PromisedFile.account_id == scope.account_id, PromisedFile.promised_at > now - DAY
    )
    if int(await session.scalar(query) or 0) + more > MOST_A_DAY:
        raise FileQuotaReached


def _upload(key: Key) -> str:
    visit_id, file_id = key
    return f"{visit_id}/{file_id}"


def _status(row: PromisedFile) -> FileStatusOut:
    return FileStatusOut(
        id=row.id,
        size=row.size,
        received_size=row.received_size,
        state=row.state,  # type: ignore[arg-type]
    )
