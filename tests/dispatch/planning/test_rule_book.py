"""Every rule stands in one list, hard before soft, each with its sentence and its weight."""

from dataclasses import fields
from pathlib import Path

import pytest

from dispatch.planning import rules
from dispatch.planning.job import Job
from dispatch.planning.plan import Cost
from dispatch.planning.problem import Problem
from dispatch.planning.rule_book import RuleEntry, rule_book, rule_book_in_words, written_rule_book
from dispatch.planning.stability import Stability
from dispatch.planning.technician import Technician

DOCUMENTED = Path(__file__).parents[3] / "docs" / "rules.md"
HOLDERS = {"technicians": Technician, "jobs": Job, "stability": Stability, "": Problem}
NAMES = [f"{entry.name}-{'hard' if entry.is_hard else 'soft'}" for entry in rule_book()]


def test_hard_rules_come_before_soft_ones() -> None:
    kinds = [entry.is_hard for entry in rule_book()]
    assert kinds == sorted(kinds, reverse=True)


def test_no_rule_stands_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("entry", rule_book(), ids=NAMES)
def test_a_rule_is_told_in_a_sentence(entry: RuleEntry) -> None:
    assert entry.sentence.endswith(".")
    assert entry.sentence[0].isupper()


@pytest.mark.parametrize("entry", [each for each in rule_book() if each.weight is not None])
def test_the_weight_of_a_rule_is_a_key_of_the_problem(entry: RuleEntry) -> None:
    holder, _, key = str(entry.weight).rpartition(".")
    assert key in {field.name for field in fields(HOLDERS[holder])}


def test_every_line_of_the_bill_is_one_rule_in_the_same_order() -> None:
    soft = [entry.name for entry in rule_book() if not entry.is_hard]
    assert soft == list(Cost().terms())


def test_every_rule_of_the_module_is_in_the_list() -> None:
    listed = {rule.faults for rule in rules.HARD_RULES} | {rule.sum for rule in rules.SOFT_RULES}
    helpers = {"used", "served", "dropped", "lateness", "past_aim", "promises_moved"}
    helpers |= {"broken_rules", "bill"}
    found = {
        function
        for name, function in vars(rules).items()
        if getattr(function, "__module__", "") == rules.__name__
        and callable(function)
        and not isinstance(function, type)
        and name not in helpers
        and not name.startswith("_")
    }
    assert found == listed


def test_the_rules_are_documented_as_they_are() -> None:
    assert rule_book_in_words() in DOCUMENTED.read_text(encoding="utf-8")


def test_the_rules_are_told_to_a_program() -> None:
    (arrival,) = [rule for rule in written_rule_book() if rule["name"] == "arrival"]
    assert (arrival["kind"], arrival["weight"]) == ("soft", "arrival_cost")
    assert str(arrival["explanation"]).startswith("The charge for each stop at another place")
