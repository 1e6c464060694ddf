"""The compiled search over one problem: construct, improve on one or more threads, give the best.

The kernels are in `improving` and what it calls; limits and reports are the caller's.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from math import ceil
from random import Random

import numpy as np

from dispatch.planning.draft import Draft
from dispatch.planning.engine.changing import adopt, load
from dispatch.planning.engine.counting import late_in_best
from dispatch.planning.engine.flat import Flat, widest_route
from dispatch.planning.engine.groups import (
    STEPS_PER_JOB,
    Group,
    Routes,
    can_be_grouped,
    groups,
    part_of,
)
from dispatch.planning.engine.improving import improve, serve
from dispatch.planning.engine.improving_linked import improve_linked, serve_linked
from dispatch.planning.engine.pricing import weighed
from dispatch.planning.engine.resting import NO_BREAK, find_rest_legs
from dispatch.planning.engine.state import BEST, State, empty_state
from dispatch.planning.finishing import itinerary
from dispatch.planning.limits import Budget
from dispatch.planning.timing import Itinerary
from dispatch.planning.tour import Tour

HOTTEST, COLDEST = 2.5, 0.0125  # temperatures, in ways from a job to those near it
NEAR = 10  # jobs
SLICE, SLICE_OF_MANY = 50, 10  # iterations without looking at the clock: some milliseconds
SLICES_TOGETHER = 100  # until threads that are behind take over the best plan
BATCH = 50  # jobs served until somebody may say stop
NOTED_EVERY = 20  # slices
GROUPED = 0.85  # the share of the time in which a very large day is searched in groups

Stop = Callable[[], bool]


class Search:
    """One plan per thread, each with a seed of its own; the first is the one built by hand."""

    def __init__(self, draft: Draft, flat: Flat, order: list[int], seed: int, workers: int) -> None:
        self.flat = flat
        self.seed = seed
        self.hottest = HOTTEST * _way_to_a_near_job(flat)
        self._improve = improve_linked if len(flat.links) else improve
        self._serve = serve_linked if len(flat.links) else serve
        self.order = np.array(order, dtype=np.int64)
        width = widest_route(draft.shapes)
        self.states = [empty_state(flat, width, seed + each) for each in range(workers)]
        if draft.shapes.appointments:
            self._take_over(draft)
        for tour in draft.tours:
            if tour.jobs and not draft.shapes.appointments:
                jobs = np.array(tour.jobs, dtype=np.int64)
                load(flat, self.states[0], tour.technician, jobs)

    def _take_over(self, draft: Draft) -> None:
        """Begin with tours that share jobs, at the starts they are appointed to."""
        first = self.states[0]
        counts = np.array([len(tour.jobs) for tour in draft.tours], dtype=np.int64)
        rows = first.best_stops.copy()
        for who, tour in enumerate(draft.tours):
            rows[who, : len(tour.jobs)] = tour.jobs
        appointed = draft.shapes.appointments
        starts = [appointed.get(job, 0) for job in self.flat.links["job"].tolist()]
        adopt(self.flat, first, counts, rows, np.array(starts, dtype=np.int64))

    @property
    def best(self) -> State:
        """The thread's state whose best plan is the cheapest, the first of equal ones."""
        return min(self.states, key=self._weight)

    @property
    def total(self) -> int:
        """What the best plan costs; over the budget of promises, forbiddingly more."""
        return self._weight(self.best) * self.flat.unit

    @property
    def keeps_what_is_fixed(self) -> bool:
        """Tell whether the best plan serves every locked job, within the budget of promises."""
        return self._weight(self.best) < self.flat.surcharge

    @property
    def left_out(self) -> int:
        """How many jobs the best plan leaves out."""
        best = self.best
        stops = int(best.routes["best_count"].sum())
        return len(self.order) - (len(_served(best)) if len(self.flat.links) else stops)

    def counts(self) -> tuple[int, int]:
        """How many jobs of the best plan start late, and how many it leaves out."""
        return int(late_in_best(self.flat, self.best)), self.left_out

    def serve_what_pays(self, is_late: Stop) -> None:
        """Go on until no job left out would be cheaper to serve, unless there is no time."""
        state = self.best
        self._adopt(state, state)
        served = 1
        while served and not is_late():
            served = 0
            for first in range(0, len(self.order), BATCH):
                if is_late():
                    return
                served += self._serve(self.flat, state, self.order[first : first + BATCH])

    def improve(self, budget: Budget, note: Callable[[], None]) -> None:
        """Search until the budget is over; the best plan of all threads is remembered."""
        with ThreadPoolExecutor(len(self.states)) as pool:
            if can_be_grouped(self.flat):
                self._improve_groups(pool, budget, note)
            self._share()
            slices, best = 0, self.total
            at_once = SLICE_OF_MANY if can_be_grouped(self.flat) else SLICE
            while not budget.is_over():
                steps = budget.steps(at_once)
                self._step(pool, steps, self._temperature(budget.used()))
                budget.iterations += steps
                slices += 1
                if self.total < best or slices % NOTED_EVERY == 0:
                    best = self.total
                    note()
                if slices % SLICES_TOGETHER == 0:
                    self._share()

    def _improve_groups(
        self, pool: ThreadPoolExecutor, budget: Budget, note: Callable[[], None]
    ) -> None:
        """Search the greater part of the time in groups, one thread for each."""
        draw = Random(self.seed)  # noqa: S311 - a seeded search, not a secret
        threads = len(self.states)

        def temperature() -> float | None:
            used = budget.used()
            return None if budget.is_over() or used >= GROUPED else self._temperature(used)

        while temperature() is not None:
            best = self.best
            whole = Routes(best.routes["best_count"].copy(), best.best_stops.copy())
            allowed = budget.steps(STEPS_PER_JOB * len(self.order) // threads) * threads
            share = allowed / len(self.order)

            def searched(group: Group, whole: Routes = whole, share: float = share) -> int:
                if temperature() is None:
                    return 0
                part = part_of(self.flat, whole, group)
                done = part.search(ceil(share * len(group.jobs)), temperature)
                part.write_into(whole)
                return done

            seeded = groups(self.flat, whole, draw)
            budget.iterations += -(-sum(pool.map(searched, seeded)) // threads)
            starts = best.appointments["best"].copy()
            adopt(self.flat, best, whole.counts, whole.rows, starts)
            note()

    def _temperature(self, used: float) -> float:
        """The temperature when this share of the time is used."""
        return float(self.hottest * (COLDEST / HOTTEST) ** min(1.0, used))

    def _step(self, pool: ThreadPoolExecutor, steps: int, temperature: float) -> None:
        if len(self.states) == 1:
            self._improve(self.flat, self.states[0], steps, temperature)
            return
        running = [
            pool.submit(self._improve, self.flat, state, steps, temperature)
            for state in self.states
        ]
        for each in running:
            each.result()

    def _share(self) -> None:
        """Let every thread whose best plan is dearer go on from the best of all."""
        best = self.best
        for state in self.states:
            if self._weight(state) > self._weight(best):
                self._adopt(state, best)

    def _adopt(self, state: State, best: State) -> None:
        counts, starts = best.routes["best_count"].copy(), best.appointments["best"].copy()
        adopt(self.flat, state, counts, best.best_stops, starts)

    def _weight(self, state: State) -> int:
        return int(weighed(self.flat, int(state.figures[BEST])))

    def seen(self) -> Iterator[list[list[int]]]:
        """Every thread's plan as it stands, and its best: a row of jobs for each technician."""
        for state in self.states:
            for count, rows in (("count", state.stops), ("best_count", state.best_stops)):
                yield [
                    row[:jobs].tolist()
                    for row, jobs in zip(rows, state.routes[count].tolist(), strict=True)
                ]

    def decided(self, draft: Draft) -> list[Itinerary]:
        """What the best plan decides for each technician who goes anywhere."""
        if self.flat.unit > 1:  # which leg is best for a break is not told by rounded costs
            self.give(draft)
            return [itinerary(draft.shapes, tour) for tour in draft.tours if tour.jobs]
        best, legs = self.best, np.empty(len(self.flat.routes), dtype=np.int64)
        find_rest_legs(self.flat, best, legs)
        people, jobs = draft.shapes.problem.technicians, draft.shapes.problem.jobs
        rows = zip(best.routes["best_count"].tolist(), legs.tolist(), best.best_stops, strict=True)
        return [
            Itinerary(
                people[who],
                tuple(jobs[job] for job in row[:count].tolist()),
                None if leg == NO_BREAK else leg,
            )
            for who, (count, leg, row) in enumerate(rows)
            if count
        ]

    def give(self, draft: Draft) -> None:
        """Put the best plan into the draft."""
        best = self.best
        served = set(_served(best))
        linked, starts = self.flat.links["job"].tolist(), best.appointments["best"].tolist()
        appointed = zip(linked, starts, strict=True)
        draft.appoint({job: start for job, start in appointed if job in served})
        for who, count in enumerate(best.routes["best_count"].tolist()):
            jobs = best.best_stops[who, :count].tolist()
            draft.replace(Tour(draft.shapes, who, jobs))
        draft.left_out = {job: None for job in range(len(draft.shapes.drop)) if job not in served}


def _way_to_a_near_job(flat: Flat) -> float:
    """How long the way from a job to those near it is on average, at least a second."""
    places = flat.jobs["place"]
    ways = flat.travel[places[:, None], places[flat.near[:, 1 : NEAR + 1]]]
    ways = ways[ways >= 0]
    return max(1.0, float(ways.mean())) if ways.size else 1.0


def _served(state: State) -> list[int]:
    """The jobs the best plan serves, each once."""
    counts = state.routes["best_count"].tolist()
    stops = (state.best_stops[who, :count].tolist() for who, count in enumerate(counts))
    return list(dict.fromkeys(chain.from_iterable(stops)))
