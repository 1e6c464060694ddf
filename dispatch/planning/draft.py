"""A plan in the making: one tour per technician, the jobs left out, and the total.

How to better it is in `engine`; turning it into a plan in `finishing`.
"""

from collections.abc import Iterable, Mapping

from dispatch.planning.insertion import NOWHERE, Place, cheapest_place
from dispatch.planning.shapes import FORBIDDING, IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour, promises_moved

Memory = tuple[list[Tour], dict[int, None], list[int]]


class Draft:
    """Tours by technician and the jobs left out; promises are counted only under a budget."""

    __slots__ = ("_idle", "budget", "left_out", "moved", "shapes", "tours")

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.budget = shapes.problem.stability.budget
        self._idle = [Tour(shapes, index, ()) for index in range(len(shapes.routes))]
        self.tours = list(self._idle)
        # A dict keeps the order of leaving, which a set would not promise.
        self.left_out = dict.fromkeys(range(len(shapes.drop)))
        self.moved = [0] * len(self.tours)

    def appoint(self, starts: Mapping[int, int]) -> None:
        """From now on these jobs begin then, whoever does them: they depend on others."""
        if starts:
            self.shapes = self.shapes.appointed(starts)

    def total(self) -> int:
        """The bill of this draft, with a forbidding surcharge for each promise over the budget."""
        drop = self.shapes.drop
        cost = sum(tour.cost for tour in self.tours) + sum(drop[job] for job in self.left_out)
        return cost if self.budget is None else cost + self._surcharge(self.moves())

    def remember(self) -> Memory:
        return list(self.tours), dict(self.left_out), list(self.moved)

    def restore(self, memory: Memory) -> None:
        self.tours, self.left_out, self.moved = list(memory[0]), dict(memory[1]), list(memory[2])

    def replace(self, tour: Tour) -> None:
        """Put this tour in place of its technician's; the caller keeps `left_out` in step."""
        self.tours[tour.technician] = tour
        if self.budget is not None:
            self.moved[tour.technician] = promises_moved(self.shapes, tour)

    def insert(self, job: int, place: Place) -> None:
        """Serve a job that was left out."""
        tour = self.tours[place.technician]
        self.replace(tour.with_job(self.shapes, job, place.position))
        del self.left_out[job]

    def best_place(self, job: int, technicians: Iterable[int] | None = None) -> Place:
        """Find the cheapest place for a job among these technicians, or among all who may."""
        tours = self.tours
        chosen = self.shapes.able[job] if technicians is None else technicians
        if self.budget is None:
            return cheapest_place(self.shapes, [tours[each] for each in chosen], job)
        best = NOWHERE
        for technician in chosen:
            place = cheapest_place(self.shapes, [tours[technician]], job, below=best.delta)
            if place.technician >= 0:
                place = self._within_budget(job, place, below=best.delta)
                best = place if place.technician >= 0 else best
        return best

    def _within_budget(self, job: int, place: Place, *, below: int) -> Place:
        """Charge what the place does to promises; a position that breaks none may be better."""
        charged = self._charged(job, place)
        if charged.delta == place.delta:
            return place
        tour = self.tours[place.technician]
        options = [charged]
        for position in range(len(tour.owing)):
            longer = tour.with_job(self.shapes, job, position)
            if longer.cost < IMPOSSIBLE:
                plain = Place(longer.cost - tour.cost, place.technician, position)
                options.append(self._charged(job, plain))
        best = min(options)
        return best if best.delta < below else NOWHERE

    def moves_with(self, job: int, place: Place) -> int:
        """By how much the number of promises that move changes if the job goes there."""
        tour = self.tours[place.technician].with_job(self.shapes, job, place.position)
        change = promises_moved(self.shapes, tour) - self.moved[place.technician]
        return change - self.shapes.dropped_promise[job]

    def _charged(self, job: int, place: Place) -> Place:
        moves = self.moves()
        after = moves + self.moves_with(job, place)
        return place._replace(delta=place.delta + self._surcharge(after) - self._surcharge(moves))

    def moves(self) -> int:
        """How many promises move in this draft; only counted under a budget."""
        dropped = self.shapes.dropped_promise
        return sum(self.moved) + sum(dropped[job] for job in self.left_out)

    def _surcharge(self, moves: int) -> int:
        return 0 if self.budget is None else FORBIDDING * max(0, moves - self.budget)
