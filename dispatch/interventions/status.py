"""An intervention's status, derived from its visits except where a person decides.

What can be decided, and from where, is in `decisions`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.interventions.decisions import Decided, InterventionStatus
from dispatch.interventions.visits import PLANNED_STATUSES, UNDER_WAY_STATUSES, VisitStatus

UNFINISHED = frozenset({VisitStatus.CANNOT_COMPLETE, VisitStatus.PARTIALLY_COMPLETED})


def derive_status(
    decided: Decided | None,
    visits: Sequence[VisitStatus],
    *,
    waiting_reason: str = "",
    qualified: bool = True,
) -> InterventionStatus:
    """Read where an intervention stands from its visits, oldest first.

    After a reopening only the visits made since count. `qualified` means triaged, or in no need
    of it.

    >>> derive_status(None, [VisitStatus.DECLINED, VisitStatus.EN_ROUTE]).value
    'in_progress'
    >>> derive_status(None, [VisitStatus.CANNOT_COMPLETE], waiting_reason="awaiting_parts").value
    'on_hold'
    """
    if decided is not None:
        return InterventionStatus(decided.value)
    if not UNDER_WAY_STATUSES.isdisjoint(visits):
        return InterventionStatus.IN_PROGRESS
    if not PLANNED_STATUSES.isdisjoint(visits):
        return InterventionStatus.SCHEDULED
    latest = visits[-1] if visits else None
    if latest is VisitStatus.COMPLETED:
        return InterventionStatus.COMPLETED
    if latest in UNFINISHED:
        return InterventionStatus.ON_HOLD if waiting_reason else InterventionStatus.QUALIFIED
    return InterventionStatus.QUALIFIED if qualified else InterventionStatus.DRAFT
