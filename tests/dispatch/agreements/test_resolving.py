"""What a call is promised, value by value, and which clause of which agreement gave it."""

from dataclasses import dataclass, replace

import pytest

from dispatch.agreements import (
    AgreementKind,
    AgreementVersion,
    Clause,
    ClockKind,
    ClockStart,
    ClockStop,
    EscalationStep,
    Policies,
    Question,
    ServiceRow,
    Severity,
    SeverityPolicy,
    Target,
    TargetDuration,
    resolve,
)
from tests.dispatch.agreements.makers import (
    ALWAYS,
    CALL,
    DOORS,
    LIFTS,
    LONG,
    OFFICE,
    corporate,
    hours,
    internal,
    response,
    supplier,
    version,
)


@dataclass(frozen=True)
class Case:
    """Agreements, and the value a call gets from them: its level and the clause that gave it."""

    says: str
    versions: tuple[AgreementVersion, ...]
    value: str
    expected: object
    origin: tuple[str, str, str]  # level, version, place


BASE = corporate(Clause(calendar=ALWAYS), response(4), services=(LIFTS, DOORS))
CASES = [
    Case("the corporate promise holds for a customer without one", (BASE,), "promise", hours(4),
         ("corporate", "c1", "clauses.1")),
    Case("a customer's promise goes before the corporate one", (BASE, version(response(3))),
         "promise", hours(3), ("customer", "v1", "clauses.0")),
    Case("a customer's promise leaves the corporate hours as they are",
         (BASE, version(response(3))), "calendar", ALWAYS, ("corporate", "c1", "clauses.0")),
    Case("a customer's general clause goes before any corporate clause, however specific",
         (corporate(response(2, service="lifts", site="mill", asset="lift-1", calendar=ALWAYS)),
          version(response(6))), "promise", hours(6), ("customer", "v1", "clauses.0")),
    Case("a clause for the service goes before one for every service",
         (version(response(6, calendar=OFFICE), response(5, service="lifts")),), "promise",
         hours(5), ("service", "v1", "clauses.1")),
    Case("a clause for the site goes before one for the service",
         (version(response(5, service="lifts", calendar=OFFICE), response(4, site="mill")),),
         "promise", hours(4), ("site", "v1", "clauses.1")),
    Case("a clause for the asset goes before one for the site",
         (version(response(4, site="mill", calendar=OFFICE), response(2, asset="lift-1")),),
         "promise", hours(2), ("asset", "v1", "clauses.1")),
    Case("a clause for a service in a region goes before one for the service",
         (version(response(4, service="lifts", calendar=OFFICE),
                  response(8, service="lifts", region="north")),),
         "promise", hours(8), ("service", "v1", "clauses.1")),
    Case("a clause for the site goes before one for the service in a region",
         (version(response(8, service="lifts", region="north", calendar=OFFICE),
                  response(4, site="mill")),),
         "promise", hours(4), ("site", "v1", "clauses.1")),
    Case("a clause for the service goes before one for the region",
         (version(response(8, region="north", calendar=OFFICE), response(4, service="lifts")),),
         "promise", hours(4), ("service", "v1", "clauses.1")),
    Case("a clause for the region goes before one for the severity",
         (version(response(4), Clause(severity=Severity.OUT_OF_SERVICE, calendar=OFFICE),
                  Clause(region="north", calendar=LONG)),),
         "calendar", LONG, ("customer", "v1", "clauses.2")),
    Case("a clause for the severity goes before one for the clock",
         (version(response(4), Clause(clock=ClockKind.RESPONSE, calendar=OFFICE),
                  Clause(severity=Severity.OUT_OF_SERVICE, calendar=LONG)),),
         "calendar", LONG, ("customer", "v1", "clauses.2")),
    Case("a clause for another region says nothing",
         (version(response(4, calendar=OFFICE), response(8, region="south")),),
         "promise", hours(4), ("customer", "v1", "clauses.0")),
    Case("a clause for the severity goes before one for every severity",
         (version(response(4), Clause(calendar=OFFICE),
                  Clause(severity=Severity.OUT_OF_SERVICE, calendar=LONG)),),
         "calendar", LONG, ("customer", "v1", "clauses.2")),
    Case("a clause for the clock goes before one for every clock",
         (version(response(4), Clause(severity=Severity.OUT_OF_SERVICE, calendar=LONG),
                  Clause(severity=Severity.OUT_OF_SERVICE, clock=ClockKind.RESPONSE,
                         service="lifts", calendar=OFFICE)),),
         "calendar", OFFICE, ("service", "v1", "clauses.2")),
    Case("the hours of a site hold for the promise of its customer",
         (BASE, version(response(3), Clause(site="mill", calendar=OFFICE))), "calendar", OFFICE,
         ("site", "v1", "clauses.1")),
    Case("one agreement for lifts says nothing about another for doors",
         (version(response(4, calendar=OFFICE)),
          version(response(9, service="doors"), id="w1", agreement="A-2", services=(DOORS,))),
         "promise", hours(4), ("customer", "v1", "clauses.0")),
    Case("the start of the clock is inherited like every value",
         (corporate(Clause(starts_at=ClockStart.DISPATCH, calendar=ALWAYS)), version(response(4))),
         "starts_at", ClockStart.DISPATCH, ("corporate", "c1", "clauses.0")),
    Case("so is the event that keeps the promise",
         (version(response(4, calendar=ALWAYS), Clause(asset="lift-1", clock=ClockKind.RESPONSE,
                                                       stops_at=ClockStop.BACK_IN_SERVICE)),),
         "stops_at", ClockStop.BACK_IN_SERVICE, ("asset", "v1", "clauses.1")),
]  # fmt: skip


def promised(
    *versions: AgreementVersion,
    call: Question = CALL,
    kind: AgreementKind = AgreementKind.CUSTOMER,
) -> tuple[Target, ...]:
    return resolve(versions, kind, call).targets


def only(*versions: AgreementVersion, call: Question = CALL) -> Target:
    (target,) = promised(*versions, call=call)
    return target


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_each_value_comes_from_the_most_specific_clause_that_sets_it(case: Case) -> None:
    target = only(*case.versions)
    origin = dict(target.origins)[case.value]
    assert getattr(target, case.value) == case.expected
    assert (origin.level.value, origin.version, origin.place) == case.origin


def test_an_origin_names_the_agreement_too() -> None:
    assert dict(only(BASE).origins)["promise"].agreement == "C-1"


def test_a_value_nobody_sets_is_the_usual_one_and_has_no_origin() -> None:
    target = only(BASE)
    assert target.starts_at is ClockStart.CALL
    assert target.thresholds.warn_percents == (50, 75, 90)
    assert {name for name, _ in target.origins} == {"promise", "calendar"}


def test_targets_come_in_clock_order() -> None:
    clauses = [
        Clause(clock=clock, severity=Severity.OUT_OF_SERVICE, promise=hours(4), calendar=ALWAYS)
        for clock in (ClockKind.RESOLUTION, ClockKind.ACKNOWLEDGE, ClockKind.RESPONSE)
    ]
    assert [target.clock for target in promised(version(*clauses))] == [
        ClockKind.ACKNOWLEDGE,
        ClockKind.RESPONSE,
        ClockKind.RESOLUTION,
    ]


def test_a_severity_without_a_promise_has_no_clock() -> None:
    assert promised(BASE, call=replace(CALL, severity=Severity.REQUEST)) == ()


def test_a_promise_without_hours_has_no_clock() -> None:
    assert promised(version(response(4))) == ()


@pytest.mark.parametrize(
    "call",
    [
        replace(CALL, service="ropes"),
        replace(CALL, site="station"),
        replace(CALL, customer="bolt"),
    ],
)
def test_a_call_no_agreement_covers_is_promised_nothing(call: Question) -> None:
    agreed = version(
        response(4, calendar=ALWAYS), services=(ServiceRow("lifts", frozenset({"mill"})),)
    )
    found = resolve([agreed], AgreementKind.CUSTOMER, call)
    assert (found.targets, found.versions) == ((), ())


def test_a_covered_call_may_be_promised_nothing() -> None:
    found = resolve([version()], AgreementKind.CUSTOMER, CALL)
    assert (found.targets, found.versions) == ((), ("v1",))


def test_a_customers_own_version_is_named_before_the_corporate_one() -> None:
    found = resolve([BASE, version()], AgreementKind.CUSTOMER, CALL)
    assert found.versions == ("v1", "c1")


def test_one_call_has_a_clock_of_each_kind_of_agreement() -> None:
    agreed = (
        version(response(4, calendar=ALWAYS)),
        internal(response(3, calendar=ALWAYS)),
        supplier(response(2, calendar=ALWAYS)),
    )
    found = [target for kind in AgreementKind for target in promised(*agreed, kind=kind)]
    assert [(target.kind.value, target.promise) for target in found] == [
        ("customer", hours(4)),
        ("internal", hours(3)),
        ("supplier", hours(2)),
    ]


def test_two_sites_with_one_service_have_their_own_times_and_hours() -> None:
    agreed = version(response(4, calendar=ALWAYS), response(8, site="station", calendar=OFFICE))
    town, country = only(agreed), only(agreed, call=replace(CALL, site="station"))
    assert (town.promise, town.calendar) == (hours(4), ALWAYS)
    assert (country.promise, country.calendar) == (hours(8), OFFICE)


def test_a_share_for_a_site_is_not_undone_by_minutes_for_everybody() -> None:
    general = corporate(Clause(calendar=ALWAYS, internal_seconds=1800), response(4))
    own = version(Clause(site="mill", internal_percent=60))
    assert only(general).thresholds.internal_seconds == 1800
    thresholds = only(general, own).thresholds
    assert (thresholds.internal_percent, thresholds.internal_seconds) == (60, None)


def test_minutes_of_our_own_go_with_the_share_of_the_same_line() -> None:
    clause = Clause(calendar=ALWAYS, internal_percent=70, internal_seconds=1800)
    thresholds = only(version(clause, response(4))).thresholds
    assert (thresholds.internal_percent, thresholds.internal_seconds) == (70, 1800)


def test_a_customer_may_be_warned_of_at_other_shares() -> None:
    own = version(Clause(warn_percents=(25, 95)))
    assert only(BASE, own).thresholds.warn_percents == (25, 95)


def test_waiting_for_parts_said_for_every_clock_stops_only_the_resolution_clock() -> None:
    repair = response(24, clock=ClockKind.RESOLUTION)
    agreed = version(Clause(calendar=ALWAYS, stops_for_parts=True), response(4), repair)
    assert {target.clock: target.stops_for_parts for target in promised(agreed)} == {
        ClockKind.RESPONSE: False,
        ClockKind.RESOLUTION: True,
    }


def test_the_rules_of_an_agreement_are_inherited_one_by_one() -> None:
    general = corporate(
        response(4, calendar=ALWAYS), policies=Policies(SeverityPolicy.RETROACTIVE, 3600)
    )
    found = resolve(
        [general, version(policies=Policies(reopen_seconds=7200))], AgreementKind.CUSTOMER, CALL
    )
    assert found.policies.on_upgrade is SeverityPolicy.RETROACTIVE
    assert found.policies.reopen_seconds == 7200
    assert found.targets[0].on_change is SeverityPolicy.RETROACTIVE
    assert dict(found.targets[0].origins)["on_change"].place == "policies"


def test_usually_the_earlier_due_counts_and_reopening_takes_three_days_at_most() -> None:
    policies = resolve([], AgreementKind.CUSTOMER, CALL).policies
    assert policies.on_upgrade is SeverityPolicy.EARLIER_OF
    assert policies.reopen_seconds == 72 * 3600


def test_a_customers_escalation_replaces_the_corporate_one_clock_by_clock() -> None:
    lead = EscalationStep(1, ClockKind.RESPONSE, "lead", percent=75)
    head = EscalationStep(1, ClockKind.RESPONSE, "head", after_due_seconds=0)
    desk = EscalationStep(1, ClockKind.RESOLUTION, "desk", percent=90)
    repair = response(24, clock=ClockKind.RESOLUTION)
    general = corporate(Clause(calendar=ALWAYS), response(4), repair, escalation=(lead, desk))
    found = promised(general, version(escalation=(head,)))
    assert [target.escalation for target in found] == [(head,), (desk,)]


def test_a_promise_in_seconds_says_how_long() -> None:
    assert only(BASE).promise == TargetDuration(14_400)
