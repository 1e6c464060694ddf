"""What stands on paper: a title, what a report says in sentences, and the tables behind it.

Nothing here knows what a report is about. How it is drawn is in `paper`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; no columns, no line of headings. `widths` are shares of the page.

    Columns from `numbers_from` on, and before `numbers_to`, hold numbers. `after` stands below, or
    instead of no rows.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    after: str = ""
    numbers_from: int = 1
    numbers_to: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the paper, in the language it is read in."""

    language: str
    title: str
    about: str
    sentences: Sequence[str]
    tables: Sequence[Table]
    notes_title: str
    notes: Sequence[tuple[str, str]]
    made_at: datetime
