"""A finished plan as it is reviewed, and as the steps that carry it out.

Steps remember the visit as it was seen, so that what changed meanwhile is left alone.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import msgspec

from dispatch.day import Change, DayProblem, Diff, Measures, Slot, diff, why_chosen
from dispatch.planning import Plan, Reason, check
from dispatch.planning.refusals import NoLegalPlan
from server.interventions.tables import Intervention
from server.planning.candidates import shown_reasons
from server.planning.lines import Step, needs_of
from server.planning.schemas import (
    PlanChangeOut,
    PlanDiffOut,
    PlanMeasuresOut,
    PlanUnassignedOut,
)
from server.planning.snapshot import Snapshot

# A big day explained by a process that has not loaded the engine yet; the rest is just planned.
SECONDS_FOR_REASONS = 20.0


class Outcome(msgspec.Struct, frozen=True):
    """What a plan changes, for people and for carrying out."""

    diff: PlanDiffOut
    steps: list[Step]


def outcome(snapshot: Snapshot, question: DayProblem, plan: Plan) -> Outcome:
    """Verify the plan, then compare it with the day as it stands; raises `NoLegalPlan`."""
    verdict = check(question.problem, plan)
    if not verdict.is_legal:
        raise NoLegalPlan(verdict.faults)
    found = diff(question, plan)
    given = {change.work for change in found.changes if change.after is not None}
    late_at = monotonic() + SECONDS_FOR_REASONS
    why = why_chosen(question, plan, given, is_late=lambda: monotonic() > late_at)
    steps = [_step(snapshot, change, why.get(change.work)) for change in found.changes]
    return Outcome(
        diff=_shown(snapshot, found, needs_of(steps, _held_until(snapshot))), steps=steps
    )


def real_outcome(snapshot: Snapshot, supposed: Diff) -> tuple[PlanDiffOut, list[Step]]:
    """What of a supposed day's plan could be done on the real one: real work by real people."""
    changes = tuple(
        each
        for each in supposed.changes
        if each.work in snapshot.subjects
        and (each.after is None or each.after.technician in snapshot.technicians)
    )
    left = tuple(each for each in supposed.unassigned if each[0] in snapshot.subjects)
    found = replace(supposed, changes=changes, unassigned=left)
    steps = [_step(snapshot, change, None) for change in changes]
    return _shown(snapshot, found, needs_of(steps, _held_until(snapshot))), steps


def _held_until(snapshot: Snapshot) -> dict[UUID, datetime]:
    visits = (subject.visit for subject in snapshot.subjects.values())
    return {visit.id: visit.ends_at for visit in visits if visit is not None}


def _step(snapshot: Snapshot, change: Change, why: Reason | None) -> Step:
    subject = snapshot.subjects[change.work]
    visit, after = subject.visit, change.after
    seconds = timedelta(seconds=subject.intervention.duration_seconds)
    return Step(
        intervention_id=subject.intervention.id,
        visit_id=None if visit is None else visit.id,
        was_with=None if visit is None else visit.technician_id,
        was_at=None if visit is None else visit.starts_at,
        technician_id=None if after is None else snapshot.technicians[after.technician].id,
        starts_at=None if after is None else after.starts_at,
        ends_at=None if after is None else after.starts_at + seconds,
        travel_seconds=0 if after is None else after.travel_seconds,
        wanted=wanted(subject.intervention),
        why=None if why is None else shown_reasons([why])[0],
    )


def wanted(row: Intervention) -> str:
    """What a piece of work asks of whoever does it, as a short fingerprint."""
    asked = [row.severity, row.duration_seconds, row.window_from, row.window_to]
    said = json.dumps([*asked, sorted(row.skills.items()), row.out_of_scope_at], default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _shown(snapshot: Snapshot, found: Diff, needs: Mapping[UUID, Sequence[UUID]]) -> PlanDiffOut:
    return PlanDiffOut(
        changes=[_change(snapshot, change, needs) for change in found.changes],
        unassigned=_unassigned(snapshot, found),
        before=measured(found.before),
        after=measured(found.after),
        announced_moved=found.announced_moved,
    )


def _change(
    snapshot: Snapshot, change: Change, needs: Mapping[UUID, Sequence[UUID]]
) -> PlanChangeOut:
    subject = snapshot.subjects[change.work]
    row, visit = subject.intervention, subject.visit
    before, after = change.before, change.after
    from_id, from_name = _person(snapshot, before)
    to_id, to_name = _person(snapshot, after)
    return PlanChangeOut(
        kind=change.kind.value,
        intervention_id=row.id,
        visit_id=None if visit is None else visit.id,
        number=row.number,
        severity=row.severity,  # type: ignore[arg-type]
        summary=row.summary,
        site_name=subject.site.name,
        is_announced=visit is not None and visit.announced_at is not None,
        from_technician_id=from_id,
        from_technician_name=from_name,
        from_starts_at=None if before is None else before.starts_at,
        to_technician_id=to_id,
        to_technician_name=to_name,
        to_starts_at=None if after is None else after.starts_at,
        lateness_before_seconds=None if before is None else before.lateness,
        lateness_after_seconds=None if after is None else after.lateness,
        promise=None if change.flip is None else change.flip.value,
        tells_customer=change.moves_promise,
        needs=list(needs.get(row.id, ())),
    )


def _person(snapshot: Snapshot, slot: Slot | None) -> tuple[UUID | None, str | None]:
    """Whose slot it is; somebody who works here no more has no name on the board."""
    if slot is None:
        return None, None
    person = snapshot.technicians.get(slot.technician)
    return (UUID(slot.technician), None) if person is None else (person.id, person.name)


def _unassigned(snapshot: Snapshot, found: Diff) -> list[PlanUnassignedOut]:
    shown = []
    for work, reasons in found.unassigned:
        subject = snapshot.subjects[work]
        row = subject.intervention
        shown.append(
            PlanUnassignedOut(
                intervention_id=row.id,
                number=row.number,
                severity=row.severity,  # type: ignore[arg-type]
                summary=row.summary,
                site_name=subject.site.name,
                reasons=shown_reasons(reasons),
            )
        )
    return shown


def measured(found: Measures) -> PlanMeasuresOut:
    """A day in figures as screens show them."""
    return PlanMeasuresOut(
        total=found.total,
        travel_seconds=found.travel_seconds,
        late=found.late,
        on_time=found.on_time,
        unassigned=found.unassigned,
        overtime_seconds=found.overtime_seconds,
        terms={name: cost for name, cost in found.terms.items() if cost},
    )


def stored_steps(steps: Sequence[Step]) -> list[object]:
    """Steps as they are kept beside their plan."""
    plain: list[object] = msgspec.to_builtins(steps)
    return plain


def read_steps(stored: Sequence[object]) -> list[Step]:
    """Kept steps again as values."""
    return msgspec.convert(stored, list[Step])
