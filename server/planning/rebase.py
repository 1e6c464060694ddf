"""Which steps of a plan still hold: what people did meanwhile always wins over what was planned.

Pure comparing of steps with the visits as they are now; carrying out is in `publishing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from dispatch.interventions import InterventionStatus
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, Visit
from server.planning.lines import Step
from server.planning.outcome import wanted
from server.planning.snapshot import PLANNED

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Present:
    """The rows that matter as they are now: the steps' interventions, everybody's visits, duties.

    `on_duty` is from when until when somebody can be sent out, overtime included; `away` is when
    those whose visits would move are absent.
    """

    interventions: Mapping[UUID, Intervention]
    visits: Mapping[UUID, Visit]
    on_duty: Mapping[UUID, Sequence[Span]]
    away: Mapping[UUID, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A technician's time, and the step that would take it; without a step it is taken now."""

    starts_at: datetime
    ends_at: datetime
    step: Step | None


def still_holding(
    steps: Sequence[Step], present: Present, active: frozenset[UUID], now: datetime
) -> list[Step]:
    """The steps that can be carried out without undoing anybody's work or booking anybody twice."""
    held = [step for step in steps if _holds(step, present, active, now)]
    while (clashing := _clashing(held, present)) is not None:
        held.remove(clashing)
    return held


def _holds(step: Step, present: Present, active: frozenset[UUID], now: datetime) -> bool:
    if step.technician_id is not None and step.technician_id not in active:
        return False
    if step.ends_at is not None and step.ends_at <= now:
        return False
    if not (_asks_the_same(step, present) and _is_on_duty(step, present)):
        return False
    if step.visit_id is None:
        return _still_waits(step, present)
    visit = present.visits.get(step.visit_id)
    return visit is not None and _as_seen(step, visit) and _may_move(step, visit, present)


def _asks_the_same(step: Step, present: Present) -> bool:
    """Whether the work is what was planned; steps of older plans do not say what it was."""
    row = present.interventions.get(step.intervention_id)
    return row is not None and step.wanted in {"", wanted(row)}


def _is_on_duty(step: Step, present: Present) -> bool:
    """Nobody is given work in hours taken from them meanwhile; what is theirs may slip."""
    if step.technician_id in {None, step.was_with} or step.starts_at is None:
        return True
    assert step.technician_id is not None
    duties = present.on_duty.get(step.technician_id, ())
    return any(begins <= step.starts_at < ends for begins, ends in duties)


def _still_waits(step: Step, present: Present) -> bool:
    row = present.interventions.get(step.intervention_id)
    return row is not None and row.status == InterventionStatus.QUALIFIED.value


def _as_seen(step: Step, visit: Visit) -> bool:
    is_there = (visit.technician_id, visit.starts_at) == (step.was_with, step.was_at)
    return is_there and visit.status in PLANNED


def _may_move(step: Step, visit: Visit, present: Present) -> bool:
    """What was accepted or fixed meanwhile keeps its technician; a fixed start stays.

    Of somebody who is absent then nothing is kept: they will not come.
    """
    spans = present.away.get(visit.technician_id, ())
    if any(begins <= visit.starts_at < ends for begins, ends in spans):
        return True
    keeps_technician = visit.is_technician_locked or visit.status == "accepted"
    changes_hands = step.technician_id != visit.technician_id
    changes_start = step.starts_at != visit.starts_at
    return not (keeps_technician and changes_hands) and not (
        visit.is_start_locked and changes_start
    )


def _clashing(held: Sequence[Step], present: Present) -> Step | None:
    """A step to give up because two visits would overlap: an addition before a move."""
    for spans in _by_technician(held, present).values():
        for earlier, later in pairwise(sorted(spans, key=lambda each: each.starts_at)):
            if later.starts_at < earlier.ends_at:
                steps = [each.step for each in (later, earlier) if each.step is not None]
                if steps:
                    return min(steps, key=lambda step: step.visit_id is not None)
    return None


def _by_technician(held: Sequence[Step], present: Present) -> dict[UUID, list[_Taken]]:
    """Everybody's time as it would be."""
    found: dict[UUID, list[_Taken]] = {}
    for technician, taken in (*_staying(held, present), *_arriving(held)):
        found.setdefault(technician, []).append(taken)
    return found


def _staying(held: Sequence[Step], present: Present) -> Iterator[tuple[UUID, _Taken]]:
    gone = {step.visit_id for step in held}
    for visit in present.visits.values():
        if visit.id not in gone and visit.status in OPEN:
            yield visit.technician_id, _Taken(visit.starts_at, visit.ends_at, None)


def _arriving(held: Sequence[Step]) -> Iterator[tuple[UUID, _Taken]]:
    for step in held:
        if step.technician_id and step.starts_at and step.ends_at:
            yield step.technician_id, _Taken(step.starts_at, step.ends_at, step)
