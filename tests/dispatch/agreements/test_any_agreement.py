"""Whatever is agreed: the order of writing is no matter, and what is more specific wins."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dispatch.agreements import (
    AgreementKind,
    AgreementVersion,
    Clause,
    ClockKind,
    Severity,
    Target,
    TargetDuration,
    resolve,
)
from tests.dispatch.agreements.makers import (
    ALWAYS,
    CALL,
    LONG,
    OFFICE,
    corporate,
    response,
    version,
)

SELECTORS = ("service", "severity", "region", "site", "asset")
CALENDARS = st.sampled_from([None, ALWAYS, OFFICE, LONG])
CLAUSES = st.builds(
    Clause,
    service=st.sampled_from([None, "lifts"]),
    severity=st.sampled_from([None, Severity.OUT_OF_SERVICE, Severity.REQUEST]),
    clock=st.sampled_from([None, ClockKind.RESPONSE, ClockKind.RESOLUTION]),
    region=st.sampled_from([None, "north", "south"]),
    site=st.sampled_from([None, "mill", "station"]),
    asset=st.sampled_from([None, "lift-1", "lift-2"]),
    promise=st.none() | st.builds(TargetDuration, st.integers(1, 10**6)),
    calendar=CALENDARS,
    internal_percent=st.none() | st.integers(1, 100),
    stops_for_parts=st.sampled_from([None, True, False]),
)
PAGES = st.lists(CLAUSES, max_size=8, unique_by=lambda clause: clause.selectors)


@st.composite
def agreements(draw: st.DrawFn) -> list[AgreementVersion]:
    """A corporate and a customer's version, each without two clauses about the same."""
    return [corporate(*draw(PAGES)), version(*draw(PAGES))]


def values(versions: Sequence[AgreementVersion]) -> list[Target]:
    """What is promised, without the places, which move when clauses do."""
    found = resolve(versions, AgreementKind.CUSTOMER, CALL)
    return [replace(target, origins=()) for target in found.targets]


@given(agreements(), st.integers(0, 2**32))
def test_the_order_of_versions_and_of_clauses_is_no_matter(
    agreed: list[AgreementVersion], seed: int
) -> None:
    random = Random(seed)
    mixed = [
        replace(each, clauses=tuple(random.sample(each.clauses, len(each.clauses))))
        for each in random.sample(agreed, len(agreed))
    ]
    assert values(mixed) == values(agreed)


@given(agreements(), st.integers(1, 10**6))
def test_a_clause_for_this_very_call_always_wins(
    agreed: list[AgreementVersion], seconds: int
) -> None:
    general, own = agreed
    exact = Clause(
        service=CALL.service,
        severity=CALL.severity,
        clock=ClockKind.RESPONSE,
        region=CALL.region,
        site=CALL.site,
        asset=CALL.asset,
        promise=TargetDuration(seconds),
        calendar=OFFICE,
    )
    others = tuple(each for each in own.clauses if each.selectors != exact.selectors)
    agreed = [general, replace(own, clauses=(*others, exact))]
    (target,) = (each for each in values(agreed) if each.clock is ClockKind.RESPONSE)
    assert (target.promise, target.calendar) == (TargetDuration(seconds), OFFICE)


@given(
    order=st.permutations(SELECTORS),
    shared=st.integers(0, len(SELECTORS) - 1),
    last_first=st.booleans(),
)
def test_of_two_clauses_that_apply_the_one_with_more_selectors_wins(
    order: list[str], shared: int, *, last_first: bool
) -> None:
    about = {name: getattr(CALL, name) for name in order[:shared]}
    less = replace(Clause(calendar=OFFICE), **about)
    more = replace(less, calendar=LONG, **{order[shared]: getattr(CALL, order[shared])})
    clauses = (more, less) if last_first else (less, more)
    (target,) = values([corporate(response(4)), version(*clauses)])
    assert target.calendar == LONG


@given(agreements(), st.sampled_from([ClockKind.RESPONSE, ClockKind.RESOLUTION]))
def test_without_the_clauses_that_promise_it_a_clock_does_not_run(
    agreed: list[AgreementVersion], clock: ClockKind
) -> None:
    silent = [
        replace(
            each,
            clauses=tuple(
                clause
                for clause in each.clauses
                if clause.promise is None or clause.clock not in {None, clock}
            ),
        )
        for each in agreed
    ]
    assert clock not in {target.clock for target in values(silent)}


@given(agreements())
def test_every_promise_and_its_hours_have_an_origin_that_holds_them(
    agreed: list[AgreementVersion],
) -> None:
    written = {
        (each.id, f"clauses.{index}"): clause
        for each in agreed
        for index, clause in enumerate(each.clauses)
    }
    for target in resolve(agreed, AgreementKind.CUSTOMER, CALL).targets:
        origins = dict(target.origins)
        promise, hours = origins["promise"], origins["calendar"]
        assert written[promise.version, promise.place].promise == target.promise
        assert written[hours.version, hours.place].calendar == target.calendar
