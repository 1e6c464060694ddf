"""Calls every kernel once on the smallest day, so that all are compiled or read from the cache."""

from datetime import UTC, datetime

import numpy as np

from dispatch.planning.draft import Draft
from dispatch.planning.engine.flat import flat_from
from dispatch.planning.engine.ranking import RANKED, rank
from dispatch.planning.engine.search import Search
from dispatch.planning.job import Job
from dispatch.planning.limits import Budget, Limits, never
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import Shapes
from dispatch.planning.technician import Technician


def run_everything() -> None:
    """Plan one job for one technician."""
    problem = Problem(
        datetime(2026, 6, 1, tzinfo=UTC),
        durations=((0, 600), (600, 0)),
        technicians=(Technician("anna", start=0, end=0, shift=(0, 28800)),),
        jobs=(Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000),),
    )
    draft = Draft(Shapes(problem))
    flat = flat_from(draft.shapes, [0])
    assert flat is not None
    search = Search(draft, flat, [0], seed=0, workers=1)
    search.serve_what_pays(never)
    search.improve(Budget(Limits(iterations=2), None, never), note=lambda: None)
    search.counts()
    search.give(draft)
    again = Search(draft, flat, [0], seed=0, workers=1)  # now with something to load
    found = np.zeros(1, dtype=RANKED)
    rank(flat, again.best, 0, np.zeros(1, dtype=np.bool_), found)
