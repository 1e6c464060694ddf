"""The lines of a plan as steps to carry out, and which of them only hold together.

Whether a step still holds against the board is in `rebase`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server.interventions.schemas import ReasonOut


class Step(msgspec.Struct, frozen=True):
    """One visit to add, move or take back; `was_…` is how the visit was seen.

    `wanted` stands for what the work asked for: a longer, harder or more urgent one is another;
    `why` speaks for the technician, and is none where nothing was chosen anew.
    """

    intervention_id: UUID
    visit_id: UUID | None = None
    was_with: UUID | None = None
    was_at: datetime | None = None
    technician_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    travel_seconds: int = 0
    wanted: str = ""
    why: ReasonOut | None = None


def needs_of(steps: Sequence[Step], held_until: Mapping[UUID, datetime]) -> dict[UUID, list[UUID]]:
    """Whose time each step takes, drive included: those must be carried out with it.

    `held_until` says when each visit ends as it stands.
    """
    holding: dict[UUID, list[Step]] = defaultdict(list)
    for step in steps:
        if step.was_with is not None and step.visit_id in held_until:
            holding[step.was_with].append(step)
    found: dict[UUID, list[UUID]] = {}
    for step in steps:
        if step.technician_id is None or step.starts_at is None or step.ends_at is None:
            continue
        leaves = step.starts_at - timedelta(seconds=step.travel_seconds)
        found[step.intervention_id] = [
            other.intervention_id
            for other in holding[step.technician_id]
            if other is not step and _takes(other, leaves, step.ends_at, held_until)
        ]
    return found


def _takes(
    other: Step, leaves: datetime, ends: datetime, held_until: Mapping[UUID, datetime]
) -> bool:
    assert other.visit_id is not None
    assert other.was_at is not None
    return other.was_at < ends and leaves < held_until[other.visit_id]


def chosen(steps: Sequence[Step], interventions: Sequence[UUID] | None) -> list[Step]:
    """The steps a dispatcher wants carried out; all of them where none are named."""
    if interventions is None:
        return list(steps)
    wanted = set(interventions)
    return [step for step in steps if step.intervention_id in wanted]
