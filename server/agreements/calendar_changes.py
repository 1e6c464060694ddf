"""Changing a calendar that agreements promise hours by.

What was promised stays: holidays may be learnt, but other hours need another calendar and an
amendment. How a calendar is kept is the regions' business.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.problems import CalendarInForce
from server.agreements.shown import HOLDING_STATUSES
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import AnySession, Session
from server.regions import actions as regions
from server.regions.queries import calendar_row
from server.regions.schemas import CalendarChangeBody, CalendarOut

PROMISED = ("zone", "always_open", "weekly")


async def change_calendar(
    session: Session,
    scope: Scope,
    calendar_id: UUID,
    data: CalendarChangeBody,
    *,
    expected: int,
    now: datetime,
) -> CalendarOut:
    """Change a calendar, unless that would change hours somebody was promised."""
    row = await calendar_row(session, calendar_id)
    given = data.model_dump(mode="json", include=set(PROMISED), exclude_none=True)
    if any(getattr(row, name) != value for name, value in given.items()):
        numbers = await numbers_in_force(session, calendar_id, now)
        if numbers:
            raise CalendarInForce(agreements=numbers)
    return await regions.change_calendar(
        session, scope, calendar_id, data, expected=expected, now=now
    )


async def numbers_in_force(session: AnySession, calendar_id: UUID, now: datetime) -> list[str]:
    """The agreements that promise hours by this calendar today or later, by number."""
    query = (
        select(Agreement.number, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(AgreementVersion.status.in_(HOLDING_STATUSES))
        .order_by(Agreement.number)
    )
    found = {
        number: None
        for number, version in await session.execute(query)
        if not _is_over(version, now) and str(calendar_id) in _calendars(version)
    }
    return list(found)


def _is_over(version: AgreementVersion, now: datetime) -> bool:
    ends = version.valid_to
    return ends is not None and ends <= now.astimezone(ZoneInfo(version.zone)).date()


def _calendars(version: AgreementVersion) -> Iterator[str | None]:
    for clause in version.terms["clauses"]:
        yield clause["calendar_id"]
    for row in version.terms["services"]:
        yield row["availability_calendar_id"]
