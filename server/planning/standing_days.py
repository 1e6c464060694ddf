"""Days dispatchers asked about lately, kept laid out, so that the next answer takes no reading.

Whatever happened since, or the minute having passed, has a day laid out anew; sending reads the
day itself, always.
"""

import asyncio
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from server.planning.candidates import Ranking
from server.planning.snapshot import Snapshot, local_day, read_day
from server.regions.tables import Region

log: structlog.stdlib.BoundLogger = structlog.get_logger()

MOST_DAYS = 4  # about 40 MB each for a region of 200 technicians
KEPT_FOR = timedelta(minutes=15)  # after the last question
LOOKS_UP_EVERY = 5.0  # seconds; what is committed here is heard of at once
KINDNESS = 10  # of the thread that loads the engine: answers come first


@dataclass(slots=True)
class _Kept:
    """A region's day as it was read, after which event, and when somebody last asked about it."""

    snapshot: Snapshot
    standing: StandingDay
    newest: int
    asked_at: datetime

    def is_of(self, day: date, now: datetime) -> bool:
        """Whether it is the day asked for, in the same minute: the grain in which days are laid."""
        return self.snapshot.date == day and _minute(self.snapshot.day.now) == _minute(now)


class StandingDays:
    """One laid-out day for each of a few regions; whoever asks first waits until it is."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: dict[UUID, _Kept] = {}
        self._turns: dict[UUID, asyncio.Lock] = {}
        self._news = asyncio.Event()
        database.after_commit.append(lambda _: self._news.set())

    async def ranking(
        self, session: AnySession, row: Intervention, region: Region, *, top: int, now: datetime
    ) -> Ranking | None:
        """Who could go today to work that waits; none where the day has to be read for it."""
        kept = await self._current(session, region, local_day(region, now), now)
        kept.asked_at = now
        subject = kept.snapshot.subjects.get(row.number)
        if subject is None or not kept.standing.waits_for(row.number):
            return None
        async with self._turn(region.id):
            found = await asyncio.to_thread(kept.standing.offers, row.number, top=top)
        return Ranking(kept.snapshot, subject, found)

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
        """Lay out anew what has changed, and forget what nobody has asked about for a while."""
        for region_id, kept in list(self._kept.items()):
            if now - kept.asked_at > KEPT_FOR:
                del self._kept[region_id]
                continue
            async with self._database.read() as session:
                region = await session.get(Region, region_id)
                if region is not None:
                    await self._current(session, region, local_day(region, now), now)

    async def standing(self, _: ReadSession) -> dict[str, object]:
        """Whether rankings are compiled yet, else readable and slower; and the days laid out."""
        return {"engine": "ready" if is_warm() else "loading", "days": len(self._kept)}

    async def _current(
        self, session: AnySession, region: Region, day: date, now: datetime
    ) -> _Kept:
        async with self._turn(region.id):
            newest = await session.scalar(select(func.max(Event.seq))) or 0
            kept = self._kept.get(region.id)
            if kept is not None and kept.newest == newest and kept.is_of(day, now):
                return kept
            settled = await newest_settled(session)
            snapshot = await read_day(session, region, day, now)
            standing = await asyncio.to_thread(StandingDay, snapshot.day)
            asked_at = now if kept is None else kept.asked_at
            self._kept.pop(region.id, None)
            while len(self._kept) >= MOST_DAYS:
                del self._kept[min(self._kept, key=lambda each: self._kept[each].asked_at)]
            self._kept[region.id] = _Kept(snapshot, standing, settled, asked_at)
            return self._kept[region.id]

    def _turn(self, region_id: UUID) -> asyncio.Lock:
        return self._turns.setdefault(region_id, asyncio.Lock())


def load_engine() -> None:
    """Load the compiled engine in a thread that gives way to all others."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), KINDNESS)
    warm()


def _minute(instant: datetime) -> int:
    return -int(-instant.timestamp() // 60)
