"""Row by row: what stands in the way of taking a deed back, and carrying out the rest.

A row is done as it was; around what changed meanwhile and does not touch it; or it is refused.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from server.deeds.placement import Placement
from server.deeds.schemas import RowOutcome, RowResultOut
from server.interventions.booking import PLANNED
from server.kit.database import Session
from server.kit.http import DoubleBooked, double_booking
from server.kit.problems import Problem, Stale

Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row."""

    outcome: RowOutcome
    code: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def told(self, intervention: UUID, name: tuple[str, str]) -> RowResultOut:
        """As it is answered, with the number and the site."""
        return RowResultOut(
            intervention, *name, outcome=self.outcome, code=self.code, facts=dict(self.facts)
        )


DONE, REBASED = Result("done"), Result("rebased")


@dataclass(frozen=True, slots=True)
class Way:
    """From where a row stands to where it is to stand; null is the queue."""

    present: Placement | None
    wanted: Placement | None
    is_rebased: bool = False


def way_back(
    before: Placement | None,
    after: Placement | None,
    present: Placement | None,
    since: Mapping[str, Any],
    now: datetime,
) -> Way | Result:
    """How a row comes back to what it was before; or why it cannot, and who saw to that.

    `since` tells of the last thing that happened to it after the deed, if anything did.
    """
    if present is not None and present.status not in PLANNED:
        return Result("refused", "under_way", {"status": present.status, **since})
    if (present is None) != (after is None):
        code = "taken_back_since" if present is None else "planned_since"
        return Result("refused", code, since)
    if before is not None and before.ends_at <= now:
        return Result("refused", "time_is_over", {"ends_at": before.ends_at.isoformat()})
    if present is None or after is None:
        return Way(present, before)
    if before is None:
        return _way_to_queue(after, present, since)
    return _way_between(before, after, present, since)


def _way_to_queue(after: Placement, present: Placement, since: Mapping[str, Any]) -> Way | Result:
    if present.place != after.place:
        return Result("refused", "moved_since", since)
    return _held(after, present, since) or Way(present, None)


def _way_between(
    before: Placement, after: Placement, present: Placement, since: Mapping[str, Any]
) -> Way | Result:
    """Only what the deed touched goes back; what others changed beside it stays."""
    moves, fixes = before.place != after.place, before.locks != after.locks
    if moves and present.place != after.place:
        return Result("refused", "moved_since", since)
    if fixes and present.locks != after.locks:
        return Result("refused", "locked_since", since)
    if moves and (held := _held(after, present, since)) is not None:
        return held
    place, locks = before if moves else present, before if fixes else present
    wanted = Placement(
        present.visit_id,
        place.technician_id,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        travel_seconds=place.travel_seconds,
        is_technician_locked=locks.is_technician_locked,
        is_start_locked=locks.is_start_locked,
        is_announced=present.is_announced,
        status=present.status,
        why=place.why,
    )
    is_rebased = (present.place, present.locks) != (after.place, after.locks)
    return Way(present, wanted, is_rebased)


def _held(after: Placement, present: Placement, since: Mapping[str, Any]) -> Result | None:
    """What somebody gave their word on since stays where it is."""
    if any(now and not then for now, then in zip(present.locks, after.locks, strict=True)):
        return Result("refused", "locked_since", since)
    if present.late_by_seconds > 0 and after.late_by_seconds == 0:
        return Result("refused", "told_customer", since)
    if present.status == "accepted" and after.status != "accepted":
        return Result("refused", "accepted_since", since)
    return None


async def refused(session: Session, act: Act) -> Problem | None:
    """Try this; where it is refused nothing of it stays, and the refusal is the answer."""
    newest = session.info["newest_event"]
    try:
        async with session.begin_nested():
            await act()
            await session.flush()
    except Problem as no:
        problem = no
    except StaleDataError:
        problem = Stale()
    except DBAPIError as error:
        if not double_booking(error):
            raise
        problem = DoubleBooked()
    else:
        return None
    session.info["newest_event"] = newest
    return problem


async def as_many_as_can(
    session: Session, rows: Sequence[UUID], act: Callable[[Sequence[UUID]], Awaitable[object]]
) -> dict[UUID, Problem]:
    """Do all of these together, else as many one by one as can; what is left is refused."""
    if await refused(session, lambda: act(rows)) is None:
        return {}
    left: dict[UUID, Problem | None] = dict.fromkeys(rows)
    is_going_on = True
    while left and is_going_on:
        is_going_on = False
        for row in list(left):
            left[row] = await refused(session, lambda row=row: act([row]))  # type: ignore[misc]
            if left[row] is None:
                del left[row]
                is_going_on = True
    return {row: problem for row, problem in left.items() if problem is not None}


def refusal(problem: Problem) -> Result:
    """A refusal as the answer to a row."""
    return Result("refused", problem.code, problem.facts)
