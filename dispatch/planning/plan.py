"""The answer: who goes where and when, what is left out and why, and the bill term by term.

Reading and writing its file is in `plan_file`; verifying it in `checking`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit on a route, in seconds from the origin: arrival, start of work, end of work."""

    job: str
    arrive: int
    start: int
    finish: int


@dataclass(frozen=True, slots=True)
class RouteBreak:
    """The break as taken: on leg 0 (before the first job) to n (after the last)."""

    leg: int
    start: int
    finish: int


@dataclass(frozen=True, slots=True)
class Route:
    """One technician's day: stops in order, the break, and when they leave and return."""

    technician: str
    stops: tuple[Stop, ...]
    leave: int
    return_: int
    break_: RouteBreak | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a technician cannot take a job: a code, its figures, and the smallest change that helps.

    The facts and `would_need` hold plain names and whole numbers, ready for any language.
    """

    technician: str | None
    code: str
    facts: Mapping[str, int | str | None] = field(default_factory=dict)
    would_need: Mapping[str, int | str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A job nobody serves in this plan, and the reason for each technician."""

    job: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """The bill of a plan; `preferred` is a bonus, every other term a cost.

    >>> Cost(travel=600, drop=1000, preferred=50).total
    1550
    """

    travel: int = 0
    overtime: int = 0
    late: int = 0
    late_fixed: int = 0
    drop: int = 0
    stability: int = 0
    use: int = 0
    borrow: int = 0
    preferred: int = 0
    balance: int = 0
    reserve: int = 0
    arrival: int = 0
    aim: int = 0

    @property
    def total(self) -> int:
        """What the plan costs altogether, in the problem's cost units."""
        return sum(self.terms().values()) - 2 * self.preferred

    def terms(self) -> dict[str, int]:
        """Each term by its name, in the order of the bill, without the total."""
        return {name: getattr(self, name) for name in COST_TERMS}


COST_TERMS = tuple(Cost.__dataclass_fields__)
# Terms that came later: a plan file holds them only where they are not zero.
LATER_TERMS = ("reserve", "arrival", "aim")


@dataclass(frozen=True, slots=True)
class SolverReport:
    """How the plan was found; `trace` holds (seconds, total) each time a better plan appeared."""

    seconds: float = 0.0
    iterations: int = 0
    seed: int = 0
    workers: int = 1
    engine: str = "palier"
    trace: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A day planned: each job is on the routes of its technicians or unassigned with reasons.

    `stated_total` and `stated_gap` are what a file claims; `cost.total` is the sum of its terms,
    and `gap` what follows from it.
    """

    routes: tuple[Route, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    cost: Cost = field(default_factory=Cost)
    stated_total: int | None = None
    bound: int | None = None
    solver: SolverReport = field(default_factory=SolverReport)
    stated_gap: float | None = field(default=None, compare=False)

    @property
    def gap(self) -> float | None:
        """How far the total may be from the best possible, as a share of it.

        None if unknown, or where bonuses leave no total to take a share of.
        """
        return gap_between(self.cost.total, self.bound)


def gap_between(total: int, bound: int | None) -> float | None:
    """How far a total may be from the best possible, as a share of it.

    >>> gap_between(200, 150), gap_between(200, None)
    (0.25, None)
    """
    return None if bound is None or total <= 0 else (total - bound) / total
