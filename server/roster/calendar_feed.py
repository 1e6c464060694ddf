"""A technician's shifts and absences as a calendar other programs can follow (RFC 5545).

Read at a secret address, kept as a fingerprint only. It tells neither customers nor why somebody is
away.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Language
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint, new_token
from server.accounts.tables import Account
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.icalendar import calendar, event
from server.kit.wire import Body, Out
from server.kit.work import require_version
from server.roster import queries
from server.roster.problems import CalendarFeedEnded
from server.roster.snapshot import absence_rows
from server.roster.tables import Shift, Technician

BEFORE, AFTER = timedelta(days=31), timedelta(days=366)
WORDS = {
    Language.ENGLISH: {"shift": "Shift", "on_call": "On call", "away": "Away"},
    Language.FRENCH: {"shift": "Service", "on_call": "Astreinte", "away": "Absence"},
    Language.SPANISH: {"shift": "Turno", "on_call": "Guardia", "away": "Ausencia"},
    Language.DUTCH: {"shift": "Dienst", "on_call": "Wachtdienst", "away": "Afwezig"},
}


class CalendarFeedBody(Body):
    """On gives a new address each time; off ends the one there is."""

    is_on: bool


class CalendarFeedOut(Out):
    """`path` is below the server's own address, told this once; empty where there is none."""

    path: str
    version: int


async def change_feed(
    session: Session,
    scope: Scope,
    technician_id: UUID,
    data: CalendarFeedBody,
    *,
    expected: int,
    now: datetime,
) -> CalendarFeedOut:
    """Give out a new address, or take it back; the version is the technician's."""
    row = await queries.technician_row(session, scope, technician_id)
    require_version(row.version, expected)
    token = new_token() if data.is_on else ""
    row.feed_hash = fingerprint(token) if token else None
    await session.flush()
    about = About(region_id=row.region_id, technician_id=row.id)
    await announce(session, scope.actor, now, Happening("calendar_feed_changed", about))
    return CalendarFeedOut(f"/api/calendar.ics?token={token}" if token else "", row.version)


async def feed(session: AnySession, token: str, now: datetime) -> str:
    """The calendar behind an address; an unknown one looks like none at all."""
    technician = await session.scalar(
        select(Technician).where(
            Technician.feed_hash == fingerprint(token), Technician.is_active.is_(True)
        )
    )
    if technician is None:
        raise CalendarFeedEnded
    language = await session.scalar(
        select(Account.language).where(Account.technician_id == technician.id)
    )
    words = WORDS[Language(language or Language.ENGLISH)]
    span = (now - BEFORE, now + AFTER)
    shifts = await session.scalars(
        select(Shift)
        .where(
            Shift.technician_id == technician.id,
            Shift.ends_at > span[0],
            Shift.starts_at < span[1],
        )
        .order_by(Shift.starts_at)
    )
    events = [
        event("shift", row.id, words[row.kind], (row.starts_at, row.ends_at), now) for row in shifts
    ] + [
        event("absence", row.id, words["away"], (row.starts_at, row.ends_at), now)
        for row in await absence_rows(session, [technician.id], span)
    ]
    return calendar(technician.name, [line for lines in events for line in lines])
