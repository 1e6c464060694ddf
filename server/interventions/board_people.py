"""What a row of the board tells of its technician's presence: working day, absences, last place.

Why somebody is away and where they were is told to whoever plans, and to nobody else.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from dispatch.roster import Duty, DutyState
from server.accounts.guards import DISPATCH
from server.accounts.scope import Scope
from server.interventions.board_schemas import BoardAbsenceOut, BoardDutyOut
from server.kit.database import AnySession
from server.presence.location import Keeping, last_seen
from server.presence.queries import logs
from server.presence.schemas import SeenOut
from server.roster.as_known import absences_known, absences_now


@dataclass(slots=True)
class Presence:
    """One technician's, at a moment and on a day."""

    duty: Duty
    absences: list[BoardAbsenceOut] = field(default_factory=list)
    seen: SeenOut | None = None

    @property
    def shown_duty(self) -> BoardDutyOut:
        return BoardDutyOut(self.duty.state.value, self.duty.since, self.duty.until)


async def presence_of(
    session: AnySession,
    scope: Scope,
    technician_ids: Collection[UUID],
    span: tuple[datetime, datetime],
    *,
    keeping: Keeping,
    now: datetime,
    is_past: bool = False,
) -> dict[UUID, Presence]:
    """How everybody's day stands now, or stood then, and when they are away in this span."""
    is_planning = scope.role in DISPATCH
    said = await logs(session, technician_ids, now)
    found = {each: Presence(said[each].at(now)) for each in technician_ids}
    read = absences_known if is_past else absences_now
    for away in await read(session, technician_ids, span, now):
        kind = away.kind if is_planning else None
        shown = BoardAbsenceOut(away.starts_at, away.ends_at, kind)  # type: ignore[arg-type]
        found[away.technician_id].absences.append(shown)
    if not is_planning:
        for presence in found.values():
            if presence.duty.state is DutyState.SICK:
                presence.duty = replace(presence.duty, state=DutyState.OFF)
    else:
        for each, seen in (await last_seen(session, technician_ids, keeping, now)).items():
            found[each].seen = seen
    return found
