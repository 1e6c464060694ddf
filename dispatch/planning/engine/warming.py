"""Calls every kernel once on the smallest day, so that all are compiled or read from the cache."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from dispatch.planning.draft import Draft
from dispatch.planning.engine.flat import Flat, flat_from
from dispatch.planning.engine.ranking import RANKED, rank
from dispatch.planning.engine.search import Search
from dispatch.planning.job import Job
from dispatch.planning.limits import Budget, Limits, never
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import Shapes
from dispatch.planning.technician import Technician


def run_everything() -> None:
    """Plan one job for one technician, and rank who should take it."""
    flat, search = _planned(Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000))
    found = np.zeros(1, dtype=RANKED)
    rank(flat, search.best, 0, np.zeros(1, dtype=np.bool_), found)


def run_linked() -> None:
    """Plan one job that follows another, which takes other kernels."""
    lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    _planned(lift, replace(lift, id="after", after=("lift",)))


def _planned(*jobs: Job) -> tuple[Flat, Search]:
    problem = Problem(
        datetime(2026, 6, 1, tzinfo=UTC),
        durations=((0, 600), (600, 0)),
        technicians=(Technician("anna", start=0, end=0, shift=(0, 28800)),),
        jobs=jobs,
    )
    draft, order = Draft(Shapes(problem)), list(range(len(jobs)))
    flat = flat_from(draft.shapes, order)
    assert flat is not None
    search = Search(draft, flat, order, seed=0, workers=1)
    search.serve_what_pays(never)
    search.improve(Budget(Limits(iterations=2), None, never), note=lambda: None)
    search.counts()
    search.decided(draft)
    return flat, Search(draft, flat, order, seed=0, workers=1)  # now with something to load
