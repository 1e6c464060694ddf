"""Whether a version can be promised at all: its days, its zone, and what its targets refer to.

Whether it gets in the way of another version is asked in `actions`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.agreements import ClockKind, Severity, TargetDuration
from dispatch.agreements import Target as TargetValue
from dispatch.errors import Fault
from dispatch.errors import Invalid as CoreInvalid
from dispatch.hours import Calendar, require_service_hours
from server.accounts.scope import Scope
from server.agreements.schemas import AgreementVersionBody, TargetBody
from server.agreements.snapshot import calendar_values
from server.kit.database import Session
from server.regions.tables import Region

EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Known:
    """What the targets of a version refer to, as far as it exists."""

    regions: frozenset[UUID]
    calendars: Mapping[UUID, Calendar]


async def version_faults(session: Session, scope: Scope, data: AgreementVersionBody) -> list[Fault]:
    """Everything wrong with a version, each fault with its path inside it."""
    known = Known(
        regions=await _regions(session, scope, data),
        calendars=await calendar_values(session, [each.calendar_id for each in data.targets]),
    )
    days = [*_day_faults(data)]
    references = [*_reference_faults(data, known)]
    hours = [] if days else [*_hours_faults(data, known)]
    return [*days, *references, *hours, *_value_faults(data, known)]


async def _regions(session: Session, scope: Scope, data: AgreementVersionBody) -> frozenset[UUID]:
    named = {each.region_id for each in data.targets if each.region_id is not None}
    found = await session.scalars(select(Region.id).where(Region.id.in_(named)))
    return frozenset(region_id for region_id in found if scope.sees_region(region_id))


def _day_faults(data: AgreementVersionBody) -> Iterator[Fault]:
    for path, day in (("valid_from", data.valid_from), ("valid_to", data.valid_to)):
        if day is not None and not EARLIEST <= day <= LATEST:
            yield Fault(path, "out_of_range", "Give a day in 1950 to 2199.")


def _reference_faults(data: AgreementVersionBody, known: Known) -> Iterator[Fault]:
    for index, target in enumerate(data.targets):
        if target.calendar_id not in known.calendars:
            yield Fault(f"targets.{index}.calendar_id", "unknown", "There is no such calendar.")
        if target.region_id is not None and target.region_id not in known.regions:
            yield Fault(f"targets.{index}.region_id", "unknown", "There is no such region.")


def _hours_faults(data: AgreementVersionBody, known: Known) -> Iterator[Fault]:
    begins = datetime.combine(data.valid_from, time.min, UTC)
    hardly_open = set()
    for calendar_id, calendar in known.calendars.items():
        try:
            require_service_hours(calendar, begins)
        except CoreInvalid:
            hardly_open.add(calendar_id)
    for index, target in enumerate(data.targets):
        if target.calendar_id in hardly_open:
            sentence = "This calendar is hardly open in the first month: no promise can be kept."
            yield Fault(f"targets.{index}.calendar_id", "hardly_open", sentence)


def _value_faults(data: AgreementVersionBody, known: Known) -> Iterator[Fault]:
    usable = [
        (index, _value(target, known.calendars[target.calendar_id]))
        for index, target in enumerate(data.targets)
        if target.calendar_id in known.calendars
    ]
    try:
        VersionValue("", data.zone, data.valid_from, data.valid_to, tuple(v for _, v in usable))
    except CoreInvalid as invalid:
        places = {
            f"targets[{place}]": f"targets.{index}" for place, (index, _) in enumerate(usable)
        }
        for fault in invalid.faults:
            yield Fault(places.get(fault.path, fault.path), fault.code, fault.sentence)


def _value(target: TargetBody, calendar: Calendar) -> TargetValue:
    return TargetValue(
        clock=ClockKind(target.clock),
        severity=Severity(target.severity),
        promise=TargetDuration(target.seconds),
        calendar=calendar,
        region=None if target.region_id is None else str(target.region_id),
    )
