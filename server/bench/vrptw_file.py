"""The classic vehicle routing files with time windows, read into the planner's own problem.

Times and distances are tenths, cut off, as the best known values are counted.
"""

import json
from datetime import UTC, datetime
from math import hypot
from pathlib import Path

from dispatch.planning import Job, Problem, Technician

ORIGIN = datetime(2026, 6, 1, tzinfo=UTC)
TENTHS = 10
NEVER_LEFT_OUT = 10**7  # tenths: longer than any way through these plains and back
FLEET_LINE, FIRST_CUSTOMER_LINE = 4, 9


def vrptw_problem(text: str) -> Problem:
    """Read one instance: the depot's vehicles as technicians, customers as jobs.

    Raises `ValueError` where the text is no such file.
    """
    lines = [line.split() for line in text.splitlines()]
    vehicles, capacity = (int(number) for number in lines[FLEET_LINE])
    rows = [[int(number) for number in line] for line in lines[FIRST_CUSTOMER_LINE:] if line]
    places = [(row[1], row[2]) for row in rows]
    closes = rows[0][5] * TENTHS
    fleet = tuple(
        Technician(f"v{number}", start=0, end=0, shift=(0, closes), capacity=capacity)
        for number in range(vehicles)
    )
    jobs = tuple(
        Job(
            f"c{number}",
            location=number,
            duration=service * TENTHS,
            priority=4,
            drop_cost=NEVER_LEFT_OUT,
            window=(ready * TENTHS, due * TENTHS),
            load=demand,
        )
        for number, _, _, demand, ready, due, service in rows[1:]
    )
    return Problem(ORIGIN, _distances(places), fleet, jobs)


def _distances(places: list[tuple[int, int]]) -> list[list[int]]:
    return [[int(TENTHS * hypot(x - a, y - b)) for x, y in places] for a, b in places]


def best_known(folder: Path) -> dict[str, int]:
    """Read the lowest distances anybody published, in tenths, by instance."""
    listed = json.loads((folder / "best_known.json").read_text(encoding="utf-8"))["instances"]
    return {name: round(each["best_known"] * TENTHS) for name, each in listed.items()}
