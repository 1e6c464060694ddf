"""Agreements for tests: lifts and doors of one customer, promised from 2026 on."""

from dataclasses import replace
from datetime import date

from dispatch.agreements import (
    AgreementKind,
    AgreementVersion,
    Clause,
    ClockKind,
    Question,
    ServiceRow,
    Severity,
    TargetDuration,
)
from dispatch.hours import Calendar, Window, every_weekday

ALWAYS = Calendar("Europe/Paris", always_open=True)
OFFICE = Calendar("Europe/Paris", weekly=every_weekday(Window(8 * 60, 17 * 60)))
LONG = Calendar("Europe/Paris", weekly=every_weekday(Window(6 * 60, 22 * 60)))
LIFTS, DOORS = ServiceRow("lifts"), ServiceRow("doors")
NEW_YEAR = date(2026, 1, 1)
CALL = Question("lifts", Severity.OUT_OF_SERVICE, "north", "mill", "lift-1", "acme")


def hours(count: float) -> TargetDuration:
    return TargetDuration(int(count * 3600))


def response(promised: float | None = None, **given: object) -> Clause:
    """A clause on the response clock for lifts that are out of service."""
    plain = Clause(
        clock=ClockKind.RESPONSE,
        severity=Severity.OUT_OF_SERVICE,
        promise=None if promised is None else hours(promised),
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def version(*clauses: Clause, **given: object) -> AgreementVersion:
    """A customer's version for lifts, from New Year 2026 on."""
    plain = AgreementVersion(
        id="v1",
        agreement="A-1",
        kind=AgreementKind.CUSTOMER,
        customer="acme",
        party="",
        zone="Europe/Paris",
        valid_from=NEW_YEAR,
        valid_to=None,
        services=(LIFTS,),
        clauses=clauses,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def corporate(*clauses: Clause, **given: object) -> AgreementVersion:
    """A version that holds for every customer."""
    named = {"id": "c1", "agreement": "C-1", "customer": None}
    return version(*clauses, **{**named, **given})


def internal(*clauses: Clause, **given: object) -> AgreementVersion:
    """What a division of ours promises, for every customer."""
    named = {"id": "o1", "agreement": "O-1", "kind": AgreementKind.INTERNAL, "party": "workshop"}
    return corporate(*clauses, **{**named, **given})


def supplier(*clauses: Clause, **given: object) -> AgreementVersion:
    """What a supplier promises us, for every customer."""
    named = {"id": "s1", "agreement": "S-1", "kind": AgreementKind.SUPPLIER, "party": "ropes"}
    return corporate(*clauses, **{**named, **given})
