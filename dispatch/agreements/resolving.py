"""From the versions in force to the promises for one call: value by value, each with its origin.

Of all clauses that apply, the most specific one that sets a value gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dispatch.agreements.applicable import (
    Applicable,
    Found,
    Value,
    applicable_clauses,
    covering_versions,
    first_ruled,
    first_set,
    on_clock,
)
from dispatch.agreements.clauses import Clause, Question
from dispatch.agreements.kinds import AgreementKind, ClockStart, SeverityPolicy
from dispatch.agreements.targets import EscalationStep, Origin, Promise, Target
from dispatch.agreements.thresholds import INTERNAL_PERCENT, USUAL_WARN_PERCENTS, Thresholds
from dispatch.agreements.versions import (
    USUAL_ON_UPGRADE,
    USUAL_REOPEN_SECONDS,
    AgreementVersion,
)
from dispatch.hours import Calendar, ClockKind

CLOCK_ORDER = tuple(ClockKind)
InternalTarget = tuple[int | None, int | None]  # per cent, or seconds


@dataclass(frozen=True, slots=True)
class EffectivePolicies:
    """The rules that hold for a call, inherited or usual ones filled in; seconds on the wall."""

    on_upgrade: SeverityPolicy = USUAL_ON_UPGRADE
    reopen_seconds: int = USUAL_REOPEN_SECONDS


@dataclass(frozen=True, slots=True)
class Resolved:
    """The promises of one kind for a call, in clock order, and the versions that cover it.

    The most specific version comes first; without any the call is uncovered.
    """

    kind: AgreementKind
    targets: tuple[Target, ...]
    policies: EffectivePolicies
    versions: tuple[str, ...]


def resolve(
    versions_in_force: Iterable[AgreementVersion], kind: AgreementKind, question: Question
) -> Resolved:
    """Give what a call is promised by the agreements of one kind that hold on its day.

    A clock without a promise, or without hours to keep it in, does not run.

    >>> from datetime import date
    >>> from dispatch.agreements.severity import Severity
    >>> from dispatch.agreements.targets import TargetDuration
    >>> from dispatch.agreements.versions import ServiceRow
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Clause(clock=ClockKind.RESPONSE, promise=TargetDuration(3600), calendar=always)
    >>> version = AgreementVersion(
    ...     "v1", "A-1", AgreementKind.CUSTOMER, "acme", "", "Europe/Paris",
    ...     date(2026, 1, 1), None, (ServiceRow("lifts"),), (hour,),
    ... )
    >>> call = Question("lifts", Severity.ENTRAPMENT, "north", "mill", "lift-1", "acme")
    >>> target, = resolve([version], AgreementKind.CUSTOMER, call).targets
    >>> target.promise.seconds, dict(target.origins)["promise"].place
    (3600, 'clauses.0')
    """
    covering = covering_versions(versions_in_force, kind, question)
    clauses = applicable_clauses(covering, question)
    return Resolved(
        kind=kind,
        targets=tuple(_targets(clauses, covering, kind, question)),
        policies=_policies(covering),
        versions=tuple(version.id for version in covering),
    )


def _policies(covering: Sequence[AgreementVersion]) -> EffectivePolicies:
    reopen = first_ruled(covering, "policies", lambda version: version.policies.reopen_seconds)
    return EffectivePolicies(
        on_upgrade=_or(_on_upgrade(covering), USUAL_ON_UPGRADE),
        reopen_seconds=_or(reopen, USUAL_REOPEN_SECONDS),
    )


def _on_upgrade(covering: Sequence[AgreementVersion]) -> Found[SeverityPolicy] | None:
    return first_ruled(covering, "policies", lambda version: version.policies.on_upgrade)


def _targets(
    clauses: Sequence[Applicable],
    covering: Sequence[AgreementVersion],
    kind: AgreementKind,
    question: Question,
) -> Iterator[Target]:
    on_change = _on_upgrade(covering)
    for clock in CLOCK_ORDER:
        here = on_clock(clauses, clock)
        promise: Found[Promise] | None = first_set(here, lambda clause: clause.promise)
        hours = first_set(here, _hours)
        if promise is None or hours is None:
            continue
        starts_at = first_set(here, lambda clause: clause.starts_at)
        stops_at = first_set(here, lambda clause: clause.stops_at)
        warnings = first_set(here, lambda clause: clause.warn_percents)
        internal = first_set(here, _internal)
        # a clause for every clock may say so, but only the resolution clock ever waits for parts
        waiting = here if clock is ClockKind.RESOLUTION else ()
        parts = first_set(waiting, lambda clause: clause.stops_for_parts)
        escalation = first_ruled(covering, "escalation", partial(_steps, clock=clock))
        yield Target(
            clock=clock,
            severity=question.severity,
            promise=promise.value,
            calendar=hours.value[0],
            calendar_id=hours.value[1],
            starts_at=_or(starts_at, ClockStart.CALL),
            stops_at=None if stops_at is None else stops_at.value,
            thresholds=_thresholds(warnings, internal),
            stops_for_parts=_or(parts, usual=False),
            kind=kind,
            on_change=_or(on_change, USUAL_ON_UPGRADE),
            escalation=_or(escalation, ()),
            origins=_origins(
                promise=promise,
                calendar=hours,
                starts_at=starts_at,
                stops_at=stops_at,
                warn_percents=warnings,
                internal=internal,
                stops_for_parts=parts,
                on_change=on_change,
                escalation=escalation,
            ),
        )


def _hours(clause: Clause) -> tuple[Calendar, str] | None:
    return None if clause.calendar is None else (clause.calendar, clause.calendar_id)


def _internal(clause: Clause) -> InternalTarget | None:
    # one value in two forms: a share set for a site is not undone by seconds set for everybody
    given = (clause.internal_percent, clause.internal_seconds)
    return None if given == (None, None) else given


def _steps(version: AgreementVersion, clock: ClockKind) -> tuple[EscalationStep, ...] | None:
    return tuple(step for step in version.escalation if step.clock is clock) or None


def _thresholds(
    warnings: Found[tuple[int, ...]] | None, internal: Found[InternalTarget] | None
) -> Thresholds:
    percent, seconds = _or(internal, (None, None))
    return Thresholds(
        warn_percents=_or(warnings, USUAL_WARN_PERCENTS),
        internal_percent=INTERNAL_PERCENT if percent is None else percent,
        internal_seconds=seconds,
    )


def _or(value: Found[Value] | None, usual: Value) -> Value:
    return usual if value is None else value.value


def _origins(**values: Found[object] | None) -> tuple[tuple[str, Origin], ...]:
    return tuple((name, value.origin) for name, value in values.items() if value is not None)
