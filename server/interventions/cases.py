"""A customer's problem from its first contact on: every intervention about it, and how each went.

What makes interventions one case is how they are linked: work that follows another, a fault that
came back, the same trouble reported twice, and what somebody tied together.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.interventions import Decided
from server.accounts.scope import Scope
from server.interventions.dossier import Dossier, all_dossiers, sees
from server.interventions.events import first_name
from server.interventions.related_schemas import CaseLink, CaseMomentOut, CaseOut, CaseWorkOut
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention, Tie
from server.kit.database import AnySession
from server.kit.problems import NotFound

# A case of more work than this is read in parts: nobody takes it in at once.
MOST_IN_A_CASE = 50
FINISHED = {
    "completed": "visit_completed",
    "partially_completed": "visit_partially_completed",
    "cannot_complete": "visit_cannot_complete",
}


async def case(session: AnySession, scope: Scope, intervention_id: UUID) -> CaseOut:
    """The whole case one intervention of the caller's belongs to; any other looks unknown."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    rows, ties = await _linked(session, row)
    shown = sorted(
        (each for each in rows.values() if sees(scope, each)),
        key=lambda each: (each.reported_at, each.number),
    )[:MOST_IN_A_CASE]
    known = {each.id: each for each in shown}
    works = await all_dossiers(session, shown, with_evidence=False)
    return CaseOut(
        since=shown[0].reported_at,
        is_open=any(each.status not in ENDED for each in shown),
        work=[_work(dossier, known, ties) for dossier in works],
    )


async def _linked(
    session: AnySession, row: Intervention
) -> tuple[dict[UUID, Intervention], set[tuple[UUID, UUID]]]:
    """Everything that is reached from one intervention by any link, and the ties on the way."""
    rows, ties = {row.id: row}, set[tuple[UUID, UUID]]()
    newest: Sequence[Intervention] = [row]
    while newest and len(rows) < MOST_IN_A_CASE:
        ids = [each.id for each in newest]
        tied = select(Tie).where(or_(Tie.first_id.in_(ids), Tie.second_id.in_(ids)))
        found = [(tie.first_id, tie.second_id) for tie in await session.scalars(tied)]
        ties.update(found)
        named = {other for each in newest for other in _earlier(each)} | {
            other for pair in found for other in pair
        }
        query = select(Intervention).where(
            or_(
                Intervention.id.in_(named),
                Intervention.follow_up_of_id.in_(ids),
                Intervention.repeat_of_id.in_(ids),
                Intervention.merged_into_id.in_(ids),
            ),
            Intervention.id.not_in(rows),
        )
        newest = (await session.scalars(query)).all()
        rows |= {each.id: each for each in newest}
    return rows, ties


def _earlier(row: Intervention) -> list[UUID]:
    links = (row.follow_up_of_id, row.repeat_of_id, row.merged_into_id)
    return [each for each in links if each is not None]


def _work(
    dossier: Dossier, rows: dict[UUID, Intervention], ties: set[tuple[UUID, UUID]]
) -> CaseWorkOut:
    row = dossier.intervention
    link, to = _link(row, rows, ties)
    return CaseWorkOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        severity=row.severity,  # type: ignore[arg-type]
        work_type=row.work_type,  # type: ignore[arg-type]
        summary=row.summary,
        link=link,
        to_number=None if to is None else to.number,
        moments=sorted(_moments(dossier), key=lambda each: each.at),
    )


def _link(
    row: Intervention, rows: dict[UUID, Intervention], ties: set[tuple[UUID, UUID]]
) -> tuple[CaseLink | None, Intervention | None]:
    """By what it belongs here: to what it names itself, else to the earlier one it is tied to."""
    named: tuple[tuple[CaseLink, UUID | None], ...] = (
        ("follow_up", row.follow_up_of_id),
        ("repeat", row.repeat_of_id),
        ("merged", row.merged_into_id),
    )
    for link, other in named:
        if other is not None and other in rows:
            return link, rows[other]
    tied = (rows[each] for pair in ties if row.id in pair for each in pair if each in rows)
    earlier = [each for each in tied if each.reported_at < row.reported_at]
    if earlier:
        return "tied", min(earlier, key=lambda each: each.reported_at)
    return None, None


def _moments(dossier: Dossier) -> Iterator[CaseMomentOut]:
    row = dossier.intervention
    yield CaseMomentOut("intervention_reported", row.reported_at, "")
    for visit in dossier.visits:
        who = first_name(dossier, visit.technician_id)
        if visit.arrived_at is not None:
            yield CaseMomentOut("visit_arrived", visit.arrived_at, who)
        if visit.finished_at is not None and visit.status in FINISHED:
            yield CaseMomentOut(FINISHED[visit.status], visit.finished_at, who)
    for closing in dossier.closings:
        yield CaseMomentOut("intervention_closed", closing.closed_at, "", closing.reason)
        if closing.reopened_at is not None:
            yield CaseMomentOut("intervention_reopened", closing.reopened_at, "")
    if row.decided == Decided.CANCELLED.value and row.decided_at is not None:
        yield _called_off(row, row.decided_at)


def _called_off(row: Intervention, at: datetime) -> CaseMomentOut:
    if row.merged_into_id is not None:
        return CaseMomentOut("intervention_merged", at, "")
    return CaseMomentOut("intervention_cancelled", at, "", row.decision_reason)
