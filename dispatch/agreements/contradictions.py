"""Promises that rest on a later one: a division or supplier who may come after we said we would.

How two promises compare on a clock is worked out in `late_support`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from dispatch.agreements.clauses import Question
from dispatch.agreements.kinds import AgreementKind
from dispatch.agreements.late_support import LateSupport, first_late
from dispatch.agreements.resolving import resolve
from dispatch.agreements.situations import ELSEWHERE, situations
from dispatch.agreements.targets import Origin, Target
from dispatch.agreements.versions import AgreementVersion
from dispatch.errors import Fault

SUPPORTING = (AgreementKind.INTERNAL, AgreementKind.SUPPLIER)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two promises on one clock that cannot both be relied on, and the first call to show it.

    An empty region, site or customer in the question stands for any that no clause names.
    """

    question: Question
    supported: Target
    supporting: Target
    example: LateSupport

    def fault(self, version: AgreementVersion) -> Fault:
        """Say it as a fault of that version, at the clause it can mend."""
        at, promised, supported_by = (
            instant.astimezone(ZoneInfo(version.zone)).strftime("%Y-%m-%d %H:%M")
            for instant in (
                self.example.start,
                self.example.supported_due,
                self.example.supporting_due,
            )
        )
        sentence = (
            f"For a call at {at} the {self.supporting.kind.value} promise falls due at"
            f" {supported_by}, after the customer's at {promised}."
        )
        place = next(_origins_in(version, self.supported, self.supporting)).place
        return Fault(place, "later_than_promised", sentence)


def contradictions(
    version: AgreementVersion, others: Iterable[AgreementVersion]
) -> tuple[Contradiction, ...]:
    """List what this version contradicts while it is in force, each pair of promises once.

    A customer's version is held against the internal and supplier ones that meet it, and they
    against the customers'. Both clocks are taken to start at the same instant.

    >>> from dispatch.agreements.versions import ServiceRow
    >>> ours = AgreementVersion(
    ...     "v1", "A-1", AgreementKind.CUSTOMER, "acme", "", "Europe/Paris",
    ...     date(2026, 1, 1), None, (ServiceRow("lifts"),), (),
    ... )
    >>> contradictions(ours, [])
    ()
    """
    met = [other for other in others if other.agreement != version.agreement]
    answered: set[object] = set()
    late: dict[object, Contradiction] = {}
    for day in _days_of_change(version, met):
        holding = [version, *(other for other in met if other.holds_on(day))]
        for question in _questions(version, holding):
            for supported, supporting in _pairs(version, holding, question):
                pair = (question.service, _read(supported), _read(supporting))
                if (day, pair) in answered or pair in late:
                    continue
                answered.add((day, pair))
                example = first_late(supported, supporting, day, version.zone)
                if example is not None:
                    late[pair] = Contradiction(question, supported, supporting, example)
    return tuple(late.values())


def _days_of_change(version: AgreementVersion, met: Sequence[AgreementVersion]) -> list[date]:
    edges = (day for other in met for day in (other.valid_from, other.valid_to))
    inside = {day for day in edges if day is not None and version.holds_on(day)}
    return sorted({version.valid_from, *inside})


def _questions(
    version: AgreementVersion, holding: Sequence[AgreementVersion]
) -> Iterator[Question]:
    customers = {each.customer for each in holding if each.customer is not None} | {ELSEWHERE}
    for customer in sorted(customers) if version.customer is None else [version.customer]:
        for question in situations(holding, customer):
            if version.covers(question.service, question.site):
                yield question


def _pairs(
    version: AgreementVersion, holding: Sequence[AgreementVersion], question: Question
) -> Iterator[tuple[Target, Target]]:
    kinds = SUPPORTING if version.kind is AgreementKind.CUSTOMER else (version.kind,)
    promised = {
        target.clock: target
        for target in resolve(holding, AgreementKind.CUSTOMER, question).targets
    }
    for kind in kinds:
        for supporting in resolve(holding, kind, question).targets:
            supported = promised.get(supporting.clock)
            if supported is not None and any(_origins_in(version, supported, supporting)):
                yield supported, supporting


def _read(target: Target) -> tuple[object, ...]:
    return (target.kind, target.clock, target.severity, target.promise, target.calendar)


def _origins_in(version: AgreementVersion, *targets: Target) -> Iterator[Origin]:
    """List where that version sets a time or its hours."""
    for target in targets:
        for name, origin in target.origins:
            if name in {"promise", "calendar"} and origin.version == version.id:
                yield origin
