"""Deadlines explained: every second from a clock's start to its due, and where the promise stands.

The core explains; here it is put into wire shapes, for staff and, with less in it, for managers.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from dispatch.agreements import AgreementKind, Origin
from dispatch.clocks import Clock, ClockState, if_resumed, trail
from dispatch.hours import TrailSpan, explain
from server.agreements.schemas import PromiseOut
from server.agreements.values import promise_as_json
from server.interventions.clocks import core_clocks, row_of
from server.interventions.dossier import Dossier
from server.interventions.portal_schemas import (
    PortalSpanOut,
    PortalTrailOut,
    PortalTrailsOut,
    PromiseState,
)
from server.interventions.schemas import OriginOut, SpanOut, TrailOut
from server.interventions.shown_clocks import PARTIES, shown_clock

PROMISE_STATES: dict[ClockState, PromiseState] = {
    ClockState.RUNNING: "on_time",
    ClockState.PAUSED: "paused",
    ClockState.AT_RISK: "at_risk",
    ClockState.MET: "kept",
    ClockState.BREACHED: "missed",
    ClockState.ENDED: "none",
}


# What is shown of a version beside its agreement's number: the agreement, and which version.
Versions = Mapping[str, tuple[UUID, int]]
NOT_SHOWN: Versions = MappingProxyType({})


def all_trails(dossier: Dossier, now: datetime, versions: Versions = NOT_SHOWN) -> list[TrailOut]:
    """The trail of every clock: the customer's before our own, what falls due first first.

    `versions` are those its values come from, by id.
    """
    in_order = sorted(core_clocks(dossier, now), key=lambda clock: PARTIES.index(clock.party))
    return [_shown(dossier, clock, now, versions) for clock in in_order]


def customers_trails(dossier: Dossier, now: datetime) -> list[TrailOut]:
    """The trails of what we promised the customer."""
    return [_shown(dossier, clock, now) for clock in _customers(dossier, now)]


def trails_for_manager(dossier: Dossier, now: datetime) -> PortalTrailsOut:
    """What was promised to the customer, explained without anything of the house."""
    row = dossier.intervention
    return PortalTrailsOut(
        now=now,
        is_out_of_scope=row.out_of_scope_at is not None,
        out_of_scope_reason=row.out_of_scope_reason,
        trails=[_shown_to_manager(clock) for clock in _customers(dossier, now)],
    )


def _customers(dossier: Dossier, now: datetime) -> Iterator[Clock]:
    clocks = core_clocks(dossier, now)
    return (clock for clock in clocks if clock.party is AgreementKind.CUSTOMER)


def _shown(
    dossier: Dossier, clock: Clock, now: datetime, versions: Versions = NOT_SHOWN
) -> TrailOut:
    return TrailOut(
        clock=shown_clock(dossier, row_of(dossier, clock, now), now),
        zone=clock.basis.calendar.zone,
        ends_at=_ends_at(clock),
        due_if_resumed_at=_due_if_resumed(clock, now),
        spans=[
            SpanOut(
                kind=span.kind.value,
                from_at=span.start,
                to_at=span.end,
                seconds=span.seconds,
                note=span.note,
                author=span.author,
            )
            for span in _spans(clock)
        ],
        origins=[_origin(name, origin, versions) for name, origin in clock.target.origins],
        overrun_seconds=clock.overrun_seconds,
        service_overrun_seconds=clock.service_overrun_seconds,
    )


def _due_if_resumed(clock: Clock, now: datetime) -> datetime | None:
    """What a paused clock's due would be, were work resumed now."""
    return if_resumed(clock, now).deadlines.due if clock.state is ClockState.PAUSED else None


def _origin(name: str, origin: Origin, versions: Versions) -> OriginOut:
    agreement_id, number = versions.get(origin.version, (None, None))
    return OriginOut(
        value=name,
        level=origin.level.value,
        agreement_number=origin.agreement,
        agreement_id=agreement_id,
        version_number=number,
        place=origin.place,
    )


def _shown_to_manager(clock: Clock) -> PortalTrailOut:
    return PortalTrailOut(
        kind=clock.kind.value,
        severity=clock.severity.value,
        state=PROMISE_STATES[clock.state],
        promise=PromiseOut(**promise_as_json(clock.target.promise)),
        started_at=clock.started_at,
        due_at=clock.deadlines.due,
        original_due_at=clock.original_due,
        stopped_at=clock.stopped_at,
        ends_at=_ends_at(clock),
        zone=clock.basis.calendar.zone,
        spans=[
            PortalSpanOut(
                kind=span.kind.value,
                from_at=span.start,
                to_at=span.end,
                seconds=span.seconds,
                note=span.note,
            )
            for span in _spans(clock)
        ],
    )


def _spans(clock: Clock) -> tuple[TrailSpan, ...]:
    """Up to the due, and what was open and closed after it while the promise was late."""
    due = clock.deadlines.due
    if due is None:
        return trail(clock)
    late = explain(clock.basis.calendar, due, _ends_at(clock), clock.pauses)
    return (*trail(clock), *late)


def _ends_at(clock: Clock) -> datetime:
    """The due, or when it was kept or looked at where that is later."""
    return max(clock.deadlines.due or clock.judged_at, clock.judged_at)
