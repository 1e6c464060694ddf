"""Whole days planned by Palier and its peers: total cost as a ratio, and promises kept.

A peer may use the budget of CPU seconds; Palier gets what the most frugal peer has used, and never
more than the budget. Each peer's best plan counts, timed and billed by Palier's own rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dispatch.planning.engine import warm
from server.bench.contest import Entry, entry_of_palier, entry_of_peer, versions
from server.bench.field_days import (
    LARGE,
    MIDDLE,
    ORDINARY,
    OVERLOADED,
    SMALL,
    Day,
    field_day,
    within_reach,
)
from server.bench.figures import Progress, silent

SIZES = (SMALL, MIDDLE, LARGE)
LOADS = (ORDINARY, OVERLOADED)
TIMES = {SMALL: 1, MIDDLE: 3, LARGE: 8}  # the seconds of a small day


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day: who reached what, Palier first; `ratio` is its total over the best peer's.

    `within_reach` counts by priority the promises somebody could keep with nothing else to do.
    """

    name: str
    seed: int
    budget: float
    jobs: Mapping[int, int]
    within_reach: Mapping[int, int]
    entries: tuple[Entry, ...]
    best_peer: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Summary:
    """All days together: `wins` where Palier is at least as cheap as every peer.

    `promises_behind` counts the days on which a peer kept more P1, or more P1 and P2, than Palier.
    """

    days: int
    mean_ratio: float
    worst_ratio: float
    wins: int
    promises_behind: int


@dataclass(frozen=True, slots=True)
class DispatchFigures:
    versions: Mapping[str, str]
    days: tuple[DayFigures, ...]
    summary: Summary


def measure(
    *,
    sizes: Sequence[tuple[int, int]] = SIZES,
    days: int,
    seconds: float,
    peers: Sequence[str],
    seed: int,
    progress: Progress = silent,
) -> DispatchFigures:
    """Plan so many days of each size and load, seeds counted up from the first.

    `seconds` is the budget of a small day; larger ones get some times as much. Raises `PeerMissing`
    for a peer that is not installed.
    """
    found = versions(peers)
    warm()
    wanted = list(_wanted(sizes, days, seed))
    figures = []
    for size, day in wanted:
        figures.append(_planned(day, seconds * TIMES.get(size, 1), peers))
        progress(len(figures) / len(wanted))
    return DispatchFigures(found, tuple(figures), _summary(figures))


def _wanted(
    sizes: Sequence[tuple[int, int]], days: int, seed: int
) -> Iterator[tuple[tuple[int, int], Day]]:
    for size, load, number in product(sizes, LOADS, range(days)):
        yield size, Day(*size, load, seed + number)


def _planned(day: Day, budget: float, peers: Sequence[str]) -> DayFigures:
    problem = field_day(day)
    theirs = [entry_of_peer(name, problem, seconds=budget, seed=day.seed) for name in peers]
    frugal = min((each.cpu_seconds for each in theirs), default=budget)
    ours = entry_of_palier(problem, seconds=min(budget, frugal), seed=day.seed)
    best = min(theirs, key=lambda each: each.total, default=ours)
    return DayFigures(
        name=day.name,
        seed=day.seed,
        budget=budget,
        jobs={each: sum(job.priority == each for job in problem.jobs) for each in (1, 2)},
        within_reach={each: within_reach(problem, each) for each in (1, 2)},
        entries=(ours, *theirs),
        best_peer=best.name,
        ratio=round(ours.total / max(1, best.total), 4),
    )


def _summary(days: Sequence[DayFigures]) -> Summary:
    ratios = [day.ratio for day in days]
    return Summary(
        days=len(days),
        mean_ratio=round(sum(ratios) / len(ratios), 4),
        worst_ratio=max(ratios),
        wins=sum(ratio <= 1 for ratio in ratios),
        promises_behind=sum(map(_is_behind, days)),
    )


def _is_behind(day: DayFigures) -> bool:
    """Tell whether a peer kept more of the gravest promises, or more grave promises in all."""
    kept = [(each.on_time[1], each.on_time[1] + each.on_time[2]) for each in day.entries]
    ours, theirs = kept[0], kept[1:]
    return any(first > ours[0] or both > ours[1] for first, both in theirs)
