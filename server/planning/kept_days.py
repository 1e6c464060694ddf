"""One region's day kept for asking: its rows, and what was laid out from them for some minutes.

Which days are kept, and when they are read, is in `standing_days`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from dispatch.day import Offers, Places, StandingDay
from server.planning.candidates import Ranking
from server.planning.day_rows import DayRows
from server.planning.snapshot import Snapshot, snapshot_of

T = TypeVar("T")


@dataclass(slots=True)
class Laid:
    """A region's day laid out at a moment."""

    snapshot: Snapshot
    standing: StandingDay

    @property
    def minute(self) -> int:
        return minute_of(self.snapshot.day.now)


@dataclass(slots=True)
class Kept:
    """A region's day: its rows up to which event, its last minutes laid out, when it was asked."""

    rows: DayRows
    newest: int
    read_at: datetime
    asked_at: datetime
    places: Places = field(default_factory=Places)
    laid: list[Laid] = field(default_factory=list)

    def at(self, now: datetime) -> Laid | None:
        """The day as laid out for this minute: the grain in which days are laid."""
        return next((each for each in self.laid if each.minute == minute_of(now)), None)

    def forget(self) -> None:
        """Lay out anew what may be half changed."""
        self.laid, self.places = [], Places()


async def lay_out(kept: Kept, moment: datetime) -> Laid:
    snapshot = snapshot_of(kept.rows, moment, kept.laid[-1].snapshot if kept.laid else None)
    return Laid(snapshot, await asyncio.to_thread(StandingDay, snapshot.day, kept.places))


async def renewed(kept: Kept, laid: Laid) -> Laid:
    """What was laid out, as the rows have it now."""
    snapshot = snapshot_of(kept.rows, laid.snapshot.day.now, laid.snapshot)
    if snapshot.day != laid.standing.day:
        try:
            laid.standing = await asyncio.to_thread(laid.standing.renewed, snapshot.day)
        except BaseException:
            kept.forget()
            raise
    laid.snapshot = snapshot
    return laid


async def seen(kept: Kept, second: datetime) -> Laid:
    """The day of exactly this second, once more; laid out for one question if it is not kept."""
    found = (each for each in kept.laid if each.snapshot.day.now == second)
    laid = next(found, None)
    return await (lay_out(kept, second) if laid is None else renewed(kept, laid))


async def ranking_in(
    kept: Kept, laid: Laid, work: str, top: int, whom: str | None = None
) -> Ranking | None:
    subject = laid.snapshot.subjects.get(work)
    if subject is None or not laid.standing.knows(work):
        return None
    try:
        found = await asyncio.to_thread(_offers, laid, work, top, whom)
    except BaseException:
        kept.forget()
        raise
    return Ranking(laid.snapshot, subject, found)


async def asked_above(
    kept: Kept, laid: Laid, work: str, ask: Callable[[StandingDay], T]
) -> T | None:
    """Ask something about work held above the day; none where the day does not know it."""
    if work not in laid.snapshot.subjects or not laid.standing.knows(work):
        return None
    try:
        return await asyncio.to_thread(_above, laid, work, ask)
    except BaseException:
        kept.forget()
        raise


def _above(laid: Laid, work: str, ask: Callable[[StandingDay], T]) -> T:
    if laid.standing.waits_for(work):
        return ask(laid.standing)
    laid.standing = laid.standing.without_visit(work)
    found = ask(laid.standing)
    laid.standing = laid.standing.renewed(laid.snapshot.day)
    return found


def _offers(laid: Laid, work: str, top: int, whom: str | None) -> Offers:
    return _above(laid, work, lambda day: day.offers(work, top=top, whom=whom))


def minute_of(instant: datetime) -> int:
    return -int(-instant.replace(microsecond=0).timestamp() // 60)
