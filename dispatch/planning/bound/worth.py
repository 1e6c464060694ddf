"""A first guess of what serving each job is worth: what its route would save without it."""

from collections.abc import Sequence

import numpy as np

from dispatch.planning.bound.master import Numbers
from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import SCALE
from dispatch.planning.bound.routes import Column, column

SHARE, MORE = 1.5, 600.0  # duals begin within this much of what is saved, and this many units


def first_worth(people: Sequence[Person], routes: Sequence[Column], jobs: int) -> Numbers:
    """Give the limits, in cost units, within which the duals of the jobs begin."""
    saved = np.full(jobs, np.inf)
    for route in routes:
        one = people[route.who]
        order = np.searchsorted(one.mine, route.jobs).tolist()
        for job, own in zip(route.jobs, order, strict=True):
            shorter = column(one, [each for each in order if each != own])
            spared = route.price - (shorter.price if shorter and shorter.jobs else 0)
            saved[job] = min(saved[job], max(0, spared) / SCALE)
    return SHARE * saved + MORE
