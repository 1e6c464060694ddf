"""Which meetings were planned, and which of them were held or missed.

The counting is decided in `dispatch.agreements`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import AROUND, Cadence, Occasion, OccasionState, months_later, occasions
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.tables import Agreement, Review
from server.kit.database import AnySession
from server.meetings.schemas import MeetingLevelOut, MeetingsCountedOut
from server.meetings.tables import MeetingCadence

LEVELS = ("operational", "tactical", "strategic")
A_YEAR = 12
Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """How the levels of some agreements meet, and when they did."""

    cadences: Mapping[Key, Sequence[MeetingCadence]]
    held: Mapping[Key, Sequence[date]]

    def occasions(self, key: Key, today: date) -> tuple[Occasion, ...]:
        rows = [_value(each) for each in self.cadences.get(key, ())]
        return occasions(rows, self.held.get(key, ()), today)

    def level(self, agreement_id: UUID, level: str, today: date) -> MeetingLevelOut:
        """How a level stands: its cadence of today or to come, and the last twelve months."""
        key = agreement_id, level
        since = months_later(today, -A_YEAR)
        found = [each for each in self.occasions(key, today) if each.planned_on >= since]
        row = self._current(key, today)
        return MeetingLevelOut(
            level=level,  # type: ignore[arg-type]
            every_months=None if row is None else row.every_months,
            seats=[] if row is None else row.seats,
            next_on=_next(found, row, today),
            held=_count(found, OccasionState.HELD),
            missed=_count(found, OccasionState.MISSED),
            missed_on=_missed_on(found),
        )

    def missing(self, review: Review) -> list[str]:
        """Which seats had to be taken at a meeting and were not."""
        required: Sequence[str] = ()
        for row in self.cadences.get((review.agreement_id, review.level), ()):
            if row.first_on - AROUND <= review.held_on and not _is_over(row, review.held_on):
                required = row.seats
        return [each for each in required if each not in review.present]

    def _current(self, key: Key, today: date) -> MeetingCadence | None:
        rows = [each for each in self.cadences.get(key, ()) if not _is_over(each, today)]
        return rows[-1] if rows else None


async def planned(session: AnySession, agreement_ids: Collection[UUID]) -> Planned:
    """What was planned and held under these agreements, oldest first."""
    query = (
        select(MeetingCadence)
        .where(MeetingCadence.agreement_id.in_(agreement_ids))
        .order_by(MeetingCadence.first_on, MeetingCadence.id)
    )
    cadences: dict[Key, list[MeetingCadence]] = defaultdict(list)
    for row in await session.scalars(query):
        cadences[row.agreement_id, row.level].append(row)
    met = select(Review.agreement_id, Review.level, Review.held_on).where(
        Review.agreement_id.in_(agreement_ids)
    )
    held: dict[Key, list[date]] = defaultdict(list)
    for agreement_id, level, held_on in await session.execute(met):
        held[agreement_id, level].append(held_on)
    return Planned(cadences, held)


async def counted_for(
    session: AnySession, customer_id: UUID, from_day: date, to_day: date, *, today: date
) -> list[MeetingsCountedOut]:
    """A customer's meetings planned on the days `[from_day, to_day)`, by agreement and level."""
    query = select(Agreement).where(
        Agreement.customer_id == customer_id, Agreement.kind == CUSTOMER_KIND
    )
    rows = (await session.scalars(query.order_by(Agreement.number))).all()
    known = await planned(session, [row.id for row in rows])
    counted = []
    for row in rows:
        for level in LEVELS:
            found = [
                each
                for each in known.occasions((row.id, level), today)
                if from_day <= each.planned_on < to_day and each.state is not OccasionState.PLANNED
            ]
            if found:
                counted.append(
                    MeetingsCountedOut(
                        agreement_id=row.id,
                        agreement_number=row.number,
                        level=level,  # type: ignore[arg-type]
                        held=_count(found, OccasionState.HELD),
                        missed=_count(found, OccasionState.MISSED),
                        missed_on=_missed_on(found),
                    )
                )
    return counted


def _value(row: MeetingCadence) -> Cadence:
    return Cadence(row.every_months, row.first_on, row.until)


def _is_over(row: MeetingCadence, day: date) -> bool:
    return row.until is not None and row.until <= day


def _next(found: Iterable[Occasion], row: MeetingCadence | None, today: date) -> date | None:
    """The planned day that waits for its meeting, or else the next one."""
    waiting = [each.planned_on for each in found if each.state is OccasionState.PLANNED]
    if waiting:
        return waiting[0]
    return None if row is None else _value(row).following(today)


def _count(found: Iterable[Occasion], state: OccasionState) -> int:
    return sum(each.state is state for each in found)


def _missed_on(found: Iterable[Occasion]) -> list[date]:
    return [each.planned_on for each in found if each.state is OccasionState.MISSED]
