"""How many repairs held: no second visit, and no new call for the same fault soon after.

Which faults are of one family is decided where they are recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from dispatch.errors import Fault, Invalid
from dispatch.measures.figures import Ratio

USUAL_WINDOW_DAYS = 30


@dataclass(frozen=True, slots=True)
class FirstTimeFix:
    """Counts behind the share; a repair that failed in both ways is counted in one of them.

    `outside` are completed without a repair to judge: nobody could get in, or it was cancelled.
    `provisional` are fixed so far, but too young for their window to be over.
    """

    definition_ids: ClassVar = ("first_time_fix",)
    completed: int
    outside: int
    second_visits: int
    repeats: int
    provisional: int = 0
    window_days: int = USUAL_WINDOW_DAYS

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)

    @property
    def ratio(self) -> Ratio:
        """Fixed the first time out of eligible.

        >>> FirstTimeFix(completed=20, outside=2, second_visits=3, repeats=1).ratio.text
        '77.77'
        """
        eligible = self.completed - self.outside
        return Ratio(eligible - self.second_visits - self.repeats, eligible)

    def answer(self) -> dict[str, object]:
        """Give the share as plain JSON values.

        >>> FirstTimeFix(completed=2, outside=0, second_visits=1, repeats=0).answer()
        {'numerator': 1, 'denominator': 2, 'pct': '50'}
        """
        ratio = self.ratio
        return {"numerator": ratio.numerator, "denominator": ratio.denominator, "pct": ratio.text}

    def _faults(self) -> Iterator[Fault]:
        if self.outside > self.completed:
            sentence = f"{self.outside} of {self.completed} completed cannot be outside."
            yield Fault("cancelled_or_no_access", "more_than_completed", sentence)
        elif self.second_visits + self.repeats > self.completed - self.outside:
            sentence = f"Only {self.completed - self.outside} repairs can have failed."
            yield Fault("needed_second_visit", "more_than_eligible", sentence)


@dataclass(frozen=True, slots=True)
class FaultReport:
    """One call about one unit: what kind of fault, and when it was reported."""

    asset: str
    family: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Completion:
    """A call that was seen to: when it was done, in how many visits, and whether it counts."""

    report: FaultReport
    completed_at: datetime
    visits: int = 1
    is_eligible: bool = True


def first_time_fixes(
    completions: Sequence[Completion],
    reports: Iterable[FaultReport],
    *,
    judged_at: datetime,
    window_days: int = USUAL_WINDOW_DAYS,
) -> FirstTimeFix:
    """Count first-time fixes from what happened; `reports` are all calls, open ones included.

    A call after the work was done and up to the end of the window, to the second, is a repeat.

    >>> first_time_fixes([], [], judged_at=datetime.min).ratio.text is None
    True
    """
    window = timedelta(days=window_days)
    known: dict[tuple[str, str], list[FaultReport]] = defaultdict(list)
    for report in reports:
        known[report.asset, report.family].append(report)
    eligible = [each for each in completions if each.is_eligible]
    once = [each for each in eligible if each.visits <= 1]
    held = [
        each
        for each in once
        if not any(
            _repeats(each, later, window)
            for later in known.get((each.report.asset, each.report.family), ())
        )
    ]
    young = [each for each in held if judged_at <= each.completed_at + window]
    return FirstTimeFix(
        completed=len(completions),
        outside=len(completions) - len(eligible),
        second_visits=len(eligible) - len(once),
        repeats=len(once) - len(held),
        provisional=len(young),
        window_days=window_days,
    )


def _repeats(done: Completion, later: FaultReport, window: timedelta) -> bool:
    """Whether a call about the same unit and family came in the window."""
    is_later = done.completed_at < later.reported_at <= done.completed_at + window
    return is_later and later is not done.report
