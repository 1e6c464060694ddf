"""A plan in the making as arrays the compiled search changes in place; see `flat` for the question.

One state belongs to one thread.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.engine.flat import FORBIDDEN, Flat, Integers, Records, Small, record

REMEMBERED = 4  # rested states kept at each position; where there are more they are found again
TOTAL, WAITING, BEST, TOUCHED, BATCH, VERSION = range(6)
FIGURES = 6


class State(NamedTuple):
    """Routes as rows of job numbers, and at each position the states to go on from.

    `waiting` holds the jobs left out in its first `figures[WAITING]` places, `position_of` where
    each stands there, `technician_of` who serves a job, -1 for nobody. `known` is what `seeking`
    found out about each job on each technician's route, and of which version.
    """

    stops: Small
    routes: Records
    cells: Records
    remembered: Records
    technician_of: Integers
    waiting: Integers
    position_of: Integers
    figures: Integers
    random: NDArray[np.uint64]
    times: Integers
    costs: Integers
    chances: Records
    batch: Integers
    touched: Integers
    saved_stops: Small
    best_stops: Small
    known: Integers


ROUTE = record(
    "count",
    "cost",
    "time_cost",
    "carried",
    "saved_count",
    "is_changed",
    "best_count",
    "version",
    "saved_version",
)
CELL = record("ready", "spent", "labels", "closing", "free", "free_rested", "place", "leg")
LABEL = record("time", "cost")
CHANCE = record("bound", "extra", "technician", "position")


def empty_state(flat: Flat, width: int, seed: int) -> State:
    """Give the state in which nobody goes anywhere; `width` is the most jobs on one route."""
    technicians, jobs = len(flat.routes), len(flat.jobs)
    figures = np.zeros(FIGURES, dtype=np.int64)
    figures[WAITING] = jobs
    figures[TOTAL] = figures[BEST] = int(flat.jobs["drop"].sum())
    routes = np.zeros(technicians, dtype=ROUTE)
    routes["saved_count"] = -1
    cells = np.zeros((technicians, width + 1), dtype=CELL)
    cells["ready"][:, 0] = flat.routes["leave"]
    cells["closing"][:, 0] = flat.routes["latest_return"]
    cells["free"][:, 0] = cells["free_rested"][:, 0] = -FORBIDDEN
    cells["place"][:, 0] = flat.routes["start"]
    cells["leg"][:, 0] = flat.travel[flat.routes["start"], flat.routes["end"]]
    return State(
        stops=_jobs(technicians, width),
        routes=routes,
        cells=cells,
        remembered=np.zeros((technicians, width + 1, REMEMBERED), dtype=LABEL),
        technician_of=np.full(jobs, -1, dtype=np.int64),
        waiting=np.arange(jobs, dtype=np.int64),
        position_of=np.arange(jobs, dtype=np.int64),
        figures=figures,
        random=np.array([seed % (1 << 64)], dtype=np.uint64),
        times=_row(width + 3),
        costs=_row(width + 3),
        chances=np.zeros(technicians * (width + 1), dtype=CHANCE),
        batch=_row(jobs + 1),
        touched=_row(technicians + 1),
        saved_stops=_jobs(technicians, width),
        best_stops=_jobs(technicians, width),
        known=np.full((jobs, technicians, 2), -1, dtype=np.int64),
    )


def _row(size: int) -> Integers:
    return np.zeros(size, dtype=np.int64)


def _jobs(rows: int, size: int) -> Small:
    return np.zeros((rows, size), dtype=np.int32)
