"""What a division or a supplier promises comes no later than what we promised because of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from dispatch.agreements import (
    AgreementVersion,
    Clause,
    ClockKind,
    RelativeMode,
    RelativeTarget,
    ServiceRow,
    Severity,
    contradictions,
)
from dispatch.hours import Calendar, Window, every_weekday
from tests.dispatch.agreements.makers import (
    ALWAYS,
    DOORS,
    LONG,
    OFFICE,
    corporate,
    hours,
    internal,
    response,
    supplier,
    version,
)

FOUR_HOURS = version(response(4, calendar=ALWAYS))


def found(agreed: AgreementVersion, *others: AgreementVersion) -> list[str]:
    return [
        f"{each.supporting.kind.value} {each.question.service} {each.question.severity.value}"
        f" {each.question.region}".rstrip()
        for each in contradictions(agreed, others)
    ]


@pytest.mark.parametrize(("support", "kind"), [(internal, "internal"), (supplier, "supplier")])
def test_a_support_that_takes_longer_than_the_promise_contradicts_it(
    support: Callable[[Clause], AgreementVersion], kind: str
) -> None:
    assert found(FOUR_HOURS, support(response(5, calendar=ALWAYS))) == [f"{kind} lifts S2"]


@pytest.mark.parametrize("promised", [3, 4])
def test_a_support_that_takes_as_long_or_less_does_not(promised: int) -> None:
    assert found(FOUR_HOURS, internal(response(promised, calendar=ALWAYS))) == []


def test_the_support_is_told_of_it_just_as_the_promise_is() -> None:
    late = supplier(response(5, calendar=ALWAYS))
    assert found(late, FOUR_HOURS) == ["supplier lifts S2"]


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(response(5, clock=ClockKind.RESOLUTION, calendar=ALWAYS), id="a clock"),
        pytest.param(response(5, severity=Severity.REQUEST, calendar=ALWAYS), id="a severity"),
    ],
)
def test_promises_on_different_matters_are_not_compared(late: Clause) -> None:
    assert found(FOUR_HOURS, internal(late)) == []


def test_promises_of_different_services_are_not_compared() -> None:
    assert found(FOUR_HOURS, internal(response(5, calendar=ALWAYS), services=(DOORS,))) == []


def test_versions_that_share_no_day_are_not_compared() -> None:
    ended = internal(
        response(5, calendar=ALWAYS), valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1)
    )
    assert found(FOUR_HOURS, ended) == []


def test_a_support_that_begins_later_contradicts_from_its_first_day() -> None:
    summer = internal(response(5, calendar=ALWAYS), valid_from=date(2026, 7, 1))
    (late,) = contradictions(FOUR_HOURS, [summer])
    assert late.example.start == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_an_amendment_is_not_mixed_with_the_version_it_replaces() -> None:
    old = internal(Clause(site="mill", calendar=OFFICE), id="o0")
    assert found(internal(response(3, calendar=ALWAYS)), old, FOUR_HOURS) == []


def test_a_support_for_another_customer_is_no_matter() -> None:
    assert found(FOUR_HOURS, internal(response(5, calendar=ALWAYS), customer="bolt")) == []


def test_a_corporate_promise_is_held_against_the_support_of_each_customer() -> None:
    general = corporate(response(4, calendar=ALWAYS))
    (late,) = contradictions(general, [internal(response(5, calendar=ALWAYS), customer="bolt")])
    assert late.question.customer == "bolt"


def test_a_region_that_is_slower_only_for_the_support_is_named() -> None:
    support = internal(response(3, calendar=ALWAYS), response(6, region="mountain"))
    assert found(FOUR_HOURS, support) == ["internal lifts S2 mountain"]


def test_a_site_that_only_the_support_covers_slowly_is_named() -> None:
    rows = (ServiceRow("lifts", frozenset({"mill", "station"})),)
    (late,) = contradictions(FOUR_HOURS, [internal(response(6, calendar=ALWAYS), services=rows)])
    assert late.question.site == "mill"


def test_a_promise_inherited_by_the_customer_is_not_this_versions_contradiction() -> None:
    general, late = corporate(response(4, calendar=ALWAYS)), internal(response(5, calendar=ALWAYS))
    own = version(response(8, severity=Severity.DEGRADED))
    assert found(own, general, late) == []
    assert found(late, general, own) == ["internal lifts S2"]


def test_shorter_hours_make_the_same_time_late() -> None:
    (late,) = contradictions(
        version(response(4, calendar=LONG)), [supplier(response(4, calendar=OFFICE))]
    )
    # New Year 2026 is a Thursday; neither calendar has holidays
    assert late.example.start == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert late.example.supported_due == datetime(2026, 1, 1, 9, tzinfo=UTC)
    assert late.example.supporting_due == datetime(2026, 1, 1, 11, tzinfo=UTC)


def test_longer_hours_may_make_up_for_a_longer_time() -> None:
    more_than_a_day = version(response(10, calendar=OFFICE))
    assert found(more_than_a_day, supplier(response(24, calendar=ALWAYS))) == []


def test_a_day_in_between_is_enough_to_be_late() -> None:
    closed_wednesday = Calendar(
        "Europe/Paris",
        weekly=tuple(
            () if weekday == 2 else day
            for weekday, day in enumerate(every_weekday(Window(8 * 60, 17 * 60)))
        ),
    )
    (late,) = contradictions(
        version(response(4, calendar=OFFICE)), [supplier(response(4, calendar=closed_wednesday))]
    )
    assert late.example.start.isoformat() == "2026-01-06T15:00:00+00:00"  # a Tuesday


@pytest.mark.parametrize(
    ("promised", "support", "is_late"),
    [
        (RelativeTarget(1, RelativeMode.BY, 600), RelativeTarget(1, RelativeMode.BY, 660), True),
        (RelativeTarget(1, RelativeMode.BY, 600), RelativeTarget(1, RelativeMode.BY, 600), False),
        (RelativeTarget(1, RelativeMode.CLOSE), RelativeTarget(2, RelativeMode.CLOSE), True),
        (RelativeTarget(2, RelativeMode.CLOSE), RelativeTarget(1, RelativeMode.CLOSE), False),
        (RelativeTarget(1, RelativeMode.HOURS, 60), RelativeTarget(0, RelativeMode.HOURS, 6000),
         True),
        (RelativeTarget(1, RelativeMode.CLOSE), RelativeTarget(1, RelativeMode.END_OF_DAY), True),
        (hours(4), RelativeTarget(0, RelativeMode.CLOSE), True),
        (hours(18), RelativeTarget(0, RelativeMode.CLOSE), False),
    ],
)  # fmt: skip
def test_named_days_are_compared_by_what_they_come_to(
    promised: RelativeTarget, support: RelativeTarget, *, is_late: bool
) -> None:
    agreed = version(response(promise=promised, calendar=OFFICE))
    late = contradictions(agreed, [internal(response(promise=support, calendar=OFFICE))])
    assert bool(late) == is_late


def test_a_contradiction_is_a_fault_at_the_clause_of_the_version_that_is_asked_about() -> None:
    late = supplier(Clause(calendar=ALWAYS), response(5))
    (ours,) = contradictions(FOUR_HOURS, [late])
    (theirs,) = contradictions(late, [FOUR_HOURS])
    assert ours.fault(FOUR_HOURS).path == "clauses.0"
    fault = theirs.fault(late)
    assert (fault.path, fault.code) == ("clauses.1", "later_than_promised")
    assert fault.sentence == (
        "For a call at 2026-01-01 00:00 the supplier promise falls due at 2026-01-01 05:00,"
        " after the customer's at 2026-01-01 04:00."
    )


def test_internal_and_supplier_promises_are_not_held_against_each_other() -> None:
    assert (
        found(internal(response(4, calendar=ALWAYS)), supplier(response(5, calendar=ALWAYS))) == []
    )


def test_each_pair_of_promises_is_named_once_however_many_sites_there_are() -> None:
    sites = frozenset(f"site-{number}" for number in range(200))
    rows = (ServiceRow("lifts", sites),)
    agreed = version(response(4, calendar=ALWAYS), services=rows)
    assert found(agreed, internal(response(5, calendar=ALWAYS))) == ["internal lifts S2"]
