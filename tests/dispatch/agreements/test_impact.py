"""What a customer has to be told about before it changes, and how long before."""

from datetime import date

import pytest

from dispatch.agreements import (
    AgreementVersion,
    Clause,
    ClockKind,
    ClockStart,
    EffectiveDay,
    EscalationStep,
    Policies,
    ServiceRow,
    Touched,
    earliest_amendment,
    touched,
)
from tests.dispatch.agreements.makers import ALWAYS, DOORS, LIFTS, LONG, OFFICE, response, version

HOURS = Clause(calendar=OFFICE)
REPAIR = response(24, clock=ClockKind.RESOLUTION)
OLD = version(HOURS, response(4), REPAIR)
CHANGES = [
    (
        "the hours of every promise",
        version(Clause(calendar=LONG), response(4), REPAIR),
        {Touched.SERVICE_HOURS},
    ),
    (
        "hours for one site more",
        version(HOURS, response(4), REPAIR, Clause(site="mill", calendar=ALWAYS)),
        {Touched.SERVICE_HOURS},
    ),
    ("the time to arrive", version(HOURS, response(3), REPAIR), {Touched.RESPONSE}),
    (
        "a time to answer",
        version(HOURS, response(4), REPAIR, response(1, clock=ClockKind.ACKNOWLEDGE)),
        {Touched.RESPONSE},
    ),
    (
        "the time to repair",
        version(HOURS, response(4), response(12, clock=ClockKind.RESOLUTION)),
        {Touched.PERFORMANCE},
    ),
    ("a promise given up", version(HOURS, response(4)), {Touched.PERFORMANCE}),
    (
        "waiting for parts",
        version(HOURS, response(4), response(24, clock=ClockKind.RESOLUTION, stops_for_parts=True)),
        {Touched.PERFORMANCE},
    ),
    (
        "what starts every clock",
        version(Clause(calendar=OFFICE, starts_at=ClockStart.DISPATCH), response(4), REPAIR),
        {Touched.RESPONSE, Touched.PERFORMANCE},
    ),
    (
        "a service more",
        version(HOURS, response(4), REPAIR, services=(LIFTS, DOORS)),
        {Touched.ACCESS},
    ),
    (
        "fewer sites",
        version(HOURS, response(4), REPAIR, services=(ServiceRow("lifts", frozenset({"mill"})),)),
        {Touched.ACCESS},
    ),
    ("the order of the clauses", version(REPAIR, HOURS, response(4)), set()),
    (
        "when we warn ourselves",
        version(HOURS, response(4), REPAIR, Clause(warn_percents=(50,), internal_percent=60)),
        set(),
    ),
    (
        "whom we call",
        version(
            HOURS, response(4), REPAIR, escalation=(EscalationStep(1, ClockKind.SAFE, "lead", 75),)
        ),
        set(),
    ),
    (
        "the time to reopen",
        version(HOURS, response(4), REPAIR, policies=Policies(reopen_seconds=0)),
        set(),
    ),
]


@pytest.mark.parametrize(
    ("new", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_a_change_touches_what_the_customer_feels(
    new: AgreementVersion, expected: set[Touched]
) -> None:
    assert touched(OLD, new) == expected
    assert touched(new, OLD) == expected


def test_what_stands_beside_the_clauses_is_compared_too() -> None:
    beside = {Touched.AVAILABILITY: (99.5, 98.0), Touched.ACCESS: ("phone", "phone")}
    assert touched(OLD, OLD, beside=beside) == {Touched.AVAILABILITY}


@pytest.mark.parametrize(
    ("today", "notice_days", "effective", "expected"),
    [
        (date(2026, 6, 2), 0, "any_day", date(2026, 6, 2)),
        (date(2026, 6, 2), 30, "any_day", date(2026, 7, 2)),
        (date(2026, 6, 2), 30, "first_of_month", date(2026, 8, 1)),
        (date(2026, 6, 1), 30, "first_of_month", date(2026, 7, 1)),
        (date(2026, 12, 15), 0, "first_of_month", date(2027, 1, 1)),
        (date(2026, 2, 1), 28, "first_of_month", date(2026, 3, 1)),
    ],
)
def test_an_amendment_waits_for_its_notice_and_maybe_for_the_month(
    today: date, notice_days: int, effective: EffectiveDay, expected: date
) -> None:
    assert earliest_amendment(today, notice_days, effective) == expected
