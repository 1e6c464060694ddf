"""What stands in another calendar, shown to whoever plans, and written as absences or shifts.

Reading writes nothing and keeps nothing: titles are looked at to choose by, and forgotten.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.roster import Shift as RosterShift
from dispatch.roster import ShiftKind
from server.accounts.scope import Scope
from server.kit.database import AnySession, Database, Session
from server.kit.problems import Invalid
from server.roster import absences, queries
from server.roster.calendar_fetching import Fetch
from server.roster.calendar_reading import Entry, UnreadableCalendar, read_calendar
from server.roster.hours import Hours, faults_of
from server.roster.schemas import AbsenceBody, AbsenceKind
from server.roster.tables import APPROVED, Absence, Technician
from server.roster.writing_out import Duty, days_between, write_duties, zone_of
from server.roster.writing_schemas import (
    CalendarEntriesBody,
    CalendarEntryOut,
    CalendarReadingBody,
    CalendarReadingOut,
    WrittenOut,
    WrittenShiftOut,
)

Span = tuple[datetime, datetime]
SENTENCES = {
    "no_calendar": "This is no calendar (a file that begins with BEGIN:VCALENDAR).",
    "too_many_entries": "There is too much in this calendar: choose fewer days.",
}


async def read(
    database: Database, scope: Scope, technician_id: UUID, data: CalendarReadingBody, fetch: Fetch
) -> CalendarReadingOut:
    """What stands in somebody's calendar from one day to another, both included."""
    async with database.read() as session:
        technician = await queries.technician_row(session, scope, technician_id)
        zone = await zone_of(session, technician)
    days = days_between(data.first_day, data.last_day)
    # No transaction stays open while somebody else's server takes its time.
    text = await fetch(data.url) if data.url else data.content
    since = datetime.combine(data.first_day, datetime.min.time(), zone).astimezone(UTC)
    until = datetime.combine(
        data.first_day + timedelta(days=days), datetime.min.time(), zone
    ).astimezone(UTC)
    try:
        found = await asyncio.to_thread(read_calendar, text, since, until, zone=zone)
    except UnreadableCalendar as error:
        path = "url" if data.url else "content"
        raise Invalid([Fault(path, error.code, SENTENCES[error.code])]) from error
    return CalendarReadingOut([_shown(entry) for entry in found.entries], found.unread)


def _shown(entry: Entry) -> CalendarEntryOut:
    return CalendarEntryOut(entry.title, entry.starts_at, entry.ends_at, entry.is_whole_day)


async def write(
    session: Session, scope: Scope, technician_id: UUID, data: CalendarEntriesBody, now: datetime
) -> WrittenOut:
    """Write chosen spans as shifts or as absences; those that are there already stay."""
    technician = await queries.technician_row(session, scope, technician_id)
    spans = sorted(
        (each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC)) for each in data.spans
    )
    match data.kind:
        case "shift" | "on_call" as kind:
            duties = await _duties(session, technician, spans, ShiftKind(kind))
            return await write_duties(session, scope, duties, now, is_preview=data.is_preview)
        case kind:
            bodies = [_absence(technician, span, kind) for span in spans]
            return await _write_absences(session, scope, bodies, now, is_preview=data.is_preview)


async def _duties(
    session: AnySession, technician: Technician, spans: Sequence[Span], kind: ShiftKind
) -> list[Duty]:
    zone = await zone_of(session, technician)
    if faults := [
        Fault(f"spans.{at}.{fault.path}", fault.code, fault.sentence)
        for at, span in enumerate(spans)
        for fault in faults_of(Hours(*span, lunch=None), zone)
    ]:
        raise Invalid(faults)
    return [Duty(technician, RosterShift(str(technician.id), kind, *span), None) for span in spans]


def _absence(technician: Technician, span: Span, kind: AbsenceKind) -> AbsenceBody:
    body = AbsenceBody(technician_id=technician.id, kind=kind, starts_at=span[0], ends_at=span[1])
    absences.require_sound(body)
    return body


async def _write_absences(
    session: Session,
    scope: Scope,
    bodies: Sequence[AbsenceBody],
    now: datetime,
    *,
    is_preview: bool,
) -> WrittenOut:
    """An absence that one of theirs covers already says nothing new."""
    there = await _absent(session, bodies)
    written: list[WrittenShiftOut] = []
    in_the_way: list[WrittenShiftOut] = []
    for body in bodies:
        shown = WrittenShiftOut(body.technician_id, body.starts_at, body.ends_at)
        if any(starts <= body.starts_at and body.ends_at <= ends for starts, ends in there):
            in_the_way.append(shown)
            continue
        there.append((body.starts_at, body.ends_at))
        written.append(shown)
        if not is_preview:
            await absences.record_absence(session, scope, body, now)
    return WrittenOut(written, in_the_way)


async def _absent(session: AnySession, bodies: Sequence[AbsenceBody]) -> list[Span]:
    query = select(Absence.starts_at, Absence.ends_at).where(
        Absence.technician_id == bodies[0].technician_id,
        Absence.state == APPROVED,
        Absence.ends_at > min(each.starts_at for each in bodies),
        Absence.starts_at < max(each.ends_at for each in bodies),
    )
    return [(row.starts_at, row.ends_at) for row in await session.execute(query)]
