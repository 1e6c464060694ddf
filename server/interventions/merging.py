"""The same trouble reported twice, made one intervention; and work that belongs together, tied.

Nothing is moved or lost: what is merged keeps its story, and comes back as it was.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from dispatch.errors import Fault
from dispatch.interventions import Decided
from server.accounts.scope import Scope
from server.interventions.clocks import CUSTOMER
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions, sees
from server.interventions.events import tell
from server.interventions.problems import MergeRefused
from server.interventions.related import related
from server.interventions.related_schemas import MergeBody, RelatedOut, SeparateBody
from server.interventions.standing import ENDED, open_visits
from server.interventions.tables import StoredClock, Tie
from server.kit.database import Session
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version

MERGED = "merged"


async def merge(
    session: Session, scope: Scope, intervention_id: UUID, data: MergeBody, now: datetime
) -> RelatedOut:
    """End this report in favour of another about the same trouble, which keeps its promises."""
    double, kept = await _both(session, scope, intervention_id, data.into_id, path="into_id")
    row = double.intervention
    require_version(row.version, data.base_version)
    _require_same_site(double, kept, path="into_id")
    _require_mergeable(double, kept)
    row.merged_into_id = kept.intervention.id
    row.decided, row.decided_at = Decided.CANCELLED.value, now.replace(microsecond=0)
    row.decision_reason = MERGED
    settle(double, now)
    await session.flush()
    await _announce(session, scope, double, kept, kind="intervention_merged", now=now)
    return await related(session, scope, kept.intervention.id)


async def separate(
    session: Session, scope: Scope, intervention_id: UUID, data: SeparateBody, now: datetime
) -> RelatedOut:
    """Take a merged report up again as work of its own; its clocks have run all along."""
    (row,) = await lock_interventions(session, [intervention_id]) or (None,)
    if row is None or not sees(scope, row):
        raise NotFound
    require_version(row.version, data.base_version)
    if row.merged_into_id is None:
        raise MergeRefused("not_merged")
    double, kept = await _both(session, scope, row.id, row.merged_into_id, path="")
    row.merged_into_id = None
    row.decided, row.decided_at, row.decision_reason = None, None, ""
    settle(double, now)
    await session.flush()
    await _announce(session, scope, double, kept, kind="intervention_separated", now=now)
    return await related(session, scope, row.id)


async def tie(
    session: Session, scope: Scope, intervention_id: UUID, other_id: UUID, now: datetime
) -> RelatedOut:
    """Note that two interventions belong together; saying so again changes nothing."""
    one, other = await _both(session, scope, intervention_id, other_id, path="other_id")
    _require_same_site(one, other, path="other_id")
    first, second = sorted((intervention_id, other_id))
    if await session.get(Tie, (first, second)) is None:
        session.add(Tie(first_id=first, second_id=second, at=now, author_name=scope.name))
        await _announce(session, scope, one, other, kind="interventions_tied", now=now)
    return await related(session, scope, intervention_id)


async def untie(
    session: Session, scope: Scope, intervention_id: UUID, other_id: UUID, now: datetime
) -> RelatedOut:
    """Forget that they belong together."""
    one, other = await _both(session, scope, intervention_id, other_id, path="other_id")
    first, second = sorted((intervention_id, other_id))
    await session.execute(delete(Tie).where(Tie.first_id == first, Tie.second_id == second))
    await _announce(session, scope, one, other, kind="interventions_untied", now=now)
    return await related(session, scope, intervention_id)


async def _both(
    session: Session, scope: Scope, one_id: UUID, other_id: UUID, *, path: str
) -> tuple[Dossier, Dossier]:
    """Both locked; the other one looks unknown where it is foreign."""
    rows = {row.id: row for row in await lock_interventions(session, [one_id, other_id])}
    if one_id not in rows or not sees(scope, rows[one_id]):
        raise NotFound
    if other_id not in rows or not sees(scope, rows[other_id]) or one_id == other_id:
        raise Invalid([Fault(path, "unknown", "There is nothing here with this id.")])
    one, other = await all_dossiers(session, [rows[one_id], rows[other_id]])
    return one, other


def _require_same_site(one: Dossier, other: Dossier, *, path: str) -> None:
    if one.site.id != other.site.id:
        raise Invalid([Fault(path, "elsewhere", "That intervention is at another site.")])


def _require_mergeable(double: Dossier, kept: Dossier) -> None:
    """Both still open, nobody sent to the one that goes, and no promise lost by it."""
    if double.intervention.status in ENDED or kept.intervention.status in ENDED:
        raise MergeRefused("ended")
    if open_visits(double):
        raise MergeRefused("somebody_goes")
    standing = {(row.kind, row.round): row for row in kept.clocks if row.party == CUSTOMER}
    for clock in double.clocks:
        other = standing.get((clock.kind, clock.round))
        if clock.party == CUSTOMER and _is_lost(clock, other):
            assert clock.due_at is not None
            raise MergeRefused("promise_lost", clock=clock.kind, due_at=clock.due_at.isoformat())


def _is_lost(clock: StoredClock, other: StoredClock | None) -> bool:
    """Whether what was promised here is promised there later, or not at all."""
    if clock.stopped_at is not None or clock.due_at is None:
        return False
    if other is None:
        return True
    return other.stopped_at is None and other.due_at is not None and other.due_at > clock.due_at


async def _announce(
    session: Session, scope: Scope, one: Dossier, other: Dossier, *, kind: str, now: datetime
) -> None:
    named = {"other_id": str(other.intervention.id), "other_number": other.intervention.number}
    await tell(session, scope.actor, now, kind=kind, dossier=one, more=named)
