"""Why an auditor reads: said once in a session, kept, and listed for whoever lets people in."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from server.accounts import secrets
from server.accounts.schemas import ReadingReasonBody, ReadingReasonOut
from server.accounts.scope import Scope
from server.accounts.tables import ReadingReason, SignedIn
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.paging import page
from server.kit.wire import Page


async def give_reason(
    session: Session, scope: Scope, token: str | None, data: ReadingReasonBody, now: datetime
) -> ReadingReasonOut:
    """Keep the reason; from now on the session of this token may read."""
    row = ReadingReason(account_id=scope.account_id, reason=data.reason, given_at=now)
    session.add(row)
    if token is not None:
        one = update(SignedIn).where(SignedIn.token_hash == secrets.fingerprint(token))
        await session.execute(one.values(has_reason=True))
    await session.flush()
    # The word itself is for whoever lets people in: every desk reads what happened.
    what = Happening("reading_reason_given", About(), {"reason_id": str(row.id)})
    await announce(session, scope.actor, now, what)
    return _shown(row, scope.name)


async def reading_reasons(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[ReadingReasonOut]:
    """All that were given, the newest first; the guard lets administrators and auditors in only."""
    query = select(ReadingReason).options(joinedload(ReadingReason.account))
    by = (ReadingReason.given_at, ReadingReason.id)
    rows, following = await page(
        session, query, by=by, limit=limit, cursor=cursor, newest_first=True
    )
    return Page(items=[_shown(row, row.account.name) for row in rows], next_cursor=following)


def _shown(row: ReadingReason, name: str) -> ReadingReasonOut:
    return ReadingReasonOut(
        id=row.id,
        account_id=row.account_id,
        account_name=name,
        reason=row.reason,
        given_at=row.given_at,
    )
