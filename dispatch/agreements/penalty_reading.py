"""Penalties and exact figures from plain JSON values, every fault found.

What makes a rule legal is decided in `penalties`; what it costs in `credits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from dispatch.agreements.penalties import Chronic, Penalties, PenaltyRule, PerBreach, Tiers
from dispatch.errors import Fault, Invalid
from dispatch.hours.reading import read_object, shown

WRITTEN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
MOST_DIGITS = 15  # on either side of the point: no fee and no share needs more
RULE_KEYS = {
    PerBreach.kind: ("kind", "percent"),
    Tiers.kind: ("kind", "tiers"),
    Chronic.kind: ("kind", "count", "percent"),
}
UNREAD = Decimal("NaN")  # stands for what could not be read; never part of an answer


def read_decimal(given: object, path: str, faults: list[Fault]) -> Decimal:
    """Read a number exactly, written as a number or as a text such as "99.9".

    A binary fraction is refused: parse JSON numbers as decimals first.

    >>> read_decimal("249.99", "fee", []), read_decimal(5, "fee", [])
    (Decimal('249.99'), Decimal('5'))
    """
    number: Decimal | None = None
    if isinstance(given, str):
        number = Decimal(given) if WRITTEN.fullmatch(given) else None
    elif isinstance(given, int | Decimal) and not isinstance(given, bool):
        number = Decimal(given)
    if number is None or not number.is_finite():
        sentence = f"{figure(given)} is not a number such as 5 or 99.9."
        faults.append(Fault(path, "not_a_number", sentence))
        return UNREAD
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MOST_DIGITS or not isinstance(exponent, int) or exponent < -MOST_DIGITS:
        sentence = f"{figure(given)} has more than {MOST_DIGITS} digits on a side of its point."
        faults.append(Fault(path, "out_of_range", sentence))
        return UNREAD
    return number


def read_count(given: object, path: str, faults: list[Fault]) -> int:
    """Read a whole number of things, none or more.

    >>> read_count("3", "breaches", [])
    3
    """
    own: list[Fault] = []
    number = read_decimal(given, path, own)
    if own or number % 1 or number < 0:
        sentence = f"{figure(given)} is not a whole number, 0 or more."
        faults.append(Fault(path, "not_a_count", sentence))
        return 0
    return int(number)


def figure(given: object) -> str:
    """Quote a value as it was given, a decimal as its digits.

    >>> figure(Decimal("1.50")), figure("x")
    ('1.50', "'x'")
    """
    return str(given) if isinstance(given, Decimal) else shown(given)


def read_penalties(given: Mapping[str, object], faults: list[Fault]) -> Penalties | None:
    """Read `rules` and `cap_percent` of an object; None when something in them is wrong.

    >>> read_penalties({"rules": [{"kind": "per_breach", "percent": "5"}]}, []).rules
    (PerBreach(percent=Decimal('5')),)
    """
    own: list[Fault] = []
    listed = given.get("rules")
    if not isinstance(listed, list):
        own.append(Fault("rules", "not_a_list", f"{shown(listed)} is not a list of rules."))
        listed = []
    rules = [_read_rule(rule, f"rules[{index}]", own) for index, rule in enumerate(listed)]
    cap = given.get("cap_percent")
    share = None if cap is None else read_decimal(cap, "cap_percent", own)
    penalties: Penalties | None = None
    try:
        penalties = Penalties(tuple(rule for rule in rules if rule is not None), share)
    except Invalid as invalid:
        own.extend(unnamed(invalid.faults, own))
    faults.extend(own)
    return None if own else penalties


def penalties_as_json(penalties: Penalties) -> dict[str, object]:
    """Write penalties in the form `read_penalties` reads, figures as texts.

    >>> penalties_as_json(Penalties((PerBreach(Decimal("2.50")),)))["rules"]
    [{'kind': 'per_breach', 'percent': '2.50'}]
    """
    cap = penalties.cap_percent
    return {
        "rules": [_as_json(rule) for rule in penalties.rules],
        "cap_percent": None if cap is None else f"{cap:f}",
    }


def _as_json(rule: PenaltyRule) -> dict[str, object]:
    match rule:
        case PerBreach(percent=percent):
            return {"kind": rule.kind, "percent": f"{percent:f}"}
        case Chronic(count=count, percent=percent):
            return {"kind": rule.kind, "count": count, "percent": f"{percent:f}"}
        case Tiers(tiers=tiers):
            pairs = [{"below": f"{below:f}", "percent": f"{cost:f}"} for below, cost in tiers]
            return {"kind": rule.kind, "tiers": pairs}


def _read_rule(given: object, path: str, faults: list[Fault]) -> PenaltyRule | None:
    if not isinstance(given, Mapping):
        faults.append(Fault(path, "not_an_object", f"{figure(given)} is not a rule."))
        return None
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in RULE_KEYS:
        sentence = f"{figure(kind)} is no kind of rule; the kinds are {', '.join(RULE_KEYS)}."
        faults.append(Fault(f"{path}.kind", "unknown_rule", sentence))
        return None
    own: list[Fault] = []
    told = {key: value for key, value in given.items() if value is not None}
    fields = read_object(told, RULE_KEYS[kind], own)
    rule: PenaltyRule | None = None
    try:
        rule = _build(kind, fields, own)
    except Invalid as invalid:
        own.extend(unnamed(invalid.faults, own))
    faults.extend(fault.under(path) for fault in own)
    return None if own else rule


def _build(kind: str, fields: Mapping[str, object], faults: list[Fault]) -> PenaltyRule:
    if kind == Tiers.kind:
        return Tiers(_read_tiers(fields.get("tiers"), faults))
    percent = read_decimal(fields.get("percent"), "percent", faults)
    if kind == PerBreach.kind:
        return PerBreach(percent)
    return Chronic(read_count(fields.get("count"), "count", faults), percent)


def _read_tiers(given: object, faults: list[Fault]) -> tuple[tuple[Decimal, Decimal], ...]:
    if not isinstance(given, list):
        faults.append(Fault("tiers", "not_a_list", f"{figure(given)} is not a list of tiers."))
        return ()
    return tuple(_read_tier(tier, f"tiers[{index}]", faults) for index, tier in enumerate(given))


def _read_tier(given: object, path: str, faults: list[Fault]) -> tuple[Decimal, Decimal]:
    if not isinstance(given, Mapping):
        sentence = f"{figure(given)} is not a tier: give below and percent."
        faults.append(Fault(path, "not_an_object", sentence))
        return UNREAD, UNREAD
    fields = read_object(given, ("below", "percent"), faults, path)
    below = read_decimal(fields.get("below"), f"{path}.below", faults)
    return below, read_decimal(fields.get("percent"), f"{path}.percent", faults)


def unnamed(found: Iterable[Fault], named: Iterable[Fault]) -> list[Fault]:
    """Keep the faults of values that could be read: a filler's own faults help nobody.

    >>> unnamed([Fault("percent", "not_a_share", "")], [Fault("percent", "not_a_number", "")])
    []
    """
    paths = [fault.path for fault in named]
    return [
        fault
        for fault in found
        if not any(fault.path == path or fault.path.startswith(f"{path}.") for path in paths)
    ]
