"""Days dispatchers look at or ask about, kept laid out, so that the next answer takes no reading.

What an event changed is read again and put into the laid-out day in its place; only where more is
new is all of it read and laid out. The day of the next minute is laid out before it begins.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy import func, select

from dispatch.day import StandingDay
from dispatch.planning.engine import is_warm, warm
from server.interventions.tables import Intervention
from server.kit.clock import Clock
from server.kit.database import AnySession, Database, ReadSession
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.planning.candidates import Ranking, rank
from server.planning.day_reading import read_rows, reread
from server.planning.kept_days import (
    Kept,
    Laid,
    asked_above,
    lay_out,
    minute_of,
    ranking_in,
    renewed,
    seen,
)
from server.planning.news import changed_since
from server.planning.snapshot import Snapshot, local_day
from server.regions.tables import Region

T = TypeVar("T")
log: structlog.stdlib.BoundLogger = structlog.get_logger()

MOST_DAYS = 4  # about 40 MB each for a region of 200 technicians
KEPT_FOR = timedelta(minutes=15)  # after the last question or look
READ_ANEW_AFTER = timedelta(minutes=10)  # of a day's rows, should anything have changed unheard
LOOKS_UP_EVERY = 5.0  # seconds; what is committed here is heard of at once
AHEAD = timedelta(seconds=15)  # of a minute's beginning its day is laid out
MINUTES_KEPT = 2  # laid out: this one, and the next or the last
KINDNESS = 10  # of the thread that loads the engine: answers come first


class StandingDays:
    """One region's day for each of a few; whoever asks first waits until it is laid out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: dict[UUID, Kept] = {}
        self._turns: dict[UUID, asyncio.Lock] = {}
        self._looked_at: set[UUID] = set()
        self._news = asyncio.Event()
        database.after_commit.append(lambda _: self._news.set())

    def look(self, region_id: UUID, now: datetime) -> None:
        """Somebody has this board open: its day is laid out soon, before the first question.

        A look keeps what is laid out and takes what is free, and never another region's place.
        """
        kept = self._kept.get(region_id)
        if kept is not None:
            kept.asked_at = max(kept.asked_at, now)
        elif region_id not in self._looked_at and len(self._kept) < MOST_DAYS:
            self._looked_at.add(region_id)
            self._news.set()

    async def ranking(
        self,
        session: AnySession,
        row: Intervention,
        region: Region,
        *,
        top: int,
        now: datetime,
        staying: Collection[UUID] = frozenset(),
    ) -> Ranking | None:
        """Who could go today to work that waits, or as if it did; none where the day has it not.

        Where visits are `staying` the day is asked anew, without reading it.
        """
        async with self._turn(region.id):
            kept = await self._read(session, region, local_day(region, now), now)
            kept.asked_at = now
            laid = await self._laid_out(kept, now)
            if not staying:
                return await ranking_in(kept, laid, row.number, top)
        return await _ranking_with(laid.snapshot, row, staying)

    async def prepare(self, session: AnySession, intervention_id: UUID, now: datetime) -> None:
        """Bring the kept day of this work up to date before it is sent, if there is one."""
        row = await session.get(Intervention, intervention_id)
        if row is None or row.region_id not in self._kept:
            return
        region = await session.get(Region, row.region_id)
        assert region is not None
        async with self._turn(region.id):
            await self._read(session, region, local_day(region, now), now)

    async def ranking_of(
        self,
        session: AnySession,
        row: Intervention,
        region: Region,
        technician_id: UUID,
        *,
        now: datetime,
        seen_at: datetime | None = None,
        staying: Collection[UUID] = frozenset(),
    ) -> Ranking | None:
        """What one technician offers today, as of when it was seen if that is told; none as above.

        Nothing is read here, for what is read in a command may be undone with it: none where
        anything has happened since the day was brought up to date.
        """
        async with self._turn(region.id):
            newest = await session.scalar(select(func.max(Event.seq))) or 0
            kept = self._kept.get(region.id)
            if kept is None or kept.newest != newest or kept.rows.date != local_day(region, now):
                return None
            laid = await (self._laid_out(kept, now) if seen_at is None else seen(kept, seen_at))
            if staying:
                return await _ranking_with(laid.snapshot, row, staying)
            people = laid.snapshot.technicians
            whom = next((name for name, each in people.items() if each.id == technician_id), None)
            return await ranking_in(kept, laid, row.number, 0, whom)

    async def above(
        self,
        session: AnySession,
        region: Region,
        work: str,
        ask: Callable[[StandingDay], T],
        *,
        now: datetime,
        reads: bool = True,
    ) -> tuple[Snapshot, T] | None:
        """Ask today something about work held above it; none where today does not know it.

        In a command nothing is read (`reads`): none there where the day is not up to date.
        """
        async with self._turn(region.id):
            kept = self._kept.get(region.id)
            if reads:
                kept = await self._read(session, region, local_day(region, now), now)
                kept.asked_at = now
            newest = await session.scalar(select(func.max(Event.seq))) or 0
            if kept is None or kept.rows.date != local_day(region, now):
                return None
            if not reads and kept.newest != newest:
                return None
            laid = await self._laid_out(kept, now)
            found = await asked_above(kept, laid, work, ask)
            return None if found is None else (laid.snapshot, found)

    async def keep(self) -> None:
        """Lay out anew, before anybody asks, what is asked about these minutes."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOKS_UP_EVERY)
            self._news.clear()
            try:
                await self.renew(self._clock.now())
            except Exception:
                log.exception("standing_days_not_renewed")

    async def renew(self, now: datetime) -> None:
        """Lay out what is new or changed, and forget what nobody has asked about for a while."""
        for region_id, kept in list(self._kept.items()):
            if now - kept.asked_at > KEPT_FOR:
                del self._kept[region_id]
        looked_at, self._looked_at = self._looked_at, set()
        room = MOST_DAYS - len(self._kept)
        for region_id in [*self._kept, *list(looked_at - self._kept.keys())[:room]]:
            async with self._database.read() as session:
                region = await session.get(Region, region_id)
                if region is not None:
                    await self._current(session, region, local_day(region, now), now)

    async def standing(self, _: ReadSession) -> dict[str, object]:
        """Whether rankings are compiled yet, else readable and slower; and the days laid out."""
        return {"engine": "ready" if is_warm() else "loading", "days": len(self._kept)}

    async def _current(self, session: AnySession, region: Region, day: date, now: datetime) -> None:
        """Bring a kept day up to date, and lay out the minute that is about to begin."""
        async with self._turn(region.id):
            kept = await self._read(session, region, day, now)
            await self._laid_out(kept, now)
            soon = now + AHEAD
            if minute_of(soon) != minute_of(now) and local_day(region, soon) == day:
                begins = soon.replace(second=0, microsecond=0) + timedelta(seconds=1)
                await self._laid_out(kept, begins)

    async def _read(self, session: AnySession, region: Region, day: date, now: datetime) -> Kept:
        """The rows of the day with all that has happened since they were read."""
        newest = await session.scalar(select(func.max(Event.seq))) or 0
        kept = self._kept.get(region.id)
        if kept is not None and kept.rows.date == day and now - kept.read_at < READ_ANEW_AFTER:
            if kept.newest == newest:
                return kept
            settled = await newest_settled(session)
            changed = await changed_since(session, kept.newest)
            if changed is not None:
                if changed:
                    await reread(session, kept.rows, changed)
                kept.newest = settled
                return kept
        settled = await newest_settled(session)
        rows = await read_rows(session, region, day, now)
        if kept is not None and kept.rows.date == day:
            kept.rows, kept.newest, kept.read_at = rows, settled, now
            return kept
        self._kept.pop(region.id, None)
        while len(self._kept) >= MOST_DAYS:
            del self._kept[min(self._kept, key=lambda each: self._kept[each].asked_at)]
        asked_at = now if kept is None else kept.asked_at
        self._kept[region.id] = Kept(rows, settled, now, asked_at)
        return self._kept[region.id]

    async def _laid_out(self, kept: Kept, now: datetime) -> Laid:
        """The day of this minute as the rows have it now."""
        laid = kept.at(now)
        if laid is not None:
            return await renewed(kept, laid)
        laid = await lay_out(kept, now)
        kept.laid = [*kept.laid[1 - MINUTES_KEPT :], laid]
        return laid

    def _turn(self, region_id: UUID) -> asyncio.Lock:
        return self._turns.setdefault(region_id, asyncio.Lock())


async def _ranking_with(
    snapshot: Snapshot, row: Intervention, staying: Collection[UUID]
) -> Ranking | None:
    if row.number not in snapshot.subjects:
        return None
    return await asyncio.to_thread(rank, snapshot, row.id, staying)


def load_engine() -> None:
    """Load the compiled engine in a thread that gives way to all others."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), KINDNESS)
    warm()
