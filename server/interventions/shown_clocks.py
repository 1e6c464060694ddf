"""Stored clocks as staff and technicians see them now: their instants stand, only time passes.

What is stored is computed in `clocks`; the whole story of a clock is told in `trails`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from dispatch.agreements import AgreementKind, ClockKind
from dispatch.clocks import ClockState
from dispatch.hours import elapsed
from server.agreements.schemas import PromiseOut
from server.interventions.clocks import CUSTOMER, core_clocks, key_of
from server.interventions.dossier import Dossier
from server.interventions.promises import calendar_of
from server.interventions.schemas import ClockOut
from server.interventions.standing import open_visits
from server.interventions.tables import Promise, StoredClock

PARTIES = tuple(kind.value for kind in AgreementKind)
SETTLED = frozenset({"met", "breached", "ended"})


class Kept(Protocol):
    """What of a stored clock says how it stands."""

    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def at_risk_at(self) -> datetime | None: ...


def shown_clocks(dossier: Dossier, now: datetime) -> list[ClockOut]:
    """All clocks: the customer's before our own, what falls due first coming first."""
    return _in_order((shown_clock(dossier, row, now) for row in dossier.clocks), now)


def customers_clocks(dossier: Dossier, now: datetime) -> list[ClockOut]:
    """What we promised the customer, what falls due first coming first."""
    own = (row for row in dossier.clocks if row.party == CUSTOMER)
    return _in_order((shown_clock(dossier, row, now) for row in own), now)


def shown_clock(dossier: Dossier, row: StoredClock, now: datetime) -> ClockOut:
    promise = _promise_of(dossier, row)
    state, expected_at = state_of(row, now), would_be_kept_at(dossier, row)
    return ClockOut(
        kind=row.kind,  # type: ignore[arg-type]
        party=row.party,  # type: ignore[arg-type]
        round=row.round,
        state=state.value,
        severity=row.severity,  # type: ignore[arg-type]
        promise=shown_promise(promise),
        target_seconds=None if promise.terms is None else promise.terms["promise"]["seconds"],
        started_at=row.started_at,
        due_at=row.due_at,
        at_risk_at=row.at_risk_at,
        internal_due_at=row.internal_due_at,
        original_due_at=row.original_due_at,
        stopped_at=row.stopped_at,
        remaining_seconds=_remaining_seconds(dossier, row, promise, now),
        expected_at=expected_at,
        is_breach_predicted=_is_predicted(row, state, expected_at),
    )


def shown_promise(row: Promise) -> PromiseOut:
    assert row.terms is not None
    return PromiseOut(**row.terms["promise"])


def state_of(row: Kept, now: datetime) -> ClockState:
    """How a stored clock stands now; until something happens, only time can change it."""
    state, due, at_risk = ClockState(row.state), row.due_at, row.at_risk_at
    if row.state in SETTLED or due is None:
        return state
    if now.replace(microsecond=0) > due:
        return ClockState.BREACHED
    if at_risk is not None and now >= at_risk:
        return ClockState.AT_RISK
    return ClockState.RUNNING


def _remaining_seconds(
    dossier: Dossier, row: StoredClock, promise: Promise, now: datetime
) -> int | None:
    """Service time left. No pause lies between now and a due that is known."""
    due = row.due_at
    if due is None:
        return row.left_seconds
    if dossier.severity_changes:
        # The due may come from hours that no longer apply: the core knows which.
        return _recounted(dossier, row, now)
    judged_at = row.stopped_at or _ended_at(dossier, row) or now
    if judged_at >= due:
        return 0
    assert promise.hours is not None
    return elapsed(calendar_of(dossier.hours[promise.hours]), judged_at, due)


def _recounted(dossier: Dossier, row: StoredClock, now: datetime) -> int | None:
    key = row.party, row.kind, row.round
    anew = (clock for clock in core_clocks(dossier, now) if key_of(clock) == key)
    return next((clock.remaining_seconds for clock in anew), row.left_seconds)


def _ended_at(dossier: Dossier, row: StoredClock) -> datetime | None:
    """When a clock ended without its event: with the intervention, or with its round."""
    if row.state not in {ClockState.ENDED.value, ClockState.BREACHED.value}:
        return None
    ends = [each.closed_at for each in dossier.closings[row.round :]]
    return min(ends, default=dossier.intervention.decided_at)


def _promise_of(dossier: Dossier, row: StoredClock) -> Promise:
    """The newest promise of this clock for the severity it counts."""
    return max(
        (
            promise
            for promise in dossier.promises
            if (promise.party, promise.kind, promise.round) == (row.party, row.kind, row.round)
            and promise.severity == row.severity
            and promise.terms is not None
        ),
        key=lambda promise: promise.from_at,
    )


def would_be_kept_at(dossier: Dossier, row: StoredClock) -> datetime | None:
    """When the plan would keep the promise: somebody there, or the work done."""
    if row.stopped_at is not None or row.state == ClockState.ENDED.value:
        return None
    planned = open_visits(dossier)
    if row.kind == ClockKind.RESPONSE.value:
        return min((visit.starts_at for visit in planned), default=None)
    if row.kind == ClockKind.RESOLUTION.value:
        return min((visit.ends_at for visit in planned), default=None)
    return None


def _is_predicted(row: StoredClock, state: ClockState, expected_at: datetime | None) -> bool:
    if expected_at is None or row.due_at is None or state is ClockState.BREACHED:
        return False
    return expected_at > row.due_at


def _in_order(shown: Iterable[ClockOut], now: datetime) -> list[ClockOut]:
    return sorted(
        shown,
        key=lambda each: (PARTIES.index(each.party), each.due_at is None, each.due_at or now),
    )
