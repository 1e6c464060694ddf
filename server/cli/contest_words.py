"""The figures of `palier bench dispatch` as a table: each day, who reached what, and the ratio.

What is measured is in `server.bench.dispatch`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]  # as `server.bench.dispatch` gives them
HEADS = ("", "CPU s", "total", "travel", "overtime", "late", "dropped", "out", "P1", "P2", "ratio")
WIDTHS = (16, 7, 11, 8, 9, 9, 10, 4, 9, 9, 7)


def contest_in_words(found: Figures) -> Iterator[str]:
    """Tell the peers, each day with its optimisers, then all days together."""
    peers = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    yield f"dispatch  whole days against {peers or 'nobody'}; P1, P2: promises kept"
    yield _row(HEADS)
    for day in found["days"]:
        yield from _day(day)
    yield _summary(found["summary"])


def _day(day: Figures) -> Iterator[str]:
    reach = ", ".join(f"{day['within_reach'][each]} P{each}" for each in (1, 2))
    yield f"  {day['name']}, {day['budget']:g} s, within anyone's reach {reach}"
    for each in day["entries"]:
        cost = each["cost"]
        late = cost.get("late", 0) + cost.get("late_fixed", 0)
        kept = [f"{each['on_time'][one]}/{day['jobs'][one]}" for one in (1, 2)]
        ratio = f"{day['ratio']:.3f}" if each is day["entries"][0] else ""
        terms = (cost.get("travel", 0), cost.get("overtime", 0), late, cost.get("drop", 0))
        facts = (each["cpu_seconds"], each["total"], *terms, each["left_out"], *kept, ratio)
        yield _row((each["name"], *facts))


def _row(cells: tuple[object, ...]) -> str:
    name, *figures = (f"{cell!s:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    return "  " + " ".join([name.strip().ljust(WIDTHS[0]), *figures])


def _summary(found: Figures) -> str:
    days, behind = found["days"], found["promises_behind"]
    kept = "never fewer promises kept" if not behind else f"fewer promises kept on {behind} days"
    return (
        f"  as cheap as the best peer or cheaper on {found['wins']} of {days} days, mean ratio "
        f"{found['mean_ratio']:.3f}, worst {found['worst_ratio']:.3f}, {kept}"
    )
