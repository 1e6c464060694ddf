"""The cheapest crew with each technician for a job that several begin together, in readable steps.

For a crew and its places the cost never falls with the start, so the best start is when the last of
them can be there; those are the starts tried. Everybody else's work stays where and when it is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from dispatch.planning.eligibility import ineligible
from dispatch.planning.finishing import itinerary
from dispatch.planning.insertion import cheapest_place
from dispatch.planning.live import LivePlan
from dispatch.planning.rules import lateness, past_aim
from dispatch.planning.schedule import rested_arrival
from dispatch.planning.shapes import FORBIDDING, IMPOSSIBLE, NO_FLOORS, Shapes, appointed_at
from dispatch.planning.timing import Itinerary, earliest_start

FIRST_MOMENTS = 4  # the earliest starts are always tried
MOST_WORK = 20_000  # pairs of a start and a technician looked at for one job
MOST_VERIFIED = 4  # crews looked at closely for one technician; the first nearly always holds

Member = tuple[int, int]  # a technician and the position of the job in their day


@dataclass(frozen=True, slots=True)
class Crew:
    """Who begins the job together and when; `added` is the exact change of the rest of the bill."""

    added: int
    start: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Offer:
    """One technician's cheapest place for the job at one start, the job's own start not counted."""

    delta: int
    technician: int
    position: int


class Crews:
    """Every technician's crews for one waiting job of this plan."""

    def __init__(self, live: LivePlan, job: int) -> None:
        self._live = live
        self._number = job
        self._job = live.problem.jobs[job]
        numbers = {each.id: number for number, each in enumerate(live.problem.technicians)}
        fixed = None if self._job.locked is None else self._job.locked.technician
        self._fixed = None if fixed is None else numbers[fixed]
        promise = self._job.announced
        self._keeper = None if promise is None else numbers[promise.technician]
        self._verified: dict[tuple[int, tuple[Member, ...]], int | None] = {}
        self._offers = dict(self._ask()) if not live.missing(job) else {}

    def cheapest_with(self, technician: int) -> Crew | None:
        """Find the cheapest crew with this technician, however dear; none if there is none."""
        return self._cheapest(technician, self._job.crew)

    def cheapest_without(self, barred: Collection[int]) -> Crew | None:
        """Find the cheapest crew with none of these technicians; none if there is none."""
        return self._cheapest(None, self._job.crew, barred)

    def together_with(self, technician: int) -> int:
        """Count how many at most, too few, could begin the job together with this technician."""
        sizes = range(self._job.crew - 1, 0, -1)
        return next((size for size in sizes if self._cheapest(technician, size)), 0)

    def _cheapest(
        self, technician: int | None, size: int, barred: Collection[int] = ()
    ) -> Crew | None:
        found: list[Crew] = []
        for start, offers in self._offers.items():
            free = [each for each in offers if each.technician not in barred] if barred else offers
            found += self._gathered(start, free, technician, size)
        found.sort(key=lambda crew: (crew.added, crew.start, crew.members))
        for crew in found[:MOST_VERIFIED]:
            added = self._exact(crew)
            if added is not None:
                return replace(crew, added=added)
        return None

    def _gathered(
        self, start: int, offers: Sequence[_Offer], technician: int | None, size: int
    ) -> Iterator[Crew]:
        """The cheapest crew at this start with whom the job was announced, and without."""
        for keeper in dict.fromkeys((None, self._keeper)):
            wanted = [each for each in (technician, self._fixed, keeper) if each is not None]
            if keeper is None and self._keeper is not None and self._keeper in wanted:
                continue
            if start < self._floor(keeper):
                continue
            chosen = [each for each in offers if each.technician in wanted]
            others = (
                each
                for each in offers
                if each.technician not in wanted and each.technician != self._keeper
            )
            if len(chosen) < len(set(wanted)) or len(chosen) > size:
                continue
            chosen += [each for each, _ in zip(others, range(size - len(chosen)), strict=False)]
            if len(chosen) == size:
                added = sum(each.delta for each in chosen) + self._cost_of(start, keeper)
                members = sorted((each.technician, each.position) for each in chosen)
                yield Crew(added, start, tuple(members))

    def _exact(self, crew: Crew) -> int | None:
        key = (crew.start, crew.members)
        if key not in self._verified:
            days = days_with(self._live, self._number, crew.start, crew.members)
            self._verified[key] = self._live.exactly(self._number, days)
        return self._verified[key]

    def _floor(self, keeper: int | None) -> int:
        """The second before which the job may not begin, with this keeper in the crew or nobody."""
        names = () if keeper is None else (self._live.problem.technicians[keeper].id,)
        rows = self._live.shapes.starts
        follows = min((row[self._number].floor for row in rows), default=0)
        return max(follows, earliest_start(self._live.problem, self._job, names))

    def _cost_of(self, start: int, keeper: int | None) -> int:
        """What beginning then costs, once whatever the crew."""
        job, stability = self._job, self._live.problem.stability
        late = lateness(job, start)
        cost = late * job.late_cost + (job.late_fixed if late else 0) + past_aim(job, start)
        if job.announced is not None:
            slips = start > job.announced.start + stability.tolerance
            cost += stability.move_cost if keeper is None or slips else 0
        return cost

    def _ask(self) -> Iterator[tuple[int, list[_Offer]]]:
        """Everybody's place at every start worth a look, the cheapest first."""
        people = self._live.problem.technicians
        able = [
            number for number, person in enumerate(people) if ineligible(self._job, person) is None
        ]
        if not able:
            return
        shapes = appointed_too(self._live, self._number, 0)
        for start in _some_of(self._moments(able), len(able)):
            _appoint(shapes, self._number, start)
            offers = [offer for who in able if (offer := self._offer(shapes, who)) is not None]
            if offers:
                yield start, sorted(offers, key=lambda each: (each.delta, each.technician))

    def _offer(self, shapes: Shapes, who: int) -> _Offer | None:
        tour = self._live.draft.tours[who]
        place = cheapest_place(shapes, [tour], self._number) if tour.cost < IMPOSSIBLE else None
        if place is None or place.delta >= FORBIDDING:
            return None
        elsewhere = self._keeper is not None and who != self._keeper
        moving = self._live.problem.stability.move_cost if elsewhere else 0
        return _Offer(place.delta - moving, who, place.position)  # a promise moves once, if at all

    def _moments(self, able: Sequence[int]) -> list[int]:
        """When each technician could begin, at each place of their day."""
        shapes, number = self._live.shapes, self._number
        floors = {self._floor(keeper) for keeper in dict.fromkeys((None, self._keeper))}
        first = min(floors)
        found = set(floors)
        for who in able:
            tour, route = self._live.draft.tours[who], shapes.routes[who]
            for position, (ready, _) in enumerate(tour.owing):
                road = shapes.travel[tour.places[position]][self._job.location]
                if road < 0:
                    continue
                found.add(ready + road)
                found.update(rested + road for rested, _ in tour.rested[position])
                if ready <= route.rest_latest:
                    found.add(rested_arrival(route, ready, road))
        latest = min(row[number].latest for row in shapes.starts)
        return sorted(moment for moment in found if first <= moment <= latest)


def _some_of(moments: Sequence[int], asked: int) -> list[int]:
    """Of too many starts the earliest, and others spread over the rest."""
    most = max(2 * FIRST_MOMENTS, MOST_WORK // (asked * asked))
    if len(moments) <= most:
        return list(moments)
    rest, others = moments[FIRST_MOMENTS:], most - FIRST_MOMENTS
    return [*moments[:FIRST_MOMENTS], *(rest[each * len(rest) // others] for each in range(others))]


def appointed_too(live: LivePlan, job: int, start: int) -> Shapes:
    """The plan's shapes in which this job begins exactly then as well."""
    shapes = live.shapes.appointed(live.shapes.appointments, NO_FLOORS)
    _appoint(shapes, job, start)
    return shapes


def _appoint(shapes: Shapes, job: int, start: int) -> None:
    for row in shapes.starts:
        row[job] = appointed_at(row[job], start)


def days_with(
    live: LivePlan, job: int, start: int, members: Sequence[Member]
) -> dict[int, Itinerary]:
    """Each member's day with the job, which begins then."""
    shapes, tours = appointed_too(live, job, start), live.draft.tours
    return {
        who: itinerary(shapes, tours[who].with_job(shapes, job, position))
        for who, position in members
    }
