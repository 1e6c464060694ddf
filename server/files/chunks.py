"""Files on their way: bytes that arrived so far, piece by piece, under the name of their upload.

What an upload belongs to is known by the room that takes it.
"""

from sqlalchemy import delete, select

from server.files.tables import FileChunk
from server.kit.database import AnySession, Session

LARGEST_CHUNK = 256 * 1024


def keep(session: Session, upload: str, offset: int, content: bytes) -> None:
    session.add(FileChunk(upload=upload, offset=offset, content=content))


async def gathered(session: AnySession, upload: str) -> bytes:
    """What arrived so far, in order."""
    query = select(FileChunk.content).where(FileChunk.upload == upload).order_by(FileChunk.offset)
    return b"".join((await session.scalars(query)).all())


async def forget(session: Session, upload: str) -> None:
    await session.execute(delete(FileChunk).where(FileChunk.upload == upload))
