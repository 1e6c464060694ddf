"""The files of a plan: kept compressed beside it, given out for replays, forgotten in time.

Their format is the planning contract's; how they are replayed is `server.cli.replaying`'s.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.engine import CursorResult

from server.accounts.scope import Scope
from server.kit.database import AnySession, Database, Session
from server.planning.problems import PlanFilesGone
from server.planning.queries import plan_row
from server.planning.tables import PlanFiles


class PlanFile(StrEnum):
    """One of a plan's three files: the question, the plan it started from, the plan found."""

    PROBLEM = "problem"
    START = "start"
    RESULT = "result"


def packed(document: Mapping[str, object]) -> bytes:
    """A document as it is kept.

    >>> unpacked(packed({"format": "palier-plan/1"}))
    b'{"format":"palier-plan/1"}'
    """
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode())


def unpacked(kept: bytes) -> bytes:
    """A kept document as it was, in JSON."""
    return zlib.decompress(kept)


async def keep_question(
    session: Session, plan_id: UUID, *, problem: bytes, start: bytes, now: datetime
) -> None:
    """Keep what a search is about to be asked, so that even one that fails can be looked into."""
    await session.merge(PlanFiles(plan_id=plan_id, kept_at=now, problem=problem, start=start))


async def keep_answer(session: Session, plan_id: UUID, result: bytes) -> None:
    """Keep the plan that was found beside its question."""
    files = await session.get(PlanFiles, plan_id)
    if files is not None:
        files.result = result


async def plan_file(session: AnySession, scope: Scope, plan_id: UUID, wanted: PlanFile) -> bytes:
    """One file of a plan of the caller's regions, in JSON; refused once it is forgotten."""
    row = await plan_row(session, scope, plan_id)
    files = await session.get(PlanFiles, row.id)
    kept: bytes | None = None if files is None else getattr(files, wanted.value)
    if kept is None:
        raise PlanFilesGone(row.status)
    return unpacked(kept)


async def plan_document(
    session: AnySession, scope: Scope, plan_id: UUID, wanted: PlanFile
) -> dict[str, Any]:
    """The same, read."""
    document: dict[str, Any] = json.loads(await plan_file(session, scope, plan_id, wanted))
    return document


async def forget_files(database: Database, days: int, now: datetime) -> int:
    """Forget the files of plans older than so many days; what was decided stays. 0 keeps all."""
    if not days:
        return 0
    old = delete(PlanFiles).where(PlanFiles.kept_at < now - timedelta(days=days))
    async with database.write() as session:
        answer = await session.execute(old)
    assert isinstance(answer, CursorResult)
    return answer.rowcount
