"""Placing by hand, one visit or many: what was shown is carried out, row by row, or refused.

What comes of a start is found in `verdicts`; visits are written by `server.interventions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dispatch.day.verdicts import Pushed
from dispatch.errors import Fault
from dispatch.interventions import VisitStatus
from dispatch.planning import Reason
from server.accounts.scope import Scope
from server.deeds.actions import told
from server.deeds.placement import Placement, placements
from server.deeds.recording import record
from server.deeds.rows import DONE, refusal, refused
from server.deeds.schemas import DeedKind, DeedResultOut
from server.interventions.booking import (
    PLANNED,
    Booking,
    VisitChange,
    assign,
    lock_visits,
    move_visits,
    return_to_queue,
)
from server.interventions.dossier import lock_interventions
from server.interventions.problems import (
    AlreadyPlanned,
    NotPlanned,
    VisitFrozen,
    VisitLocked,
)
from server.interventions.schemas import ReasonOut
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version
from server.planning import queries, sending
from server.planning.deed_days import DeedDays
from server.planning.placing_schemas import PlacementKind, PlacementRowBody, PlacementsBody
from server.planning.problems import CandidateChanged, DisplacesOthers, NotACandidate
from server.planning.standing_days import StandingDays
from server.planning.verdicts import Exact, exactly, shown_verdict

# What each kind needs to be told.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "place": ("technician_id", "starts_at"),
    "assign": ("technician_id",),
    "shift": ("move_by_seconds",),
    "lock": ("is_technician_locked", "is_start_locked"),
    "replan": (),
    "unassign": (),
    "cancel": ("reason",),
}
BY_HAND = ReasonOut(code="by_hand", facts={})
KINDS: Mapping[PlacementKind, DeedKind] = {
    "place": "place",
    "assign": "assign",
    "replan": "assign",
    "unassign": "unassign",
    "cancel": "cancel",
    "shift": "shift",
    "lock": "lock",
}


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, by whom, the days kept laid out, and where each stood that is touched."""

    session: Session
    scope: Scope
    data: PlacementsBody
    now: datetime
    days: StandingDays | None
    asked: DeedDays
    before: dict[UUID, Placement | None]


async def place(
    session: Session,
    scope: Scope,
    data: PlacementsBody,
    now: datetime,
    *,
    days: StandingDays | None = None,
) -> DeedResultOut:
    """Do it to each row that nothing stands in the way of, as one deed; tell of each row."""
    _require_complete(data)
    rows = {row.intervention_id: row for row in data.rows}
    if len(rows) < len(data.rows):
        raise Invalid([Fault("rows", "row_twice", "Each intervention can be placed once.")])
    work = await lock_interventions(session, list(rows))
    if len(work) < len(rows) or not all(scope.sees_region(each.region_id) for each in work):
        raise NotFound
    pushed = {each for row in data.rows for each in row.pushes}
    before = await placements(session, [*rows, *pushed])
    task = Task(session, scope, data, now, days, DeedDays(data.technician_id), before)
    results = {}
    for row in _in_order(data, before):
        problem = await refused(session, lambda row=row: _act(task, row))  # type: ignore[misc]
        if problem is not None and row.visit_id is not None:
            # It was asked about with its visit taken back, which the refusal has undone.
            task.asked.forget()
        results[row.intervention_id] = DONE if problem is None else refusal(problem)
    deed = await record(session, scope, KINDS[data.kind], before, now=now)
    return await told(session, scope, deed, {row: results[row] for row in rows})


def _require_complete(data: PlacementsBody) -> None:
    missing = [name for name in NEEDS[data.kind] if getattr(data, name) is None]
    if missing:
        sentence = f"To {data.kind}, say this as well."
        raise Invalid([Fault(name, "missing", sentence) for name in missing])


def _in_order(
    data: PlacementsBody, before: Mapping[UUID, Placement | None]
) -> Sequence[PlacementRowBody]:
    """What moves later begins with the last, so that nobody stands in the way of the next."""
    if data.move_by_seconds is None:
        return data.rows

    def start(row: PlacementRowBody) -> float:
        stands = before[row.intervention_id]
        return 0 if stands is None else stands.starts_at.timestamp()

    return sorted(data.rows, key=start, reverse=data.move_by_seconds > 0)


async def _act(task: Task, row: PlacementRowBody) -> None:
    stands = await _as_seen(task, row)
    match task.data.kind:
        case "unassign" | "cancel":
            visit, reason = _planned(stands), task.data.reason
            given = reason if task.data.kind == "cancel" else None
            await return_to_queue(
                task.session, task.scope, [visit.visit_id], now=task.now, cancelled_for=given
            )
        case "lock":
            visit = _planned(stands)
            locks = bool(task.data.is_technician_locked), bool(task.data.is_start_locked)
            each = {visit.visit_id: locks}
            await lock_visits(task.session, task.scope, each, now=task.now)
        case "shift":
            visit = _planned(stands)
            if visit.is_start_locked:
                raise VisitLocked(visit.visit_id)
            by = timedelta(seconds=task.data.move_by_seconds or 0)
            await _place_at(task, row, visit, visit.technician_id, visit.starts_at + by)
        case "place":
            technician_id, starts_at = task.data.technician_id, task.data.starts_at
            assert technician_id is not None
            assert starts_at is not None
            await _place_at(task, row, stands, technician_id, starts_at)
        case "assign" | "replan":
            await _send(task, row, stands)


async def _as_seen(task: Task, row: PlacementRowBody) -> Placement | None:
    """Where it stands; refused where that is not what the dispatcher saw."""
    stands = (await placements(task.session, [row.intervention_id]))[row.intervention_id]
    if stands is None:
        if row.visit_id is not None:
            raise NotPlanned
        return None
    if row.visit_id != stands.visit_id:
        raise AlreadyPlanned(stands.visit_id, stands.status)
    if stands.status not in PLANNED:
        raise VisitFrozen(stands.visit_id, stands.status)
    if row.base_version is not None:
        require_version(stands.version, row.base_version)
    return stands


def _planned(stands: Placement | None) -> Placement:
    if stands is None:
        raise NotPlanned
    return stands


async def _send(task: Task, row: PlacementRowBody, stands: Placement | None) -> None:
    """To this technician, or to whoever disturbs the day least; no promise to others breaks."""
    session, scope, whom = task.session, task.scope, task.data.technician_id
    if stands is not None:
        _require_free(stands)
        await return_to_queue(session, scope, [stands.visit_id], now=task.now)
    ranking = await queries.first_ranking(
        session, scope, row.intervention_id, task.now, technician_id=whom, days=task.asked
    )
    cards = ranking.cards() if whom is None else [ranking.of(whom)]
    card = cards[0] if cards else None
    if card is None:
        blocked = [each for each in ranking.blocked() if each.technician_id == whom]
        raise NotACandidate(msgspec.to_builtins(blocked[0]) if blocked else None)
    breaking = [each.number for each in card.moves if each.promise_flips]
    if breaking or card.drops:
        raise DisplacesOthers([*breaking, *(each.number for each in card.drops)])
    moved = {each.intervention_id for each in card.moves}.difference(task.before)
    task.before.update(await placements(session, moved))
    tells = task.data.dispatch if stands is None else stands.is_announced
    wish = sending.Wish(card.technician_id, dispatch=tells)
    await sending.carry_out(session, scope, ranking, wish, task.now)


def _require_free(stands: Placement) -> None:
    if any(stands.locks) or stands.status == VisitStatus.ACCEPTED.value:
        raise VisitLocked(stands.visit_id)


async def _place_at(
    task: Task,
    row: PlacementRowBody,
    stands: Placement | None,
    technician_id: UUID,
    starts_at: datetime,
) -> None:
    """Exactly there, where what comes of it is what was shown."""
    work, region = await queries.candidate_rows(task.session, task.scope, row.intervention_id)
    exact = await exactly(
        task.session, work, region, technician_id, starts_at, now=task.now, days=task.days
    )
    _require_shown(row, exact)
    change = _Change(task, work, exact, technician_id, starts_at)
    if stands is None:
        await move_visits(task.session, task.scope, change.pushes(), now=task.now, overrules=True)
        await assign(
            task.session,
            task.scope,
            work.id,
            change.booking(),
            now=task.now,
            dispatch=task.data.dispatch,
        )
        return
    moves = [*change.pushes(), change.of(stands)]
    (*_, moved) = await move_visits(task.session, task.scope, moves, now=task.now, overrules=True)
    locks = moved.is_technician_locked, moved.is_start_locked
    if locks != stands.locks:
        await lock_visits(task.session, task.scope, {moved.id: stands.locks}, now=task.now)


def _require_shown(row: PlacementRowBody, exact: Exact) -> None:
    verdict = exact.verdict
    if verdict is None:
        raise NotACandidate({"code": "off_shift", "facts": {}})
    if verdict.reason is not None:
        raise NotACandidate(_blocked(verdict.reason))
    subjects = exact.snapshot.subjects
    pushes = {subjects[each.work].intervention.id for each in verdict.pushed}
    breaks = {subjects[each.work].intervention.id for each in verdict.pushed if each.promise_breaks}
    if pushes != {*row.pushes} or breaks != {*row.breaks}:
        fresh = msgspec.to_builtins(shown_verdict(exact.snapshot, verdict))
        raise CandidateChanged(None, verdict=fresh, works=[each.work for each in verdict.pushed])


def _blocked(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "facts": dict(reason.facts)}


@dataclass(frozen=True, slots=True)
class _Change:
    """One placing on its way: the work, what comes of it, whose it will be and when."""

    task: Task
    work: Intervention
    exact: Exact
    technician_id: UUID
    starts_at: datetime

    def pushes(self) -> list[VisitChange]:
        """Those who begin later because of it."""
        assert self.exact.verdict is not None
        return [self._push(each) for each in self.exact.verdict.pushed]

    def _push(self, pushed: Pushed) -> VisitChange:
        subject = self.exact.snapshot.subjects[pushed.work]
        assert subject.visit is not None
        lasts = subject.visit.ends_at - subject.visit.starts_at
        return VisitChange(
            subject.visit.id,
            subject.visit.technician_id,
            starts_at=pushed.starts_after,
            ends_at=pushed.starts_after + lasts,
            travel_seconds=pushed.travel_seconds,
            seen_version=subject.visit.version,
        )

    def of(self, stands: Placement) -> VisitChange:
        """The visit itself."""
        return VisitChange(
            stands.visit_id,
            self.technician_id,
            starts_at=self.starts_at,
            ends_at=self._ends_at,
            travel_seconds=self.exact.travel_seconds,
            why=BY_HAND,
        )

    def booking(self) -> Booking:
        return Booking(
            self.technician_id,
            starts_at=self.starts_at,
            ends_at=self._ends_at,
            travel_seconds=self.exact.travel_seconds,
            why=BY_HAND,
        )

    @property
    def _ends_at(self) -> datetime:
        return self.starts_at + timedelta(seconds=self.work.duration_seconds)
