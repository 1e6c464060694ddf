"""What chance has in store for each call, drive and technician, whatever anybody plans.

Each draw is keyed by what it is about, so that two ways of planning meet the same luck.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from dispatch.measures.satisfaction import BEST_EFFORT, BEST_SATISFACTION, LOWEST
from dispatch.measures.watermelon import HARD_UP_TO, UNHAPPY_UP_TO
from dispatch.simulation.figures import ORDINARY_CHANCES, Chances

LEAST_SECONDS = 60
SHARE_IRRITATED = 0.5


def drawn(seed: int, *key: str) -> Random:
    """Give the source of chance for one thing; the same key and seed always say the same."""
    return Random("/".join((str(seed), *key)))  # noqa: S311 - seeded play, not a secret


@dataclass(frozen=True, slots=True)
class Said:
    """Feedback on a piece of work: satisfied from 1 to 5, easy from 1 to 7, and whether it hurt."""

    csat: int
    effort: int
    is_irritated: bool


@dataclass(frozen=True, slots=True)
class Luck:
    """The seed and the chances everything unplanned follows from."""

    seed: int
    chances: Chances = ORDINARY_CHANCES

    def travel(self, planned: int, work: str, attempt: int) -> int:
        """The drive as it turns out, in seconds.

        >>> Luck(1, Chances(travel_spread=0.0)).travel(600, "lift", 0)
        600
        """
        return self._around(planned, self.chances.travel_spread, "travel", work, attempt)

    def work(self, planned: int, work: str, attempt: int) -> int:
        """The work as long as it turns out, in seconds."""
        return self._around(planned, self.chances.work_spread, "work", work, attempt)

    def is_no_access(self, work: str, attempt: int) -> bool:
        """Whether nobody opens."""
        return self._happens(self.chances.no_access, "access", work, str(attempt))

    def is_part_missing(self, work: str, attempt: int) -> bool:
        """Whether it needs something the van does not hold; the second visit brings it."""
        return attempt == 0 and self._happens(self.chances.parts_missing, "parts", work)

    def cancelled_after(self, work: str) -> int | None:
        """Seconds after the call at which the caller needs nobody any more; None is never."""
        random = drawn(self.seed, "cancelled", work)
        return random.randrange(600, 14_400) if random.random() < self.chances.cancelled else None

    def late_start(self, technician: str, day: date) -> int:
        """By how many seconds a technician begins late that day; mostly 0."""
        random = drawn(self.seed, "late", technician, day.isoformat())
        if random.random() >= self.chances.late_start:
            return 0
        return _minutes(random.expovariate(1 / max(1, self.chances.late_seconds)))

    def is_sick(self, technician: str, day: date) -> bool:
        """Whether a technician calls in sick before the day begins."""
        return self._happens(self.chances.sick_morning, "sick", technician, day.isoformat())

    def sick_after(self, technician: str, day: date) -> float | None:
        """The share of the shift after which a technician must go home ill; None is never."""
        random = drawn(self.seed, "sick later", technician, day.isoformat())
        return random.random() if random.random() < self.chances.sick_later else None

    def answer(self, work: str, *, was_kept: bool) -> Said | None:
        """What whoever reported it says of the work afterwards; mostly nothing at all.

        A kept promise is judged about a point and a half better than a missed one (assumption),
        and who is unhappy is half the time irritated enough to say so.
        """
        random = drawn(self.seed, "answer", work)
        if random.random() >= self.chances.answers:
            return None
        csat = _mark(random.gauss(4.4 if was_kept else 2.9, 0.8), BEST_SATISFACTION)
        effort = _mark(random.gauss(5.9 if was_kept else 3.8, 1.2), BEST_EFFORT)
        is_unhappy = csat <= UNHAPPY_UP_TO or effort <= HARD_UP_TO
        return Said(csat, effort, is_unhappy and random.random() < SHARE_IRRITATED)

    def _happens(self, chance: float, *key: str) -> bool:
        return drawn(self.seed, *key).random() < chance

    def _around(self, planned: int, spread: float, *key: object) -> int:
        if planned == 0 or spread == 0:
            return planned
        factor = drawn(self.seed, *(str(part) for part in key)).lognormvariate(0, spread)
        return max(LEAST_SECONDS, _minutes(planned * factor))


def _minutes(seconds: float) -> int:
    return round(seconds / 60) * 60


def _mark(value: float, best: int) -> int:
    return min(best, max(LOWEST, round(value)))
