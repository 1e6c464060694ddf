"""Whether a version can be promised at all: its days, its values, and what it refers to.

Whether it gets in the way of another version is asked in `findings`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from dispatch.agreements import AgreementKind, price_faults, read_penalties, version_faults
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.errors import Fault
from dispatch.errors import Invalid as CoreInvalid
from dispatch.hours import Calendar, require_service_hours
from server.accounts.scope import Scope
from server.agreements.documents import stored
from server.agreements.references import Known, known_to, reference_faults
from server.agreements.schemas import (
    PenaltiesBody,
    PromiseBody,
    ServiceRowBody,
    TermsBody,
    VersionBody,
)
from server.agreements.values import prices_of, version_of
from server.kit.database import AnySession
from server.kit.span import EARLIEST, LATEST, SENTENCE
from server.services.checklists import checklist_faults

# What stands in for a value that has a fault of its own, so that the others are still found.
ANY_PROMISE = {"kind": "seconds", "seconds": 1, "days": None, "minutes": None}
ANY_HOURS = Calendar("UTC", always_open=True)
ANY_ZONE = "UTC"
# Which numbers each kind of promise is made of.
PARTS: Mapping[str, frozenset[str]] = {
    "seconds": frozenset({"seconds"}),
    "by": frozenset({"days", "minutes"}),
    "hours": frozenset({"days", "minutes"}),
    "close": frozenset({"days"}),
    "end_of_day": frozenset({"days"}),
}
# The core names what it checks by its own words; the wire says which id was sent.
WIRE_NAMES = {"calendar": "calendar_id", "sites": "site_ids"}


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose agreement it is; `context` holds the corporate versions it may rely on."""

    kind: AgreementKind
    customer_id: UUID | None
    context: Sequence[VersionValue] = ()


async def faults_of(
    session: AnySession, scope: Scope, data: VersionBody, parties: Parties
) -> list[Fault]:
    """Everything wrong with a version, each fault with its path inside it."""
    known = await known_to(session, scope, data.terms)
    days = [*_day_faults(data)]
    terms = [
        *reference_faults(data.terms, known, parties.customer_id),
        *_promise_faults(data.terms),
        *_service_faults(data.terms.services),
        *_penalty_faults(data.terms, is_corporate=parties.customer_id is None),
        *_pricing_faults(data.terms, parties),
        *_core_faults(data, known, parties),
        *([] if days else _hours_faults(data, known)),
    ]
    return [*days, *(fault.under("terms") for fault in dict.fromkeys(terms))]


def _day_faults(data: VersionBody) -> Iterator[Fault]:
    for path, day in (("valid_from", data.valid_from), ("valid_to", data.valid_to)):
        if day is not None and not _is_known(day):
            yield Fault(path, "out_of_range", SENTENCE)
    try:
        _value(data.zone, data.valid_from, data.valid_to)
    except CoreInvalid as invalid:
        yield from invalid.faults


def _is_known(day: date) -> bool:
    return EARLIEST.date() <= day < LATEST.date()


def _promise_faults(terms: TermsBody) -> Iterator[Fault]:
    for index, clause in enumerate(terms.clauses):
        if clause.promise is not None and not is_complete(clause.promise):
            parts = " and ".join(sorted(PARTS[clause.promise.kind]))
            sentence = f"A promise of this kind is made of {parts}, and of nothing else."
            yield Fault(f"clauses.{index}.promise", "promise_incomplete", sentence)


def is_complete(promise: PromiseBody) -> bool:
    """Whether a promise has the numbers its kind is made of, and no others."""
    given = promise.model_dump(exclude={"kind"}, exclude_none=True)
    return given.keys() == PARTS[promise.kind]


def _service_faults(rows: Iterable[ServiceRowBody]) -> Iterator[Fault]:
    for index, row in enumerate(rows):
        for fault in checklist_faults(row.checklist):
            yield fault.under(f"services.{index}")
        if row.availability_calendar_id is not None and row.availability_percent is None:
            sentence = "Say how many per cent are promised in these hours."
            yield Fault(f"services.{index}.availability_percent", "missing", sentence)


def _penalty_faults(terms: TermsBody, *, is_corporate: bool) -> list[Fault]:
    if terms.penalties is None:
        return []
    given = stored(terms.penalties)
    rules = [_named(rule) for rule in given["rules"]]
    faults: list[Fault] = []
    read_penalties({"rules": rules, "cap_percent": given["cap_percent"]}, faults)
    if is_corporate:
        faults += _corporate_faults(terms.penalties)
    return [_dotted(fault).under("penalties") for fault in faults]


def _pricing_faults(terms: TermsBody, parties: Parties) -> Iterator[Fault]:
    if terms.pricing is None:
        return
    if parties.kind is not AgreementKind.CUSTOMER or parties.customer_id is None:
        sentence = "Only an agreement with one customer is charged for: leave prices out."
        yield Fault("pricing", "never_invoiced", sentence)
    for index, each in enumerate(terms.pricing.prices):
        if (each.measure is None) != (each.at_least is None):
            sentence = "Name both the measure and the least it is to reach, or neither."
            yield Fault(f"pricing.prices.{index}.at_least", "missing", sentence)
    for fault in price_faults([*prices_of(stored(terms))]):
        yield fault.under("pricing")


def _corporate_faults(penalties: PenaltiesBody) -> Iterator[Fault]:
    """Each customer's availability is agreed with that customer: nobody else's can price it."""
    for index, rule in enumerate(penalties.rules):
        if rule.kind == "tier":
            sentence = "Price availability in the agreement of the customer it was agreed with."
            yield Fault(f"rules.{index}.kind", "tier_of_all", sentence)


def _named(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if value is not None}


def _dotted(fault: Fault) -> Fault:
    return Fault(fault.path.replace("[", ".").replace("]", ""), fault.code, fault.sentence)


def _core_faults(data: VersionBody, known: Known, parties: Parties) -> list[Fault]:
    terms = stored(data.terms)
    hours = {str(each): calendar for each, calendar in known.calendars.items()}
    for clause, body in zip(terms["clauses"], data.terms.clauses, strict=True):
        if body.promise is not None and not is_complete(body.promise):
            clause["promise"] = ANY_PROMISE
        if clause["calendar_id"] is not None:
            hours.setdefault(clause["calendar_id"], ANY_HOURS)
    value = version_of(terms, hours, kind=parties.kind, customer=_text(parties.customer_id))
    return [_on_the_wire(fault) for fault in version_faults(value, parties.context)]


def _on_the_wire(fault: Fault) -> Fault:
    above, dot, last = fault.path.rpartition(".")
    return Fault(f"{above}{dot}{WIRE_NAMES.get(last, last)}", fault.code, fault.sentence)


def _hours_faults(data: VersionBody, known: Known) -> Iterator[Fault]:
    begins = datetime.combine(data.valid_from, time.min, UTC)
    hardly_open = set()
    for calendar_id, calendar in known.calendars.items():
        try:
            require_service_hours(calendar, begins)
        except CoreInvalid:
            hardly_open.add(calendar_id)
    sentence = "This calendar is hardly open in the first month: no promise can be kept."
    for index, clause in enumerate(data.terms.clauses):
        if clause.calendar_id in hardly_open:
            yield Fault(f"clauses.{index}.calendar_id", "hardly_open", sentence)


def _value(zone: str, valid_from: date, valid_to: date | None) -> VersionValue:
    kind = AgreementKind.CUSTOMER
    return VersionValue("", "", kind, None, "", zone, valid_from, valid_to, (), ())


def _text(customer_id: UUID | None) -> str | None:
    return None if customer_id is None else str(customer_id)
