"""Terms as `dispatch.agreements` values, and resolved targets as JSON and back.

Ids are the rows' own, as text; the service of a line is its code. Which rows are read is decided
in `snapshot`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from dispatch.agreements import (
    AgreementKind,
    Choices,
    Clause,
    ClockKind,
    ClockStart,
    ClockStop,
    EscalationStep,
    FeltMeasure,
    Level,
    Objective,
    Origin,
    Policies,
    Price,
    PriceKind,
    Promise,
    RelativeMode,
    RelativeTarget,
    ServiceRow,
    Severity,
    SeverityPolicy,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.hours import Calendar

READ_VERSIONS_KEPT = 512
Terms = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A version as read from the database; equal when nothing that was promised differs.

    `hours` are the calendars by id as text, `hours_read` says which states of them were read.
    """

    id: str
    agreement: str
    kind: AgreementKind
    customer: str | None
    party: str
    zone: str
    valid_from: date
    valid_to: date | None
    fingerprint: str
    hours_read: tuple[tuple[str, int], ...]
    terms: Terms = field(compare=False)
    hours: Mapping[str, Calendar] = field(compare=False)


@lru_cache(maxsize=READ_VERSIONS_KEPT)
def version_value(written: Written) -> VersionValue:
    """A version as the core reads it; what was read once is not read again."""
    return replace(
        version_of(written.terms, written.hours, kind=written.kind, customer=written.customer),
        id=written.id,
        agreement=written.agreement,
        party=written.party,
        zone=written.zone,
        valid_from=written.valid_from,
        valid_to=written.valid_to,
    )


def version_of(
    terms: Terms, hours: Mapping[str, Calendar], *, kind: AgreementKind, customer: str | None
) -> VersionValue:
    """Terms alone as a version of no agreement in particular, that begins with all time."""
    return VersionValue(
        id="",
        agreement="",
        kind=kind,
        customer=customer,
        party="",
        zone="UTC",
        valid_from=date.min,
        valid_to=None,
        services=tuple(service_row(each) for each in terms["services"]),
        clauses=tuple(clause_value(each, hours) for each in terms["clauses"]),
        policies=policies_value(terms["policies"]),
        escalation=tuple(EscalationStep(**_step(each)) for each in terms["escalation"]),
        objectives=tuple(objectives_of(terms)),
        choices=choices_of(terms),
    )


def service_row(given: Terms) -> ServiceRow:
    sites = given["site_ids"]
    return ServiceRow(given["service"], None if sites is None else frozenset(sites))


def objectives_of(terms: Terms) -> Iterator[Objective]:
    """What is to be felt; documents written without objectives have none."""
    for each in terms.get("objectives", []):
        yield Objective(FeltMeasure(each["measure"]), Decimal(each["at_least"]))


def choices_of(terms: Terms) -> Choices | None:
    """What may be chosen; documents written without choices give none."""
    given = terms.get("choices")
    if given is None:
        return None
    discount = given["later_discount"]
    return Choices(
        severities=frozenset(map(Severity, given["severities"])),
        most_days=given["most_days"],
        parts=tuple((begins, ends) for begins, ends in given["parts"]),
        later_discount=None if discount is None else Decimal(discount),
        currency=given["currency"],
    )


def prices_of(terms: Terms) -> Iterator[Price]:
    """What is charged for a month, as the document says; nothing where it does not."""
    pricing = terms.get("pricing") or {"prices": []}
    for each in pricing["prices"]:
        measure, at_least = each["measure"], each["at_least"]
        outcome = (
            None
            if measure is None or at_least is None
            else Objective(FeltMeasure(measure), Decimal(at_least))
        )
        yield Price(PriceKind(each["kind"]), Decimal(each["amount"]), outcome)


def clause_value(given: Terms, hours: Mapping[str, Calendar]) -> Clause:
    """One line; a calendar that is not among `hours` counts as left out."""
    calendar_id = given["calendar_id"] or ""
    warn = given["warn_percents"]
    return Clause(
        service=given["service"],
        severity=_or_none(Severity, given["severity"]),
        clock=_or_none(ClockKind, given["clock"]),
        region=given["region_id"],
        site=given["site_id"],
        asset=given["asset_id"],
        promise=None if given["promise"] is None else promise_value(given["promise"]),
        calendar=hours.get(calendar_id),
        calendar_id=calendar_id,
        starts_at=_or_none(ClockStart, given["starts_at"]),
        stops_at=_or_none(ClockStop, given["stops_at"]),
        warn_percents=None if warn is None else tuple(warn),
        internal_percent=given["internal_percent"],
        internal_seconds=given["internal_seconds"],
        stops_for_parts=given["stops_for_parts"],
    )


def policies_value(given: Terms) -> Policies:
    return Policies(_or_none(SeverityPolicy, given["on_upgrade"]), given["reopen_seconds"])


def promise_value(given: Terms) -> Promise:
    """What is promised; raises the core's `Invalid`."""
    if given["kind"] == "seconds":
        return TargetDuration(given["seconds"])
    return RelativeTarget(given["days"], RelativeMode(given["kind"]), given["minutes"] or 0)


def promise_as_json(promise: Promise) -> dict[str, Any]:
    """See `PromiseOut`.

    >>> promise_as_json(TargetDuration(3600))
    {'kind': 'seconds', 'seconds': 3600, 'days': None, 'minutes': None}
    """
    if isinstance(promise, TargetDuration):
        return {"kind": "seconds", "seconds": promise.seconds, "days": None, "minutes": None}
    has_minutes = promise.mode in {RelativeMode.BY, RelativeMode.HOURS}
    return {
        "kind": promise.mode.value,
        "seconds": None,
        "days": promise.days,
        "minutes": promise.minutes if has_minutes else None,
    }


def calendar_ids(terms: Terms) -> Iterator[UUID]:
    """Every calendar the lines of a document refer to."""
    for clause in terms["clauses"]:
        if clause["calendar_id"] is not None:
            yield UUID(clause["calendar_id"])


def target_as_json(target: Target) -> dict[str, Any]:
    """A promise as it is kept with an intervention; its calendar is kept beside it."""
    thresholds = target.thresholds
    return {
        "kind": target.kind.value,
        "clock": target.clock.value,
        "severity": target.severity.value,
        "promise": promise_as_json(target.promise),
        "starts_at": target.starts_at.value,
        "stops_at": None if target.stops_at is None else target.stops_at.value,
        "warn_percents": list(thresholds.warn_percents),
        "internal_percent": thresholds.internal_percent,
        "internal_seconds": thresholds.internal_seconds,
        "stops_for_parts": target.stops_for_parts,
        "on_change": target.on_change.value,
        "calendar_id": target.calendar_id,
        "escalation": [_step_as_json(step) for step in target.escalation],
        "origins": {name: _origin_as_json(origin) for name, origin in target.origins},
    }


def target_from_json(given: Terms, calendar: Calendar) -> Target:
    """The promise that was kept, counted in the hours that were kept with it."""
    return Target(
        kind=AgreementKind(given["kind"]),
        clock=ClockKind(given["clock"]),
        severity=Severity(given["severity"]),
        promise=promise_value(given["promise"]),
        calendar=calendar,
        calendar_id=given["calendar_id"],
        starts_at=ClockStart(given["starts_at"]),
        stops_at=_or_none(ClockStop, given["stops_at"]),
        thresholds=Thresholds(
            warn_percents=tuple(given["warn_percents"]),
            internal_percent=given["internal_percent"],
            internal_seconds=given["internal_seconds"],
        ),
        stops_for_parts=given["stops_for_parts"],
        on_change=SeverityPolicy(given["on_change"]),
        escalation=tuple(EscalationStep(**_step(each)) for each in given["escalation"]),
        origins=tuple(_origins(given["origins"])),
    )


def _step(given: Terms) -> dict[str, Any]:
    return {**given, "clock": ClockKind(given["clock"])}


def _step_as_json(step: EscalationStep) -> dict[str, Any]:
    return {
        "level": step.level,
        "clock": step.clock.value,
        "role": step.role,
        "percent": step.percent,
        "after_due_seconds": step.after_due_seconds,
    }


# JSON in a database keeps no order of names: these are written in the order they are resolved.
ORIGIN_ORDER = (
    "promise",
    "calendar",
    "starts_at",
    "stops_at",
    "warn_percents",
    "internal",
    "stops_for_parts",
    "on_change",
    "escalation",
)


def _origins(given: Terms) -> Iterator[tuple[str, Origin]]:
    for name in (each for each in ORIGIN_ORDER if each in given):
        each = given[name]
        yield name, Origin(Level(each["level"]), each["agreement"], each["version"], each["place"])


def _origin_as_json(origin: Origin) -> dict[str, str]:
    return {
        "level": origin.level.value,
        "agreement": origin.agreement,
        "version": origin.version,
        "place": origin.place,
    }


def _or_none(kind: Any, given: str | None) -> Any:
    """A word of a closed list; None stays None. The list is any of the core's."""
    return None if given is None else kind(given)


def first_with(name: str, rows: Iterable[Terms]) -> list[Any]:
    """The first list of that name that holds anything."""
    return next((list(row[name]) for row in rows if row[name]), [])
