"""Boards looked at lately, kept in memory between events, so that many screens cost one reading.

What an event touched is read again and put in its place; only where more is new is all of it read.
How promises stand is told anew at every look: that changes with time alone.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.interventions import InterventionStatus
from server.interventions.board_bars import Drawn, Shown, bars, standing_at
from server.interventions.board_news import ELSEWHERE, NAMING, News, news_since
from server.interventions.board_schemas import BoardVisitOut
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.tables import Intervention
from server.kit.at_once import AtOnce
from server.kit.database import AnySession

WAITING = (InterventionStatus.DRAFT.value, InterventionStatus.QUALIFIED.value)
MOST_BOARDS = 8  # about 5 MB each for a region of 200 technicians
READ_ANEW_AFTER = timedelta(minutes=5)  # should anything have changed unheard
UNHEARD = frozenset(ELSEWHERE) - NAMING


class StandingBoards:
    """The boards this process keeps; the one looked at longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Shown, StandingBoard] = OrderedDict()

    def of(self, shown: Shown) -> "StandingBoard":
        board = self._kept.setdefault(shown, StandingBoard(shown))
        self._kept.move_to_end(shown)
        while len(self._kept) > MOST_BOARDS:
            self._kept.popitem(last=False)
        return board


class StandingBoard:
    """What is drawn on one board and what waits beside it, as of an event."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._turn = asyncio.Lock()
        self._read_at: datetime | None = None
        self._cursor = 0
        self.changes = AtOnce()
        self._drawn: Mapping[UUID, list[Drawn]] = {}
        self._waiting: Mapping[UUID, Dossier] = {}

    async def follow(self, session: AnySession, cursor: int, now: datetime) -> None:
        """Bring it up to this event; of several who ask at once, one reads for all."""
        async with self._turn:
            if not self._is_fresh(now):
                await self._read(session, cursor, now)
            elif cursor > self._cursor:
                await self._renew(session, cursor, now)

    def drawn(
        self, now: datetime, only: Collection[UUID] | None = None
    ) -> dict[UUID, list[BoardVisitOut]]:
        """Bars by technician, or these technicians', as their promises stand now."""
        wanted = self._drawn if only is None else self._drawn.keys() & set(only)
        return {who: standing_at(self._drawn[who], now) for who in wanted}

    def waiting(self, only: Collection[UUID] | None = None) -> list[Dossier]:
        """What still needs somebody, all of it or of these alone."""
        if only is None:
            return list(self._waiting.values())
        return [self._waiting[each] for each in only if each in self._waiting]

    def _is_fresh(self, now: datetime) -> bool:
        read_at = self._read_at
        return read_at is not None and timedelta(0) <= now - read_at < READ_ANEW_AFTER

    async def _read(self, session: AnySession, cursor: int, now: datetime) -> None:
        drawn = await bars(session, self._shown)
        waiting = await _waiting(session, self._shown)
        self._drawn, self._waiting = drawn, waiting
        self._cursor, self._read_at = cursor, now

    async def _renew(self, session: AnySession, cursor: int, now: datetime) -> None:
        news = await news_since(session, self._shown.region_id, self._cursor, apart_from=UNHEARD)
        if news.is_whole:
            await self._read(session, cursor, now)
        elif news.interventions:
            await self._put_in_place(session, news)
        self._cursor = cursor

    async def _put_in_place(self, session: AnySession, news: News) -> None:
        """Rows that nothing touched stay what they were."""
        touched = news.interventions
        fresh = await bars(session, self._shown, technician_ids=news.technicians)
        waiting = await _waiting(session, self._shown, only=touched)
        left = {
            who: [each for each in row if each.bar.visit.intervention_id not in touched]
            for who, row in self._drawn.items()
            if who not in news.technicians
        }
        others = {which: each for which, each in self._waiting.items() if which not in touched}
        self._drawn = {who: row for who, row in (left | fresh).items() if row}
        self._waiting = others | waiting


async def _waiting(
    session: AnySession, shown: Shown, *, only: Collection[UUID] | None = None
) -> dict[UUID, Dossier]:
    """What still needs somebody and may be done before the days are over."""
    query = select(Intervention).where(
        Intervention.region_id == shown.region_id,
        Intervention.status.in_(WAITING),
        or_(Intervention.window_from.is_(None), Intervention.window_from < shown.ends_at),
    )
    if only is not None:
        query = query.where(Intervention.id.in_(only))
    found = await all_dossiers(session, (await session.scalars(query)).all())
    return {each.intervention.id: each for each in found}
