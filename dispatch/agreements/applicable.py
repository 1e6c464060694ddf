"""The clauses of several agreements that apply to one call, in the order in which they win.

What the call is promised in the end is put together in `resolving`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dispatch.agreements.clauses import Clause, Question
from dispatch.agreements.kinds import AgreementKind, Level
from dispatch.agreements.targets import Origin
from dispatch.agreements.versions import AgreementVersion
from dispatch.hours import ClockKind

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Applicable:
    """A clause that applies, and where it stands."""

    clause: Clause
    origin: Origin


@dataclass(frozen=True, slots=True)
class Found(Generic[Value_co]):
    """A value and where it was written."""

    value: Value_co
    origin: Origin


def covering_versions(
    versions: Iterable[AgreementVersion], kind: AgreementKind, question: Question
) -> tuple[AgreementVersion, ...]:
    """List the versions of a kind that cover a call, a customer's own before the corporate ones.

    >>> from dispatch.agreements.severity import Severity
    >>> call = Question("lifts", Severity.REQUEST, "north", "mill", None, "acme")
    >>> covering_versions([], AgreementKind.CUSTOMER, call)
    ()
    """
    covering = (
        version
        for version in versions
        if version.kind is kind
        and version.customer in {None, question.customer}
        and version.covers(question.service, question.site)
    )
    return tuple(sorted(covering, key=_own_first))


def applicable_clauses(
    covering: Iterable[AgreementVersion], question: Question
) -> tuple[Applicable, ...]:
    """List the clauses that apply to a call, the most specific first.

    >>> from dispatch.agreements.severity import Severity
    >>> applicable_clauses([], Question("lifts", Severity.REQUEST, "north", "mill", None, "acme"))
    ()
    """
    weighed = [
        ((version.customer is not None, clause.rank), Applicable(clause, _origin(version, index)))
        for version in covering
        for index, clause in enumerate(version.clauses)
        if clause.applies_to(question)
    ]
    weighed.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(clause for _, clause in weighed)


def on_clock(clauses: Iterable[Applicable], clock: ClockKind) -> tuple[Applicable, ...]:
    """Keep the clauses that are about one clock, or about every clock.

    >>> on_clock([], ClockKind.SAFE)
    ()
    """
    return tuple(each for each in clauses if each.clause.clock in {None, clock})


def first_set(
    clauses: Iterable[Applicable], value: Callable[[Clause], Value | None]
) -> Found[Value] | None:
    """Give the value of the first clause that sets it.

    >>> first_set([], lambda clause: clause.promise) is None
    True
    """
    for each in clauses:
        given = value(each.clause)
        if given is not None:
            return Found(given, each.origin)
    return None


def first_ruled(
    covering: Iterable[AgreementVersion],
    place: str,
    value: Callable[[AgreementVersion], Value | None],
) -> Found[Value] | None:
    """Give the rule of the first version that sets it for all of its clauses.

    >>> first_ruled([], "policies", lambda version: version.policies.reopen_seconds) is None
    True
    """
    for version in covering:
        given = value(version)
        if given is not None:
            level = Level.CORPORATE if version.customer is None else Level.CUSTOMER
            return Found(given, Origin(level, version.agreement, version.id, place))
    return None


def _own_first(version: AgreementVersion) -> tuple[bool, str, str]:
    return (version.customer is None, version.agreement, version.id)


def _origin(version: AgreementVersion, index: int) -> Origin:
    level = version.clauses[index].level(version.customer)
    return Origin(level, version.agreement, version.id, f"clauses.{index}")
