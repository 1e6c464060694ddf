"""The figures of `palier bench vrptw` and `palier bench scale` as lines for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]  # each benchmark has its own keys
SHOWN = 8  # points of a trace


def vrptw_in_words(found: Figures) -> Iterator[str]:
    """A line for each instance, then the gaps of all."""
    yield (
        f"vrptw     {found['seconds']:g} CPU s on each of {found['workers']} threads, "
        f"seed {found['seed']}; gap to the best distance ever published"
    )
    yield _row("instance", "customers", "distance", "best", "gap %", "CPU s", "legal")
    for each in found["instances"]:
        facts = (each["distance"], each["best_known"], f"{each['gap_percent']:.2f}")
        legal = "yes" if each["is_legal"] else "NO"
        yield _row(each["name"], each["customers"], *facts, each["cpu_seconds"], legal)
    yield f"  mean {found['mean_gap_percent']:.2f} %, worst {found['worst_gap_percent']:.2f} %"


def scale_in_words(found: Figures) -> Iterator[str]:
    """What the first and the last plan cost, when, and in how much memory."""
    yield (
        f"scale     {found['technicians']:,} technicians x {found['jobs']:,} jobs, "
        f"{found['seconds']:g} CPU s on each of {found['workers']} threads, seed {found['seed']}"
    )
    yield f"  drawing the day        {found['drawn_seconds']:>8} CPU s"
    yield f"  first plan             {found['first_seconds']:>8} CPU s, {found['first_total']:,}"
    yield f"  last plan              {found['cpu_seconds']:>8} CPU s, {found['total']:,}"
    yield f"  after the given time   {found['overrun_seconds']:>8} s"
    yield f"  memory at its peak     {found['peak_megabytes']:>8,} MB"
    yield f"  iterations             {found['iterations']:>8,}"
    yield (
        f"  {found['on_time']:,} on time, {found['late']:,} late, "
        f"{found['unassigned']:,} left out; legal: {'yes' if found['is_legal'] else 'NO'}"
    )
    for each in found["stops"]:
        yield (
            f"  asked to stop, {each['technicians']} x {each['jobs']:,}: plan returned in "
            f"{each['plan_cpu_ms']:g} CPU ms; the server's child done in {each['child_ms']:g} ms"
        )
    trace = found["trace"]
    for seconds, total in trace[:: max(1, len(trace) // SHOWN)]:
        yield f"    {seconds:>8.1f} s {total:>14,}"


def _row(*cells: object) -> str:
    widths = (10, 10, 10, 10, 8, 8, 6)
    return "  " + " ".join(f"{cell!s:>{width}}" for cell, width in zip(cells, widths, strict=True))
