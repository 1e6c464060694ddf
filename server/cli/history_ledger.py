"""Rows by the thousand: gathered as they are made, written in the order they refer to each other.

What they say is decided in `history` and `history_rows`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Insert, insert

from server.breaches.tables import Breach, Mark
from server.experience.tables import Feedback, Irritation, Pulse, PulseGiven
from server.interventions.promises import keep_hours
from server.interventions.tables import (
    Answer,
    Closing,
    Intervention,
    PauseOfWork,
    Promise,
    RecordedFact,
    StoredClock,
    Visit,
)
from server.kit.database import Session
from server.kit.tables import Base

REFERRED_TO_FIRST: tuple[type[Base], ...] = (
    Intervention,
    Visit,
    Promise,
    StoredClock,
    RecordedFact,
    PauseOfWork,
    Closing,
    Answer,
    Mark,
    Breach,
    Feedback,
    Irritation,
    Pulse,
    PulseGiven,
)


@dataclass(slots=True)
class Ledger:
    """What is to be written; rows keep the ids they were given, and get one where they have none.

    None of the rows belongs to a session: thousands of objects would be watched for nothing.
    """

    _rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _hours: dict[str, str] = field(default_factory=dict)

    def add(self, *rows: Base) -> None:
        for row in rows:
            self._rows[type(row)].append(values(row))

    def add_values(self, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        self._rows[table].extend(rows)

    def add_hours(self, hours: Mapping[str, str]) -> None:
        self._hours.update(hours)

    async def write(self, session: Session) -> None:
        """Write everything that was added since the last time."""
        await keep_hours(session, self._hours)
        for table in REFERRED_TO_FIRST:
            await write_rows(session, table, self._rows.pop(table, ()))
        self._hours.clear()
        assert not self._rows


def values(row: Base) -> dict[str, Any]:
    """What was said about a row, by column."""
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


async def write_rows(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of one table; each names the same columns."""
    if rows:
        await session.execute(_plainly(table), rows)


def _plainly(table: type[Base]) -> Insert:
    """An insertion past the unit of work, with the columns' own defaults."""
    return insert(table.__table__)  # type: ignore[arg-type]
