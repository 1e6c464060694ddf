"""What waiting jobs would cost on each day of a draft, alone and two on one day: exact prices.

Only what can be in a best choice is offered; choosing is in `joint_choice`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from dispatch.planning.draft import Draft
from dispatch.planning.insertion import Place, cheapest_place
from dispatch.planning.joint_choice import Choice
from dispatch.planning.shapes import IMPOSSIBLE
from dispatch.planning.tour import Tour, promises_moved

# Two on one day are looked at where that day is among so many of the cheapest of both.
NEAREST = 3

# Everybody's cheapest place for one job, by technician; `NOWHERE` where there is none.
Pricing = Callable[[int], Sequence[Place]]


class Prices:
    """Where waiting jobs are cheapest on a draft that changes: a day as it was is priced once."""

    def __init__(self, draft: Draft, queue: Sequence[int], pricing: Pricing | None = None) -> None:
        """`pricing` gives the places on the draft as it is now, where it is faster than asking."""
        self._draft = draft
        self._before = [tour.jobs for tour in draft.tours]
        # Under a budget every price depends on the promises left to move.
        known = queue if draft.budget is None else ()
        self._known = {job: (pricing or self._priced)(job) for job in known}

    def _priced(self, job: int) -> list[Place]:
        return [self._draft.best_place(job, [who]) for who in range(len(self._draft.tours))]

    def of(self, job: int) -> list[Place]:
        """Everybody's cheapest place for a job, by technician."""
        known, tours = self._known.get(job), self._draft.tours
        if known is None:
            return self._priced(job)
        return [
            place if tour.jobs == before else self._draft.best_place(job, [tour.technician])
            for place, tour, before in zip(known, tours, self._before, strict=True)
        ]

    def cheapest(self, job: int) -> Place:
        """The cheapest place of all, of equal ones the first technician's."""
        return min(self.of(job)) if job in self._known else self._draft.best_place(job)


class JointPrices:
    """What serving some of a queue gains on a draft, while the queue is served."""

    def __init__(self, draft: Draft, queue: Sequence[int], prices: Prices) -> None:
        self._draft = draft
        self._prices = prices
        self._places = {job: prices.of(job) for job in queue}
        self._tours: dict[Choice, Tour] = {}

    def choices(self) -> list[Choice]:
        """Every way worth while to serve one of the queue, or two on one day."""
        self._tours.clear()
        best = {job: self._worth_while(job) for job in self._places}
        found = [self._single(job, place) for job, places in best.items() for place in places]
        found += self._pairs(best)
        return [choice for choice in found if choice.gain > 0]

    def _worth_while(self, job: int) -> list[Place]:
        """The places for a job that a best choice can need, the cheapest first.

        The others of the queue take a technician each at most, so one of as many as they are and
        one more is free; unless a promise is at stake, when a dearer place may be the better one.
        """
        drop = self._draft.shapes.drop[job]
        places = sorted(place for place in self._places[job] if place.delta < IMPOSSIBLE)
        worth = [place for place in places if place.delta < drop]
        return worth if self._draft.budget is not None else worth[: len(self._places)]

    def _single(self, job: int, place: Place) -> Choice:
        draft = self._draft
        gain = draft.shapes.drop[job] - place.delta
        moves = 0 if draft.budget is None else draft.moves_with(job, place)
        return Choice((job,), (place.technician,), gain, moves)

    def _pairs(self, best: dict[int, list[Place]]) -> Iterator[Choice]:
        near = {job: [each.technician for each in places[:NEAREST]] for job, places in best.items()}
        for one, other in combinations(best, 2):
            for who in near[one]:
                if who in near[other]:
                    yield from self._both(one, other, who)

    def _both(self, one: int, other: int, who: int) -> Iterator[Choice]:
        """Serve both on this day in the cheapest order and places; none if there is no way."""
        draft, before = self._draft, self._draft.tours[who]
        shapes = draft.shapes
        longer = None
        for position in range(len(before.jobs) + 1):
            tour = before.with_job(shapes, one, position)
            place = cheapest_place(shapes, [tour], other) if tour.cost < IMPOSSIBLE else None
            if place is None or place.delta >= IMPOSSIBLE:
                continue
            if longer is None or tour.cost + place.delta < longer.cost:
                longer = tour.with_job(shapes, other, place.position)
        if longer is None:
            return
        gain = shapes.drop[one] + shapes.drop[other] - (longer.cost - before.cost)
        choice = Choice((one, other), (who,), gain, self._moves(longer, one, other))
        self._tours[choice] = longer
        yield choice

    def _moves(self, tour: Tour, *served: int) -> int:
        draft = self._draft
        if draft.budget is None:
            return 0
        kept = sum(draft.shapes.dropped_promise[job] for job in served)
        return promises_moved(draft.shapes, tour) - draft.moved[tour.technician] - kept

    def serve(self, choices: Iterable[Choice]) -> None:
        """Put these choices on the draft and price anew what they change."""
        draft = self._draft
        for choice in choices:
            (who,) = choice.technicians
            if choice in self._tours:
                draft.replace(self._tours[choice])
                for job in choice.jobs:
                    del draft.left_out[job]
            else:
                (job,) = choice.jobs
                draft.insert(job, self._places[job][who])
            for job in choice.jobs:
                del self._places[job]
        self._places = {job: self._prices.of(job) for job in self._places}
