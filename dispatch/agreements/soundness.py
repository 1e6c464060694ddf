"""What is wrong with a version as it was written: each fault with its rule and its place.

Whether two agreements can both be kept is asked in `contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dispatch.agreements.applicable import (
    Applicable,
    applicable_clauses,
    covering_versions,
    first_set,
    on_clock,
)
from dispatch.agreements.choices import choice_faults
from dispatch.agreements.clauses import Clause
from dispatch.agreements.kinds import USUAL_STOPS, ClockStart, ClockStop
from dispatch.agreements.objectives import objective_faults
from dispatch.agreements.situations import ELSEWHERE, situations
from dispatch.agreements.targets import EscalationStep, Origin, TargetDuration
from dispatch.agreements.thresholds import WHOLE_PERCENT, internal_faults, warning_faults
from dispatch.agreements.versions import AgreementVersion
from dispatch.errors import Fault
from dispatch.hours import ClockKind

OUTSIDE = "manager"  # the customer's people: a ladder calls somebody who can still help
ACCEPTING = (ClockStart.ACKNOWLEDGEMENT, ClockStop.ACCEPTANCE)  # one event: nothing runs between


def version_faults(
    version: AgreementVersion, context: Iterable[AgreementVersion] = ()
) -> list[Fault]:
    """Name everything that keeps a version from being signed.

    `context` holds the corporate versions whose hours it may rely on.

    >>> from datetime import date
    >>> from dispatch.agreements.kinds import AgreementKind
    >>> empty = AgreementVersion(
    ...     "v1", "A-1", AgreementKind.CUSTOMER, "acme", "", "Europe/Paris",
    ...     date(2026, 1, 1), None, (), (),
    ... )
    >>> [fault.code for fault in version_faults(empty)]
    ['no_service', 'nothing_promised']
    """
    faults = [*_service_faults(version)]
    for index, clause in enumerate(version.clauses):
        faults += (fault.under(f"clauses.{index}") for fault in _clause_faults(clause, version))
    faults += _twice_faults(version.clauses)
    faults += _policy_faults(version)
    faults += objective_faults(version.objectives)
    faults += choice_faults(version.choices)
    for index, step in enumerate(version.escalation):
        faults += (fault.under(f"escalation.{index}") for fault in _step_faults(step))
    if not faults:  # clauses that cannot be read alone cannot be read together
        others = (each for each in context if each.agreement != version.agreement)
        faults += dict.fromkeys(_together_faults(version, [version, *others]))
    return faults


def _service_faults(version: AgreementVersion) -> Iterator[Fault]:
    if not version.services:
        sentence = "Name the services this agreement is about: there is none for everything."
        yield Fault("services", "no_service", sentence)
    for index, row in enumerate(version.services):
        if row.sites is not None and not row.sites:
            sentence = "A service without a site is given nowhere: name one, or leave sites out."
            yield Fault(f"services.{index}.sites", "no_site", sentence)
    promises = (clause.promise for clause in version.clauses)
    if not version.objectives and all(promise is None for promise in promises):
        sentence = "Promise at least one time on one clock, or one objective of experience."
        yield Fault("clauses", "nothing_promised", sentence)


def _clause_faults(clause: Clause, version: AgreementVersion) -> Iterator[Fault]:
    if clause.sets_nothing:
        yield Fault("", "empty_clause", "This clause sets no value: give one, or take it out.")
    listed = {row.service for row in version.services}
    if clause.service is not None and clause.service not in listed:
        sentence = "This service is not among those the agreement covers."
        yield Fault("service", "service_not_listed", sentence)
    if clause.promise is not None:
        yield from _global_faults(clause, is_alone=len(listed) == 1)
    if clause.stops_for_parts and clause.clock not in {None, ClockKind.RESOLUTION}:
        sentence = f"Waiting for parts never stops the {clause.clock.value} clock."
        yield Fault("stops_for_parts", "resolution_only", sentence)
    yield from warning_faults(clause.warn_percents or ())
    yield from internal_faults(clause.internal_percent, clause.internal_seconds)
    yield from _aim_faults(clause)


def _global_faults(clause: Clause, *, is_alone: bool) -> Iterator[Fault]:
    if clause.clock is None:
        yield Fault("clock", "global_target", "A promised time names the clock it is for.")
    if clause.severity is None:
        yield Fault("severity", "global_target", "A promised time names the severity it is for.")
    if clause.service is None and not is_alone:
        sentence = "A promised time names its service when the agreement covers several."
        yield Fault("service", "global_target", sentence)


def _aim_faults(clause: Clause) -> Iterator[Fault]:
    aim = clause.internal_seconds
    match clause.promise:
        case TargetDuration(seconds) if aim is not None and aim > seconds:
            sentence = f"{aim} s is later than the {seconds} s promised: aim earlier."
            yield Fault("internal_seconds", "later_than_promised", sentence)


def _twice_faults(clauses: Sequence[Clause]) -> Iterator[Fault]:
    first_at: dict[object, int] = {}
    for index, clause in enumerate(clauses):
        first = first_at.setdefault(clause.selectors, index)
        if first != index:
            sentence = f"Clause {first + 1} is about exactly the same: keep one of the two."
            yield Fault(f"clauses.{index}", "promised_twice", sentence)


def _policy_faults(version: AgreementVersion) -> Iterator[Fault]:
    seconds = version.policies.reopen_seconds
    if seconds is not None and seconds < 0:
        sentence = f"{seconds} s is no time to reopen in: give 0 or more."
        yield Fault("policies.reopen_seconds", "negative", sentence)


def _step_faults(step: EscalationStep) -> Iterator[Fault]:
    if (step.percent is None) == (step.after_due_seconds is None):
        sentence = "Give either a share of the target or a time after it was missed."
        yield Fault("", "one_of_two", sentence)
    if step.percent is not None and not 1 <= step.percent <= WHOLE_PERCENT:
        yield Fault("percent", "not_a_share", f"{step.percent} is not in 1 to 100 per cent.")
    if step.after_due_seconds is not None and step.after_due_seconds < 0:
        sentence = f"{step.after_due_seconds} s after the due is before it: give 0 or more."
        yield Fault("after_due_seconds", "negative", sentence)
    if step.role == OUTSIDE:
        sentence = "A building manager is told of a missed promise anyway: call one of our own."
        yield Fault("role", "not_of_the_house", sentence)
    if step.level < 1:
        yield Fault("level", "not_positive", "The first to be called are level 1.")


def _together_faults(
    version: AgreementVersion, known: Sequence[AgreementVersion]
) -> Iterator[Fault]:
    for question in situations(known, version.customer or ELSEWHERE):
        if version.covers(question.service, question.site):
            clauses = applicable_clauses(covering_versions(known, version.kind, question), question)
            for clock in ClockKind:
                yield from _read_faults(version, clock, on_clock(clauses, clock))


def _read_faults(
    version: AgreementVersion, clock: ClockKind, clauses: Sequence[Applicable]
) -> Iterator[Fault]:
    promise = first_set(clauses, lambda clause: clause.promise)
    if promise is None:
        return
    if first_set(clauses, lambda clause: clause.calendar) is None:
        sentence = "No clause says in which hours this is promised: give it a calendar."
        yield from _placed(version, [promise.origin], Fault("calendar", "hours_missing", sentence))
    starts_at = first_set(clauses, lambda clause: clause.starts_at)
    stops_at = first_set(clauses, lambda clause: clause.stops_at)
    start = ClockStart.CALL if starts_at is None else starts_at.value
    stop = USUAL_STOPS[clock] if stops_at is None else stops_at.value
    if (start, stop) == ACCEPTING:
        sentence = f"The {clock.value} clock would start and stop when a technician accepts."
        places = [each.origin for each in (starts_at, stops_at, promise) if each is not None]
        yield from _placed(version, places, Fault("starts_at", "never_runs", sentence))


def _placed(version: AgreementVersion, places: Sequence[Origin], fault: Fault) -> Iterator[Fault]:
    """Lay a fault at the first of the places that this version can mend."""
    own = [origin.place for origin in places if origin.version == version.id]
    yield from (fault.under(place) for place in own[:1])
