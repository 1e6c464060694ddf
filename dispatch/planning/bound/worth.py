"""A first guess of what serving each job is worth: what its route would save without it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import SCALE, Numbers, Relaxed
from dispatch.planning.bound.routes import Column, column

SHARE, MORE = 1.5, 600.0  # duals begin within this much of the guess, and this many units
LESS = 0.5  # and, where time is short, above this much of what the job's time is worth
ROAD = 1200  # seconds of driving that go with a job


class Worth(NamedTuple):
    """For each job the limits within which its dual begins and the guess, in cost units."""

    low: Numbers
    middle: Numbers
    high: Numbers


def first_worth(day: Relaxed, people: Sequence[Person], routes: Sequence[Column]) -> Worth:
    """Guess from the routes of a plan.

    Where jobs are left out time is short: serving one costs its time, and every second of that is
    worth what serving a dropped job would have saved.
    """
    saved = np.full(len(day.jobs), np.inf)
    for route in routes:
        one = people[route.who]
        order = np.searchsorted(one.mine, route.jobs).tolist()
        for job, own in zip(route.jobs, order, strict=True):
            shorter = column(one, [each for each in order if each != own])
            spared = route.price - (shorter.price if shorter and shorter.jobs else 0)
            saved[job] = min(saved[job], max(0, spared) / SCALE)
    dropping = day.jobs["drop"] / SCALE / day.crews
    takes = day.jobs["duration"] + ROAD
    left_out = np.isinf(saved)
    second = (dropping / takes).min(where=left_out, initial=np.inf) if left_out.any() else 0.0
    by_time = np.minimum(dropping, second * takes)
    guess = np.minimum(dropping, saved + by_time)
    return Worth(LESS * by_time, guess, np.minimum(dropping, SHARE * guess + MORE))
