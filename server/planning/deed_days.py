"""The days one deed asks about: read once, and followed as the deed itself changes them.

Days kept from one question to the next are in `standing_days`; what is read in a command may be
undone with it, and is forgotten with it here.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.planning import queries
from server.planning.candidates import Ranking
from server.planning.day_reading import read_rows, reread
from server.planning.kept_days import Kept, lay_out, ranking_in, renewed
from server.planning.news import changed_since
from server.regions.tables import Region


class DeedDays:
    """One for each deed, for one technician or for anybody; all its rows are asked here."""

    def __init__(self, technician_id: UUID | None) -> None:
        self._whom = technician_id
        self._kept: dict[tuple[UUID, date], Kept] = {}

    def forget(self) -> None:
        """What was asked about was undone: read it again."""
        self._kept = {}

    async def ranking_on(
        self,
        session: AnySession,
        row: Intervention,
        region: Region,
        *,
        day: date,
        now: datetime,
        staying: Collection[UUID] = frozenset(),
    ) -> Ranking:
        """Who could go on one day, as seen at `now`; the same as reading that day would say."""
        kept = await self._read(session, region, day, now)
        laid = kept.at(now)
        laid = await (lay_out(kept, now) if laid is None else renewed(kept, laid))
        kept.laid = [laid]
        found = None
        if not staying:
            people = laid.snapshot.technicians
            whom = next((name for name, each in people.items() if each.id == self._whom), None)
            top = queries.USUAL_TOP if self._whom is None else 0
            found = await ranking_in(kept, laid, row.number, top, whom)
        # Work the day does not hold by itself is read into it for this one question.
        return found or await queries.ranking_on(
            session, row, region, day=day, now=now, staying=staying
        )

    async def _read(self, session: AnySession, region: Region, day: date, now: datetime) -> Kept:
        newest = await session.scalar(select(func.max(Event.seq))) or 0
        settled = await newest_settled(session)
        kept = self._kept.get((region.id, day))
        if kept is not None and kept.newest != newest:
            changed = await changed_since(session, kept.newest)
            if changed is None:
                kept = None
            else:
                await reread(session, kept.rows, changed)
                kept.newest = settled
        if kept is None:
            kept = Kept(await read_rows(session, region, day, now), settled, now, now)
            self._kept[region.id, day] = kept
        return kept
