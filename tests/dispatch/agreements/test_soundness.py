"""What keeps a version from being signed, said in the place where it can be mended."""

from decimal import Decimal

import pytest

from dispatch.agreements import (
    AgreementVersion,
    Clause,
    ClockKind,
    ClockStart,
    ClockStop,
    EscalationStep,
    FeltMeasure,
    Objective,
    Policies,
    ServiceRow,
    Severity,
    version_faults,
)
from tests.dispatch.agreements.makers import (
    ALWAYS,
    DOORS,
    LIFTS,
    OFFICE,
    corporate,
    internal,
    response,
    version,
)

SOUND = response(4, calendar=ALWAYS)
ACCEPT_TO_ACCEPT = response(1, clock=ClockKind.ACKNOWLEDGE, calendar=ALWAYS)


def faults(agreed: AgreementVersion, *context: AgreementVersion) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in version_faults(agreed, context)]


def step(**given: object) -> EscalationStep:
    values = {"level": 1, "clock": ClockKind.RESPONSE, "role": "lead", **given}
    return EscalationStep(**values)  # type: ignore[arg-type]


def test_one_promise_for_one_service_is_a_sound_agreement() -> None:
    assert faults(version(SOUND)) == []


def test_an_agreement_may_promise_nothing_but_what_is_felt() -> None:
    felt = Objective(FeltMeasure.CSAT_TOP2, Decimal(80))
    assert faults(version(objectives=(felt,))) == []


WRONG = [
    ("an objective is on the scale of its measure",
     version(objectives=(Objective(FeltMeasure.CSAT_MEAN, Decimal(80)),)),
     [("objectives.0.at_least", "off_the_scale")]),
    ("a measure has one objective",
     version(objectives=(Objective(FeltMeasure.XLA_SCORE, Decimal(70)),) * 2),
     [("objectives.1.measure", "promised_twice")]),
    ("an agreement names its services", version(SOUND, services=()),
     [("services", "no_service"), ("clauses.0.service", "global_target")]),
    ("a service is given somewhere", version(SOUND, services=(ServiceRow("lifts", frozenset()),)),
     [("services.0.sites", "no_site")]),
    ("an agreement promises something", version(Clause(calendar=ALWAYS)),
     [("clauses", "nothing_promised")]),
    ("a promise names its clock", version(response(4, clock=None, calendar=ALWAYS)),
     [("clauses.0.clock", "global_target")]),
    ("a promise names its severity", version(response(4, severity=None, calendar=ALWAYS)),
     [("clauses.0.severity", "global_target")]),
    ("a promise names its service when there are several",
     version(SOUND, services=(LIFTS, DOORS)), [("clauses.0.service", "global_target")]),
    ("a clause sets a value", version(SOUND, Clause(site="mill")), [("clauses.1", "empty_clause")]),
    ("a clause is about a service of the agreement",
     version(SOUND, Clause(service="doors", calendar=OFFICE)),
     [("clauses.1.service", "service_not_listed")]),
    ("no two clauses are about the same", version(SOUND, response(6)),
     [("clauses.1", "promised_twice")]),
    ("a promise needs hours", version(response(4)), [("clauses.0.calendar", "hours_missing")]),
    ("warnings are shares", version(SOUND, Clause(warn_percents=(50, 101))),
     [("clauses.1.warn_percents", "not_a_share")]),
    ("warnings rise", version(SOUND, Clause(warn_percents=(75, 75))),
     [("clauses.1.warn_percents", "not_ascending")]),
    ("our own target is a share", version(SOUND, Clause(internal_percent=0)),
     [("clauses.1.internal_percent", "not_a_share")]),
    ("our own target is not later than the promise",
     version(response(1, calendar=ALWAYS, internal_seconds=3601)),
     [("clauses.0.internal_seconds", "later_than_promised")]),
    ("only the resolution clock waits for parts",
     version(response(4, calendar=ALWAYS, stops_for_parts=True)),
     [("clauses.0.stops_for_parts", "resolution_only")]),
    ("nothing starts and stops when a technician accepts",
     version(response(1, clock=ClockKind.ACKNOWLEDGE, calendar=ALWAYS,
                      starts_at=ClockStart.ACKNOWLEDGEMENT)),
     [("clauses.0.starts_at", "never_runs")]),
    ("nor through two clauses that are sound alone",
     version(ACCEPT_TO_ACCEPT, Clause(site="mill", starts_at=ClockStart.ACKNOWLEDGEMENT)),
     [("clauses.1.starts_at", "never_runs")]),
    ("reopening takes no negative time", version(SOUND, policies=Policies(reopen_seconds=-1)),
     [("policies.reopen_seconds", "negative")]),
    ("an escalation comes at one moment", version(SOUND, escalation=(step(),)),
     [("escalation.0", "one_of_two")]),
    ("not at two", version(SOUND, escalation=(step(percent=80, after_due_seconds=0),)),
     [("escalation.0", "one_of_two")]),
    ("at a share of the target", version(SOUND, escalation=(step(percent=101),)),
     [("escalation.0.percent", "not_a_share")]),
    ("or after it was missed", version(SOUND, escalation=(step(after_due_seconds=-1),)),
     [("escalation.0.after_due_seconds", "negative")]),
    ("levels of escalation count from one", version(SOUND, escalation=(step(level=0, percent=80),)),
     [("escalation.0.level", "not_positive")]),
    ("nobody of the customer's is called",
     version(SOUND, escalation=(step(role="manager", percent=80),)),
     [("escalation.0.role", "not_of_the_house")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("agreed", "expected"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_fault_is_named_with_its_place(
    agreed: AgreementVersion, expected: list[tuple[str, str]]
) -> None:
    assert faults(agreed) == expected


def test_every_fault_is_named_at_once() -> None:
    agreed = version(response(4, clock=None), Clause(site="mill"), escalation=(step(),))
    assert [code for _, code in faults(agreed)] == ["global_target", "empty_clause", "one_of_two"]


def test_a_customer_may_rely_on_the_corporate_hours() -> None:
    own = version(response(4))
    assert faults(own, corporate(Clause(calendar=ALWAYS))) == []
    assert faults(own, internal(Clause(calendar=ALWAYS))) == [
        ("clauses.0.calendar", "hours_missing")
    ]


@pytest.mark.parametrize(
    "hours",
    [
        Clause(severity=Severity.REQUEST, calendar=ALWAYS),
        Clause(clock=ClockKind.RESOLUTION, calendar=ALWAYS),
        Clause(region="north", calendar=ALWAYS),
        Clause(site="mill", calendar=ALWAYS),
        Clause(asset="lift-1", calendar=ALWAYS),
    ],
)
def test_hours_for_some_calls_are_missing_for_the_others(hours: Clause) -> None:
    assert faults(version(response(4), hours)) == [("clauses.0.calendar", "hours_missing")]


def test_hours_for_a_site_are_enough_for_a_promise_made_only_there() -> None:
    at_mill = response(4, site="mill")
    assert faults(version(at_mill, Clause(site="mill", calendar=ALWAYS))) == []
    only_there = (ServiceRow("lifts", frozenset({"mill"})),)
    assert (
        faults(version(response(4), Clause(site="mill", calendar=ALWAYS), services=only_there))
        == []
    )


def test_hours_of_the_version_it_replaces_are_no_help() -> None:
    old = version(Clause(calendar=ALWAYS), id="v0")
    assert faults(version(response(4)), old) == [("clauses.0.calendar", "hours_missing")]


def test_a_fault_of_the_corporate_agreement_is_not_the_customers() -> None:
    own = version(response(4, severity=Severity.REQUEST, calendar=ALWAYS))
    assert faults(own, corporate(response(4))) == []


def test_we_may_aim_at_the_very_time_we_promised() -> None:
    assert faults(version(response(1, calendar=ALWAYS, internal_seconds=3600))) == []


def test_corporate_hours_for_another_service_are_no_help() -> None:
    doors = corporate(Clause(calendar=ALWAYS), services=(DOORS,))
    assert faults(version(response(4)), doors) == [("clauses.0.calendar", "hours_missing")]


def test_an_acknowledgement_may_start_the_response_clock() -> None:
    clause = response(1, calendar=ALWAYS, starts_at=ClockStart.ACKNOWLEDGEMENT)
    assert faults(version(clause)) == []


def test_a_response_kept_by_accepting_may_not_start_by_accepting() -> None:
    clause = response(
        1,
        calendar=ALWAYS,
        starts_at=ClockStart.ACKNOWLEDGEMENT,
        stops_at=ClockStop.ACCEPTANCE,
    )
    assert faults(version(clause)) == [("clauses.0.starts_at", "never_runs")]


def test_an_entrapment_needs_no_promise_of_its_own() -> None:
    assert faults(version(response(4, severity=Severity.REQUEST, calendar=ALWAYS))) == []
