"""What a month's breaches are worth: worked in the user's figures, then for any figures at all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.agreements import (
    Chronic,
    Credit,
    Penalties,
    PenaltyRule,
    PerBreach,
    ServiceMonth,
    Tiers,
    credit,
    money_at_risk,
    penalties_as_json,
    read_penalties,
)
from dispatch.errors import Invalid

FIVE_EACH = PerBreach(Decimal(5))
TWENTY_FROM_FIVE = Chronic(5, Decimal(20))
UPTIME = Tiers(
    (
        (Decimal("99.9"), Decimal(10)),
        (Decimal("99.0"), Decimal(25)),
        (Decimal("95.0"), Decimal(50)),
    )
)


def owed(
    *rules: PenaltyRule, fee: str = "250.00", cap: str | None = None, month: ServiceMonth
) -> Credit:
    return credit(Decimal(fee), Penalties(rules, None if cap is None else Decimal(cap)), month)


def month(breaches: int = 0, excused: int = 0, availability: str | None = None) -> ServiceMonth:
    return ServiceMonth(breaches, excused, None if availability is None else Decimal(availability))


def lines(given: Credit) -> list[tuple[str, str]]:
    return [(line.kind, str(line.amount)) for line in given.lines]


def test_each_breach_costs_its_share_and_the_cap_comes_last() -> None:
    answer = owed(FIVE_EACH, cap="10", month=month(breaches=3))
    assert (lines(answer), str(answer.amount)) == ([("per_breach", "37.50")], "25.00")


@pytest.mark.parametrize(
    "happened", [month(), month(availability="100"), month(breaches=1, excused=1)]
)
def test_a_month_in_which_nothing_counts_has_no_line(happened: ServiceMonth) -> None:
    answer = owed(FIVE_EACH, TWENTY_FROM_FIVE, UPTIME, month=happened)
    assert (answer.lines, str(answer.amount)) == ((), "0.00")


def test_more_excuses_than_breaches_owe_nobody_anything() -> None:
    assert owed(FIVE_EACH, month=month(breaches=1, excused=3)).amount == 0


@pytest.mark.parametrize(
    ("availability", "amount"),
    [
        ("100", "0.00"),
        ("99.9", "0.00"),
        ("99.89", "25.00"),
        ("99.0", "25.00"),
        ("98.999", "62.50"),
        ("95", "62.50"),
        ("94.99", "125.00"),
        ("0", "125.00"),
    ],
)
def test_the_deepest_tier_counts_and_a_border_is_not_yet_below_itself(
    availability: str, amount: str
) -> None:
    assert str(owed(UPTIME, month=month(availability=availability)).amount) == amount


def test_an_exact_availability_is_not_rounded_to_the_border() -> None:
    hair_below = ServiceMonth(availability=Fraction("99.9") - Fraction(1, 10**30))
    assert str(owed(UPTIME, month=hair_below).amount) == "25.00"


def test_a_tier_without_a_measured_availability_is_silent() -> None:
    assert owed(UPTIME, month=month(breaches=2)).lines == ()


@pytest.mark.parametrize(
    ("breaches", "kinds"), [(4, ["per_breach"]), (5, ["per_breach", "chronic"])]
)
def test_chronic_begins_at_its_count(breaches: int, kinds: list[str]) -> None:
    answer = owed(FIVE_EACH, TWENTY_FROM_FIVE, month=month(breaches=breaches))
    assert [line.kind for line in answer.lines] == kinds


def test_an_excuse_can_keep_the_month_from_being_chronic() -> None:
    answer = owed(TWENTY_FROM_FIVE, month=month(breaches=5, excused=1))
    assert answer.lines == ()


def test_of_all_three_rules_the_largest_line_is_owed_and_not_the_sum() -> None:
    happened = month(breaches=5, availability="98.5")
    answer = owed(FIVE_EACH, TWENTY_FROM_FIVE, UPTIME, cap="30", month=happened)
    assert lines(answer) == [("per_breach", "62.50"), ("chronic", "50.00"), ("tier", "62.50")]
    assert (str(answer.amount), str(answer.cap)) == ("62.50", "75.00")


@pytest.mark.parametrize(("cap", "amount"), [("0", "0.00"), ("12.5", "31.25"), (None, "37.50")])
def test_the_cap_is_a_share_of_the_months_fee(cap: str | None, amount: str) -> None:
    assert str(owed(FIVE_EACH, cap=cap, month=month(breaches=3)).amount) == amount


@pytest.mark.parametrize(
    ("fee", "percent", "amount"),
    [
        ("249.99", "25", "62.50"),  # 62.4975
        ("100.10", "5", "5.01"),  # 5.005 goes up
        ("100.09", "5", "5.00"),  # 5.0045 goes down
        ("0.10", "5", "0.01"),  # 0.005
        ("0.09", "5", "0.00"),  # 0.0045
        ("1000", "2.25", "22.50"),
        ("999999999999.99", "100", "999999999999.99"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_cent(fee: str, percent: str, amount: str) -> None:
    answer = owed(PerBreach(Decimal(percent)), fee=fee, month=month(breaches=1))
    assert str(answer.amount) == amount


@pytest.mark.parametrize(
    ("active", "of", "fee", "amount"),
    [
        (20, 30, "166.67", "8.33"),
        (31, 31, "250.00", "12.50"),
        (0, 30, "0.00", "0.00"),
        (1, 28, "8.93", "0.45"),
    ],
)
def test_the_fee_is_cut_to_the_days_in_service_before_anything_else(
    active: int, of: int, fee: str, amount: str
) -> None:
    happened = ServiceMonth(breaches=1, active_days=active, month_days=of)
    answer = owed(FIVE_EACH, month=happened)
    assert (str(answer.fee), str(answer.amount)) == (fee, amount)


def test_a_triggered_rule_has_its_line_even_when_it_is_worth_nothing() -> None:
    assert lines(owed(FIVE_EACH, fee="0", month=month(breaches=1))) == [("per_breach", "0.00")]


def test_the_money_at_risk_is_what_the_next_breach_adds() -> None:
    penalties = Penalties((FIVE_EACH, TWENTY_FROM_FIVE), Decimal(22))
    stages = [
        str(money_at_risk(Decimal(250), penalties, month(breaches=breaches)))
        for breaches in range(6)
    ]
    assert stages == ["12.50", "12.50", "12.50", "12.50", "5.00", "0.00"]


def codes(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in error.value.faults]


@pytest.mark.parametrize("percent", ["0", "-5", "100.01", "NaN", "Infinity"])
def test_a_share_is_above_nothing_and_at_most_the_whole(percent: str) -> None:
    with pytest.raises(Invalid) as error:
        PerBreach(Decimal(percent))
    assert codes(error) == [("percent", "not_a_share")]


def test_chronic_needs_two_breaches_and_a_share() -> None:
    with pytest.raises(Invalid) as error:
        Chronic(1, Decimal(0))
    assert codes(error) == [("count", "too_few"), ("percent", "not_a_share")]


@pytest.mark.parametrize("borders", [("99", "99.9"), ("99", "99.0"), ("99.9", "95", "99")])
def test_tiers_go_down_and_no_border_stands_twice(borders: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as error:
        Tiers(tuple((Decimal(border), Decimal(10)) for border in borders))
    assert codes(error) == [(f"tiers[{len(borders) - 1}].below", "tiers_not_descending")]


def test_no_tier_is_no_rule() -> None:
    with pytest.raises(Invalid) as error:
        Tiers(())
    assert codes(error) == [("tiers", "no_tier")]


@pytest.mark.parametrize("cap", ["-1", "100.5", "NaN"])
def test_a_cap_is_a_share_of_the_fee_or_nothing(cap: str) -> None:
    with pytest.raises(Invalid) as error:
        Penalties((), Decimal(cap))
    assert codes(error) == [("cap_percent", "not_a_cap")]


@pytest.mark.parametrize("fee", ["-0.01", "NaN", "Infinity"])
def test_a_fee_is_money_of_nothing_or_more(fee: str) -> None:
    with pytest.raises(Invalid) as error:
        owed(FIVE_EACH, fee=fee, month=month())
    assert codes(error) == [("fee", "not_a_fee")]


def test_an_impossible_month_is_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(Invalid) as error:
        ServiceMonth(-1, -1, Decimal("100.1"), active_days=32, month_days=31)
    assert codes(error) == [
        ("breaches", "negative"),
        ("excused", "negative"),
        ("availability", "not_a_percentage"),
        ("active_days", "out_of_range"),
    ]


@pytest.mark.parametrize(("active", "of"), [(20, None), (None, 0)])
def test_days_in_service_need_a_month_to_be_part_of(active: int | None, of: int | None) -> None:
    with pytest.raises(Invalid) as error:
        ServiceMonth(active_days=active, month_days=of)
    assert error.value.faults[0].path == "month_days"


shares = st.decimals("0.01", 100, places=2)
borders = st.lists(shares, min_size=1, max_size=4, unique=True)
rules: st.SearchStrategy[PenaltyRule] = st.one_of(
    st.builds(PerBreach, shares),
    st.builds(Chronic, st.integers(2, 6), shares),
    st.builds(
        lambda below, percent: Tiers(tuple((each, percent) for each in sorted(below)[::-1])),
        borders,
        shares,
    ),
)
penalties_of_any_kind = st.builds(
    Penalties, st.lists(rules, max_size=4).map(tuple), st.none() | st.decimals(0, 100, places=1)
)
fees = st.decimals(0, 100_000, places=2)
months = st.builds(
    ServiceMonth,
    st.integers(0, 12),
    st.integers(0, 6),
    st.none() | st.fractions(0, 100),
    st.integers(0, 31),
    st.just(31),
)


@given(fees, penalties_of_any_kind, months)
def test_a_credit_is_never_above_its_cap_nor_its_largest_line(
    fee: Decimal, penalties: Penalties, happened: ServiceMonth
) -> None:
    answer = credit(fee, penalties, happened)
    assert 0 <= answer.amount <= max((line.amount for line in answer.lines), default=0)
    if answer.cap is not None:
        assert answer.amount <= answer.cap <= answer.fee <= fee


@given(fees, penalties_of_any_kind, months, st.integers(1, 5))
def test_more_breaches_are_never_cheaper_and_more_excuses_never_dearer(
    fee: Decimal, penalties: Penalties, happened: ServiceMonth, more: int
) -> None:
    def amount(breaches: int, excused: int) -> Decimal:
        changed = ServiceMonth(
            breaches, excused, happened.availability, happened.active_days, happened.month_days
        )
        return credit(fee, penalties, changed).amount

    now = amount(happened.breaches, happened.excused)
    assert amount(happened.breaches + more, happened.excused) >= now
    assert amount(happened.breaches, happened.excused + more) <= now
    assert money_at_risk(fee, penalties, happened, more=more) >= 0


@given(fees, penalties_of_any_kind, months, st.fractions(0, 100))
def test_a_worse_availability_is_never_cheaper_when_deeper_tiers_cost_no_less(
    fee: Decimal, penalties: Penalties, happened: ServiceMonth, other: Fraction
) -> None:
    low, high = sorted((Fraction(happened.availability or 0), other))
    worse, better = (
        ServiceMonth(happened.breaches, happened.excused, availability)
        for availability in (low, high)
    )
    assert credit(fee, penalties, worse).amount >= credit(fee, penalties, better).amount


@given(penalties_of_any_kind)
def test_penalties_survive_writing_and_reading(penalties: Penalties) -> None:
    assert read_penalties(penalties_as_json(penalties), []) == penalties


def test_a_key_that_is_null_was_not_given() -> None:
    rule = {"kind": "per_breach", "percent": "5", "count": None, "tiers": None}
    assert read_penalties({"rules": [rule]}, []) == Penalties((FIVE_EACH,))
