"""Reading files."""

from uuid import UUID

from sqlalchemy import select

from server.files.tables import StoredFile
from server.kit.database import AnySession
from server.kit.problems import NotFound


async def content(session: AnySession, file_id: UUID) -> bytes:
    """The bytes of a file, as they came in."""
    query = select(StoredFile.content).where(StoredFile.id == file_id)
    found = await session.scalar(query)
    if found is None:
        raise NotFound
    return found
