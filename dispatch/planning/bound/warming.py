"""Calls every kernel once on the smallest day, so that all are compiled or read from the cache."""

from datetime import UTC, datetime

import numpy as np

from dispatch.planning.bound.generation import Generation
from dispatch.planning.bound.person import person
from dispatch.planning.bound.pricer import Pricer
from dispatch.planning.bound.relaxed import relaxed
from dispatch.planning.bound.routes import column
from dispatch.planning.bound.small import cheapest
from dispatch.planning.job import Job
from dispatch.planning.limits import Budget, Limits, never
from dispatch.planning.problem import Problem
from dispatch.planning.technician import Technician


def run_everything() -> None:
    """Bound the day of one job and one technician both ways."""
    problem = Problem(
        datetime(2026, 6, 1, tzinfo=UTC),
        durations=((0, 600), (600, 0)),
        technicians=(Technician("anna", start=0, end=0, shift=(0, 28800)),),
        jobs=(Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000),),
    )
    day = relaxed(problem, 0)
    assert day is not None
    halt = np.zeros(1, dtype=np.int64)
    cheapest(day, halt)
    only = column(person(day, 0), [0])
    assert only is not None
    pricer = Pricer(day, halt, workers=1)
    budget = Budget(Limits(iterations=3), None, never)
    Generation(day, [only], pricer, budget, proven=lambda _: None).run(enough=lambda: 1 << 40)
    pricer.close()
