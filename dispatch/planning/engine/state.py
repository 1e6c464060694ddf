"""A plan in the making as arrays the compiled search changes in place; see `flat` for the question.

One state belongs to one thread.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.engine.arrays import Integers, Records, Small, record
from dispatch.planning.engine.flat import FORBIDDEN, Flat

REMEMBERED = 4  # rested states kept at each position; where there are more they are found again
TOTAL, WAITING, BEST, TOUCHED, BATCH, VERSION, BALANCE, BALANCE_BEFORE, MEAN = range(9)
FIGURES = 9


class State(NamedTuple):
    """Routes as rows of job numbers, and at each position the states to go on from.

    `waiting` holds the jobs left out in its first `figures[WAITING]` places, `position_of` where
    each stands there, `technician_of` who serves a job, -1 for nobody. `known` is what
    `seeking` found out about each job on each technician's route, of which version.

    `jobs` are those of the question, but a job that depends on others begins when it is appointed
    to, and nothing else; `crews` holds who does it, -1 where nobody yet. The rest is room to work.
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
    jobs: Records
    appointments: Records
    crews: Integers
    saved_crews: Integers
    offers: Records
    moments: Integers
    found: Integers
    order: Integers
    legs: Integers


ROUTE = record(
    "count",
    "cost",
    "time_cost",
    "carried",
    "load",
    "saved_count",
    "is_changed",
    "best_count",
    "version",
    "saved_version",
)
CELL = record("ready", "spent", "labels", "closing", "free", "free_rested", "place", "leg")
LABEL = record("time", "cost")
APPOINTMENT = record("start", "saved", "best")
OFFER = record("is_asked", "delta", "position")
CHANCE = record("bound", "extra", "technician", "position")


def empty_state(flat: Flat, width: int, seed: int) -> State:
    """Give the state in which nobody goes anywhere; `width` is the most jobs on one route."""
    technicians, jobs = len(flat.routes), len(flat.jobs)
    linked, crew = len(flat.links), int(flat.links["crew"].max(initial=1))
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
        batch=_row(2 * jobs + 2),
        touched=_row(technicians + 1),
        saved_stops=_jobs(technicians, width),
        best_stops=_jobs(technicians, width),
        known=np.full((jobs, technicians, 2), -1, dtype=np.int64),
        jobs=flat.jobs if linked == 0 else _appointed(flat),
        appointments=np.zeros(linked, dtype=APPOINTMENT),
        crews=np.full((linked, crew), -1, dtype=np.int64),
        saved_crews=np.full((linked, crew), -1, dtype=np.int64),
        offers=np.zeros(technicians, dtype=OFFER),
        moments=_row(technicians * (width + 1) * (REMEMBERED + 2) if linked else 0),
        found=_row(2 * crew),
        order=_row(linked),
        legs=_row(technicians),
    )


def _appointed(flat: Flat) -> Records:
    """The jobs with nothing to pay for the start of those that depend on others."""
    jobs = flat.jobs.copy()
    chosen = flat.links["job"]
    for name in ("late_cost", "late_fixed", "aim_cost", "slip_cost"):
        jobs[name][chosen] = 0
    for name in ("due", "aim", "slip"):
        jobs[name][chosen] = FORBIDDEN
    return jobs


def _row(size: int) -> Integers:
    return np.zeros(size, dtype=np.int64)


def _jobs(rows: int, size: int) -> Small:
    return np.zeros((rows, size), dtype=np.int32)
