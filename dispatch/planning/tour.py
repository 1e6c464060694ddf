"""One technician's sequence of jobs with its times and costs remembered at every position.

A tour never changes: inserting or removing makes another. Which tours make a plan is in `draft`.
"""

from collections.abc import Sequence

from dispatch.planning.schedule import (
    Label,
    chain_cost,
    last_leg_cost,
    owing_cost,
    pareto,
    rested_arrival,
    start_cost,
)
from dispatch.planning.shapes import IMPOSSIBLE, Shapes, StartShape


class Tour:
    """Jobs in order by index, and for each position the states from which the rest continues.

    `owing[k]` is the time and cost when ready to set out on leg k with the break still owed (or
    none owed at all); `rested[k]` the same with the break behind, one entry per useful choice.
    `closing[k]` is the last second to arrive after leg k without missing anything later.
    """

    __slots__ = (
        "assign_cost",
        "closing",
        "cost",
        "jobs",
        "load",
        "owing",
        "places",
        "rested",
        "starts",
        "technician",
        "time_cost",
        "travel",
    )

    def __init__(self, shapes: Shapes, technician: int, jobs: Sequence[int]) -> None:
        route = shapes.routes[technician]
        self.technician = technician
        self.jobs = tuple(jobs)
        self.starts: list[StartShape] = [shapes.starts[technician][job] for job in jobs]
        self.places = [route.start, *(start.place for start in self.starts), route.end]
        self.load = sum(shapes.loads[job] for job in jobs)
        assigning = [shapes.assign[technician][job] for job in jobs]
        self.assign_cost = IMPOSSIBLE if IMPOSSIBLE in assigning else sum(assigning)
        self.travel = 0
        self.owing: list[Label] = [(route.leave, 0)]
        self.rested: list[list[Label]] = [[]]
        self.time_cost = self._walk(shapes)
        self.closing = self._closing(shapes)
        self.cost = self._total(shapes)

    def _total(self, shapes: Shapes) -> int:
        route = shapes.routes[self.technician]
        if not self.jobs:
            return 0
        if self.time_cost >= IMPOSSIBLE or self.assign_cost >= IMPOSSIBLE:
            return IMPOSSIBLE
        if self.load > route.capacity:
            return IMPOSSIBLE
        return self.time_cost + self.assign_cost + self.travel + route.use_cost

    def _walk(self, shapes: Shapes) -> int:
        for index, start in enumerate(self.starts):
            leg = shapes.travel[self.places[index]][self.places[index + 1]]
            if leg < 0 or not self._step(shapes, start, leg):
                return IMPOSSIBLE
            self.travel += leg
            if self.places[index] != self.places[index + 1]:
                self.travel += shapes.problem.arrival_cost
        leg = shapes.travel[self.places[-2]][self.places[-1]]
        if leg < 0:
            return IMPOSSIBLE
        self.travel += leg
        return self._ending(shapes, leg)

    def _closing(self, shapes: Shapes) -> list[int]:
        """Go back from the latest return; breaks are left out, so that it is never too early."""
        latest = shapes.routes[self.technician].latest_return
        closing = [latest]
        onward = self.places[-1]
        for start in reversed(self.starts):
            latest = min(start.latest, latest - start.duration - shapes.travel[start.place][onward])
            closing.append(latest)
            onward = start.place
        closing.reverse()
        return closing

    def _step(self, shapes: Shapes, start: StartShape, leg: int) -> bool:
        route = shapes.routes[self.technician]
        departure, cost = self.owing[-1]
        finish, step = start_cost(start, departure + leg)
        if step >= IMPOSSIBLE:
            return False
        arrivals = [(ready + leg, spent) for ready, spent in self.rested[-1]]
        # A break before a job that ends before the break may begin is never cheaper than after it.
        if departure <= route.rest_latest and finish > route.rest_earliest:
            arrivals.append((rested_arrival(route, departure, leg), cost))
        self.owing.append((finish, cost + step))
        labels = [(spent, start_cost(start, arrival)) for arrival, spent in arrivals]
        self.rested.append(
            pareto([(ready, spent + more) for spent, (ready, more) in labels if more < IMPOSSIBLE])
        )
        return True

    def _ending(self, shapes: Shapes, leg: int) -> int:
        route = shapes.routes[self.technician]
        departure, cost = self.owing[-1]
        if not route.owes_rest:
            return cost + chain_cost(route, shapes.travel, (), departure + leg)
        here = self.places[-2]
        options = [cost + last_leg_cost(route, shapes.travel, here=here, departure=departure)]
        options += [
            spent + chain_cost(route, shapes.travel, (), ready + leg)
            for ready, spent in self.rested[-1]
        ]
        return min(options)

    def with_job(self, shapes: Shapes, job: int, position: int) -> "Tour":
        """Give the tour with the job at this position."""
        jobs = (*self.jobs[:position], job, *self.jobs[position:])
        return Tour(shapes, self.technician, jobs)

    def without(self, shapes: Shapes, jobs: set[int]) -> "Tour":
        """Give the tour without these jobs."""
        return Tour(shapes, self.technician, [job for job in self.jobs if job not in jobs])


def time_cost_with(shapes: Shapes, tour: Tour, start: StartShape, position: int) -> int:
    """Time costs of the tour if this start stood at this position, the break on its best leg.

    Travel to and from the new place must be possible; the caller has looked.
    """
    route = shapes.routes[tour.technician]
    here = tour.places[position]
    starts = [start, *tour.starts[position:]]
    departure, cost = tour.owing[position]
    if not route.owes_rest:
        arrival = departure + shapes.travel[here][start.place]
        return cost + chain_cost(route, shapes.travel, starts, arrival)
    best = cost + owing_cost(route, shapes.travel, starts, here=here, departure=departure)
    for ready, spent in tour.rested[position]:
        arrival = ready + shapes.travel[here][start.place]
        best = min(best, spent + chain_cost(route, shapes.travel, starts, arrival))
    return best


def best_rest_leg(shapes: Shapes, tour: Tour) -> int | None:
    """The leg on which the break costs least; none if none is owed.

    Where several cost the same: fewest promises moved, then work begun earliest, so that nobody
    waits for lunch before the first job.
    """
    route = shapes.routes[tour.technician]
    if not route.owes_rest or not tour.jobs:
        return None
    home = shapes.travel[tour.places[-2]][tour.places[-1]]
    if tour.owing[-1][0] + home <= route.rest_earliest:
        return None
    legs = [leg for leg, (ready, _) in enumerate(tour.owing) if ready <= route.rest_latest]
    costs = [_cost_resting_on(shapes, tour, leg) for leg in legs]
    cheapest = min(costs)
    alike = [leg for leg, cost in zip(legs, costs, strict=True) if cost == cheapest]
    if len(alike) == 1:
        return alike[0]
    return min(alike, key=lambda leg: _delay(shapes, tour, leg))


def _delay(shapes: Shapes, tour: Tour, leg: int) -> tuple[int, int]:
    begins = begin_times(shapes, tour, leg)
    return _slipped(tour, begins), sum(begins)


def _cost_resting_on(shapes: Shapes, tour: Tour, leg: int) -> int:
    route = shapes.routes[tour.technician]
    departure, spent = tour.owing[leg]
    road = shapes.travel[tour.places[leg]][tour.places[leg + 1]]
    arrival = rested_arrival(route, departure, road)
    return spent + chain_cost(route, shapes.travel, tour.starts[leg:], arrival)


def slips(shapes: Shapes, tour: Tour, rest_leg: int | None) -> int:
    """How many announced jobs start later than promised if the break is taken on this leg."""
    return _slipped(tour, begin_times(shapes, tour, rest_leg))


def _slipped(tour: Tour, begins: list[int]) -> int:
    return sum(begin > start.slip for begin, start in zip(begins, tour.starts, strict=True))


def begin_times(shapes: Shapes, tour: Tour, rest_leg: int | None) -> list[int]:
    """When each job of the tour begins if the break is taken on this leg."""
    route = shapes.routes[tour.technician]
    departure, begins = route.leave, []
    for index, start in enumerate(tour.starts):
        road = shapes.travel[tour.places[index]][tour.places[index + 1]]
        arrival = departure + road
        if index == rest_leg:
            arrival = rested_arrival(route, departure, road)
        begins.append(max(arrival, start.floor))
        departure = begins[-1] + start.duration
    return begins


def promises_moved(shapes: Shapes, tour: Tour) -> int:
    """How many announced jobs on this tour come from another technician or start too late.

    Those that depend on others keep their start and crew whatever this tour does.
    """
    name = shapes.problem.technicians[tour.technician].id
    jobs, appointed = shapes.problem.jobs, shapes.appointments
    announced = [None if job in appointed else jobs[job].announced for job in tour.jobs]
    changed = sum(promise is not None and promise.technician != name for promise in announced)
    if changed == len(announced) or not any(announced):
        return changed
    return changed + slips(shapes, tour, best_rest_leg(shapes, tour))
