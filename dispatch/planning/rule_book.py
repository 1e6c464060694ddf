"""Every rule of a plan told in a line: what may not be broken first, then what costs how much.

The rules are the functions in `rules`; their first lines are the explanations.
"""

from dataclasses import dataclass

from dispatch.planning.rules import HARD_RULES, SOFT_RULES


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule: the code of its fault or the term of the bill, its sentence, and what weighs it.

    `weight` is a key of the problem document, none for a hard rule and for what has a fixed price.
    """

    name: str
    is_hard: bool
    sentence: str
    weight: str | None = None


def rule_book() -> tuple[RuleEntry, ...]:
    """List every rule, hard before soft, in the order in which plans are judged.

    >>> [entry.name for entry in rule_book() if not entry.is_hard][:2]
    ['travel', 'overtime']
    """
    hard = [
        RuleEntry(rule.code, is_hard=True, sentence=_first_line(rule.faults.__doc__))
        for rule in HARD_RULES
    ]
    soft = [
        RuleEntry(
            rule.term, is_hard=False, sentence=_first_line(rule.sum.__doc__), weight=rule.weight
        )
        for rule in SOFT_RULES
    ]
    return (*hard, *soft)


def _first_line(explanation: str | None) -> str:
    return (explanation or "").partition("\n")[0]


def written_rule_book() -> list[dict[str, object]]:
    """Give every rule as values ready for JSON.

    >>> written_rule_book()[0]["name"]
    'skill_missing'
    """
    return [
        {
            "name": entry.name,
            "kind": "hard" if entry.is_hard else "soft",
            "explanation": entry.sentence,
            "weight": entry.weight,
        }
        for entry in rule_book()
    ]


def rule_book_in_words() -> str:
    """Give the rules as two tables in Markdown, as they stand in the documentation.

    >>> rule_book_in_words().splitlines()[0]
    '| may not be broken | |'
    """
    hard = [f"| `{entry.name}` | {entry.sentence} |" for entry in rule_book() if entry.is_hard]
    soft = [
        f"| `{entry.name}` | {entry.sentence} | {_weight(entry)} |"
        for entry in rule_book()
        if not entry.is_hard
    ]
    heads = ["| may not be broken | |", "|---|---|"], ["| costs | | weighed by |", "|---|---|---|"]
    return "\n".join([*heads[0], *hard, "", *heads[1], *soft])


def _weight(entry: RuleEntry) -> str:
    return "1 per second" if entry.weight is None else f"`{entry.weight}`"
