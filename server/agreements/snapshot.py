"""What was promised at the instant of a call, as values for the clocks.

Ids are the rows' own, as text; the service of a question is its code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.agreements import HOLDS, AgreementKind, Question, Resolved, resolve
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.agreements import versions_in_force as holding
from dispatch.hours import Calendar as CalendarValue
from dispatch.hours import read_calendar
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.values import (
    Written,
    calendar_ids,
    first_with,
    service_row,
    target_as_json,
    target_from_json,
    version_value,
)
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.regions.queries import revision_ids
from server.regions.tables import Calendar

__all__ = [
    "Held",
    "Promises",
    "calendar_value",
    "calendar_values",
    "corporate_versions",
    "held_for",
    "held_versions",
    "promises_among",
    "promises_for",
    "stored_version",
    "target_as_json",
    "target_from_json",
    "versions_value",
]
HOLDING = tuple(sorted(status.value for status in HOLDS))
# The zones of the world are at most this far from UTC: a local day begins and ends within it.
ANY_ZONE = timedelta(days=1)
Row = tuple[Agreement, AgreementVersion]


@dataclass(frozen=True, slots=True)
class Promises:
    """What a call is promised by each kind of agreement; without a version it is uncovered.

    `version_id` is the customer's most specific version that covers the call; `checklist` and
    `exclusions` come from the first covering version that names any. `revisions` are the newest
    states of the calendars the targets are counted in.
    """

    by_kind: Mapping[AgreementKind, Resolved]
    version_id: UUID | None
    checklist: list[dict[str, Any]]
    exclusions: list[str]
    revisions: Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Held:
    """The versions in force at an instant for a customer, as rows and as values.

    `revisions` are the newest states of the calendars they name.
    """

    rows: Sequence[Row]
    values: Sequence[VersionValue]
    revisions: Mapping[str, UUID]


async def held_for(session: AnySession, customer_id: UUID, at: datetime) -> Held:
    """What is in force for a customer at an instant."""
    rows = await held_versions(session, at, customer_id=customer_id)
    named = {calendar for _, version in rows for calendar in calendar_ids(version.terms)}
    revisions = await revision_ids(session, named)
    return Held(
        rows,
        holding(await versions_value(session, rows), at),
        {str(calendar): revision for calendar, revision in revisions.items()},
    )


async def promises_for(session: AnySession, question: Question, at: datetime) -> Promises:
    """What a call that comes in at an instant is promised."""
    held = await held_for(session, UUID(question.customer), at)
    return promises_among(held, question)


def promises_among(held: Held, question: Question) -> Promises:
    """What these versions promise a call: the same for those who ask about many at once."""
    by_kind = {kind: resolve(held.values, kind, question) for kind in AgreementKind}
    covering = by_kind[AgreementKind.CUSTOMER].versions
    services = [*_covering_services(held.rows, covering, question)]
    hours = {target.calendar_id for resolved in by_kind.values() for target in resolved.targets}
    return Promises(
        by_kind=by_kind,
        version_id=UUID(covering[0]) if covering else None,
        checklist=first_with("checklist", services),
        exclusions=first_with("exclusions", services),
        revisions={each: held.revisions[each] for each in sorted(hours & held.revisions.keys())},
    )


async def held_versions(
    session: AnySession, at: datetime, *, customer_id: UUID | None = None
) -> Sequence[Row]:
    """Versions that may be in force at an instant: of everybody, or of a customer and corporate."""
    earliest, latest = (at - ANY_ZONE).date(), (at + ANY_ZONE).date()
    query = (
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(
            AgreementVersion.status.in_(HOLDING),
            AgreementVersion.valid_from <= latest,
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > earliest),
        )
        .order_by(Agreement.number, AgreementVersion.number)
    )
    if customer_id is not None:
        theirs = or_(Agreement.customer_id == customer_id, Agreement.customer_id.is_(None))
        query = query.where(theirs)
    return [(agreement, version) for agreement, version in await session.execute(query)]


async def stored_version(session: AnySession, version_id: UUID) -> VersionValue:
    """One stored version, such as the one an intervention was reported under."""
    row = await session.get(AgreementVersion, version_id)
    agreement = None if row is None else await session.get(Agreement, row.agreement_id)
    if row is None or agreement is None:
        raise NotFound
    return (await versions_value(session, [(agreement, row)]))[0]


async def versions_value(session: AnySession, rows: Iterable[Row]) -> tuple[VersionValue, ...]:
    """Versions as the core reads them, counted in the calendars as they are now."""
    found = list(rows)
    named = {each for _, version in found for each in calendar_ids(version.terms)}
    calendars = {row.id: row for row in await _calendar_rows(session, named)}
    hours = {str(each): calendar_value(row) for each, row in calendars.items()}
    return tuple(
        version_value(_written(agreement, version, calendars, hours))
        for agreement, version in found
    )


async def calendar_values(
    session: AnySession, calendar_ids: Iterable[UUID]
) -> Mapping[UUID, CalendarValue]:
    """Service hours by id, ready to count in; ids that are unknown are left out."""
    rows = await _calendar_rows(session, calendar_ids)
    return {row.id: calendar_value(row) for row in rows}


def calendar_value(row: Calendar) -> CalendarValue:
    return read_calendar(
        {
            "tz": row.zone,
            "always_open": row.always_open,
            "weekly": row.weekly,
            "special": row.special,
            "holidays": row.holidays,
        }
    )


async def _calendar_rows(session: AnySession, named: Iterable[UUID]) -> Sequence[Calendar]:
    return (await session.scalars(select(Calendar).where(Calendar.id.in_(set(named))))).all()


def _written(
    agreement: Agreement,
    row: AgreementVersion,
    calendars: Mapping[UUID, Calendar],
    hours: Mapping[str, CalendarValue],
) -> Written:
    named = sorted(set(calendar_ids(row.terms)) & calendars.keys())
    return Written(
        id=str(row.id),
        agreement=agreement.number,
        kind=AgreementKind(agreement.kind),
        customer=None if agreement.customer_id is None else str(agreement.customer_id),
        party=agreement.party,
        zone=row.zone,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        fingerprint=row.fingerprint,
        hours_read=tuple((str(each), calendars[each].version) for each in named),
        terms=row.terms,
        hours={str(each): hours[str(each)] for each in named},
    )


def _covering_services(
    rows: Iterable[Row], covering: Sequence[str], question: Question
) -> Iterator[Mapping[str, Any]]:
    terms = {str(version.id): version.terms for _, version in rows}
    for version_id in covering:
        for each in terms[version_id]["services"]:
            if service_row(each).covers(question.service, question.site):
                yield each


async def corporate_versions(session: AnySession, at: datetime) -> Sequence[VersionValue]:
    """What holds for every customer at an instant."""
    rows = await held_versions(session, at)
    return await versions_value(session, [row for row in rows if row[0].customer_id is None])
